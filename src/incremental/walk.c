/* See walk.h. Steps whose read is not there yet wait for the next layer, all together. */
#include "incremental/walk.h"

#include "incremental/candidates.h"
#include "incremental/class_walk.h"

enum { NOWHERE = UINT32_MAX }; /* no place that one comes from */

void
rp_walk_init(RpWalk *walk, RpJudging *judging, bool is_forward)
{
    *walk = (RpWalk){.is_forward = is_forward};
    rp_pair_set_init(&walk->met, judging->arena, rp_dictionary_key(&judging->data->dictionary),
                     &judging->room);
    rp_graph_init(&walk->below, judging->arena, NULL);
}

/* The two numbers share a pair's first member: see met in walk.h. */
static uint32_t
state_of(RpNodePair place)
{
    return place.of / 2;
}

static RpPlaceKind
kind_of(RpNodePair place)
{
    return (RpPlaceKind)(place.of % 2);
}

/* Come to a place from another; *to is its index. From covered to covered, note the way. */
static RpStatus
come(RpJudging *judging, RpWalk *walk, uint32_t from, RpPlaceKind kind, uint32_t state,
     RpTermId node, uint32_t *to)
{
    RP_TRY(rp_pair_set_put(&walk->met, state * 2 + kind, node, to, judging->error));
    if (from != NOWHERE && kind == RP_PLACE_COVERED &&
        kind_of(walk->met.pairs[from]) == RP_PLACE_COVERED) {
        return rp_graph_add(&walk->below, (RpTriple){*to + 1, RP_PAIR_PREDICATE, from + 1},
                            judging->error);
    }
    return RP_OK;
}

RpStatus
rp_walk_add(RpJudging *judging, RpWalk *walk, uint32_t state, RpTermId node)
{
    uint32_t place;

    return come(judging, walk, NOWHERE, RP_PLACE_CHANGED, state, node, &place);
}

uint32_t
rp_walk_covered(const RpJudging *judging, const RpWalk *walk, uint32_t shape, RpTermId node)
{
    return rp_pair_set_find(&walk->met, judging->map->starts[shape] * 2 + RP_PLACE_COVERED, node);
}

/* Take a step from a place to another node, or the same. */
static RpStatus
go(RpJudging *judging, RpWalk *walk, const RpStep *step, uint32_t from, RpTermId node)
{
    RpPlaceKind kind = step->is_condition ? RP_PLACE_CHANGED : kind_of(walk->met.pairs[from]);
    uint32_t to;

    return come(judging, walk, from, kind, walk->is_forward ? step->to : step->from, node, &to);
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
follow(RpJudging *judging, RpWalk *walk, const RpStep *step, uint32_t place, uint32_t read)
{
    /* Backwards, one comes to the subject where the step leads to the object. */
    bool to_object =
        (step->kind == RP_STEP_FORWARD || step->kind == RP_STEP_ALL) == walk->is_forward;
    bool goes_on = !walk->is_forward || step->to != 0;
    RpAnswers answers = rp_fetched_answers(&judging->fetched, read);
    const RpTriple *triple;

    if (step->kind == RP_STEP_CLASSES) {
        return follow_types(judging, step, read);
    }
    while (goes_on && (triple = rp_answers_next(&answers)) != NULL) {
        if (!rp_step_reads_all(step) ||
            !rp_read_map_allows(judging->map, step, triple->predicate)) {
            RP_TRY(go(judging, walk, step, place, to_object ? triple->object : triple->subject));
        }
    }
    return RP_OK;
}

/* What a step reads of a node. */
static RpStoreRead
read_of(const RpWalk *walk, const RpStep *step, RpTermId node)
{
    bool is_inverse = step->kind == RP_STEP_INVERSE || step->kind == RP_STEP_ALL_INVERSE;

    if (step->kind == RP_STEP_CLASSES) {
        return (RpStoreRead){node, RP_VOCABULARY_rdf_type, false};
    }
    return (RpStoreRead){node, rp_step_reads_all(step) ? RP_TERM_NONE : step->term,
                         is_inverse == walk->is_forward};
}

/* The place by its index: walk->met moves. */
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

/* A step that depends on no triple of the node. To a constant of a query one comes from every focus
 * node: so what changes there concerns all of them. */
static RpStatus
take_free_step(RpJudging *judging, RpWalk *walk, const RpStep *step, uint32_t place, RpTermId node)
{
    switch ((RpStepKind)step->kind) {
    case RP_STEP_NOTHING:
        return go(judging, walk, step, place, node);
    case RP_STEP_TERM:
        if (walk->is_forward) {
            return go(judging, walk, step, place, step->term);
        }
        return node == step->term ? rp_judging_ask_whole(judging, step->query) : RP_OK;
    default:
        return rp_judging_ask_whole(judging, step->query);
    }
}

/* A read that is there already is followed at once; the others wait, so that one layer answers all
 * of them. */
static RpStatus
take_step(RpJudging *judging, RpWalk *walk, uint32_t index, uint32_t place)
{
    const RpStep *step = &judging->map->steps[index];
    RpTermId node = walk->met.pairs[place].node;
    uint32_t read;

    if (step->kind == RP_STEP_NOTHING || step->kind == RP_STEP_TERM ||
        step->kind == RP_STEP_WHOLE) {
        return take_free_step(judging, walk, step, place, node);
    }
    RP_TRY(rp_fetched_ask(&judging->fetched, read_of(walk, step, node), &read));
    if (rp_fetched_is_there(&judging->fetched, read)) {
        return follow(judging, walk, step, place, read);
    }
    return wait_for(judging, walk, (RpWaitingStep){index, read, place});
}

/* At the start of a shape: if its results stand in a report, it is enough to evaluate the node by
 * this shape. */
static RpStatus
make_unit(RpJudging *judging, RpWalk *walk, RpNodePair place)
{
    uint32_t *units = rp_arena_grow(judging->arena, walk->units, walk->unit_count,
                                    walk->unit_count + 1, &walk->unit_capacity, sizeof(uint32_t));

    if (!units) {
        return rp_arena_failure(judging->arena, judging->error);
    }
    walk->units = units;
    return come(judging, walk, NOWHERE, RP_PLACE_COVERED, state_of(place), place.node,
                &units[walk->unit_count++]);
}

/* Take all steps of a place. */
static RpStatus
walk_from(RpJudging *judging, RpWalk *walk, uint32_t index)
{
    const RpReadMap *map = judging->map;
    const RpStepOrder *order = walk->is_forward ? &map->out : &map->into;
    RpNodePair place = walk->met.pairs[index];
    uint32_t state = state_of(place);

    if (!walk->is_forward && map->asked_for[state] != 0) {
        uint32_t shape = map->asked_for[state] - 1;

        RP_TRY(rp_pair_set_add(&judging->added, shape, place.node, judging->error));
        return rp_candidates_add(judging, shape, place.node);
    }
    if (!walk->is_forward && map->shapes[state] != 0) {
        uint32_t shape = map->shapes[state] - 1;

        if (kind_of(place) == RP_PLACE_CHANGED) {
            return make_unit(judging, walk, place);
        }
        if (judging->data->image->shapes[shape].target_count > 0) {
            RP_TRY(rp_candidates_add(judging, shape, place.node));
        }
    }
    for (uint32_t i = order->first[state]; i < order->first[state + 1]; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(take_step(judging, walk, order->steps[i], index));
    }
    return RP_OK;
}

/* Waiting steps first. Those whose read is still not there wait again, in the same array, of which
 * no more is written than has been read. Then all places that were met since. */
RpStatus
rp_walk_on(RpJudging *judging, RpWalk *walk)
{
    uint32_t waiting_count = walk->waiting_count;

    walk->waiting_count = 0;
    for (uint32_t i = 0; i < waiting_count; i++) {
        RpWaitingStep waiting = walk->waiting[i];

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(rp_fetched_is_there(&judging->fetched, waiting.read)
                   ? follow(judging, walk, &judging->map->steps[waiting.step], waiting.place,
                            waiting.read)
                   : wait_for(judging, walk, waiting));
    }
    while (walk->walked_count < walk->met.count) {
        RP_TRY(walk_from(judging, walk, walk->walked_count++));
    }
    return RP_OK;
}
