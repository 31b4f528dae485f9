/* What the files share that fetch triples from a graph's relations: graph_store.c, read_keys.c,
 * read_query.c and subject_scan.c. */
#ifndef RP_PG_GRAPH_STORE_INTERNAL_H
#define RP_PG_GRAPH_STORE_INTERNAL_H

#include "pg/graph/found_rows.h"
#include "pg/graph/stored_graph.h"
#include "pg/graph/key_index.h"
#include "pg/graph/look_up.h"

typedef struct RpGraphStore {
    const RpStoredGraph *graph;
    RpNamedGraphs graphs;
    RpRowIds **ids; /* by source */
} RpGraphStore;

/* One fetch, from one source. */
typedef struct RpFetch {
    const RpGraphStore *store;
    const RpGraphSource *source;
    const RpDictionary *dictionary;
    const RpTripleSink *sink;
    RpFoundRows *found;
    const RpKeyIndex *index; /* the one that is scanned at the moment */
    RpKeyScan *scan;         /* NULL: none, or it is of no use */
    bool asks_by_queries;    /* query is begun */
    RpLookUp query;
    /* Of a source with ids: those of each term that the reads name, by its subscript in terms. */
    RpTerm *terms;
    RpTermId *term_ids;
    uint32 term_count;
    List **ids;
} RpFetch;

/* Reads that differ in the node alone. */
typedef struct RpReadGroup {
    const RpStoreRead *const *reads;
    uint32 count;
    bool is_inverse;
    bool is_literal; /* the nodes are */
    RpTermId predicate;
    bool is_of_any_node; /* no reads: all triples of the predicate */
} RpReadGroup;

/* Look the ids up of the terms that reads name, all at once: of their nodes, and of their
 * predicates. Of a source without ids there is nothing to find. */
void rp_read_keys_find(RpFetch *fetch, const RpStoreRead *const *reads, uint32 count,
                       bool has_predicates);

/* The keys by which rows of a group's nodes, or of a predicate, are found, in the current memory
 * context; returns how many: of ids there may be none, or several of one term. */
uint32 rp_read_keys_of_nodes(const RpFetch *fetch, const RpReadGroup *group, Datum **out);
uint32 rp_read_keys_of_predicate(const RpFetch *fetch, RpTermId predicate, Datum **out);

/* As what keys of a position are compared: ids by the dictionary's widened type, the others as they
 * stand in a column. */
Oid rp_read_key_type(const RpGraphSource *source, RpTermPosition position);

/* By what two statements over one source differ. Below RP_PLAN_COUNT. */
int rp_read_group_plan(const RpReadGroup *group, bool by_predicate);

/* The same index for a group as its plan would use. node: the column of the nodes. */
const RpKeyIndex *rp_read_group_index(const RpGraphSource *source, const RpReadGroup *group,
                                      int node, bool by_predicate);

/* Fetch a group by queries: one for all nodes and one predicate. node: the column of the nodes, or
 * RP_NO_COLUMN. */
RpStatus rp_read_group_query(RpFetch *fetch, const RpReadGroup *group, int node, bool by_predicate,
                             Datum *nodes, uint32 node_count, const Datum *predicates,
                             uint32 predicate_count, RpError *error);

/* Answer the reads of subjects that are asked for several predicates, each subject by one scan of
 * its rows. The reads that are left move to the front; count becomes how many there are. */
RpStatus rp_subject_scan(RpFetch *fetch, const RpStoreRead **reads, uint32 *count, RpError *error);

#endif
