/* What every form of data asks of a triple, and how its errors say which one it was. */
#ifndef RP_PG_DATA_TRIPLE_H
#define RP_PG_DATA_TRIPLE_H

#include "rdf/turtle.h"

/*
 * RP_SYNTAX unless the terms may stand in a triple: no literal as subject, an IRI as predicate.
 */
RpStatus rp_data_triple_check(const RpTerm *subject, const RpTerm *predicate, RpError *error);

/* A sink that drops all that it gets: for what is read to see whether it can be. */
extern const RpTripleSink rp_data_triple_nowhere;

/* Put "place number: " before an error's message, keeping its status, detail and hint. */
RpStatus rp_data_place_error(RpError *error, const char *place, uint32_t number);

#endif
