/* Judge a node by a shape, and what check functions call. See evaluation.h. */
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
        .graph = &data->graph,
        .dictionary = &data->dictionary,
        .arena = report->arena,
        .error = error,
        .report = report,
        .depth_limit = depth_limit,
    };
    rp_scratch_init(&evaluation->scratch, report->arena, rp_dictionary_count(&data->dictionary));
    RP_TRY(rp_subject_index_init(&evaluation->subjects, &data->graph, report->arena, error));
    return rp_class_index_make(evaluation, &evaluation->classes);
}

static RpStatus
add_result(RpEvaluation *evaluation, const RpResult *result)
{
    RpTermId severity = evaluation->image->shapes[result->shape].severity;
    RpTerm term = rp_dictionary_term(evaluation->dictionary, severity);

    return rp_report_add(evaluation->report, result, term.lexical, &evaluation->is_finished,
                         evaluation->error);
}

RpStatus
rp_evaluation_report(RpEvaluation *evaluation, const RpCheck *check, RpTermId value, uint32_t count,
                     RpResult *details)
{
    RpResult result = {
        .focus = check->focus,
        .value = value,
        .path = evaluation->image->shapes[check->shape].path,
        .shape = check->shape,
        .constraint = check->constraint,
        .count = count,
        .details = details,
    };

    return add_result(evaluation, &result);
}

RpStatus
rp_evaluation_report_predicate(RpEvaluation *evaluation, const RpCheck *check, RpTermId value,
                               RpTermId path_predicate)
{
    RpResult result = {
        .focus = check->focus,
        .value = value,
        .path_predicate = path_predicate,
        .shape = check->shape,
        .constraint = check->constraint,
    };

    return add_result(evaluation, &result);
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
            rp_text_show(rp_dictionary_term(evaluation->dictionary, shape->node).lexical, &shown));
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
rp_evaluation_judge(RpEvaluation *evaluation, uint32_t shape_index, RpTermId node)
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
    RP_TRY(check_constraints(evaluation, &check));
    rp_scratch_release(&evaluation->scratch, mark);
    evaluation->depth--;
    return RP_OK;
}

RpStatus
rp_evaluation_validate(RpEvaluation *evaluation, uint32_t shape, RpTermId node)
{
    return evaluation->image->shapes[shape].cycle == 0
               ? rp_evaluation_judge(evaluation, shape, node)
               : rp_recursion_validate(evaluation, shape, node);
}

RpStatus
rp_evaluation_verdict(RpEvaluation *evaluation, uint32_t shape, RpTermId node, bool *conforms)
{
    RpReport *outer = evaluation->report;
    bool outer_asks_verdict = evaluation->asks_verdict;
    RpReport nested;

    rp_report_init(&nested, evaluation->arena, 0);
    nested.stops_when_full = true;
    evaluation->report = &nested;
    evaluation->asks_verdict = true;
    RP_TRY(rp_evaluation_judge(evaluation, shape, node));
    evaluation->report = outer;
    evaluation->asks_verdict = outer_asks_verdict;
    evaluation->is_finished = false;
    *conforms = nested.total_count == 0;
    return RP_OK;
}

RpStatus
rp_evaluation_conforms(RpEvaluation *evaluation, uint32_t shape, RpTermId node, bool *conforms)
{
    if (evaluation->image->shapes[shape].cycle != 0) {
        return rp_recursion_conforms(evaluation, shape, node, conforms);
    }
    /* While recursive shapes are being settled, a verdict may rest on what is only assumed. */
    if (evaluation->depth <= RP_VERDICT_CACHE_DEPTH || evaluation->run != NULL) {
        return rp_evaluation_verdict(evaluation, shape, node, conforms);
    }
    if (rp_verdict_cache_find(&evaluation->verdicts, shape, node, conforms)) {
        return RP_OK;
    }
    RP_TRY(rp_evaluation_verdict(evaluation, shape, node, conforms));
    return rp_verdict_cache_put(&evaluation->verdicts, evaluation->arena, shape, node, *conforms,
                                evaluation->error);
}

RpStatus
rp_evaluation_details(RpEvaluation *evaluation, uint32_t shape, RpTermId node, RpResult **details)
{
    RpReport *outer = evaluation->report;
    RpReport nested;

    if (!outer->keeps_details || outer->kept_count >= outer->kept_limit) {
        return RP_OK;
    }
    rp_report_init(&nested, evaluation->arena, outer->kept_limit);
    nested.stops_when_full = true;
    /* Details within details of recursive shapes would go on as far as the data do. */
    nested.keeps_details = evaluation->image->shapes[shape].cycle == 0;
    evaluation->report = &nested;
    RP_TRY(rp_recursion_details(evaluation, shape, node));
    evaluation->report = outer;
    evaluation->is_finished = false;
    *details = nested.first;
    return RP_OK;
}
