/* Who may have a graph in tables judged, and be told of it. */
#ifndef RP_PG_GRAPH_RIGHTS_H
#define RP_PG_GRAPH_RIGHTS_H

#include "pg/graph/stored_graph.h"

/*
 * ERROR 42501 unless the current role may SELECT what is read of every relation of the graph, and
 * no row security applies to it there: a report on the rows that a role sees would look like one on
 * all.
 */
void rp_graph_rights_require(const RpStoredGraph *graph);

/* Whether that would be no error. */
bool rp_graph_rights_may_read(const RpStoredGraph *graph);

/* The same of its dictionaries alone. */
bool rp_graph_rights_may_read_dictionaries(const RpStoredGraph *graph);

#endif
