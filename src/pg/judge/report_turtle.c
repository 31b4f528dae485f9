/*
 * rdf_validation_report_turtle: the report graph of the SHACL Recommendation, section 3.6
 * (doc/sql.md, "Validation"). One C function for each form of T. NULL data gives NULL.
 */
#include "pg/pg.h"

#include "validate/report_graph.h"
#include "pg/judge/report.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_validation_report_turtle_text);
PG_FUNCTION_INFO_V1(rdf_validation_report_turtle_jsonb);
PG_FUNCTION_INFO_V1(rdf_validation_report_turtle_json);
PG_FUNCTION_INFO_V1(rdf_validation_report_turtle_triples);

/* RpReportForm.write */
static Datum
write_report(FunctionCallInfo fcinfo pg_attribute_unused(), const RpWholeReport *report,
             MemoryContext context)
{
    RpReportPart *parts = palloc(report->count * sizeof(RpReportPart));
    RpBuffer buffer;
    RpError error;

    for (uint32_t i = 0; i < report->count; i++) {
        parts[i] = (RpReportPart){&report->judgements[i]->data, &report->judgements[i]->report};
    }
    rp_buffer_init(&buffer, rp_bridge_arena(CurrentMemoryContext, 0));
    RP_BRIDGE_TRY(rp_report_graph_write(&buffer, parts, report->count, &error), &error);
    MemoryContextSwitchTo(context);
    return PointerGetDatum(rp_text_datum(rp_buffer_text(&buffer)));
}

const RpReportForm rp_report_turtle_form = {.is_counted = true, .write = write_report};

static Datum
report_turtle(FunctionCallInfo fcinfo, RpDataForm data_form)
{
    return rp_report_call(fcinfo, data_form, &rp_report_turtle_form);
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
rdf_validation_report_turtle_json(PG_FUNCTION_ARGS)
{
    return report_turtle(fcinfo, RP_DATA_JSON);
}

Datum
rdf_validation_report_turtle_triples(PG_FUNCTION_ARGS)
{
    return report_turtle(fcinfo, RP_DATA_ARRAY);
}
