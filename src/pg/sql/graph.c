/* The SQL functions that register graphs in tables, and what their views show (doc/sql.md, "Graphs
 * in tables"). */
#include "pg/pg.h"

#include "access/htup_details.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"

#include "pg/enforce/graph_change.h"
#include "pg/graph/preset.h"
#include "pg/graph/registered_source.h"
#include "pg/graph/source_compile.h"
#include "pg/graph/source_index.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/server/savepoint.h"

PG_FUNCTION_INFO_V1(rdf_graph_register);
PG_FUNCTION_INFO_V1(rdf_graph_add_source);
PG_FUNCTION_INFO_V1(rdf_graph_register_preset);
PG_FUNCTION_INFO_V1(rdf_graph_drop);
PG_FUNCTION_INFO_V1(rdf_catalog_source_problem);

enum { ARGUMENT_RELATION = 1, ARGUMENT_OPTIONS = 2 };

/* The name as it is given; whether it is one is asked where a graph is entered. */
static RpText
graph_argument(FunctionCallInfo fcinfo)
{
    rp_argument_require(fcinfo, 0, "graph");
    return rp_text_of(PG_GETARG_TEXT_PP(0));
}

/* The name that a relation is kept by. */
static char *
relation_name(Oid relation)
{
    char *name = get_rel_name(relation);

    if (name == NULL) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_TABLE),
                        errmsg("relation with OID %u does not exist", relation)));
    }
    return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)), name);
}

/* The arguments behind the relation. term_id has a default, which means nothing without a
 * dictionary. */
static void
options_argument(FunctionCallInfo fcinfo, RpSourceOptions *options)
{
    *options = (RpSourceOptions){0};
    for (int i = 0; i < RP_OPTION_ARGUMENT_COUNT; i++) {
        int n = ARGUMENT_OPTIONS + i;

        if (PG_ARGISNULL(n)) {
            continue;
        }
        if (i == RP_OPTION_KINDS) {
            options->kinds = PG_GETARG_JSONB_P(n);
        } else if (i == RP_OPTION_TERMS) {
            options->texts[i] = relation_name(PG_GETARG_OID(n));
        } else {
            options->texts[i] = text_to_cstring(PG_GETARG_TEXT_PP(n));
        }
    }
    if (options->texts[RP_OPTION_TERMS] == NULL && options->texts[RP_OPTION_TERM_ID] != NULL &&
        strcmp(options->texts[RP_OPTION_TERM_ID], "id") == 0) {
        options->texts[RP_OPTION_TERM_ID] = NULL;
    }
}

/* The name is written before the source is compiled: a second who registers the same graph waits
 * for the first, and is told. A policy that is enforced on the graph gets its triggers on the new
 * source in the same transaction. */
static int32
add_source(FunctionCallInfo fcinfo, bool is_new)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpText graph = graph_argument(fcinfo);
    RpSourceOptions options;
    char *relation;
    int32 source;

    rp_argument_require(fcinfo, ARGUMENT_RELATION, "relation");
    relation = relation_name(PG_GETARG_OID(ARGUMENT_RELATION));
    options_argument(fcinfo, &options);
    if (is_new) {
        rp_registration_add_graph(catalog, graph);
    }
    source = rp_registration_add_source(catalog, graph, relation, &options);
    rp_graph_source_added(catalog, graph);
    return source;
}

/* rdf_graph_register(graph, relation, …) → the number of its first source */
Datum
rdf_graph_register(PG_FUNCTION_ARGS)
{
    PG_RETURN_INT32(add_source(fcinfo, true));
}

/* rdf_graph_add_source(graph, relation, …) → the number of the source */
Datum
rdf_graph_add_source(PG_FUNCTION_ARGS)
{
    PG_RETURN_INT32(add_source(fcinfo, false));
}

/* rdf_graph_register_preset(graph, preset, schema, prefix) → how many sources it has */
Datum
rdf_graph_register_preset(PG_FUNCTION_ARGS)
{
    RpText graph = graph_argument(fcinfo);
    char *texts[4] = {NULL};

    rp_argument_require(fcinfo, 1, "preset");
    for (int i = 1; i < (int)lengthof(texts); i++) {
        const text *value = rp_argument_text(fcinfo, i);

        texts[i] = value == NULL ? NULL : text_to_cstring(value);
    }
    PG_RETURN_INT32(rp_preset_register(rp_catalog_of_function(fcinfo->flinfo->fn_oid), graph,
                                       texts[1], texts[2], texts[3]));
}

/* rdf_graph_drop(graph) */
Datum
rdf_graph_drop(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);

    /* First the graph is nobody else's: who enforces a policy on it holds it. */
    rp_registration_drop(catalog, graph_argument(fcinfo));
    rp_graph_require_unenforced(catalog, graph_argument(fcinfo));
    PG_RETURN_VOID();
}

/* A source that is looked at. */
typedef struct SourceCheck {
    const RpRegisteredSource *registered;
    Oid namespace;
    RpGraphSource source;
    const RpMissingIndex *missing;
} SourceCheck;

/* rp_savepoint_run: what it raises is a text in the row of the view, whose other rows are shown all
 * the same. */
static void
check_source(void *argument)
{
    SourceCheck *check = argument;

    rp_source_compile(check->registered->relation, &check->registered->options, check->namespace,
                      &check->source);
    check->missing = rp_source_index_missing(&check->source);
}

/* rdf_catalog_source_problem(source) → what keeps a source from being read by now; NULL: nothing;
 * and the statements that make indexes it lacks. Of what is registered alone, as everybody may ask:
 * a row filter is compiled in the name of the relation's owner. */
Datum
rdf_catalog_source_problem(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    SourceCheck check = {.namespace = catalog->namespace};
    ArrayBuildState *statements = NULL;
    Datum values[2] = {0};
    bool nulls[2] = {true, true};
    TupleDesc columns;
    ErrorData *error;

    check.registered = rp_registered_source(catalog, GetActiveSnapshot(), PG_GETARG_INT32(0));
    if (check.registered == NULL) {
        PG_RETURN_NULL();
    }
    if (get_call_result_type(fcinfo, NULL, &columns) != TYPEFUNC_COMPOSITE) {
        elog(ERROR, "return type must be a row type");
    }
    error = rp_savepoint_run(check_source, &check);
    if (error != NULL && !rp_error_is_local(error)) {
        ReThrowError(error);
    }
    if (error != NULL) {
        values[0] = CStringGetTextDatum(error->message);
        nulls[0] = false;
    }
    for (const RpMissingIndex *missing = error == NULL ? check.missing : NULL; missing != NULL;
         missing = missing->next) {
        statements = accumArrayResult(statements, CStringGetTextDatum(missing->statement), false,
                                      TEXTOID, CurrentMemoryContext);
    }
    if (statements != NULL) {
        values[1] = makeArrayResult(statements, CurrentMemoryContext);
        nulls[1] = false;
    }
    PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(columns, values, nulls)));
}
