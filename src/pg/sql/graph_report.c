/* Judging all that is stored of a graph in tables, from SQL (doc/sql.md, "Graphs in tables"). */
#include "pg/pg.h"

#include "utils/array.h"

#include "pg/graph/each.h"
#include "pg/graph/graph_rights.h"
#include "pg/graph/part.h"
#include "pg/graph/whole.h"
#include "pg/judge/call_arguments.h"
#include "pg/judge/judge.h"
#include "pg/judge/report.h"
#include "pg/server/bridge.h"
#include "pg/term/term_type.h"

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

/* Argument n, whether every named graph is judged by itself. ERROR 22004. */
static bool
each_argument(FunctionCallInfo fcinfo, int n)
{
    rp_argument_require(fcinfo, n, "each");
    return PG_GETARG_BOOL(n);
}

/* Whether each named graph conforms to every policy. */
static bool
each_conforms(const RpStoredData *data, const RpPolicySelection *selection)
{
    RpEach *each = NULL;
    const RpDataSource *sources = NULL;
    bool conforms = true;
    uint32 count = 0;

    for (uint32 i = 0; i < selection->use_count && conforms; i++) {
        RpPolicySelection one = {
            .uses = &selection->uses[i], .use_count = 1, .generation = selection->generation};

        if (each == NULL) {
            each = rp_each_read(data, one.uses);
            sources = rp_each_sources(each, &count);
        }
        for (uint32 j = 0; j < count && conforms; j++) {
            conforms = rp_judge_conforms(&one, &sources[j]);
        }
    }
    if (each != NULL) {
        rp_each_end(each);
    }
    return conforms;
}

/* rdf_graph_validate(graph, policy, named_graphs, each) → whether all that is stored conforms */
Datum
rdf_graph_validate(PG_FUNCTION_ARGS)
{
    RpStoredData data = {.graph = graph_argument(fcinfo)};
    RpDataSource source = {.form = RP_DATA_STORED, .stored = &data, .validate = rp_whole_validate};
    const RpPolicySelection *selection =
        rp_policy_select(fcinfo, rp_argument_text(fcinfo, ARGUMENT_POLICY));

    rp_named_graphs_read(fcinfo, 2, &data.graphs);
    if (each_argument(fcinfo, 3)) {
        PG_RETURN_BOOL(each_conforms(&data, selection));
    }
    PG_RETURN_BOOL(rp_judge_conforms(selection, &source));
}

/* Arguments of a report. */
enum {
    ARGUMENT_SHAPE = 3,
    ARGUMENT_FOCUS,
    ARGUMENT_LIMIT_FOCUS,
    ARGUMENT_NAMED_GRAPHS,
    ARGUMENT_EACH
};

/* A shape's name: a term in N-Triples form, or an IRI as it is. */
static RpTerm *
shape_argument(FunctionCallInfo fcinfo)
{
    const text *value = rp_argument_text(fcinfo, ARGUMENT_SHAPE);
    RpTerm *term;
    RpText name;
    RpError error;

    if (value == NULL) {
        return NULL;
    }
    name = rp_text_of(value);
    term = palloc0(sizeof(RpTerm));
    if (name.length > 0 && (name.data[0] == '<' || name.data[0] == '_')) {
        RP_BRIDGE_TRY(rp_term_parse(rp_bridge_arena(CurrentMemoryContext, 0), name, term, &error),
                      &error);
    } else {
        *term = rp_term_iri(rp_data_source_iri(value));
    }
    return term;
}

/* Terms point into the array, which lives as long as the call. NULL: every focus node. An array
 * that is empty asks for none. */
static RpTerm *
focus_argument(FunctionCallInfo fcinfo, uint32 *count)
{
    ArrayIterator iterator;
    ArrayType *array;
    RpTerm *terms;
    Datum element;
    bool is_null;

    *count = 0;
    if (PG_ARGISNULL(ARGUMENT_FOCUS)) {
        return NULL;
    }
    array = PG_GETARG_ARRAYTYPE_P(ARGUMENT_FOCUS);
    terms = palloc(sizeof(RpTerm) * ((Size)ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)) + 1));
    iterator = array_create_iterator(array, 0, NULL);
    while (array_iterate(iterator, &element, &is_null)) {
        if (is_null) {
            ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                            errmsg("focus must not have a NULL: element %u is one", *count + 1)));
        }
        terms[(*count)++] = rp_term_of_datum(element);
    }
    return terms;
}

/* Of focus nodes, and not of results: it bounds what is read. */
static uint32
limit_argument(FunctionCallInfo fcinfo)
{
    int32 limit;

    if (PG_ARGISNULL(ARGUMENT_LIMIT_FOCUS)) {
        return PG_UINT32_MAX;
    }
    limit = PG_GETARG_INT32(ARGUMENT_LIMIT_FOCUS);
    if (limit < 1) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("limit_focus must be at least 1")));
    }
    return (uint32)limit;
}

/* Report on each named graph; arguments that name a part are refused. */
static Datum
report_each(FunctionCallInfo fcinfo, const RpStoredPart *part, const RpPolicySelection *selection,
            const RpReportForm *form)
{
    const RpDataSource *sources;
    RpEach *each;
    uint32 count;
    Datum written;

    if (part->shape != NULL || part->focus != NULL || part->limit != PG_UINT32_MAX) {
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                        errmsg("a part of each named graph cannot be asked for"),
                        errhint("Name the graph in named_graphs instead.")));
    }
    if (selection->use_count == 0) {
        return rp_report_write(fcinfo, selection, NULL, 0, 0, form);
    }
    each = rp_each_read(&part->data, &selection->uses[0]);
    sources = rp_each_sources(each, &count);
    written = rp_report_write(fcinfo, selection, sources, count, rp_each_memory(each), form);
    rp_each_end(each);
    return written;
}

/* Without anything that names a part the pages are read; with it the indexes are asked. A shape
 * that no policy has is refused before anything is read. */
static Datum
report(FunctionCallInfo fcinfo, const RpReportForm *form)
{
    RpStoredPart part = {.data = {.graph = graph_argument(fcinfo)},
                         .shape = shape_argument(fcinfo),
                         .limit = limit_argument(fcinfo)};
    RpDataSource source = {.form = RP_DATA_STORED};
    const RpPolicySelection *selection =
        rp_policy_select(fcinfo, rp_argument_text(fcinfo, ARGUMENT_POLICY));

    part.focus = focus_argument(fcinfo, &part.focus_count);
    rp_named_graphs_read(fcinfo, ARGUMENT_NAMED_GRAPHS, &part.data.graphs);
    if (part.shape != NULL) {
        rp_part_require_shape(selection, part.shape);
    }
    if (each_argument(fcinfo, ARGUMENT_EACH)) {
        return report_each(fcinfo, &part, selection, form);
    }
    if (part.shape == NULL && part.focus == NULL && part.limit == PG_UINT32_MAX) {
        source.stored = &part.data;
        source.validate = rp_whole_validate;
    } else {
        source.stored = &part;
        source.validate = rp_part_validate;
    }
    return rp_report_write(fcinfo, selection, &source, 1, 0, form);
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
