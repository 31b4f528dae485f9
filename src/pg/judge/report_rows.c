/* rdf_validation_report: one row for each validation result (doc/sql.md, "Report columns"). */
#include "pg/judge/report_rows.h"

#include "utils/tuplestore.h"

#include "validate/message.h"
#include "pg/judge/report_jsonb.h"
#include "pg/server/bridge.h"
#include "pg/term/term_type.h"

PG_FUNCTION_INFO_V1(rdf_validation_report_text);
PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_rows);
PG_FUNCTION_INFO_V1(rdf_validation_report_json_rows);
PG_FUNCTION_INFO_V1(rdf_validation_report_triples);

/* The columns, in the order of the SQL definition. */
enum {
    COLUMN_POLICY,
    COLUMN_VERSION,
    COLUMN_FOCUS_NODE,
    COLUMN_RESULT_PATH,
    COLUMN_VALUE,
    COLUMN_SOURCE_SHAPE,
    COLUMN_SOURCE_CONSTRAINT_COMPONENT,
    COLUMN_VIOLATION_TYPE,
    COLUMN_RESULT_SEVERITY,
    COLUMN_RESULT_MESSAGE,
    COLUMN_DETAIL,
    COLUMN_PLACE,
    COLUMN_COUNT,
    COLUMN_NAMED_GRAPH = COLUMN_COUNT, /* of graphs in tables alone */
    COLUMN_LIMIT
};

/* RP_TERM_NONE is NULL. */
static void
set_term(const RpJudgement *judgement, RpTermId id, Datum *column, bool *is_null)
{
    *is_null = id == RP_TERM_NONE;
    if (!*is_null) {
        RpTerm term = rp_judgement_term(judgement, id);

        *column = rp_term_datum(&term);
    }
}

static Datum
text_column(RpText text)
{
    return PointerGetDatum(rp_text_datum(text));
}

/* The columns of one result, in the current memory context. */
static void
result_columns(const RpJudgement *judgement, const RpResult *result, Datum *columns, bool *nulls)
{
    RpText path = rp_judgement_path(judgement, result);
    RpText place = rp_judgement_place(judgement, result);
    RpTerm severity = rp_judgement_term(judgement, rp_judgement_severity(judgement, result));
    const char *violation_type = rp_result_violation_type(&judgement->data, result);

    memset(nulls, 0, COLUMN_LIMIT * sizeof(bool));
    columns[COLUMN_POLICY] = text_column(judgement->use->policy);
    columns[COLUMN_VERSION] = Int32GetDatum(judgement->use->version);
    set_term(judgement, result->focus, &columns[COLUMN_FOCUS_NODE], &nulls[COLUMN_FOCUS_NODE]);
    columns[COLUMN_RESULT_PATH] = text_column(path);
    nulls[COLUMN_RESULT_PATH] = path.length == 0;
    set_term(judgement, result->value, &columns[COLUMN_VALUE], &nulls[COLUMN_VALUE]);
    set_term(judgement, rp_judgement_shape(judgement, result), &columns[COLUMN_SOURCE_SHAPE],
             &nulls[COLUMN_SOURCE_SHAPE]);
    columns[COLUMN_SOURCE_CONSTRAINT_COMPONENT] =
        text_column(rp_judgement_component(judgement, result));
    columns[COLUMN_VIOLATION_TYPE] = text_column(rp_text_from(violation_type));
    columns[COLUMN_RESULT_SEVERITY] = text_column(severity.lexical);
    columns[COLUMN_RESULT_MESSAGE] = text_column(rp_judgement_message(judgement, result));
    nulls[COLUMN_DETAIL] = result->details == NULL && !result->details_are_cut;
    if (!nulls[COLUMN_DETAIL]) {
        columns[COLUMN_DETAIL] = JsonbPGetDatum(rp_report_jsonb_details(judgement, result));
    }
    columns[COLUMN_PLACE] = text_column(place);
    nulls[COLUMN_PLACE] = place.data == NULL;
    nulls[COLUMN_NAMED_GRAPH] =
        judgement->source == NULL || judgement->source->named_graph.length == 0;
    if (!nulls[COLUMN_NAMED_GRAPH]) {
        columns[COLUMN_NAMED_GRAPH] = text_column(judgement->source->named_graph);
    }
}

/*
 * Into a tuplestore, which may spill to disk: the rows are bounded by the report's room, not by
 * their number.
 */
void
rp_report_rows_put(const RpWholeReport *report, ReturnSetInfo *result_set)
{
    for (uint32 i = 0; i < report->count; i++) {
        const RpJudgement *judgement = report->judgements[i];
        const RpResult *result;

        for (result = judgement->report.first; result != NULL; result = result->next) {
            Datum columns[COLUMN_LIMIT];
            bool nulls[COLUMN_LIMIT];

            CHECK_FOR_INTERRUPTS();
            result_columns(judgement, result, columns, nulls);
            tuplestore_putvalues(result_set->setResult, result_set->setDesc, columns, nulls);
        }
    }
}

/* RpReportForm.write */
static Datum
write_rows(FunctionCallInfo fcinfo, const RpWholeReport *report,
           MemoryContext context pg_attribute_unused())
{
    rp_report_rows_put(report, (ReturnSetInfo *)fcinfo->resultinfo);
    return (Datum)0;
}

const RpReportForm rp_report_rows_form = {.write = write_rows};

static Datum
report_rows(FunctionCallInfo fcinfo, RpDataForm data_form)
{
    InitMaterializedSRF(fcinfo, 0);
    return rp_report_call(fcinfo, data_form, &rp_report_rows_form);
}

Datum
rdf_validation_report_text(PG_FUNCTION_ARGS)
{
    return report_rows(fcinfo, RP_DATA_TURTLE);
}

/* rdf_validation_report(jsonb); rdf_validation_report_jsonb is another SQL function. */
Datum
rdf_validation_report_jsonb_rows(PG_FUNCTION_ARGS)
{
    return report_rows(fcinfo, RP_DATA_JSONB);
}

Datum
rdf_validation_report_json_rows(PG_FUNCTION_ARGS)
{
    return report_rows(fcinfo, RP_DATA_JSON);
}

Datum
rdf_validation_report_triples(PG_FUNCTION_ARGS)
{
    return report_rows(fcinfo, RP_DATA_ARRAY);
}
