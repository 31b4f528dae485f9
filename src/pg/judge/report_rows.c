/* rdf_validation_report: one row for each validation result (doc/sql.md, "Report columns"). */
#include "pg/judge/report_rows.h"

#include "utils/tuplestore.h"

#include "pg/server/bridge.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/guc.h"
#include "pg/judge/judgement.h"
#include "pg/judge/report_jsonb.h"
#include "pg/term/term_type.h"
#include "validate/message.h"

PG_FUNCTION_INFO_V1(rdf_validation_report_text);
PG_FUNCTION_INFO_V1(rdf_validation_report_jsonb_rows);
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
    COLUMN_COUNT
};

uint64
rp_report_limit(FunctionCallInfo fcinfo)
{
    uint64 limit = (uint64)rp_guc_max_results;

    if (!PG_ARGISNULL(RP_REPORT_ARGUMENT_MAX_RESULTS)) {
        int32 wanted = PG_GETARG_INT32(RP_REPORT_ARGUMENT_MAX_RESULTS);

        if (wanted < 1) {
            ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                            errmsg("max_results must be at least 1")));
        }
        limit = Min(limit, (uint64)wanted);
    }
    return limit;
}

void
rp_report_limit_notice(uint64 limit)
{
    ereport(NOTICE, (errmsg("the report lists the first " UINT64_FORMAT " results only", limit),
                     errhint("The limit is the lower of max_results and rdfpolicy.max_results.")));
}

static Datum
term_column(const RpJudgement *judgement, RpTermId id)
{
    RpTerm term = rp_judgement_term(judgement, id);

    return rp_term_datum(&term);
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
    RpTerm severity = rp_judgement_term(judgement, rp_judgement_severity(judgement, result));
    const char *violation_type = rp_result_violation_type(&judgement->data, result);

    memset(nulls, 0, COLUMN_COUNT * sizeof(bool));
    columns[COLUMN_POLICY] = text_column(judgement->use->policy);
    columns[COLUMN_VERSION] = Int32GetDatum(judgement->use->version);
    columns[COLUMN_FOCUS_NODE] = term_column(judgement, result->focus);
    columns[COLUMN_RESULT_PATH] = text_column(path);
    nulls[COLUMN_RESULT_PATH] = path.length == 0;
    nulls[COLUMN_VALUE] = result->value == RP_TERM_NONE;
    if (!nulls[COLUMN_VALUE]) {
        columns[COLUMN_VALUE] = term_column(judgement, result->value);
    }
    columns[COLUMN_SOURCE_SHAPE] = term_column(judgement, rp_judgement_shape(judgement, result));
    columns[COLUMN_SOURCE_CONSTRAINT_COMPONENT] =
        text_column(rp_judgement_component(judgement, result));
    columns[COLUMN_VIOLATION_TYPE] = text_column(rp_text_from(violation_type));
    columns[COLUMN_RESULT_SEVERITY] = text_column(severity.lexical);
    columns[COLUMN_RESULT_MESSAGE] = text_column(rp_judgement_message(judgement, result));
    nulls[COLUMN_DETAIL] = result->details == NULL;
    if (!nulls[COLUMN_DETAIL]) {
        columns[COLUMN_DETAIL] = JsonbPGetDatum(rp_report_jsonb_details(judgement, result));
    }
}

bool
rp_report_rows_put(const RpJudgement *judgement, ReturnSetInfo *result_set, uint64 *room)
{
    const RpResult *result;

    for (result = judgement->report.first; result != NULL; result = result->next) {
        Datum columns[COLUMN_COUNT];
        bool nulls[COLUMN_COUNT];

        CHECK_FOR_INTERRUPTS();
        if (*room == 0) {
            return false;
        }
        result_columns(judgement, result, columns, nulls);
        tuplestore_putvalues(result_set->setResult, result_set->setDesc, columns, nulls);
        (*room)--;
    }
    return true;
}

/*
 * Put the rows of one policy into the result. False: it has more than room rows. One result more
 * than that is asked for, to know whether there is one.
 */
static bool
policy_rows(const RpPolicyUse *use, const RpDataSource *source, ReturnSetInfo *result_set,
            uint64 *room)
{
    RpJudgementOptions options = {
        .kept_limit = *room + 1, .stops_when_full = true, .keeps_details = true};
    RpJudgement judgement;

    rp_judge(use, source, &options, rp_bridge_work_arena(CurrentMemoryContext, 0), &judgement);
    return rp_report_rows_put(&judgement, result_set, room);
}

static Datum
report_rows(FunctionCallInfo fcinfo, RpDataForm form)
{
    MemoryContext caller = CurrentMemoryContext;
    const RpPolicySelection *selection;
    RpDataSource source;
    bool is_complete = true;
    uint64 limit, room;

    InitMaterializedSRF(fcinfo, 0);
    if (!rp_argument_source(fcinfo, form, RP_REPORT_ARGUMENT_BASE_IRI, &source)) {
        return (Datum)0;
    }
    limit = room = rp_report_limit(fcinfo);
    selection = rp_policy_select(fcinfo, rp_argument_text(fcinfo, RP_REPORT_ARGUMENT_POLICY));
    for (uint32_t i = 0; i < selection->use_count && is_complete; i++) {
        MemoryContext work = rp_bridge_context();

        MemoryContextSwitchTo(work);
        is_complete =
            policy_rows(&selection->uses[i], &source, (ReturnSetInfo *)fcinfo->resultinfo, &room);
        MemoryContextSwitchTo(caller);
        MemoryContextDelete(work);
    }
    if (!is_complete) {
        rp_report_limit_notice(limit);
    }
    return (Datum)0;
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
rdf_validation_report_triples(PG_FUNCTION_ARGS)
{
    return report_rows(fcinfo, RP_DATA_ARRAY);
}
