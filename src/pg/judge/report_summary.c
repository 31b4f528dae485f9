/* rdf_validation_summary: results counted by policy, shape, path and component (doc/sql.md,
 * "Validation"). One C function for each form of T. NULL data gives no row. */
#include "pg/pg.h"

#include "utils/tuplestore.h"

#include "validate/summary.h"
#include "pg/judge/report.h"
#include "pg/judge/report_jsonb.h"
#include "pg/server/bridge.h"
#include "pg/term/term_type.h"

PG_FUNCTION_INFO_V1(rdf_validation_summary_text);
PG_FUNCTION_INFO_V1(rdf_validation_summary_jsonb);
PG_FUNCTION_INFO_V1(rdf_validation_summary_json);
PG_FUNCTION_INFO_V1(rdf_validation_summary_triples);

/* The columns, in the order of the SQL definition. */
enum {
    COLUMN_POLICY,
    COLUMN_SHAPE,
    COLUMN_PATH,
    COLUMN_COMPONENT,
    COLUMN_RESULTS,
    COLUMN_EXAMPLE,
    COLUMN_COUNT
};

/* A result as rdf_validation_report_jsonb has it. */
static Datum
example_datum(const RpJudgement *judgement, const RpResult *result)
{
    RpJsonWriter writer = {NULL, NULL};

    rp_report_jsonb_result(&writer, judgement, result);
    return JsonbPGetDatum(rp_json_write_finish(&writer));
}

/* One group, whose example is the result. */
static void
put_group(const RpJudgement *judgement, const RpResult *result, uint64 count,
          ReturnSetInfo *result_set)
{
    RpText path = rp_judgement_path(judgement, result);
    RpTermId shape = rp_judgement_shape(judgement, result);
    Datum columns[COLUMN_COUNT];
    bool nulls[COLUMN_COUNT] = {
        [COLUMN_PATH] = path.length == 0, [COLUMN_SHAPE] = shape == RP_TERM_NONE};

    columns[COLUMN_POLICY] = PointerGetDatum(rp_text_datum(judgement->use->policy));
    if (shape != RP_TERM_NONE) {
        RpTerm term = rp_judgement_term(judgement, shape);

        columns[COLUMN_SHAPE] = rp_term_datum(&term);
    }
    columns[COLUMN_PATH] = PointerGetDatum(rp_text_datum(path));
    columns[COLUMN_COMPONENT] =
        PointerGetDatum(rp_text_datum(rp_judgement_component(judgement, result)));
    columns[COLUMN_RESULTS] = Int64GetDatum((int64)count);
    columns[COLUMN_EXAMPLE] = example_datum(judgement, result);
    tuplestore_putvalues(result_set->setResult, result_set->setDesc, columns, nulls);
}

/* RpReportForm.write */
static Datum
write_summary(FunctionCallInfo fcinfo, const RpWholeReport *report,
              MemoryContext context pg_attribute_unused())
{
    for (uint32 i = 0; i < report->count; i++) {
        const RpJudgement *judgement = report->judgements[i];
        const RpSummaryGroup *group = judgement->report.summary->groups;
        const RpResult *result;

        for (result = judgement->report.first; result != NULL; result = result->next) {
            CHECK_FOR_INTERRUPTS();
            put_group(judgement, result, (group++)->count, (ReturnSetInfo *)fcinfo->resultinfo);
        }
    }
    return (Datum)0;
}

/* Where max_results is not given all results are counted, else no more than are asked for. */
const RpReportForm *
rp_report_summary_form(FunctionCallInfo fcinfo)
{
    static const RpReportForm whole = {
        .is_summary = true, .is_counted = true, .write = write_summary};
    static const RpReportForm limited = {.is_summary = true, .write = write_summary};

    InitMaterializedSRF(fcinfo, 0);
    return PG_ARGISNULL(RP_REPORT_ARGUMENT_MAX_RESULTS) ? &whole : &limited;
}

static Datum
summary(FunctionCallInfo fcinfo, RpDataForm data_form)
{
    return rp_report_call(fcinfo, data_form, rp_report_summary_form(fcinfo));
}

Datum
rdf_validation_summary_text(PG_FUNCTION_ARGS)
{
    return summary(fcinfo, RP_DATA_TURTLE);
}

Datum
rdf_validation_summary_jsonb(PG_FUNCTION_ARGS)
{
    return summary(fcinfo, RP_DATA_JSONB);
}

Datum
rdf_validation_summary_json(PG_FUNCTION_ARGS)
{
    return summary(fcinfo, RP_DATA_JSON);
}

Datum
rdf_validation_summary_triples(PG_FUNCTION_ARGS)
{
    return summary(fcinfo, RP_DATA_ARRAY);
}
