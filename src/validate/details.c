/* See details.h. */
#include "validate/details.h"

#include "validate/evaluation.h"
#include "validate/path_walk.h"
#include "validate/query_batch.h"
#include "validate/recursion.h"

/* A report for the details of one result. */
static RpReport
report_of_details(const RpReport *report, uint32_t level)
{
    RpReport nested;

    rp_report_init(&nested, report->arena,
                   report->room != NULL ? report->room->details : UINT64_MAX);
    nested.room = report->room;
    nested.level = level;
    nested.stops_when_cut = true;
    if (level > RP_DETAIL_LEVEL_LIMIT) {
        nested.kept_limit = 0;
    }
    return nested;
}

/* Note the results of a node by a shape, which are behind before in the report of the moment. */
static RpStatus
note_details(RpEvaluation *evaluation, uint32_t shape, RpTermId node, const RpResult *before)
{
    const RpReport *report = evaluation->report;
    RpVerdict *known;

    RP_TRY(rp_verdict_table_put(&evaluation->verdicts, evaluation->arena, shape, node, &known,
                                evaluation->error));
    known->first_detail = before != NULL ? before->next : report->first;
    known->last_detail = known->first_detail != NULL ? report->last : NULL;
    return RP_OK;
}

/* Report what is known to be the results of a node by a shape. */
static RpStatus
repeat_details(RpEvaluation *evaluation, const RpVerdict *known)
{
    const RpResult *last = known->last_detail;
    const RpResult *result = known->first_detail;

    RP_TRY(rp_evaluation_report_again(evaluation, result));
    while (result != last && !evaluation->is_finished) {
        result = result->next;
        RP_TRY(rp_evaluation_report_again(evaluation, result));
    }
    return RP_OK;
}

/* Evaluate a node by a shape, the results going to the report of the moment. */
static RpStatus
evaluate_node(RpEvaluation *evaluation, uint32_t shape, RpTermId node, bool *is_cut)
{
    const RpVerdict *known = rp_verdict_table_find(&evaluation->verdicts, shape, node);
    const RpResult *before = evaluation->report->last;
    uint64_t cost = evaluation->evaluated_count;
    bool is_partial = false;

    if (known != NULL && known->first_detail != NULL) {
        return repeat_details(evaluation, known);
    }
    RP_TRY(rp_recursion_details(evaluation, shape, node, &is_partial));
    *is_cut = *is_cut || is_partial;
    if (is_partial || evaluation->report->is_cut ||
        evaluation->evaluated_count - cost < RP_VERDICT_COST) {
        return RP_OK;
    }
    return note_details(evaluation, shape, node, before);
}

/* Evaluate a node by a shape of a constraint, the operand of a number, as details. */
static RpStatus
evaluate_operand(RpEvaluation *evaluation, const RpImageConstraint *constraint, uint32_t operand,
                 RpTermId node, bool *is_cut)
{
    const RpImage *image = evaluation->image;
    uint32_t shape = (uint32_t)image->operands[constraint->first_operand + operand].value;
    RpReport *nested = evaluation->report;
    RpResult *before = nested->last;

    RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
    /* Details within details of recursive shapes would go on as far as the data do. */
    nested->keeps_details = image->shapes[shape].cycle == 0;
    RP_TRY(evaluate_node(evaluation, shape, node, is_cut));
    for (RpResult *added = before != NULL ? before->next : nested->first; added != NULL;
         added = added->next) {
        added->operand = operand + 1;
    }
    return RP_OK;
}

/* The same for all value nodes of a result of sh:qualifiedMinCount, by the qualified shape. */
static RpStatus
evaluate_qualified(RpEvaluation *evaluation, const RpResult *parent,
                   const RpImageConstraint *constraint, bool *is_cut)
{
    uint32_t mark = evaluation->scratch.count;
    RpValues values;

    RP_TRY(rp_path_walk(evaluation, parent->path - 1, parent->focus, &values));
    for (uint32_t i = 0; i < values.count && !evaluation->is_finished; i++) {
        RP_TRY(evaluate_operand(evaluation, constraint, 1, values.ids[i], is_cut));
    }
    rp_scratch_release(&evaluation->scratch, mark);
    return RP_OK;
}

/* Evaluate the value of a result by the shapes of its constraint, the results going to nested. */
static RpStatus
evaluate_value(RpEvaluation *evaluation, const RpResult *parent, RpReport *nested, bool *is_cut)
{
    const RpImageConstraint *constraint = &evaluation->image->constraints[parent->constraint];

    evaluation->report = nested;
    evaluation->visit++;
    if (rp_component_table[constraint->component].flags & RP_COMPONENT_QUALIFIED_DETAILS) {
        return evaluate_qualified(evaluation, parent, constraint, is_cut);
    }
    for (uint32_t i = 0; i < constraint->operand_count && !evaluation->is_finished; i++) {
        RP_TRY(evaluate_operand(evaluation, constraint, i, parent->value, is_cut));
    }
    return RP_OK;
}

static RpStatus
find_details(RpReport *report, RpResult *parent, uint32_t level)
{
    RpReport nested = report_of_details(report, level);
    bool is_cut = false;

    if (nested.kept_limit == 0 || (report->room != NULL && report->room->is_full)) {
        is_cut = true;
    } else {
        report->evaluation->is_finished = false;
        RP_TRY(evaluate_value(report->evaluation, parent, &nested, &is_cut));
        report->evaluation->report = report;
        is_cut = is_cut || nested.is_cut;
    }
    if (report->room != NULL) {
        report->room->details -= nested.kept_count;
    }
    parent->details = nested.first;
    parent->details_are_cut = is_cut;
    report->is_cut = report->is_cut || is_cut;
    while (nested.first_parent) {
        RpResult *next = nested.first_parent->next_parent;

        rp_report_put_parent(report, nested.first_parent);
        nested.first_parent = next;
    }
    return RP_OK;
}

/* Find the details of the results of one level; those of theirs that have details are next. */
static RpStatus
find_level(RpReport *report, uint32_t level, RpError *error)
{
    RpResult *parent = report->first_parent;

    report->first_parent = report->last_parent = NULL;
    report->evaluation->error = error;
    while (parent) {
        RpResult *next = parent->next_parent;

        RP_TRY(rp_arena_poll(report->arena, error));
        RP_TRY(find_details(report, parent, level));
        parent = next;
    }
    return RP_OK;
}

static RpStatus
find_levels(RpReport *const *reports, uint32_t count, RpError *error)
{
    bool is_done = false;

    for (uint32_t level = 1; !is_done; level++) {
        is_done = true;
        for (uint32_t i = 0; i < count; i++) {
            if (reports[i]->first_parent) {
                is_done = false;
                RP_TRY(find_level(reports[i], level, error));
            }
        }
    }
    return RP_OK;
}

RpStatus
rp_details_find(RpReport *const *reports, uint32_t count, RpError *error)
{
    RpStatus status = find_levels(reports, count, error);

    for (uint32_t i = 0; i < count; i++) {
        if (reports[i]->evaluation != NULL) {
            rp_query_batches_end(reports[i]->evaluation);
        }
    }
    return status;
}
