/* Judging all that is stored of a graph in tables, from SQL (doc/sql.md, "Graphs in tables"). */
#include "pg/pg.h"

#include "pg/graph/graph_reader.h"
#include "pg/graph/graph_rights.h"
#include "pg/judge/call_arguments.h"
#include "pg/judge/judge.h"
#include "pg/judge/report.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_graph_validate);
PG_FUNCTION_INFO_V1(rdf_graph_report);
PG_FUNCTION_INFO_V1(rdf_graph_report_jsonb);
PG_FUNCTION_INFO_V1(rdf_graph_report_turtle);
PG_FUNCTION_INFO_V1(rdf_graph_summary);

enum { ARGUMENT_POLICY = 1 };

/* The graph that argument 0 names, which the caller may have judged. */
static const RpStoredGraph *
graph_argument(FunctionCallInfo fcinfo)
{
    const RpStoredGraph *graph;

    rp_argument_require(fcinfo, 0, "graph");
    rp_bridge_require_utf8();
    graph = rp_stored_graph_get(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                                rp_text_of(PG_GETARG_TEXT_PP(0)));
    rp_graph_rights_require(graph);
    return graph;
}

/* rdf_graph_validate(graph, policy, named_graphs, each) → whether all that is stored conforms */
Datum
rdf_graph_validate(PG_FUNCTION_ARGS)
{
    RpStoredData data = {.graph = graph_argument(fcinfo)};
    RpDataSource source = {.form = RP_DATA_STORED, .stored = &data, .fill = rp_graph_reader_fill};

    rp_named_graphs_read(fcinfo, 2, &data.graphs);
    PG_RETURN_BOOL(rp_judge_conforms(
        rp_policy_select(fcinfo, rp_argument_text(fcinfo, ARGUMENT_POLICY)), &source, false));
}

static Datum
report(FunctionCallInfo fcinfo, const RpReportForm *form)
{
    RpStoredData data = {.graph = graph_argument(fcinfo)};
    RpDataSource source = {.form = RP_DATA_STORED, .stored = &data, .fill = rp_graph_reader_fill};

    rp_named_graphs_read(fcinfo, 6, &data.graphs);
    return rp_report_write(fcinfo,
                           rp_policy_select(fcinfo, rp_argument_text(fcinfo, ARGUMENT_POLICY)),
                           &source, 1, 0, false, form);
}

/* rdf_graph_report(graph, policy, max_results, shape, focus, limit_focus, named_graphs, each) → the
 * validation results, one row each */
Datum
rdf_graph_report(PG_FUNCTION_ARGS)
{
    InitMaterializedSRF(fcinfo, 0);
    return report(fcinfo, &rp_report_rows_form);
}

/* The same arguments → the report as one jsonb value */
Datum
rdf_graph_report_jsonb(PG_FUNCTION_ARGS)
{
    return report(fcinfo, &rp_report_jsonb_form);
}

/* The same arguments → the validation report graph */
Datum
rdf_graph_report_turtle(PG_FUNCTION_ARGS)
{
    return report(fcinfo, &rp_report_turtle_form);
}

/* The same arguments → results counted by policy, shape, path and component */
Datum
rdf_graph_summary(PG_FUNCTION_ARGS)
{
    return report(fcinfo, rp_report_summary_form(fcinfo));
}
