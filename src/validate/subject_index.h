/*
 * Where each subject's triples start: a table by term id beside a large graph, which spares most of
 * a binary search over millions of triples for each path step. A small graph needs no table.
 */
#ifndef RP_VALIDATE_SUBJECT_INDEX_H
#define RP_VALIDATE_SUBJECT_INDEX_H

#include "rdf/graph.h"

typedef struct RpSubjectIndex {
    const RpGraph *graph;
    uint32_t
        *starts; /* triples of id are by_subject[starts[id]] to [starts[id + 1]]; NULL: no table */
    uint32_t id_limit; /* of the table: ids that came later are no subjects */
} RpSubjectIndex;

/* The index of a frozen graph; the table, where it is worth it, is in the arena. */
RpStatus rp_subject_index_init(RpSubjectIndex *index, const RpGraph *graph, RpArena *arena,
                               RpError *error);

/* As rp_graph_subject and rp_graph_objects. */
RpTripleRange rp_subject_index_triples(const RpSubjectIndex *index, RpTermId subject);
RpTripleRange rp_subject_index_objects(const RpSubjectIndex *index, RpTermId subject,
                                       RpTermId predicate);

#endif
