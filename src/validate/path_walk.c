/*
 * See path_walk.h. A path takes a set of nodes to a set of nodes. Sets lie on the scratch: the
 * input somewhere below, the output on top of it, sorted and without duplicates.
 */
#include "validate/path_walk.h"

/* is_new: within a repetition, the nodes have not come to this part of the path before (but for
 * what the outermost p+ starts from, which may once be found again). */
static RpStatus walk(RpEvaluation *evaluation, uint32_t path, bool is_inverse, bool is_new,
                     RpNodeSet input);

/* The set from a position to the top. */
static RpNodeSet
set_from(const RpEvaluation *evaluation, uint32_t first)
{
    return (RpNodeSet){first, evaluation->scratch.count - first};
}

static RpStatus
push_set(RpEvaluation *evaluation, RpNodeSet set)
{
    RpTermId *copy;

    RP_TRY(rp_scratch_extend(&evaluation->scratch, set.count, &copy, evaluation->error));
    if (set.count > 0) {
        memcpy(copy, evaluation->scratch.ids + set.first, sizeof(RpTermId) * set.count);
    }
    return RP_OK;
}

static RpStatus
push_neighbours(RpEvaluation *evaluation, RpTermId predicate, bool is_inverse, RpTermId node)
{
    RpTripleRange range;
    RpTermId *ids;

    if (is_inverse) {
        RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, predicate, node, &range,
                              evaluation->error));
    } else {
        range = rp_subject_index_objects(&evaluation->subjects, node, predicate);
    }
    if (range.first == range.end) {
        return RP_OK;
    }
    if (range.end - range.first == 1) {
        return rp_scratch_push(&evaluation->scratch,
                               is_inverse ? range.first->subject : range.first->object,
                               evaluation->error);
    }
    RP_TRY(rp_scratch_extend(&evaluation->scratch, rp_triple_range_count(range), &ids,
                             evaluation->error));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        *ids++ = is_inverse ? triple->subject : triple->object;
    }
    return RP_OK;
}

static RpStatus
walk_predicate(RpEvaluation *evaluation, RpTermId predicate, bool is_inverse, RpNodeSet input)
{
    uint32_t mark = evaluation->scratch.count;

    for (uint32_t i = 0; i < input.count; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(push_neighbours(evaluation, predicate, is_inverse,
                               evaluation->scratch.ids[input.first + i]));
    }
    if (input.count == 1) {
        return RP_OK; /* the graph gives them sorted */
    }
    return rp_scratch_sort(&evaluation->scratch, mark, evaluation->error);
}

/* The inverse of a sequence is the sequence of the inverses, last first. */
static RpStatus
walk_sequence(RpEvaluation *evaluation, const RpImagePath *path, bool is_inverse, RpNodeSet input)
{
    const uint32_t *parts = evaluation->image->ids + path->first_part;
    uint32_t mark = evaluation->scratch.count;
    RpNodeSet set = input;

    for (uint32_t i = 0; i < path->part_count; i++) {
        uint32_t first = evaluation->scratch.count;
        uint32_t part = parts[is_inverse ? path->part_count - 1 - i : i];

        RP_TRY(walk(evaluation, part, is_inverse, i == 0, set));
        set = set_from(evaluation, first);
    }
    rp_scratch_close_gap(&evaluation->scratch, mark, set.first);
    return RP_OK;
}

static RpStatus
walk_alternative(RpEvaluation *evaluation, const RpImagePath *path, bool is_inverse,
                 RpNodeSet input)
{
    const uint32_t *parts = evaluation->image->ids + path->first_part;
    uint32_t mark = evaluation->scratch.count;

    for (uint32_t i = 0; i < path->part_count; i++) {
        RP_TRY(walk(evaluation, parts[i], is_inverse, true, input));
    }
    return rp_scratch_sort(&evaluation->scratch, mark, evaluation->error);
}

static RpStatus
walk_zero_or_one(RpEvaluation *evaluation, uint32_t part, bool is_inverse, RpNodeSet input)
{
    uint32_t mark = evaluation->scratch.count;

    RP_TRY(push_set(evaluation, input));
    RP_TRY(walk(evaluation, part, is_inverse, true, input));
    return rp_scratch_sort(&evaluation->scratch, mark, evaluation->error);
}

/* Keep those of the ids from first up that are not marked, and mark them. */
static void
keep_new(RpEvaluation *evaluation, RpMarks *visited, uint32_t first)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t kept = first;

    for (uint32_t i = first; i < scratch->count; i++) {
        if (rp_marks_add(visited, scratch->ids[i])) {
            scratch->ids[kept++] = scratch->ids[i];
        }
    }
    scratch->count = kept;
}

/*
 * Breadth first: each round walks the part from the nodes that the round before found new, until
 * there are none. Each node is walked from once, so cycles end; within another repetition, once for
 * all rounds of that.
 */
static RpStatus
walk_repeated(RpEvaluation *evaluation, uint32_t path_index, bool is_inverse, RpNodeSet input)
{
    const RpImagePath *path = &evaluation->image->paths[path_index];
    uint32_t part = evaluation->image->ids[path->first_part];
    bool is_outermost = !evaluation->closure.is_active;
    uint32_t mark = evaluation->scratch.count;
    RpNodeSet frontier = input;
    RpMarks *visited;

    if (is_outermost) {
        rp_path_closure_begin(&evaluation->closure, evaluation->image, path_index);
    }
    RP_TRY(rp_scratch_take_marks(&evaluation->scratch, &visited, evaluation->error));
    if (path->kind == RP_PATH_ZERO_OR_MORE) {
        RP_TRY(push_set(evaluation, input));
        keep_new(evaluation, visited, mark);
    }
    while (frontier.count > 0) {
        uint32_t first = evaluation->scratch.count;

        RP_TRY(walk(evaluation, part, is_inverse, is_outermost, frontier));
        keep_new(evaluation, visited, first);
        frontier = set_from(evaluation, first);
    }
    for (uint32_t i = mark; i < evaluation->scratch.count; i++) {
        rp_marks_remove(visited, evaluation->scratch.ids[i]);
    }
    rp_scratch_return_marks(&evaluation->scratch, visited);
    if (is_outermost) {
        rp_path_closure_end(&evaluation->closure);
    }
    return rp_scratch_sort(&evaluation->scratch, mark, evaluation->error);
}

static RpStatus
walk_kind(RpEvaluation *evaluation, uint32_t path_index, bool is_inverse, RpNodeSet input)
{
    const RpImagePath *path = &evaluation->image->paths[path_index];
    uint32_t part = path->part_count > 0 ? evaluation->image->ids[path->first_part] : 0;

    switch ((RpPathKind)path->kind) {
    case RP_PATH_PREDICATE:
        return walk_predicate(evaluation, path->predicate, is_inverse, input);
    case RP_PATH_INVERSE:
        return walk(evaluation, part, !is_inverse, true, input);
    case RP_PATH_SEQUENCE:
        return walk_sequence(evaluation, path, is_inverse, input);
    case RP_PATH_ALTERNATIVE:
        return walk_alternative(evaluation, path, is_inverse, input);
    case RP_PATH_ZERO_OR_MORE:
    case RP_PATH_ONE_OR_MORE:
        return walk_repeated(evaluation, path_index, is_inverse, input);
    case RP_PATH_ZERO_OR_ONE:
        return walk_zero_or_one(evaluation, part, is_inverse, input);
    }
    return rp_error_set(evaluation->error, RP_CORRUPT, "unknown path kind %u",
                        (unsigned)path->kind);
}

/* Recursion is bounded: an image's paths are no deeper than the path reader's limit. */
static RpStatus
walk(RpEvaluation *evaluation, uint32_t path_index, bool is_inverse, bool is_new, RpNodeSet input)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;
    RpNodeSet new_input = input;

    RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
    if (input.count == 0) {
        return RP_OK;
    }
    if (is_new || !evaluation->closure.is_active) {
        return walk_kind(evaluation, path_index, is_inverse, input);
    }
    RP_TRY(rp_path_closure_push_new(&evaluation->closure, scratch, path_index, input.first,
                                    input.count, evaluation->error));
    new_input = set_from(evaluation, mark);
    RP_TRY(walk_kind(evaluation, path_index, is_inverse, new_input));
    rp_scratch_close_gap(scratch, mark, mark + new_input.count);
    return RP_OK;
}

RpStatus
rp_path_walk(RpEvaluation *evaluation, uint32_t path_index, RpTermId focus, RpValues *values)
{
    const RpImagePath *path = &evaluation->image->paths[path_index];
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;

    if (path->kind == RP_PATH_PREDICATE) {
        RP_TRY(push_neighbours(evaluation, path->predicate, false, focus));
    } else {
        RP_TRY(rp_scratch_push(scratch, focus, evaluation->error));
        RP_TRY(walk(evaluation, path_index, false, true, (RpNodeSet){mark, 1}));
        rp_scratch_close_gap(scratch, mark, mark + 1);
    }
    *values = (RpValues){scratch->ids + mark, scratch->count - mark};
    return RP_OK;
}

RpStatus
rp_path_walk_set(RpEvaluation *evaluation, uint32_t path_index, bool is_inverse, RpNodeSet input,
                 RpNodeSet *output)
{
    uint32_t mark = evaluation->scratch.count;

    RP_TRY(walk(evaluation, path_index, is_inverse, true, input));
    *output = set_from(evaluation, mark);
    return RP_OK;
}
