/* All rows of a graph's relations, read into a data graph. */
#ifndef RP_PG_GRAPH_READER_H
#define RP_PG_GRAPH_READER_H

#include "validate/data_graph.h"
#include "pg/graph/named_graphs.h"
#include "pg/graph/stored_graph.h"

/* What is to be read. */
typedef struct RpStoredData {
    const RpStoredGraph *graph;
    RpNamedGraphs graphs;
} RpStoredData;

/*
 * RpDataSource.fill: read each relation once, in the name of its owner, under the active snapshot.
 * stored is an RpStoredData. Rows whose predicate no shape reads are counted, and no more of them
 * is looked at. Raises for rows that are no triples (22P02); the engine's failures are returned.
 */
RpStatus rp_graph_reader_fill(const void *stored, RpDataGraph *data, RpError *error);

#endif
