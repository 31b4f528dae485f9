/*
 * Where each subject's triples start: a table by term id beside a large graph, which spares most of
 * a binary search over millions of triples for each path step. A small graph needs no table. The
 * subject that was asked for last is remembered, with the objects that were found: a focus node's
 * properties are asked for one after the other, often in the order in which its triples stand.
 */
#ifndef RP_VALIDATE_SUBJECT_INDEX_H
#define RP_VALIDATE_SUBJECT_INDEX_H

#include "rdf/graph.h"

typedef struct RpSubjectIndex {
    const RpGraph *graph;
    uint32_t
        *starts; /* triples of id are by_subject[starts[id]] to [starts[id + 1]]; NULL: no table */
    uint32_t id_limit; /* of the table: ids that came later are no subjects */
    RpTermId last;     /* the subject that was asked for last; 0: none */
    RpTripleRange last_triples;
    RpTermId last_predicate;    /* of it; 0: none */
    RpTripleRange last_objects; /* of both */
} RpSubjectIndex;

/* The index of a frozen graph; the table, where it is worth it, is in the arena. */
RpStatus rp_subject_index_init(RpSubjectIndex *index, const RpGraph *graph, RpArena *arena,
                               RpError *error);

/*
 * Have the processor fetch what the values of subjects that are looked at soon are known by, as
 * these lie anywhere in memory: call it for each of so many in turn. There is a table.
 */
void rp_subject_index_fetch(const RpSubjectIndex *index, const RpTermId *subjects, uint32_t count);

/* As rp_graph_subject. */
RpTripleRange rp_subject_index_triples(RpSubjectIndex *index, RpTermId subject);

/* Private to rp_subject_index_objects. */
RpTripleRange rp_subject_index_search(RpSubjectIndex *index, RpTermId subject, RpTermId predicate);

/* As rp_graph_objects. The one object of the next predicate of the same subject is found without a
 * search. */
static inline RpTripleRange
rp_subject_index_objects(RpSubjectIndex *index, RpTermId subject, RpTermId predicate)
{
    const RpTriple *next = index->last_objects.end;
    const RpTriple *end = index->last_triples.end;

    if (index->last != subject || next >= end || next->predicate != predicate ||
        (next + 1 < end && next[1].predicate == predicate)) {
        return rp_subject_index_search(index, subject, predicate);
    }
    index->last_objects = (RpTripleRange){next, next + 1};
    index->last_predicate = predicate;
    return index->last_objects;
}

#endif
