/* Results on their way to the report of the moment: see evaluation.h. */
#include "validate/evaluation.h"

#include "validate/result_size.h"

/* Whether a result may have details: its value does not conform to one of the constraint's shapes,
 * or too few values do. */
static bool
has_details(const RpEvaluation *evaluation, const RpResult *result)
{
    const RpImageConstraint *constraint = &evaluation->image->constraints[result->constraint];
    uint32_t flags = rp_component_table[constraint->component].flags;

    return (flags & RP_COMPONENT_QUALIFIED_DETAILS) != 0 ||
           ((flags & RP_COMPONENT_HAS_DETAILS) != 0 && result->count < constraint->operand_count);
}

static RpStatus
add_results(RpEvaluation *evaluation, RpResult *result, uint64_t times)
{
    RpReport *report = evaluation->report;
    RpTermId severity = evaluation->image->shapes[result->shape].severity;
    RpFound found = {
        .result = result,
        .severity = rp_dictionary_term(evaluation->dictionary, severity).lexical,
        .times = times,
    };

    if (times == 0) {
        return RP_OK;
    }
    if (rp_report_has_room(report, found.severity)) {
        found.is_parent = has_details(evaluation, result);
        if (report->room != NULL && report->room->bytes != RP_REPORT_BYTES_UNLIMITED) {
            RP_TRY(rp_result_size(evaluation, result, &found.size));
        }
    }
    return rp_report_add(report, &found, &evaluation->is_finished, evaluation->error);
}

/* A result of the check's constraint. */
static RpResult
result_of(const RpEvaluation *evaluation, const RpCheck *check, RpTermId value)
{
    return (RpResult){
        .focus = check->focus,
        .value = value,
        .path = evaluation->image->shapes[check->shape].path,
        .shape = check->shape,
        .constraint = check->constraint,
    };
}

RpStatus
rp_evaluation_report(RpEvaluation *evaluation, const RpCheck *check, RpTermId value, uint32_t count)
{
    RpResult result = result_of(evaluation, check, value);

    result.count = count;
    return add_results(evaluation, &result, 1);
}

RpStatus
rp_evaluation_report_times(RpEvaluation *evaluation, const RpCheck *check, RpTermId value,
                           uint64_t times)
{
    RpResult result = result_of(evaluation, check, value);

    return add_results(evaluation, &result, times);
}

RpStatus
rp_evaluation_report_predicate(RpEvaluation *evaluation, const RpCheck *check, RpTermId value,
                               RpTermId path_predicate)
{
    RpResult result = result_of(evaluation, check, value);

    result.path = 0;
    result.path_predicate = path_predicate;
    return add_results(evaluation, &result, 1);
}

RpStatus
rp_evaluation_report_again(RpEvaluation *evaluation, const RpResult *result)
{
    RpResult again = *result;

    again.details = NULL;
    again.details_are_cut = false;
    return add_results(evaluation, &again, 1);
}
