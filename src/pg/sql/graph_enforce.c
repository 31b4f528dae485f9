/* The SQL functions by which a policy is enforced on a graph: rdf_graph_enforce,
 * rdf_graph_unenforce, rdf_graph_set_mode, rdf_graph_prove. */
#include "pg/pg.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/policy_name.h"
#include "pg/catalog/policy_versions.h"
#include "pg/change/hook.h"
#include "pg/enforce/capture.h"
#include "pg/enforce/capture_trigger.h"
#include "pg/enforce/enforcement_problem.h"
#include "pg/enforce/graph_lock.h"
#include "pg/enforce/proof.h"
#include "pg/enforce/read_maps.h"
#include "pg/graph/registration.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/policy_cache.h"

PG_FUNCTION_INFO_V1(rdf_graph_enforce);
PG_FUNCTION_INFO_V1(rdf_graph_unenforce);
PG_FUNCTION_INFO_V1(rdf_graph_set_mode);
PG_FUNCTION_INFO_V1(rdf_graph_prove);
PG_FUNCTION_INFO_V1(rdf_catalog_unproven_shapes);
PG_FUNCTION_INFO_V1(rdf_catalog_enforcement_problem);

enum {
    ARGUMENT_GRAPH,
    ARGUMENT_POLICY,
    ARGUMENT_MODE,
    ARGUMENT_TIMING,
    ARGUMENT_SEVERITIES,
    ARGUMENT_NAMED_GRAPHS,
    ARGUMENT_EACH
};

static RpText
graph_argument(FunctionCallInfo fcinfo)
{
    rp_argument_require(fcinfo, ARGUMENT_GRAPH, "graph");
    return rp_text_of(PG_GETARG_TEXT_PP(ARGUMENT_GRAPH));
}

/* The name of a policy, of whatever version. */
static RpText
policy_argument(FunctionCallInfo fcinfo)
{
    rp_argument_require(fcinfo, ARGUMENT_POLICY, "policy");
    return rp_text_of(PG_GETARG_TEXT_PP(ARGUMENT_POLICY));
}

/* One of a few words, which the type text does not tell: rp_mode_parse and rp_timing_parse do.
 * ERROR 22004. */
static RpText
word_argument(FunctionCallInfo fcinfo, int n, const char *name)
{
    rp_argument_require(fcinfo, n, name);
    return rp_text_of(PG_GETARG_TEXT_PP(n));
}

/* Severities by the names that rdfpolicy.conformance_disallows takes, as IRIs. ERROR 22023. */
static RpParameter
severities_argument(FunctionCallInfo fcinfo)
{
    RpParameter parameter = RP_NULL_OF(TEXTARRAYOID);
    Datum *names;
    bool *nulls;
    int count;

    if (PG_ARGISNULL(ARGUMENT_SEVERITIES)) {
        return parameter;
    }
    deconstruct_array(PG_GETARG_ARRAYTYPE_P(ARGUMENT_SEVERITIES), TEXTOID, -1, false, TYPALIGN_INT,
                      &names, &nulls, &count);
    if (count == 0) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("severities must not be empty"),
                 errhint("Leave them out for those of rdfpolicy.conformance_disallows; "
                         "mode 'off' judges nothing.")));
    }
    for (int i = 0; i < count; i++) {
        const char *iri = nulls[i] ? NULL : rp_guc_severity_iri(TextDatumGetCString(names[i]));

        if (iri == NULL) {
            ereport(ERROR,
                    (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                     errmsg("there is no severity \"%s\"",
                            nulls[i] ? "null" : TextDatumGetCString(names[i])),
                     errhint("Severities are Violation, Warning, Info, and those of your own by "
                             "their IRIs.")));
        }
        names[i] = CStringGetTextDatum(iri);
    }
    parameter.value =
        PointerGetDatum(construct_array(names, count, TEXTOID, -1, false, TYPALIGN_INT));
    parameter.is_null = false;
    return parameter;
}

/* NOTICE where a query of the policy makes transactions expensive, which need not be so. */
static void
tell_whole_query(const RpPolicyUse *use)
{
    uint32_t query = rp_read_map_whole_query(rp_read_map_of(use->image));
    RpError error = {0};

    if (query != 0) {
        rp_read_map_tell_query(use->image, query, &error);
        ereport(NOTICE, (errmsg("a query of policy \"%s\" reads the whole graph: transactions that "
                                "change what it reads are judged as a whole",
                                rp_text_cstring(use->policy)),
                         errdetail("%s", error.detail),
                         errhint("A query that begins at $this, and goes on from there, reads no "
                                 "more than is touched.")));
    }
}

/* The policy must be in force: a misspelt name would make every write fail. ERROR 42704. */
static void
require_policy(FunctionCallInfo fcinfo)
{
    const RpPolicySelection *selection =
        rp_policy_select(fcinfo, PG_GETARG_TEXT_PP(ARGUMENT_POLICY));

    tell_whole_query(&selection->uses[0]);
}

static const char *const insert =
    "INSERT INTO @.rdf_catalog_enforcement (graph, policy, mode, timing, severities, named_graphs,"
    " is_each, enforced_at, enforced_by) VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), "
    "$8)";

/* Wait for those who write and capture nothing, because every policy is off. */
static void
lock_switching(const RpCatalog *catalog, RpText graph, RpText mode)
{
    if (rp_mode_parse(mode) != RP_MODE_OFF) {
        rp_graph_lock_switching(catalog->namespace, graph);
        rp_capture_switch_on(graph);
    }
}

/*
 * rdf_graph_enforce(graph, policy, mode, timing, severities, named_graphs, each). The triggers come
 * first: making them waits for all who are writing without.
 */
Datum
rdf_graph_enforce(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpText graph = graph_argument(fcinfo);
    RpText policy = policy_argument(fcinfo);
    RpText mode = word_argument(fcinfo, ARGUMENT_MODE, "mode");
    RpText timing = word_argument(fcinfo, ARGUMENT_TIMING, "timing");
    RpParameter severities = severities_argument(fcinfo);
    RpParameter named_graphs = RP_NULL_OF(TEXTARRAYOID);
    RpNamedGraphs graphs;
    RpCatalogWriter writer;

    rp_argument_require(fcinfo, ARGUMENT_EACH, "each");
    rp_hooks_refuse_within();
    rp_named_graphs_read(fcinfo, ARGUMENT_NAMED_GRAPHS, &graphs);
    if (!PG_ARGISNULL(ARGUMENT_NAMED_GRAPHS)) {
        named_graphs = (RpParameter){TEXTARRAYOID, PG_GETARG_DATUM(ARGUMENT_NAMED_GRAPHS), false};
    }
    require_policy(fcinfo);
    rp_registration_hold(catalog, graph);
    lock_switching(catalog, graph, mode);
    rp_capture_triggers_make(rp_stored_graph_get(catalog, graph), rp_timing_parse(timing));
    rp_catalog_writer_begin(&writer, catalog);
    {
        RpParameter parameters[] = {RP_TEXT_OF(graph),
                                    RP_TEXT_OF(policy),
                                    RP_TEXT_OF(mode),
                                    RP_TEXT_OF(timing),
                                    severities,
                                    named_graphs,
                                    RP_BOOLEAN_OF(PG_GETARG_BOOL(ARGUMENT_EACH)),
                                    RP_STRING_OF(GetUserNameFromId(writer.caller, false))};

        if (rp_catalog_run(&writer,
                           "SELECT FROM @.rdf_catalog_enforcement WHERE graph = $1 AND policy = $2",
                           2, parameters) > 0) {
            ereport(ERROR, (errcode(ERRCODE_DUPLICATE_OBJECT),
                            errmsg("policy \"%s\" is enforced on graph \"%s\" already",
                                   rp_text_cstring(policy), rp_text_cstring(graph)),
                            errhint("Use rdf_graph_set_mode, or rdf_graph_unenforce first.")));
        }
        rp_catalog_run(&writer, insert, lengthof(parameters), parameters);
    }
    rp_catalog_writer_end(&writer);
    rp_enforcement_warn(catalog, graph, rp_timing_parse(timing));
    PG_RETURN_VOID();
}

/* rdf_graph_unenforce(graph, policy). Triggers that no other policy needs go too. */
Datum
rdf_graph_unenforce(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpText graph = graph_argument(fcinfo);
    RpText policy = policy_argument(fcinfo);
    RpParameter parameters[] = {RP_TEXT_OF(graph), RP_TEXT_OF(policy)};
    RpCatalogWriter writer;
    RpTiming timing;
    bool is_last;

    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, catalog);
    if (rp_catalog_run(&writer,
                       "DELETE FROM @.rdf_catalog_enforcement WHERE graph = $1 AND policy = $2"
                       " RETURNING timing, (SELECT count(*) FROM @.rdf_catalog_enforcement o"
                       " WHERE o.graph = rdf_catalog_enforcement.graph"
                       " AND o.timing = rdf_catalog_enforcement.timing) = 1",
                       lengthof(parameters), parameters) == 0) {
        rp_enforcement_raise_unknown(graph, policy);
    }
    timing = rp_timing_parse(rp_text_from(rp_catalog_result_string(0, 1, TopTransactionContext)));
    is_last = rp_catalog_result_bool(0, 2);
    rp_catalog_writer_end(&writer);
    if (is_last) {
        rp_capture_triggers_drop(catalog, graph, timing);
    }
    PG_RETURN_VOID();
}

/*
 * rdf_graph_set_mode(graph, policy, mode). Whoever writes while everything is off captures nothing:
 * he is waited for when something is switched on, and what he wrote is proven by nobody.
 */
Datum
rdf_graph_set_mode(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpText graph = graph_argument(fcinfo);
    RpText policy = policy_argument(fcinfo);
    RpText mode = word_argument(fcinfo, ARGUMENT_MODE, "mode");
    RpParameter parameters[] = {RP_TEXT_OF(graph), RP_TEXT_OF(policy), RP_TEXT_OF(mode)};
    RpCatalogWriter writer;

    rp_hooks_refuse_within();
    lock_switching(catalog, graph, mode);
    rp_catalog_writer_begin(&writer, catalog);
    if (rp_catalog_run(&writer,
                       "UPDATE @.rdf_catalog_enforcement SET mode = $3"
                       " WHERE graph = $1 AND policy = $2",
                       lengthof(parameters), parameters) == 0) {
        rp_enforcement_raise_unknown(graph, policy);
    }
    if (rp_mode_parse(mode) != RP_MODE_ENFORCE) {
        rp_catalog_run(&writer, "DELETE FROM @.rdf_catalog_proof WHERE graph = $1 AND policy = $2",
                       2, parameters);
    }
    rp_catalog_writer_end(&writer);
    PG_RETURN_VOID();
}

/* rdf_graph_prove(graph, policy) → whether all that is stored conforms */
Datum
rdf_graph_prove(PG_FUNCTION_ARGS)
{
    rp_hooks_refuse_within();
    PG_RETURN_BOOL(rp_proof_make(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                                 graph_argument(fcinfo), policy_argument(fcinfo)));
}

/* rdf_catalog_unproven_shapes(policy, proven_version) → names of shapes; NULL: the policy has no
 * version in force */
Datum
rdf_catalog_unproven_shapes(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpPolicyName name = rp_policy_name_parse(rp_text_of(PG_GETARG_TEXT_PP(0)));
    int32 version = name.version;
    ArrayBuildState *shapes = NULL;
    RpPolicyVersions versions;
    ListCell *cell;

    if (version == 0) {
        if (!rp_policy_versions_find(catalog, GetActiveSnapshot(), name.policy, &versions) ||
            versions.active == 0) {
            PG_RETURN_NULL();
        }
        version = versions.active;
    }
    foreach (cell, rp_proof_unproven_shapes(catalog, name.policy, PG_GETARG_INT32(1), version)) {
        shapes = accumArrayResult(shapes, CStringGetTextDatum(lfirst(cell)), false, TEXTOID,
                                  CurrentMemoryContext);
    }
    if (shapes == NULL) {
        PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
    }
    PG_RETURN_DATUM(makeArrayResult(shapes, CurrentMemoryContext));
}

/* rdf_catalog_enforcement_problem(graph, timing) → what keeps changes from being judged; NULL:
 * nothing */
Datum
rdf_catalog_enforcement_problem(PG_FUNCTION_ARGS)
{
    char *problem = rp_enforcement_problem(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                                           rp_text_of(PG_GETARG_TEXT_PP(0)),
                                           rp_timing_parse(rp_text_of(PG_GETARG_TEXT_PP(1))));

    if (problem == NULL) {
        PG_RETURN_NULL();
    }
    PG_RETURN_TEXT_P(cstring_to_text(problem));
}
