/* Triples as rdf_triple[], a stream of triples. */
#ifndef RP_PG_ARRAY_SOURCE_H
#define RP_PG_ARRAY_SOURCE_H

#include "pg/pg.h"
#include "utils/array.h"
#include "rdf/turtle.h"

/* As rp_data_source_read, of an array that is detoasted. */
RpStatus rp_array_source_read(ArrayType *array, const RpTripleSink *sink, RpError *error);

#endif
