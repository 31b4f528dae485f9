/* Results on their way to the report of the moment: see evaluation.h. */
#include "validate/evaluation.h"

#include "validate/message.h"
#include "validate/result_size.h"

/* Whether a result may have details: its value does not conform to one of the constraint's shapes,
 * or too few values do. */
static bool
has_details(const RpEvaluation *evaluation, const RpResult *result)
{
    const RpImageConstraint *constraint;
    uint32_t flags;

    if (rp_result_is_of_document(result)) {
        return false;
    }
    constraint = &evaluation->image->constraints[result->constraint];
    flags = rp_component_table[constraint->component].flags;
    return (flags & RP_COMPONENT_QUALIFIED_DETAILS) != 0 ||
           ((flags & RP_COMPONENT_HAS_DETAILS) != 0 && result->count < constraint->operand_count);
}

/* A result as it is added, which is to be kept so many times. */
static RpStatus
find_size(RpEvaluation *evaluation, RpResult *result, RpFound *found)
{
    RpReport *report = evaluation->report;

    if (found->copies == 0 || !rp_report_has_room(report, found->severity)) {
        return RP_OK;
    }
    found->is_parent = has_details(evaluation, result);
    if (report->room != NULL && report->room->bytes != RP_REPORT_BYTES_UNLIMITED) {
        RP_TRY(rp_result_size(evaluation, result, &found->size));
    }
    return RP_OK;
}

/* How many more results a summary counts; sets is_cut and ends the validation where wanted is more.
 */
static uint64_t
take_counts(RpEvaluation *evaluation, uint64_t wanted)
{
    RpReport *report = evaluation->report;
    uint64_t left = report->kept_limit - report->total_count;

    if (wanted <= left) {
        return wanted;
    }
    report->is_cut = true;
    evaluation->is_finished = true;
    return left;
}

/* Add results to a summary: what is no group's, as there was no room for an example, is counted in
 * no group. */
static RpStatus
add_to_summary(RpEvaluation *evaluation, RpResult *result, RpFound *found)
{
    RpReport *report = evaluation->report;
    uint32_t group = rp_summary_find(report->summary, result);
    uint64_t kept_count = report->kept_count;

    found->copies = group == RP_SUMMARY_NO_GROUP && report->total_count < report->kept_limit;
    RP_TRY(find_size(evaluation, result, found));
    found->times = take_counts(evaluation, found->times);
    RP_TRY(rp_report_add(report, found, &evaluation->is_finished, evaluation->error));
    if (report->kept_count > kept_count) {
        RP_TRY(rp_summary_add_group(report->summary, result, &group, evaluation->error));
    }
    return group == RP_SUMMARY_NO_GROUP
               ? RP_OK
               : rp_summary_count(report->summary, group, found->times, evaluation->error);
}

RpStatus
rp_evaluation_report_known(RpEvaluation *evaluation, const RpVerdict *known)
{
    RpReport *report = evaluation->report;
    uint64_t count = take_counts(evaluation, known->result_count);

    RP_TRY(rp_summary_repeat(report->summary, known->noted, known->noted_count, count,
                             evaluation->error));
    rp_report_repeat(report, count, known->disallowed_count, &evaluation->is_finished);
    return RP_OK;
}

void
rp_evaluation_settle(RpEvaluation *evaluation)
{
    if (evaluation->report->summary != NULL) {
        rp_summary_settle(evaluation->report->summary);
    }
}

static RpStatus
add_results(RpEvaluation *evaluation, RpResult *result, uint64_t times)
{
    RpTermId severity = rp_result_severity(evaluation->data, result);
    RpFound found = {
        .result = result,
        .severity = rp_dictionary_lexical(evaluation->dictionary, severity),
        .times = times,
        .copies = times,
    };

    if (times == 0) {
        return RP_OK;
    }
    if (evaluation->report->summary != NULL) {
        return add_to_summary(evaluation, result, &found);
    }
    RP_TRY(find_size(evaluation, result, &found));
    return rp_report_add(evaluation->report, &found, &evaluation->is_finished, evaluation->error);
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

/* The same with a predicate as its path, if it is one. */
static RpResult
result_with_path(const RpEvaluation *evaluation, const RpCheck *check, RpTermId path_predicate)
{
    RpResult result = result_of(evaluation, check, RP_TERM_NONE);

    result.path = path_predicate == RP_TERM_NONE ? result.path : 0;
    result.path_predicate = path_predicate;
    return result;
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
    RpResult result = result_with_path(evaluation, check, path_predicate);

    result.value = value;
    return add_results(evaluation, &result, 1);
}

RpStatus
rp_evaluation_report_solution(RpEvaluation *evaluation, const RpCheck *check,
                              const RpSolutionResult *solution)
{
    RpResult result = result_with_path(evaluation, check, solution->path_predicate);

    result.value = solution->value;
    result.messages = solution->messages;
    result.message_count = solution->message_count;
    return add_results(evaluation, &result, 1);
}

bool
rp_evaluation_keeps(const RpEvaluation *evaluation, const RpCheck *check, RpTermId path_predicate)
{
    const RpReport *report = evaluation->report;
    RpResult result = result_with_path(evaluation, check, path_predicate);
    RpTermId severity = rp_result_severity(evaluation->data, &result);

    return rp_report_has_room(report, rp_dictionary_lexical(evaluation->dictionary, severity)) &&
           (report->summary == NULL ||
            rp_summary_find(report->summary, &result) == RP_SUMMARY_NO_GROUP);
}

RpStatus
rp_evaluation_report_document(RpEvaluation *evaluation, RpText message)
{
    RpResult result = {.constraint = RP_RESULT_OF_DOCUMENT, .message = message};

    RP_TRY(add_results(evaluation, &result, 1));
    rp_evaluation_settle(evaluation);
    return RP_OK;
}

RpStatus
rp_evaluation_report_again(RpEvaluation *evaluation, const RpResult *result)
{
    RpResult again = *result;

    again.details = NULL;
    again.details_are_cut = false;
    return add_results(evaluation, &again, 1);
}
