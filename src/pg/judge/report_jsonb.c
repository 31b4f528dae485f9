/* Validation results as jsonb, and rdf_validation_report_jsonb (doc/sql.md, "Validation"). */
#include "pg/judge/report_jsonb.h"

#include "validate/message.h"
#include "pg/judge/report.h"

PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_text);
PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_jsonb);
PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_json);
PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_triples);

/* What a result lacks is null, and not absent: who reads it in SQL need not ask twice. */
static void
write_text_or_null(RpJsonWriter *writer, const char *name, RpText text)
{
    if (text.length > 0) {
        rp_json_write_text(writer, name, text);
    } else {
        rp_json_write_null(writer, name);
    }
}

static void
write_context(RpJsonWriter *writer, const RpJudgement *judgement, const RpResult *result)
{
    bool is_hidden = judgement->hides_data;
    RpText focus = {0};
    RpText path = {0};
    RpText value = {0};
    RpText place = {0};

    if (!is_hidden) {
        place = rp_judgement_place(judgement, result);
        focus = rp_judgement_term_text(judgement, result->focus);
    }
    if (!is_hidden || result->path_predicate == RP_TERM_NONE) {
        path = rp_judgement_path(judgement, result);
    }
    if (!is_hidden && result->value != RP_TERM_NONE) {
        value = rp_judgement_term_text(judgement, result->value);
    }
    rp_json_write_key(writer, "context");
    rp_json_write_object_begin(writer);
    write_text_or_null(writer, "focusNode", focus);
    write_text_or_null(writer, "path", path);
    write_text_or_null(writer, "value", value);
    write_text_or_null(writer, "shape",
                       rp_judgement_term_text(judgement, rp_judgement_shape(judgement, result)));
    rp_json_write_text(writer, "component", rp_judgement_component(judgement, result));
    if (place.data != NULL) {
        rp_json_write_text(writer, "place", place);
    } else {
        rp_json_write_null(writer, "place");
    }
    rp_json_write_object_end(writer);
}

/* Say so where there was no room for a result's details. */
static void
write_cut(RpJsonWriter *writer, const RpResult *result)
{
    if (result->details_are_cut) {
        rp_json_write_boolean(writer, "detailsTruncated", true);
    }
}

/* The elements of an array of nested results. RP_DETAIL_LEVEL_LIMIT bounds recursion. */
static void
write_details(RpJsonWriter *writer, const RpJudgement *judgement, const RpResult *result)
{
    const RpResult *detail;

    check_stack_depth();
    for (detail = result->details; detail != NULL; detail = detail->next) {
        CHECK_FOR_INTERRUPTS();
        rp_report_jsonb_result(writer, judgement, detail);
    }
}

/* The severity is an IRI without brackets and no term: a report's vocabulary, not the data's. */
void
rp_report_jsonb_result(RpJsonWriter *writer, const RpJudgement *judgement, const RpResult *result)
{
    RpTerm severity = rp_judgement_term(judgement, rp_judgement_severity(judgement, result));

    rp_json_write_object_begin(writer);
    rp_json_write_text(writer, "type",
                       rp_text_from(rp_result_violation_type(&judgement->data, result)));
    if (judgement->hides_data) {
        rp_json_write_null(writer, "message");
    } else {
        rp_json_write_text(writer, "message", rp_judgement_message(judgement, result));
    }
    rp_json_write_text(writer, "severity", severity.lexical);
    write_context(writer, judgement, result);
    if (result->details != NULL && !judgement->hides_data) {
        rp_json_write_key(writer, "details");
        rp_json_write_array_begin(writer);
        write_details(writer, judgement, result);
        rp_json_write_array_end(writer);
    }
    write_cut(writer, result);
    rp_json_write_object_end(writer);
}

/*
 * The column of the rows; a cut stands as a last object of its own, since an array has no other
 * place for it.
 */
Jsonb *
rp_report_jsonb_details(const RpJudgement *judgement, const RpResult *result)
{
    RpJsonWriter writer = {NULL, NULL};

    rp_json_write_array_begin(&writer);
    write_details(&writer, judgement, result);
    if (result->details_are_cut) {
        rp_json_write_object_begin(&writer);
        write_cut(&writer, result);
        rp_json_write_object_end(&writer);
    }
    rp_json_write_array_end(&writer);
    return rp_json_write_finish(&writer);
}

/* A member with the results of all policies that are disallowed, or are not; limit: how many of
 * them at most, of which it leaves what is not used. */
static void
write_results(RpJsonWriter *writer, const char *name, bool are_disallowed,
              const RpWholeReport *report, uint64 *limit)
{
    rp_json_write_key(writer, name);
    rp_json_write_array_begin(writer);
    for (uint32_t i = 0; i < report->count; i++) {
        const RpJudgement *judgement = report->judgements[i];
        const RpResult *result;

        for (result = judgement->report.first; result != NULL; result = result->next) {
            CHECK_FOR_INTERRUPTS();
            if (*limit > 0 &&
                rp_judgement_result_is_disallowed(judgement, result) == are_disallowed) {
                (*limit)--;
                rp_report_jsonb_result(writer, judgement, result);
            }
        }
    }
    rp_json_write_array_end(writer);
}

/* The policies, and how many parts of their texts are not enforced. */
static void
write_policies(RpJsonWriter *writer, const RpPolicySelection *selection)
{
    int64 left_out_count = 0;

    rp_json_write_key(writer, "policies");
    rp_json_write_array_begin(writer);
    for (uint32_t i = 0; i < selection->use_count; i++) {
        rp_json_write_object_begin(writer);
        rp_json_write_text(writer, "policy", selection->uses[i].policy);
        rp_json_write_integer(writer, "version", selection->uses[i].version);
        rp_json_write_integer(writer, "left_out", selection->uses[i].image->left_out_count);
        rp_json_write_object_end(writer);
        left_out_count += selection->uses[i].image->left_out_count;
    }
    rp_json_write_array_end(writer);
    rp_json_write_integer(writer, "left_out", left_out_count);
}

/* That texts were cut is known when they are written: so it is said behind them. */
Jsonb *
rp_report_jsonb_write(const RpWholeReport *report, uint64 limit, MemoryContext context)
{
    RpJsonWriter writer = {NULL, NULL};

    rp_json_write_object_begin(&writer);
    rp_json_write_boolean(&writer, "valid", report->is_valid);
    write_results(&writer, "errors", true, report, &limit);
    write_results(&writer, "warnings", false, report, &limit);
    rp_json_write_boolean(&writer, "truncated", report->is_cut);
    rp_json_write_integer(&writer, "triplesValidated", (int64)report->triple_count);
    rp_json_write_integer(&writer, "focusNodes", (int64)report->focus_node_count);
    write_policies(&writer, report->selection);
    rp_json_write_object_end(&writer);
    MemoryContextSwitchTo(context);
    return rp_json_write_finish(&writer);
}

/* RpReportForm.write */
static Datum
write_report(FunctionCallInfo fcinfo pg_attribute_unused(), const RpWholeReport *report,
             MemoryContext context)
{
    return JsonbPGetDatum(rp_report_jsonb_write(report, PG_UINT64_MAX, context));
}

const RpReportForm rp_report_jsonb_form = {.is_counted = true, .write = write_report};

static Datum
report_jsonb(FunctionCallInfo fcinfo, RpDataForm data_form)
{
    return rp_report_call(fcinfo, data_form, &rp_report_jsonb_form);
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
rdf_validation_report_jsonb_json(PG_FUNCTION_ARGS)
{
    return report_jsonb(fcinfo, RP_DATA_JSON);
}

Datum
rdf_validation_report_jsonb_triples(PG_FUNCTION_ARGS)
{
    return report_jsonb(fcinfo, RP_DATA_ARRAY);
}
