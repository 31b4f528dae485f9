/* The SQL functions that change what is in force: rdf_policy_reload, rdf_policy_rollback,
 * rdf_policy_drop. */
#include "pg/pg.h"

#include "pg/catalog/generation.h"
#include "pg/catalog/policy_hint.h"
#include "pg/catalog/policy_name.h"
#include "pg/change/hook.h"
#include "pg/change/reload.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/shared/publication.h"

PG_FUNCTION_INFO_V1(rdf_policy_reload);
PG_FUNCTION_INFO_V1(rdf_policy_rollback);
PG_FUNCTION_INFO_V1(rdf_policy_drop);

/* Columns of the result, in doc/sql.md's order. */
enum {
    COLUMN_POLICY,
    COLUMN_SUCCESS,
    COLUMN_VERSION,
    COLUMN_GENERATION,
    COLUMN_SIGNATURE,
    COLUMN_CHANGED,
    COLUMN_SHAPES,
    COLUMN_CONSTRAINTS,
    COLUMN_DURATION_MS,
    COLUMN_COMPILE_MS,
    COLUMN_SIGNATURE_MS,
    COLUMN_CALLBACK_MS,
    COLUMN_ERROR,
    COLUMN_COUNT
};

/* A refused reload has a row too: what would have been put in force, and why it was not. */
static void
put_row(ReturnSetInfo *result, const RpReload *reload, const RpReloadRow *row)
{
    Datum values[COLUMN_COUNT] = {0};
    bool nulls[COLUMN_COUNT] = {false};
    bool is_success = reload->failure == NULL;

    values[COLUMN_POLICY] = CStringGetTextDatum(row->policy);
    values[COLUMN_SUCCESS] = BoolGetDatum(is_success);
    values[COLUMN_VERSION] = Int32GetDatum(row->version);
    nulls[COLUMN_VERSION] = row->version == 0;
    values[COLUMN_GENERATION] = Int64GetDatum(reload->generation);
    nulls[COLUMN_SIGNATURE] = row->signature == NULL;
    if (row->signature != NULL) {
        values[COLUMN_SIGNATURE] = CStringGetTextDatum(row->signature);
    }
    values[COLUMN_CHANGED] = BoolGetDatum(row->is_changed && is_success);
    values[COLUMN_SHAPES] = Int32GetDatum(row->shapes);
    values[COLUMN_CONSTRAINTS] = Int32GetDatum(row->constraints);
    values[COLUMN_DURATION_MS] = Float8GetDatum(reload->duration_ms);
    values[COLUMN_COMPILE_MS] = Float8GetDatum(reload->compile_ms);
    values[COLUMN_SIGNATURE_MS] = Float8GetDatum(reload->signature_ms);
    values[COLUMN_CALLBACK_MS] = Float8GetDatum(reload->callback_ms);
    nulls[COLUMN_ERROR] = is_success;
    if (!is_success) {
        values[COLUMN_ERROR] = CStringGetTextDatum(reload->failure);
    }
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* The catalog is that of the schema which this function is in, whatever search_path says. */
static Datum
run_and_return(FunctionCallInfo fcinfo, RpReload *reload)
{
    ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;

    reload->catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    rp_bridge_require_utf8();
    InitMaterializedSRF(fcinfo, 0);
    rp_reload_run(reload);
    for (uint32 i = 0; i < reload->row_count; i++) {
        put_row(result, reload, &reload->rows[i]);
    }
    return (Datum)0;
}

/* rdf_policy_reload(policy, must_succeed, prove) */
Datum
rdf_policy_reload(PG_FUNCTION_ARGS)
{
    RpReload reload = {.event = "reload"};

    if (!PG_ARGISNULL(0)) {
        reload.policy = rp_argument_policy(fcinfo);
    }
    reload.must_succeed = !PG_ARGISNULL(1) && PG_GETARG_BOOL(1);
    reload.must_prove = !PG_ARGISNULL(2) && PG_GETARG_BOOL(2);
    return run_and_return(fcinfo, &reload);
}

/* rdf_policy_rollback(policy, version) */
Datum
rdf_policy_rollback(PG_FUNCTION_ARGS)
{
    RpReload reload = {.event = "rollback"};

    reload.policy = rp_argument_policy(fcinfo);
    if (!PG_ARGISNULL(1)) {
        reload.rollback_version = PG_GETARG_INT32(1);
        if (reload.rollback_version < 1) {
            ereport(ERROR,
                    (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                     errmsg("a version is a number from 1, not %d", reload.rollback_version)));
        }
    }
    return run_and_return(fcinfo, &reload);
}

/* ERROR 2BP01 where constraints, triggers, … name the policy; the first hundred are listed. */
static void
refuse_while_named(const RpCatalogWriter *writer, const char *policy)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = RP_STRING_OF(policy);
    uint64 count = rp_catalog_read_latest(
        writer,
        "SELECT string_agg(CASE WHEN n <= 100 THEN format('%s %s', kind, object)"
        "  ELSE format('and %s more', total - 100) END, E'\\n' ORDER BY n),"
        " bool_or(kind = 'graph')"
        " FROM (SELECT kind, object, row_number() OVER (ORDER BY kind, object) n,"
        "  count(*) OVER () total"
        "  FROM (SELECT DISTINCT kind, object FROM @.rdf_policy_dependents WHERE policy = $1) d) d"
        " WHERE n <= 101 HAVING count(*) > 0",
        1, &parameter);

    if (count > 0) {
        char *dependents = rp_catalog_result_string(0, 1, context);
        bool is_enforced = rp_catalog_result_bool(0, 2);

        ereport(ERROR, (errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
                        errmsg("policy \"%s\" is named by other objects", policy),
                        errdetail("%s", dependents),
                        errhint("Drop them first%s, or call rdf_policy_drop('%s', force => true).",
                                is_enforced ? " (of a graph: rdf_graph_unenforce)" : "", policy)));
    }
}

/* Mark the policy dropped; its versions that were in force, and its history, stay. */
static void
write_drop(const RpCatalogWriter *writer, const char *policy)
{
    RpParameter parameters[] = {RP_STRING_OF(policy),
                                RP_STRING_OF(GetUserNameFromId(writer->caller, false))};

    if (rp_catalog_run(writer,
                       "SELECT 1 FROM @.rdf_catalog_policy"
                       " WHERE policy = $1 AND NOT is_dropped FOR UPDATE",
                       1, parameters) == 0) {
        rp_policy_raise_unknown(writer->catalog, rp_text_from(policy));
    }
    rp_catalog_run(writer, "DELETE FROM @.rdf_catalog_version WHERE policy = $1 AND NOT was_active",
                   1, parameters);
    rp_catalog_run(
        writer,
        "INSERT INTO @.rdf_catalog_history (happened_at, happened_by, event, policy, version,"
        " generation, success) SELECT clock_timestamp(), $2, 'drop', p.policy, active_version,"
        " g.number + 1, true FROM @.rdf_catalog_policy p,"
        " @.rdf_catalog_generation g WHERE p.policy = $1",
        2, parameters);
    rp_catalog_run(writer,
                   "UPDATE @.rdf_catalog_policy SET active_version = NULL, staged_version = NULL,"
                   " shadow_version = NULL,"
                   " is_dropped = true, generation = NULL, activated_at = NULL WHERE policy = $1",
                   1, parameters);
}

/* rdf_policy_drop(policy, force) */
Datum
rdf_policy_drop(PG_FUNCTION_ARGS)
{
    RpHookPayload payload = {0};
    RpCatalogWriter writer;
    const char *policy;

    policy = rp_argument_policy(fcinfo);
    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    rp_generation_lock(&writer);
    if (PG_ARGISNULL(1) || !PG_GETARG_BOOL(1)) {
        refuse_while_named(&writer, policy);
    }
    write_drop(&writer, policy);
    payload.policy = policy;
    payload.generation = rp_generation_bump(&writer, 0);
    rp_catalog_writer_end(&writer);
    rp_publication_add_notice(rp_hook_payload_json(&payload, "drop"),
                              psprintf("rdfpolicy: drop: policy \"%s\" is out of force", policy));
    PG_RETURN_VOID();
}
