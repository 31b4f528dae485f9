/* All rows of a graph's relations, read into a data graph. */
#ifndef RP_PG_GRAPH_READER_H
#define RP_PG_GRAPH_READER_H

#include "validate/data_graph.h"
#include "pg/graph/graph_tags.h"
#include "pg/graph/named_graphs.h"
#include "pg/graph/spill.h"
#include "pg/graph/stored_graph.h"

/* What is to be read. */
typedef struct RpStoredData {
    const RpStoredGraph *graph;
    RpNamedGraphs graphs;
    RpGraphTags *tags; /* which graph each triple is of; NULL: not wanted */
    RpSpill *spill;    /* triples go there, and not into the data graph; NULL: they do not */
    bool is_canonical; /* a row that look-ups would not find is refused (term_reader.h) */
} RpStoredData;

/*
 * Read each relation once, in the name of its owner, under the active snapshot. Rows whose
 * predicate no shape reads are counted, and no more of them is looked at. Raises for rows that are
 * no triples (22P02); the engine's failures are returned. RP_TOO_LARGE as soon as it is clear that
 * the rest of the rows will not find room.
 */
RpStatus rp_graph_reader_fill(const RpStoredData *stored, RpDataGraph *data, RpError *error);

#endif
