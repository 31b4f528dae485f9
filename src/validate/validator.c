/* See validator.h. */
#include "validate/validator.h"

#include "validate/class_index.h"
#include "validate/focus_list.h"
#include "validate/focus_search.h"
#include "validate/query_batch.h"

/* Push the subjects or objects of all triples of a predicate, with duplicates. */
static RpStatus
push_ends(RpEvaluation *evaluation, RpTermId predicate, bool is_subject)
{
    RpTripleRange range;
    RpTermId *ids;

    RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, predicate, RP_TERM_NONE, &range,
                          evaluation->error));
    RP_TRY(rp_scratch_extend(&evaluation->scratch, rp_triple_range_count(range), &ids,
                             evaluation->error));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        *ids++ = is_subject ? triple->subject : triple->object;
    }
    return RP_OK;
}

/* Push the focus nodes of one target that is no class. SHACL Recommendation, section 2.1.3. */
static RpStatus
push_target(RpEvaluation *evaluation, const RpTarget *target)
{
    switch (target->kind) {
    case RP_TARGET_NODE:
        return rp_scratch_push(&evaluation->scratch, target->term, evaluation->error);
    case RP_TARGET_CLASS:
        return RP_OK;
    case RP_TARGET_SUBJECTS_OF:
        return push_ends(evaluation, target->term, true);
    case RP_TARGET_OBJECTS_OF:
        return push_ends(evaluation, target->term, false);
    case RP_TARGET_QUERY:
        return rp_query_batch_push_targets(evaluation, target->term - 1);
    }
    return rp_error_set(evaluation->error, RP_CORRUPT, "unknown target kind %u",
                        (unsigned)target->kind);
}

/* Release the nodes from a mark on that are not of the slice that is validated. */
static RP_NOINLINE RpStatus
keep_slice(RpEvaluation *evaluation, uint32_t mark)
{
    const RpHashKey *key = rp_dictionary_key(evaluation->dictionary);
    RpScratch *scratch = &evaluation->scratch;
    uint32_t kept = mark;

    for (uint32_t i = mark; i < scratch->count; i++) {
        RpTerm term = rp_dictionary_term(evaluation->dictionary, scratch->ids[i]);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (rp_slice_has(evaluation->data->slice, rp_node_key(key, &term))) {
            scratch->ids[kept++] = scratch->ids[i];
        }
    }
    rp_scratch_release(scratch, kept);
    return RP_OK;
}

/* Push the focus nodes that a shape's targets give: not sorted, and a node may come several times.
 */
static inline RpStatus
push_focus_nodes(RpEvaluation *evaluation, uint32_t shape_index)
{
    const RpImageShape *shape = &evaluation->image->shapes[shape_index];
    const RpTarget *targets = evaluation->image->targets + shape->first_target;
    uint32_t mark = evaluation->scratch.count;

    for (uint32_t i = 0; i < shape->target_count; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(push_target(evaluation, &targets[i]));
    }
    RP_TRY(rp_class_index_push_focus_nodes(evaluation, shape_index));
    return evaluation->data->slice.count > 0 ? keep_slice(evaluation, mark) : RP_OK;
}

/* Count the pairs of a shape and a focus node, for who shows how far validation is. */
static RP_NOINLINE RpStatus
count_focus_nodes(RpEvaluation *evaluation)
{
    for (uint32_t i = 0; i < evaluation->image->shape_count; i++) {
        if (rp_shape_has_focus_nodes(&evaluation->image->shapes[i])) {
            uint32_t mark = evaluation->scratch.count;

            RP_TRY(push_focus_nodes(evaluation, i));
            RP_TRY(rp_scratch_sort(&evaluation->scratch, mark, evaluation->error));
            evaluation->report->focus_node_total += evaluation->scratch.count - mark;
            rp_scratch_release(&evaluation->scratch, mark);
        }
    }
    return RP_OK;
}

/* Whether a shape asks for values of its focus nodes: it is a property shape, or has such parts. */
static bool
asks_for_values(const RpImage *image, const RpImageShape *shape)
{
    const RpImageConstraint *constraints = image->constraints + shape->first_constraint;

    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpImageOperand *operands = image->operands + constraints[i].first_operand;

        if (constraints[i].operand_count > 0 &&
            operands[constraints[i].operand_count - 1].kind == RP_OPERAND_SHAPE) {
            return true;
        }
    }
    return shape->path > 0 && shape->constraint_count > 0;
}

/* Evaluate the focus nodes of one shape that lie on the scratch from a mark on: below all that is
 * pushed meanwhile, they stay where they are. */
static RpStatus
validate_nodes(RpEvaluation *evaluation, uint32_t shape_index, uint32_t mark)
{
    RpValues nodes = {evaluation->scratch.ids + mark, evaluation->scratch.count - mark};
    bool fetches = evaluation->subjects.starts != NULL &&
                   asks_for_values(evaluation->image, &evaluation->image->shapes[shape_index]);

    evaluation->focus_nodes = nodes;
    evaluation->round++;
    for (uint32_t i = 0; i < nodes.count && !evaluation->is_finished; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (fetches) {
            rp_subject_index_fetch(&evaluation->subjects, nodes.ids + i, nodes.count - i);
        }
        evaluation->report->focus_node_count++;
        RP_TRY(rp_evaluation_evaluate(evaluation, shape_index, nodes.ids[i]));
    }
    evaluation->focus_nodes.count = 0;
    return RP_OK;
}

/* Evaluate the focus nodes of one shape: the union of its targets, in id order. */
static RpStatus
validate_targets(RpEvaluation *evaluation, uint32_t shape_index)
{
    uint32_t mark = evaluation->scratch.count;

    RP_TRY(push_focus_nodes(evaluation, shape_index));
    if (evaluation->scratch.count > mark + 1) {
        RP_TRY(rp_scratch_sort(&evaluation->scratch, mark, evaluation->error));
    }
    RP_TRY(validate_nodes(evaluation, shape_index, mark));
    rp_scratch_release(&evaluation->scratch, mark);
    return RP_OK;
}

/* Evaluate focus nodes that the caller knows, all of one shape. */
static RpStatus
validate_given(RpEvaluation *evaluation, const RpFocus *focus_nodes, uint32_t count)
{
    uint32_t mark = evaluation->scratch.count;
    RpTermId *ids;

    RP_TRY(rp_scratch_extend(&evaluation->scratch, count, &ids, evaluation->error));
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = focus_nodes[i].node;
    }
    RP_TRY(validate_nodes(evaluation, focus_nodes[0].shape, mark));
    rp_scratch_release(&evaluation->scratch, mark);
    return RP_OK;
}

/* One shape's targets, or given focus nodes of it, counted and timed where the report wants it. */
static RpStatus
validate_shape(RpEvaluation *evaluation, uint32_t shape_index, const RpFocus *focus_nodes,
               uint32_t count)
{
    RpReport *report = evaluation->report;
    uint64_t focus_node_count = report->focus_node_count;
    uint64_t result_count = report->total_count;
    uint64_t start_ns = report->tallies != NULL ? report->clock_ns() : 0;

    RP_TRY(focus_nodes == NULL ? validate_targets(evaluation, shape_index)
                               : validate_given(evaluation, focus_nodes, count));
    if (report->tallies != NULL) {
        RpTally *tally = &report->tallies[shape_index];

        tally->focus_node_count += report->focus_node_count - focus_node_count;
        tally->result_count += report->total_count - result_count;
        tally->time_ns += report->clock_ns() - start_ns;
    }
    return RP_OK;
}

RpStatus
rp_validate_begin(RpDataGraph *data, uint32_t depth_limit, RpReport *report, RpError *error)
{
    RpEvaluation *evaluation = rp_arena_allocate(report->arena, sizeof(RpEvaluation));

    if (!evaluation) {
        return rp_arena_failure(report->arena, error);
    }
    report->evaluation = evaluation;
    RP_TRY(rp_graph_freeze(&data->graph, error));
    return rp_evaluation_init(evaluation, data, depth_limit, report, error);
}

/* Pairs in order of the shape. */
static RpStatus
validate_pairs(RpEvaluation *evaluation, const RpFocus *pairs, uint32_t count)
{
    uint32_t end;

    for (uint32_t first = 0; first < count && !evaluation->is_finished; first = end) {
        for (end = first + 1; end < count && pairs[end].shape == pairs[first].shape;) {
            end++;
        }
        RP_TRY(validate_shape(evaluation, pairs[first].shape, &pairs[first], end - first));
    }
    return RP_OK;
}

/* Shape after shape, each asked for its focus nodes. */
static RpStatus
validate_shapes(RpEvaluation *evaluation)
{
    const RpImage *image = evaluation->image;

    if (evaluation->report->counts_focus_nodes) {
        RP_TRY(count_focus_nodes(evaluation));
    }
    for (uint32_t i = 0; i < image->shape_count && !evaluation->is_finished; i++) {
        if (rp_shape_has_focus_nodes(&image->shapes[i])) {
            RP_TRY(validate_shape(evaluation, i, NULL, 0));
        }
    }
    return RP_OK;
}

static RpStatus
validate_targets_of_all(RpEvaluation *evaluation)
{
    RpFocusList list;

    RP_TRY(rp_focus_list_make(evaluation, &list));
    if (!list.is_known) {
        return validate_shapes(evaluation);
    }
    evaluation->report->focus_node_total = list.count;
    return validate_pairs(evaluation, list.pairs, list.count);
}

RpStatus
rp_validate(RpDataGraph *data, uint32_t depth_limit, RpReport *report, RpError *error)
{
    RpStatus status;

    RP_TRY(rp_validate_begin(data, depth_limit, report, error));
    status = validate_targets_of_all(report->evaluation);
    rp_query_batches_end(report->evaluation);
    return status;
}

RpStatus
rp_validate_focus_nodes(RpDataGraph *data, const RpFocus *focus_nodes, uint32_t count,
                        uint32_t depth_limit, RpReport *report, RpError *error)
{
    RpStatus status;

    RP_TRY(rp_validate_begin(data, depth_limit, report, error));
    status = validate_pairs(report->evaluation, focus_nodes, count);
    rp_query_batches_end(report->evaluation);
    return status;
}
