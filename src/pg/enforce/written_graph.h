/* Whether a graph is of one transaction's making. */
#ifndef RP_PG_WRITTEN_GRAPH_H
#define RP_PG_WRITTEN_GRAPH_H

#include "pg/graph/stored_graph.h"

/*
 * Whether the graph had no row before the transaction, as far as is committed by now: then each
 * that the active snapshot shows is the transaction's. What the capture says does not count, since
 * anybody may call its functions.
 */
bool rp_graph_is_written(const RpStoredGraph *graph);

#endif
