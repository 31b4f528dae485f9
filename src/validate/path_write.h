/* Paths of results in SPARQL's property path syntax (SPARQL 1.1, section 9.1), and IRIs as people
 * write them. */
#ifndef RP_VALIDATE_PATH_WRITE_H
#define RP_VALIDATE_PATH_WRITE_H

#include "base/buffer.h"
#include "validate/data_graph.h"
#include "validate/report.h"

/* The result's path with full IRIs: <p>, ^<p>, <p>/<q>, (<p>|<q>), <p>* … Nothing where it has
 * none. */
void rp_path_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result);

/* The same with IRIs shortened. */
void rp_path_write_short(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result);

/*
 * An IRI as prefix:local, where a prefix of the shapes text, or a well-known one that the text does
 * not use otherwise, leaves a plain local name; else <IRI>.
 */
void rp_iri_write_short(RpBuffer *buffer, const RpDataGraph *data, RpText iri);

#endif
