/* A graph in tables as what the engine fetches triples from, by index look-ups (store.h). */
#ifndef RP_PG_GRAPH_STORE_H
#define RP_PG_GRAPH_STORE_H

#include "pg/pg.h"
#include "incremental/store.h"
#include "pg/graph/row_reader.h"
#include "pg/graph/stored_graph.h"

/*
 * A store over some or all named graphs of a graph, in the current memory context, where its
 * scratch memory is too. Each fetch reads under the active snapshot, and no row security hides
 * anything: of a table, by its indexes; else, and of what is no table, by one query for each
 * predicate of a layer, in the name of the relation's owner. It may raise: rows that are no triples
 * (22P02), what the server says.
 *
 * What ids mean is kept from one fetch to the next, so a store is to be made anew where a row of a
 * dictionary may have changed: but for rows that come, which it sees.
 */
void rp_graph_store_make(RpStore *store, const RpStoredGraph *graph, const RpNamedGraphs *graphs);

/* What it keeps of a source, by its subscript, for who reads other rows beside it. */
RpRowIds *rp_graph_store_ids(const RpStore *store, uint32 source);

/* All triples of a predicate, of a store that this file made, as RpStore.fetch. Where no index
 * leads with the predicate the relations are read as a whole. */
RpStatus rp_graph_store_fetch_predicate(const RpStore *store, const RpDictionary *dictionary,
                                        RpTermId predicate, const RpTripleSink *sink,
                                        RpError *error);

#endif
