/* See last_step.h. Recursion follows the path's structure, which the path reader bounds. */
#include "validate/last_step.h"

/* Nodes, or triples, that are looked at for one value. */
enum { LOOK_LIMIT = 1000 };

static RpStatus depart(RpLastSteps *steps, uint32_t path, bool is_inverse, RpNodeSet from);

RpStatus
rp_last_steps_init(RpLastSteps *steps, RpDataGraph *data, RpArena *arena, RpError *error)
{
    *steps = (RpLastSteps){.focus = RP_TERM_NONE};
    rp_report_init(&steps->report, arena, 0);
    return rp_evaluation_init(&steps->evaluation, data, 0, &steps->report, error);
}

/* Whether a path may lead from a node to itself without a step. */
static bool
may_be_empty(const RpImage *image, uint32_t path_index)
{
    const RpImagePath *path = &image->paths[path_index];
    const uint32_t *parts = image->ids + path->first_part;
    bool is_any = path->kind == RP_PATH_ZERO_OR_MORE || path->kind == RP_PATH_ZERO_OR_ONE;
    bool is_each = path->kind != RP_PATH_PREDICATE;

    for (uint32_t i = 0; i < path->part_count && !is_any; i++) {
        bool part = may_be_empty(image, parts[i]);

        is_each = is_each && part;
        is_any = path->kind == RP_PATH_ALTERNATIVE && part;
    }
    return is_any || is_each;
}

static RpStatus
add_departure(RpLastSteps *steps, RpTermId predicate, bool is_inverse, RpNodeSet from)
{
    RpEvaluation *evaluation = &steps->evaluation;
    RpDeparture *departures =
        rp_arena_grow(evaluation->arena, steps->departures, steps->count, steps->count + 1,
                      &steps->capacity, sizeof(RpDeparture));

    if (!departures) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    steps->departures = departures;
    departures[steps->count++] = (RpDeparture){predicate, is_inverse, from};
    return RP_OK;
}

/* From its last part, and from those before it as far as all behind them may be empty. */
static RpStatus
depart_sequence(RpLastSteps *steps, const RpImagePath *path, bool is_inverse, RpNodeSet from)
{
    RpEvaluation *evaluation = &steps->evaluation;
    const uint32_t *parts = evaluation->image->ids + path->first_part;
    uint32_t last = path->part_count - 1;
    uint32_t first = last;

    while (first > 0 && may_be_empty(evaluation->image, parts[is_inverse ? last - first : first])) {
        first--;
    }
    for (uint32_t i = 0; i < path->part_count; i++) {
        uint32_t part = parts[is_inverse ? last - i : i];

        if (i >= first) {
            RP_TRY(depart(steps, part, is_inverse, from));
        }
        if (i < last) {
            RP_TRY(rp_path_walk_set(evaluation, part, is_inverse, from, &from));
        }
    }
    return RP_OK;
}

/* From wherever the rounds have led. */
static RpStatus
depart_repeated(RpLastSteps *steps, uint32_t path_index, bool is_inverse, RpNodeSet from)
{
    RpEvaluation *evaluation = &steps->evaluation;
    const RpImagePath *path = &evaluation->image->paths[path_index];
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;
    RpNodeSet led;
    RpTermId *copy;

    RP_TRY(rp_scratch_extend(scratch, from.count, &copy, evaluation->error));
    memcpy(copy, scratch->ids + from.first, sizeof(RpTermId) * from.count);
    RP_TRY(rp_path_walk_set(evaluation, path_index, is_inverse, from, &led));
    RP_TRY(rp_scratch_sort(scratch, mark, evaluation->error));
    return depart(steps, evaluation->image->ids[path->first_part], is_inverse,
                  (RpNodeSet){mark, scratch->count - mark});
}

static RpStatus
depart(RpLastSteps *steps, uint32_t path_index, bool is_inverse, RpNodeSet from)
{
    const RpImage *image = steps->evaluation.image;
    const RpImagePath *path = &image->paths[path_index];

    if (from.count == 0) {
        return RP_OK;
    }
    switch ((RpPathKind)path->kind) {
    case RP_PATH_PREDICATE:
        return add_departure(steps, path->predicate, is_inverse, from);
    case RP_PATH_SEQUENCE:
        return depart_sequence(steps, path, is_inverse, from);
    case RP_PATH_ZERO_OR_MORE:
    case RP_PATH_ONE_OR_MORE:
        return depart_repeated(steps, path_index, is_inverse, from);
    case RP_PATH_INVERSE:
    case RP_PATH_ALTERNATIVE:
    case RP_PATH_ZERO_OR_ONE:
        break;
    }
    for (uint32_t i = 0; i < path->part_count; i++) {
        RP_TRY(depart(steps, image->ids[path->first_part + i],
                      is_inverse != (path->kind == RP_PATH_INVERSE), from));
    }
    return RP_OK;
}

static RpStatus
match(RpLastSteps *steps, const RpDeparture *departure, RpTermId node, RpTermId value,
      RpTripleRange *range)
{
    return departure->is_inverse
               ? rp_graph_match(steps->evaluation.graph, value, departure->predicate, node, range,
                                steps->evaluation.error)
               : rp_graph_match(steps->evaluation.graph, node, departure->predicate, value, range,
                                steps->evaluation.error);
}

/* Of the departure's nodes and the triples that lead to the value, the fewer are gone through. */
static RpStatus
find_by(RpLastSteps *steps, const RpDeparture *departure, RpTermId value, RpTriple *step)
{
    RpNodeSet from = departure->from;
    const RpTermId *nodes = steps->evaluation.scratch.ids + from.first;
    RpTripleRange range;

    RP_TRY(match(steps, departure, RP_TERM_NONE, value, &range));
    if (from.count < rp_triple_range_count(range)) {
        for (uint32_t i = 0; i < from.count && i < LOOK_LIMIT; i++) {
            RpTripleRange there;

            RP_TRY(match(steps, departure, nodes[i], value, &there));
            if (there.first < there.end) {
                *step = *there.first;
                return RP_OK;
            }
        }
        return RP_OK;
    }
    for (uint32_t i = 0; i < rp_triple_range_count(range) && i < LOOK_LIMIT; i++) {
        const RpTriple *triple = &range.first[i];

        if (rp_values_contain((RpValues){nodes, from.count},
                              departure->is_inverse ? triple->object : triple->subject)) {
            *step = *triple;
            return RP_OK;
        }
    }
    return RP_OK;
}

RpStatus
rp_last_step_find(RpLastSteps *steps, uint32_t path, RpTermId focus, RpTermId value, RpTriple *step,
                  RpError *error)
{
    RpEvaluation *evaluation = &steps->evaluation;

    evaluation->error = error;
    if (steps->path != path || steps->focus != focus) {
        steps->path = path;
        steps->focus = focus;
        steps->count = 0;
        rp_scratch_release(&evaluation->scratch, 0);
        RP_TRY(rp_scratch_push(&evaluation->scratch, focus, error));
        RP_TRY(depart(steps, path, false, (RpNodeSet){0, 1}));
    }
    *step = (RpTriple){RP_TERM_NONE, RP_TERM_NONE, RP_TERM_NONE};
    for (uint32_t i = steps->count; i > 0 && step->predicate == RP_TERM_NONE; i--) {
        RP_TRY(find_by(steps, &steps->departures[i - 1], value, step));
    }
    return RP_OK;
}
