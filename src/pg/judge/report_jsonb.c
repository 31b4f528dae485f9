/* Validation results as jsonb, and rdf_validation_report_jsonb (doc/sql.md, "Validation"). */
#include "pg/judge/report_jsonb.h"

#include "pg/server/bridge.h"
#include "pg/judge/call_arguments.h"
#include "pg/judge/report_rows.h"
#include "validate/message.h"

PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_text);
PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_jsonb);
PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_triples);

static void
write_context(RpJsonWriter *writer, const RpJudgement *judgement, const RpResult *result)
{
    RpText path = rp_judgement_path(judgement, result);

    rp_json_write_key(writer, "context");
    rp_json_write_object_begin(writer);
    rp_json_write_text(writer, "focusNode", rp_judgement_term_text(judgement, result->focus));
    if (path.length > 0) {
        rp_json_write_text(writer, "path", path);
    } else {
        rp_json_write_null(writer, "path");
    }
    if (result->value != RP_TERM_NONE) {
        rp_json_write_text(writer, "value", rp_judgement_term_text(judgement, result->value));
    } else {
        rp_json_write_null(writer, "value");
    }
    rp_json_write_text(writer, "shape",
                       rp_judgement_term_text(judgement, rp_judgement_shape(judgement, result)));
    rp_json_write_text(writer, "component", rp_judgement_component(judgement, result));
    rp_json_write_object_end(writer);
}

static void
write_details(RpJsonWriter *writer, const RpJudgement *judgement, const RpResult *result)
{
    const RpResult *detail;

    check_stack_depth();
    rp_json_write_array_begin(writer);
    for (detail = result->details; detail != NULL; detail = detail->next) {
        rp_report_jsonb_result(writer, judgement, detail);
    }
    rp_json_write_array_end(writer);
}

void
rp_report_jsonb_result(RpJsonWriter *writer, const RpJudgement *judgement, const RpResult *result)
{
    RpTerm severity = rp_judgement_term(judgement, rp_judgement_severity(judgement, result));

    rp_json_write_object_begin(writer);
    rp_json_write_text(writer, "type",
                       rp_text_from(rp_result_violation_type(&judgement->data, result)));
    rp_json_write_text(writer, "message", rp_judgement_message(judgement, result));
    rp_json_write_text(writer, "severity", severity.lexical);
    write_context(writer, judgement, result);
    if (result->details != NULL) {
        rp_json_write_key(writer, "details");
        write_details(writer, judgement, result);
    }
    rp_json_write_object_end(writer);
}

Jsonb *
rp_report_jsonb_details(const RpJudgement *judgement, const RpResult *result)
{
    RpJsonWriter writer = {NULL, NULL};

    write_details(&writer, judgement, result);
    return rp_json_write_finish(&writer);
}

/* A member with the results of all policies that are disallowed, or are not. */
static void
write_results(RpJsonWriter *writer, const char *name, bool are_disallowed,
              const RpJudgement *judgements, uint32_t count)
{
    rp_json_write_key(writer, name);
    rp_json_write_array_begin(writer);
    for (uint32_t i = 0; i < count; i++) {
        const RpResult *result;

        for (result = judgements[i].report.first; result != NULL; result = result->next) {
            CHECK_FOR_INTERRUPTS();
            if (rp_judgement_result_is_disallowed(&judgements[i], result) == are_disallowed) {
                rp_report_jsonb_result(writer, &judgements[i], result);
            }
        }
    }
    rp_json_write_array_end(writer);
}

static void
write_policies(RpJsonWriter *writer, const RpPolicySelection *selection)
{
    rp_json_write_key(writer, "policies");
    rp_json_write_array_begin(writer);
    for (uint32_t i = 0; i < selection->use_count; i++) {
        rp_json_write_object_begin(writer);
        rp_json_write_text(writer, "policy", selection->uses[i].policy);
        rp_json_write_integer(writer, "version", selection->uses[i].version);
        rp_json_write_object_end(writer);
    }
    rp_json_write_array_end(writer);
}

static Jsonb *
report_make(const RpPolicySelection *selection, const RpDataSource *source, uint64 limit)
{
    RpJsonWriter writer = {NULL, NULL};
    RpJudgementTotals totals;
    const RpJudgement *judgements = rp_judge_all(selection, source, limit, &totals);

    rp_json_write_object_begin(&writer);
    rp_json_write_boolean(&writer, "valid", totals.is_valid);
    write_results(&writer, "errors", true, judgements, selection->use_count);
    write_results(&writer, "warnings", false, judgements, selection->use_count);
    rp_json_write_integer(&writer, "triplesValidated", (int64)totals.triples);
    rp_json_write_integer(&writer, "focusNodes", (int64)totals.focus_nodes);
    write_policies(&writer, selection);
    rp_json_write_object_end(&writer);
    if (totals.found > totals.listed) {
        rp_report_limit_notice(limit);
    }
    return rp_json_write_finish(&writer);
}

static Datum
report_jsonb(FunctionCallInfo fcinfo, RpDataForm form)
{
    MemoryContext caller = CurrentMemoryContext;
    const RpPolicySelection *selection;
    RpDataSource source;
    MemoryContext work;
    Jsonb *report;
    uint64 limit;

    if (!rp_argument_source(fcinfo, form, RP_REPORT_ARGUMENT_BASE_IRI, &source)) {
        PG_RETURN_NULL();
    }
    limit = rp_report_limit(fcinfo);
    selection = rp_policy_select(fcinfo, rp_argument_text(fcinfo, RP_REPORT_ARGUMENT_POLICY));
    work = rp_bridge_context();
    MemoryContextSwitchTo(work);
    report = report_make(selection, &source, limit);
    MemoryContextSwitchTo(caller);
    report = memcpy(palloc(VARSIZE(report)), report, VARSIZE(report));
    MemoryContextDelete(work);
    PG_RETURN_JSONB_P(report);
}

Datum
rdf_validation_report_jsonb_text(PG_FUNCTION_ARGS)
{
    return report_jsonb(fcinfo, RP_DATA_TURTLE);
}

Datum
rdf_validation_report_jsonb_jsonb(PG_FUNCTION_ARGS)
{
    return report_jsonb(fcinfo, RP_DATA_JSONB);
}

Datum
rdf_validation_report_jsonb_triples(PG_FUNCTION_ARGS)
{
    return report_jsonb(fcinfo, RP_DATA_ARRAY);
}
