/* See walk.h. Steps whose read is not there yet wait for the next layer, all together. */
#include "incremental/walk.h"

#include "incremental/candidates.h"
#include "incremental/class_walk.h"

void
rp_walk_init(RpWalk *walk, RpJudging *judging, bool is_forward)
{
    *walk = (RpWalk){.is_forward = is_forward};
    rp_pair_set_init(&walk->met, judging->arena, rp_dictionary_key(&judging->data->dictionary),
                     &judging->room);
}

RpStatus
rp_walk_add(RpJudging *judging, RpWalk *walk, uint32_t state, RpTermId node)
{
    bool is_new;

    return rp_pair_set_add(&walk->met, state, node, &is_new, judging->error);
}

/* Where a node is an instance of a class by rdf:type itself, no class above has to be known. */
static RpStatus
follow_types(RpJudging *judging, const RpStep *step, uint32_t read)
{
    RpAnswers types = rp_fetched_answers(&judging->fetched, read);
    const RpTriple *type;

    while ((type = rp_answers_next(&types)) != NULL) {
        if (type->object == step->term) {
            return RP_OK;
        }
    }
    types = rp_fetched_answers(&judging->fetched, read);
    while ((type = rp_answers_next(&types)) != NULL) {
        RP_TRY(rp_class_walk_add(judging, type->object, false));
    }
    return RP_OK;
}

/* Take a step whose read is there. */
static RpStatus
follow(RpJudging *judging, RpWalk *walk, const RpStep *step, uint32_t read)
{
    /* Backwards, one comes to the subject where the step leads to the object. */
    bool to_object = (step->kind == RP_STEP_FORWARD) == walk->is_forward;
    uint32_t state = walk->is_forward ? step->to : step->from;
    RpAnswers answers = rp_fetched_answers(&judging->fetched, read);
    const RpTriple *triple;

    if (step->kind == RP_STEP_CLASSES) {
        return follow_types(judging, step, read);
    }
    while (state != 0 && (triple = rp_answers_next(&answers)) != NULL) {
        RP_TRY(rp_walk_add(judging, walk, state, to_object ? triple->object : triple->subject));
    }
    return RP_OK;
}

/* What a step reads of a node. */
static RpStoreRead
read_of(const RpWalk *walk, const RpStep *step, RpTermId node)
{
    switch ((RpStepKind)step->kind) {
    case RP_STEP_CLASSES:
        return (RpStoreRead){node, RP_VOCABULARY_rdf_type, false};
    case RP_STEP_ALL:
        return (RpStoreRead){node, RP_TERM_NONE, false};
    default:
        return (RpStoreRead){node, step->term, (step->kind == RP_STEP_INVERSE) == walk->is_forward};
    }
}

static RpStatus
wait_for(RpJudging *judging, RpWalk *walk, RpWaitingStep waiting)
{
    RpWaitingStep *steps =
        rp_arena_grow(judging->arena, walk->waiting, walk->waiting_count, walk->waiting_count + 1,
                      &walk->waiting_capacity, sizeof(RpWaitingStep));

    if (!steps) {
        return rp_arena_failure(judging->arena, judging->error);
    }
    walk->waiting = steps;
    steps[walk->waiting_count++] = waiting;
    return RP_OK;
}

static RpStatus
take_step(RpJudging *judging, RpWalk *walk, uint32_t index, RpTermId node)
{
    const RpStep *step = &judging->map->steps[index];
    uint32_t read;

    if (step->kind == RP_STEP_NOTHING) {
        return rp_walk_add(judging, walk, walk->is_forward ? step->to : step->from, node);
    }
    RP_TRY(rp_fetched_ask(&judging->fetched, read_of(walk, step, node), &read));
    if (rp_fetched_is_there(&judging->fetched, read)) {
        return follow(judging, walk, step, read);
    }
    return wait_for(judging, walk, (RpWaitingStep){index, read, node});
}

/* Take all steps of a node in a state. */
static RpStatus
walk_from(RpJudging *judging, RpWalk *walk, RpNodePair met)
{
    const RpReadMap *map = judging->map;
    const RpStepOrder *order = walk->is_forward ? &map->out : &map->into;

    if (!walk->is_forward && map->shapes[met.of] != 0) {
        RP_TRY(rp_candidates_add(judging, map->shapes[met.of] - 1, met.node));
    }
    for (uint32_t i = order->first[met.of]; i < order->first[met.of + 1]; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(take_step(judging, walk, order->steps[i], met.node));
    }
    return RP_OK;
}

RpStatus
rp_walk_on(RpJudging *judging, RpWalk *walk)
{
    uint32_t waiting_count = walk->waiting_count;

    walk->waiting_count = 0;
    for (uint32_t i = 0; i < waiting_count; i++) {
        RpWaitingStep waiting = walk->waiting[i];

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(rp_fetched_is_there(&judging->fetched, waiting.read)
                   ? follow(judging, walk, &judging->map->steps[waiting.step], waiting.read)
                   : wait_for(judging, walk, waiting));
    }
    while (walk->walked_count < walk->met.count) {
        RP_TRY(walk_from(judging, walk, walk->met.pairs[walk->walked_count++]));
    }
    return RP_OK;
}
