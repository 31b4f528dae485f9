/* Walk an rdf:List. */
#ifndef RP_RDF_RDF_LIST_H
#define RP_RDF_RDF_LIST_H

#include "rdf/graph.h"

/*
 * The members of the list that starts at head, in order, in the arena of the graph. rdf:nil is the
 * empty list. RP_ILL_FORMED, with a message that says what is wrong, for a node without exactly one
 * rdf:first and one rdf:rest, an rdf:nil that has one of them, a literal in the way, or a cycle.
 * The caller puts the shape's name into the detail.
 */
RpStatus rp_rdf_list_read(const RpGraph *graph, RpTermId head, RpTermId **members, uint32_t *count,
                          RpError *error);

#endif
