/* The nodes that a transaction wrote, which may be told to who wrote them where nothing else of a
 * graph may. */
#ifndef RP_PG_WRITTEN_NODES_H
#define RP_PG_WRITTEN_NODES_H

#include "pg/enforce/capture.h"
#include "pg/graph/stored_graph.h"
#include "rdf/dictionary.h"

/*
 * Whether each term of a dictionary, by its id, is a node that rows which came have and rows which
 * went have not: what a blind UPDATE or DELETE meets is nothing that he wrote. In the current
 * memory context; NULL where it cannot be told: rows are of ids whose dictionary the current role
 * may not read, or which mean nothing any more, or rows that went were passed over. Ids are looked
 * up under the active snapshot.
 */
const bool *rp_written_nodes(const RpCapture *capture, const RpStoredGraph *graph,
                             const RpDictionary *dictionary);

#endif
