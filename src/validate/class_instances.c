/* See class_instances.h. */
#include "validate/class_instances.h"

/* Triples of the graph for each question about a class, until its map is made: reading them all
 * costs less than as many answers. */
enum { TRIPLES_PER_QUESTION = 32 };

RpStatus
rp_class_instances_make(RpEvaluation *evaluation, RpClassInstances **instances)
{
    *instances = NULL;
    if (evaluation->subjects.starts == NULL) { /* the graph is small, or has few of its ids */
        return RP_OK;
    }
    *instances = rp_arena_allocate_zero(evaluation->arena, sizeof(RpClassInstances));
    if (!*instances) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    (*instances)->id_limit = evaluation->subjects.id_limit;
    return RP_OK;
}

static RpStatus
make_map(RpEvaluation *evaluation, const RpClassInstances *instances, RpValues classes,
         uint64_t **words)
{
    uint64_t *map = rp_arena_allocate_zero(
        evaluation->arena, sizeof(uint64_t) * (((size_t)instances->id_limit >> 6) + 1));

    if (!map) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    for (uint32_t i = 0; i < classes.count; i++) {
        RpTripleRange range;

        RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdf_type,
                              classes.ids[i], &range, evaluation->error));
        RP_TRY(rp_arena_poll_bytes(evaluation->arena,
                                   sizeof(RpTriple) * (uint64_t)rp_triple_range_count(range),
                                   evaluation->error));
        for (const RpTriple *triple = range.first; triple < range.end; triple++) {
            map[triple->subject >> 6] |= UINT64_C(1) << (triple->subject & 63);
        }
    }
    *words = map;
    return RP_OK;
}

RpStatus
rp_class_instances_note(RpEvaluation *evaluation, RpClassInstances *instances, RpTermId class_id,
                        RpValues classes)
{
    RpClassPlace *place = &instances->places[class_id % RP_CLASS_INSTANCES_PLACES];

    if (place->words != NULL) {
        return RP_OK;
    }
    if (place->class_id != class_id) {
        *place = (RpClassPlace){.class_id = class_id};
    }
    if (++place->asked < evaluation->graph->count / TRIPLES_PER_QUESTION) {
        return RP_OK;
    }
    return make_map(evaluation, instances, classes, &place->words);
}
