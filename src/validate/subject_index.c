/* See subject_index.h. */
#include "validate/subject_index.h"

enum {
    SMALL_GRAPH = 1024,   /* triples up to which no table is made */
    FETCHED_AHEAD = 8,    /* subjects, to the first fetch; half as many to the second */
    FETCHED_TRIPLES = 16, /* of a subject */
    TERMS_PER_TRIPLE = 8  /* with more terms to a triple than this the table is too sparse */
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

/* What the values of one subject are looked up by, up to so many triples of it. */
static RpTripleRange
fetched_triples(const RpSubjectIndex *index, RpTermId subject)
{
    const RpTriple *triples = index->graph->by_subject;
    RpTripleRange range = {triples, triples};

    if (subject < index->id_limit) {
        range.first += index->starts[subject];
        range.end += index->starts[subject + 1];
        if (range.end - range.first > FETCHED_TRIPLES) {
            range.end = range.first + FETCHED_TRIPLES;
        }
    }
    return range;
}

void
rp_subject_index_fetch(const RpSubjectIndex *index, const RpTermId *subjects, uint32_t count)
{
    RpTripleRange range;

    if (count > FETCHED_AHEAD) {
        range = fetched_triples(index, subjects[FETCHED_AHEAD]);
        for (const RpTriple *triple = range.first; triple < range.end; triple++) {
            rp_dictionary_fetch(index->graph->dictionary, triple->object);
            __builtin_prefetch(&index->starts[triple->object]);
        }
    }
    if (count > FETCHED_AHEAD / 2) {
        range = fetched_triples(index, subjects[FETCHED_AHEAD / 2]);
        for (const RpTriple *triple = range.first; triple < range.end; triple++) {
            __builtin_prefetch(&index->graph->by_subject[index->starts[triple->object]]);
        }
    }
}

/* Look a subject's triples up, and remember them. */
static void
turn_to(RpSubjectIndex *index, RpTermId subject)
{
    const RpTriple *triples = index->graph->by_subject;

    index->last_triples = index->starts && subject < index->id_limit
                              ? (RpTripleRange){triples + index->starts[subject],
                                                triples + index->starts[subject + 1]}
                              : rp_graph_subject(index->graph, subject);
    index->last_objects = (RpTripleRange){index->last_triples.first, index->last_triples.first};
    index->last_predicate = RP_TERM_NONE;
    index->last = subject;
}

RpTripleRange
rp_subject_index_triples(RpSubjectIndex *index, RpTermId subject)
{
    if (index->last != subject) {
        turn_to(index, subject);
    }
    return index->last_triples;
}

/* What was found last ends where the next predicate begins, which often is the one that is asked
 * for. */
RpTripleRange
rp_subject_index_search(RpSubjectIndex *index, RpTermId subject, RpTermId predicate)
{
    const RpTriple *next;

    if (index->last != subject) {
        turn_to(index, subject);
    }
    if (index->last_predicate != predicate) {
        RpTripleRange range = index->last_triples;

        next = index->last_objects.end;
        if (next < range.end && next->predicate == predicate) {
            range.first = next;
        }
        index->last_objects = rp_triple_range_objects(range, predicate);
        index->last_predicate = predicate;
    }
    return index->last_objects;
}
