/* Evaluate a node by a shape: see evaluation.h. */
#include "validate/evaluation.h"

#include "validate/class_index.h"
#include "validate/path_walk.h"
#include "validate/recursion.h"

RpStatus
rp_evaluation_init(RpEvaluation *evaluation, RpDataGraph *data, uint32_t depth_limit,
                   RpReport *report, RpError *error)
{
    *evaluation = (RpEvaluation){
        .image = data->image,
        .data = data,
        .graph = &data->graph,
        .dictionary = &data->dictionary,
        .arena = report->arena,
        .error = error,
        .report = report,
        .depth_limit = depth_limit,
        .verdicts = {.key = rp_dictionary_key(&data->dictionary)},
    };
    rp_buffer_init(&evaluation->size_buffer, report->arena);
    rp_scratch_init(&evaluation->scratch, report->arena, rp_dictionary_end(&data->dictionary));
    RP_TRY(rp_subject_index_init(&evaluation->subjects, &data->graph, report->arena, error));
    return rp_class_index_make(evaluation, &evaluation->classes);
}

/* One level of shapes within shapes more, if the limit and the stack allow it. */
static RpStatus
enter_shape(RpEvaluation *evaluation, const RpImageShape *shape)
{
    const RpHost *host = evaluation->arena->host;
    RpShown shown;

    if (evaluation->depth >= evaluation->depth_limit || host->stack_is_deep(host->state)) {
        rp_error_set(evaluation->error, RP_TOO_DEEP,
                     "shapes within shapes are nested too deep to be evaluated (%u levels)",
                     (unsigned)evaluation->depth);
        return rp_error_detail(
            evaluation->error, "The innermost shape is %s.",
            rp_text_show(rp_dictionary_lexical(evaluation->dictionary, shape->node), &shown));
    }
    evaluation->depth++;
    return RP_OK;
}

static RpStatus
check_constraints(RpEvaluation *evaluation, RpCheck *check)
{
    const RpImage *image = evaluation->image;
    const RpImageShape *shape = &image->shapes[check->shape];

    for (uint32_t i = 0; i < shape->constraint_count && !evaluation->is_finished; i++) {
        const RpImageConstraint *constraint = &image->constraints[shape->first_constraint + i];

        check->constraint = shape->first_constraint + i;
        check->operands = image->operands + constraint->first_operand;
        check->operand_count = constraint->operand_count;
        RP_TRY(rp_component_table[constraint->component].check(evaluation, check));
    }
    return RP_OK;
}

RpStatus
rp_evaluation_evaluate_anew(RpEvaluation *evaluation, uint32_t shape_index, RpTermId node)
{
    const RpImageShape *shape = &evaluation->image->shapes[shape_index];
    RpCheck check = {.shape = shape_index, .focus = node};
    uint32_t mark = evaluation->scratch.count;

    if (shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) {
        return RP_OK;
    }
    RP_TRY(enter_shape(evaluation, shape));
    if (shape->path) {
        RP_TRY(rp_path_walk(evaluation, shape->path - 1, node, &check.values));
    } else {
        check.values = (RpValues){&check.focus, 1};
    }
    evaluation->evaluated_count += 1 + (uint64_t)check.values.count;
    RP_TRY(check_constraints(evaluation, &check));
    rp_scratch_release(&evaluation->scratch, mark);
    evaluation->depth--;
    return RP_OK;
}

/* Make the values of triples: the objects, of which one is taken where it lies. */
static RpStatus
take_objects(RpEvaluation *evaluation, RpTripleRange triples, RpValues *values)
{
    uint32_t count = rp_triple_range_count(triples);
    RpTermId *ids;

    if (count == 1) {
        *values = (RpValues){&triples.first->object, 1};
        return RP_OK;
    }
    if (count == 0) { /* of a graph without triples, from nowhere */
        *values = (RpValues){evaluation->scratch.ids, 0};
        return RP_OK;
    }
    RP_TRY(rp_scratch_extend(&evaluation->scratch, count, &ids, evaluation->error));
    for (uint32_t i = 0; i < count; i++) {
        ids[i] = triples.first[i].object;
    }
    *values = (RpValues){ids, count};
    return RP_OK;
}

/*
 * The same of a flat shape where the node has few values, which is what most evaluations are. It
 * leads to no other shape, and its answer is not worth a note: so nothing is looked up, counted or
 * nested.
 */
static RpStatus
evaluate_flat(RpEvaluation *evaluation, uint32_t shape, RpTermId node, RpTripleRange triples)
{
    RpCheck check = {.shape = shape, .focus = node};
    uint32_t mark = evaluation->scratch.count;

    RP_TRY(take_objects(evaluation, triples, &check.values));
    evaluation->evaluated_count += 1 + (uint64_t)check.values.count;
    RP_TRY(check_constraints(evaluation, &check));
    rp_scratch_release(&evaluation->scratch, mark);
    return RP_OK;
}

RpStatus
rp_evaluation_conforms_anew(RpEvaluation *evaluation, uint32_t shape, RpTermId node, bool *conforms)
{
    RpReport *outer = evaluation->report;
    bool outer_asks_verdict = evaluation->asks_verdict;
    RpReport nested;

    rp_report_init(&nested, evaluation->arena, 0);
    nested.stops_when_cut = true;
    evaluation->report = &nested;
    evaluation->asks_verdict = true;
    RP_TRY(rp_evaluation_evaluate_anew(evaluation, shape, node));
    evaluation->report = outer;
    evaluation->asks_verdict = outer_asks_verdict;
    evaluation->is_finished = false;
    *conforms = nested.total_count == 0;
    return RP_OK;
}

RpStatus
rp_evaluation_conforms(RpEvaluation *evaluation, uint32_t shape, RpTermId node, bool *conforms)
{
    RpVerdict *known;
    uint64_t cost;

    if (evaluation->image->shapes[shape].cycle != 0) {
        return rp_recursion_conforms(evaluation, shape, node, conforms);
    }
    known = rp_verdict_table_find(&evaluation->verdicts, shape, node);
    if (known != NULL && known->is_verdict) {
        *conforms = known->conforms;
        return RP_OK;
    }
    cost = evaluation->evaluated_count;
    RP_TRY(rp_evaluation_conforms_anew(evaluation, shape, node, conforms));
    if (evaluation->evaluated_count - cost >= RP_VERDICT_COST) {
        RP_TRY(rp_verdict_table_put(&evaluation->verdicts, evaluation->arena, shape, node, &known,
                                    evaluation->error));
        known->is_verdict = true;
        known->conforms = *conforms;
    }
    return RP_OK;
}

/* In a conformance check: report one result where a node does not conform to a shape, which stands
 * for all that the shape would report. */
static RpStatus
add_verdict(RpEvaluation *evaluation, uint32_t shape, RpTermId node)
{
    RpCheck check = {.shape = shape, .focus = node};
    bool conforms = false;

    RP_TRY(rp_evaluation_conforms(evaluation, shape, node, &conforms));
    return conforms ? RP_OK : rp_evaluation_report(evaluation, &check, RP_TERM_NONE, 0);
}

/*
 * Whether all is said of a node by a shape that sh:property asks for again: there is no result, or
 * none that would be kept, so that it is enough to count them. Recursive shapes that it leads to
 * have had their results where it was this visit that met them.
 */
static bool
is_said(const RpEvaluation *evaluation, const RpVerdict *known)
{
    if (known == NULL) {
        return false;
    }
    if (known->is_verdict && known->conforms) {
        return true;
    }
    return known->is_counted && (known->visit == evaluation->visit || !known->reaches_cycle) &&
           (known->result_count == 0 || evaluation->report->summary != NULL ||
            !rp_report_is_open(evaluation->report));
}

static RpStatus
skip(RpEvaluation *evaluation, const RpVerdict *known)
{
    evaluation->cycle_count += known->reaches_cycle;
    if (known->result_count == 0) {
        return RP_OK;
    }
    if (evaluation->report->summary != NULL) {
        return rp_evaluation_report_known(evaluation, known);
    }
    rp_report_skip(evaluation->report, known->result_count, known->disallowed_count,
                   &evaluation->is_finished);
    return RP_OK;
}

/* What has been counted at a moment, to be subtracted from what is counted later. */
typedef struct Counts {
    uint64_t cost;
    uint64_t cycles;
    uint64_t adds;
    uint64_t total;
    uint64_t disallowed;
} Counts;

static Counts
counts_now(const RpEvaluation *evaluation)
{
    const RpReport *report = evaluation->report;
    const RpAgendaCounts *agenda = &evaluation->agenda_counts;

    return (Counts){
        .cost = evaluation->evaluated_count,
        .cycles = evaluation->cycle_count,
        .adds = report->add_count - agenda->add_count,
        .total = report->total_count - agenda->total_count,
        .disallowed = report->disallowed_count - agenda->disallowed_count,
    };
}

/* A count that has met its limit stays there, whatever is added. */
static RP_NOINLINE RpStatus
note_counts(RpEvaluation *evaluation, uint32_t shape, RpTermId node, const Counts *before)
{
    Counts now = counts_now(evaluation);
    bool has_results = now.adds != before->adds;
    RpVerdict *known;

    RP_TRY(rp_verdict_table_put(&evaluation->verdicts, evaluation->arena, shape, node, &known,
                                evaluation->error));
    known->is_counted = true;
    known->visit = evaluation->visit;
    known->result_count = now.total - before->total;
    if (has_results && known->result_count == 0) {
        known->result_count = 1;
    }
    known->disallowed_count = now.disallowed - before->disallowed;
    known->reaches_cycle = now.cycles != before->cycles;
    if (has_results || !known->reaches_cycle) {
        known->is_verdict = true;
        known->conforms = !has_results;
    }
    return evaluation->report->summary == NULL
               ? RP_OK
               : rp_summary_note(evaluation->report->summary, &known->noted, &known->noted_count,
                                 evaluation->error);
}

static uint32_t
open_summary(RpEvaluation *evaluation)
{
    RpSummary *summary = evaluation->report->summary;

    return summary != NULL ? rp_summary_open(summary) : 0;
}

static void
close_summary(RpEvaluation *evaluation, uint32_t outer)
{
    if (evaluation->report->summary != NULL) {
        rp_summary_close(evaluation->report->summary, outer);
    }
}

/* Evaluate a node by a shape, with all that a shape among others may need. */
static RpStatus
evaluate_nested(RpEvaluation *evaluation, uint32_t shape, RpTermId node)
{
    const RpVerdict *known;
    uint32_t outer;
    Counts before;

    if (evaluation->asks_verdict) {
        return add_verdict(evaluation, shape, node);
    }
    if (evaluation->image->shapes[shape].cycle != 0) {
        return rp_recursion_evaluate(evaluation, shape, node);
    }
    if (evaluation->depth == 0) {
        RP_TRY(rp_evaluation_evaluate_anew(evaluation, shape, node));
        rp_evaluation_settle(evaluation);
        return RP_OK;
    }
    known = rp_verdict_table_find(&evaluation->verdicts, shape, node);
    if (is_said(evaluation, known)) {
        return skip(evaluation, known);
    }
    before = counts_now(evaluation);
    outer = open_summary(evaluation);
    RP_TRY(rp_evaluation_evaluate_anew(evaluation, shape, node));
    if (evaluation->evaluated_count - before.cost >= RP_VERDICT_COST && !evaluation->is_finished) {
        RP_TRY(note_counts(evaluation, shape, node, &before));
    }
    close_summary(evaluation, outer);
    return RP_OK;
}

/* A summary is kept short where nested evaluations close. */
RpStatus
rp_evaluation_evaluate(RpEvaluation *evaluation, uint32_t shape, RpTermId node)
{
    const RpImageShape *record = &evaluation->image->shapes[shape];

    if ((record->flags & RP_IMAGE_SHAPE_IS_FLAT) != 0 && evaluation->depth > 0 &&
        evaluation->depth < evaluation->depth_limit && evaluation->report->summary == NULL) {
        RpTripleRange triples = rp_subject_index_objects(
            &evaluation->subjects, node, evaluation->image->paths[record->path - 1].predicate);

        if (rp_triple_range_count(triples) < RP_VERDICT_COST) {
            return evaluate_flat(evaluation, shape, node, triples);
        }
    }
    return evaluate_nested(evaluation, shape, node);
}
