/*
 * rdf_validation_report_turtle: the report graph of the SHACL Recommendation, section 3.6
 * (doc/sql.md, "Validation"). One C function for each form of T. NULL data gives NULL.
 */
#include "pg/pg.h"

#include "pg/server/bridge.h"
#include "pg/judge/call_arguments.h"
#include "pg/judge/judgement.h"
#include "pg/judge/report_rows.h"
#include "validate/report_graph.h"

PG_FUNCTION_INFO_V1(rdf_validation_report_turtle_text);
PG_FUNCTION_INFO_V1(rdf_validation_report_turtle_jsonb);
PG_FUNCTION_INFO_V1(rdf_validation_report_turtle_triples);

/* The report in the current memory context. */
static RpText
report_make(const RpPolicySelection *selection, const RpDataSource *source, uint64 limit)
{
    RpReportPart *parts = palloc(selection->use_count * sizeof(RpReportPart));
    RpJudgementTotals totals;
    const RpJudgement *judgements = rp_judge_all(selection, source, limit, &totals);
    RpBuffer buffer;
    RpError error;

    for (uint32_t i = 0; i < selection->use_count; i++) {
        parts[i] = (RpReportPart){&judgements[i].data, &judgements[i].report};
    }
    rp_buffer_init(&buffer, rp_bridge_work_arena(CurrentMemoryContext, totals.memory_bytes));
    RP_BRIDGE_TRY(rp_report_graph_write(&buffer, parts, selection->use_count, &error), &error);
    if (totals.found > totals.listed) {
        rp_report_limit_notice(limit);
    }
    return rp_buffer_text(&buffer);
}

static Datum
report_turtle(FunctionCallInfo fcinfo, RpDataForm form)
{
    MemoryContext caller = CurrentMemoryContext;
    const RpPolicySelection *selection;
    RpDataSource source;
    MemoryContext work;
    RpText turtle;
    uint64 limit;
    text *report;

    if (!rp_argument_source(fcinfo, form, RP_REPORT_ARGUMENT_BASE_IRI, &source)) {
        PG_RETURN_NULL();
    }
    limit = rp_report_limit(fcinfo);
    selection = rp_policy_select(fcinfo, rp_argument_text(fcinfo, RP_REPORT_ARGUMENT_POLICY));
    work = rp_bridge_context();
    MemoryContextSwitchTo(work);
    turtle = report_make(selection, &source, limit);
    MemoryContextSwitchTo(caller);
    report = rp_text_datum(turtle);
    MemoryContextDelete(work);
    PG_RETURN_TEXT_P(report);
}

Datum
rdf_validation_report_turtle_text(PG_FUNCTION_ARGS)
{
    return report_turtle(fcinfo, RP_DATA_TURTLE);
}

Datum
rdf_validation_report_turtle_jsonb(PG_FUNCTION_ARGS)
{
    return report_turtle(fcinfo, RP_DATA_JSONB);
}

Datum
rdf_validation_report_turtle_triples(PG_FUNCTION_ARGS)
{
    return report_turtle(fcinfo, RP_DATA_ARRAY);
}
