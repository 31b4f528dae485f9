/* Whether a graph is of one transaction's making. */
#ifndef RP_PG_WRITTEN_GRAPH_H
#define RP_PG_WRITTEN_GRAPH_H

#include "pg/enforce/capture.h"
#include "pg/graph/stored_graph.h"

/*
 * Whether each row that the active snapshot shows in the graph's relations is one that the capture
 * has, or has passed over: nothing is older, or somebody else's. Of a capture that is not whole.
 * Reads hardly more rows than the capture has, and few pages without: false where there are many.
 */
bool rp_graph_is_written(const RpCapture *capture, const RpStoredGraph *graph);

#endif
