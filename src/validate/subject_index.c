/* See subject_index.h. */
#include "validate/subject_index.h"

enum {
    SMALL_GRAPH = 1024,  /* triples up to which no table is made */
    TERMS_PER_TRIPLE = 8 /* with more terms to a triple than this the table is too sparse */
};

RpStatus
rp_subject_index_init(RpSubjectIndex *index, const RpGraph *graph, RpArena *arena, RpError *error)
{
    uint32_t id_limit = rp_dictionary_end(graph->dictionary);
    uint32_t at = 0;

    *index = (RpSubjectIndex){.graph = graph, .id_limit = id_limit};
    if (graph->count <= SMALL_GRAPH || id_limit / TERMS_PER_TRIPLE > graph->count) {
        return RP_OK;
    }
    index->starts = rp_arena_allocate(arena, sizeof(uint32_t) * ((size_t)id_limit + 1));
    if (!index->starts) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t id = 0; id <= id_limit; id++) {
        RP_TRY(rp_arena_poll(arena, error));
        while (at < graph->count && graph->by_subject[at].subject < id) {
            at++;
        }
        index->starts[id] = at;
    }
    return RP_OK;
}

RpTripleRange
rp_subject_index_triples(const RpSubjectIndex *index, RpTermId subject)
{
    const RpTriple *triples = index->graph->by_subject;

    if (!index->starts || subject >= index->id_limit) {
        return rp_graph_subject(index->graph, subject);
    }
    return (RpTripleRange){triples + index->starts[subject], triples + index->starts[subject + 1]};
}

RpTripleRange
rp_subject_index_objects(const RpSubjectIndex *index, RpTermId subject, RpTermId predicate)
{
    return index->starts
               ? rp_triple_range_objects(rp_subject_index_triples(index, subject), predicate)
               : rp_graph_objects(index->graph, subject, predicate);
}
