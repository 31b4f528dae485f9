/* Forgetting: rdf_policy_prune deletes versions that were in force once and that nothing names,
 * rdf_policy_prune_history old history. */
#include "pg/pg.h"

#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/generation.h"
#include "pg/catalog/policy_hint.h"
#include "pg/catalog/policy_name.h"
#include "pg/change/context_registry.h"
#include "pg/change/hook.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_policy_prune);
PG_FUNCTION_INFO_V1(rdf_policy_prune_history);

/* The versions of $1 that a constraint, a trigger, … names, as the text of an array. */
static const char *const named_versions =
    "SELECT coalesce(array_agg(DISTINCT version), '{}')::text"
    " FROM @.rdf_policy_dependents WHERE policy = $1 AND version IS NOT NULL";

/*
 * Former versions of $1 but the newest $2, and those in $4. Each leaves a row of history; $3 is
 * who called.
 */
static const char *const prune =
    "WITH former AS ("
    " SELECT v.version, row_number() OVER (ORDER BY v.version DESC) AS age"
    " FROM @.rdf_catalog_version v JOIN @.rdf_catalog_policy p USING (policy)"
    " WHERE p.policy = $1 AND v.version IS DISTINCT FROM p.active_version"
    "  AND v.version IS DISTINCT FROM p.staged_version"
    "  AND v.version IS DISTINCT FROM p.shadow_version),"
    "gone AS ("
    " DELETE FROM @.rdf_catalog_version v USING former f"
    " WHERE v.policy = $1 AND v.version = f.version AND f.age > $2"
    "  AND v.version NOT IN (SELECT unnest($4::integer[]))"
    " RETURNING v.version, v.signature)"
    "INSERT INTO @.rdf_catalog_history (happened_at, happened_by, event, policy, version,"
    " generation, success, signature)"
    " SELECT clock_timestamp(), $3, 'prune', $1, gone.version, g.number + 1, true, gone.signature"
    " FROM gone, @.rdf_catalog_generation g ORDER BY gone.version";

/* In the view's own terms: a name that is computed names no version, and keeps none. As text, which
 * goes on as a parameter. */
static char *
versions_that_are_named(const RpCatalogWriter *writer, const char *policy)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = RP_STRING_OF(policy);

    rp_catalog_read_latest(writer, named_versions, 1, &parameter);
    return rp_catalog_result_string(0, 1, context);
}

/* How many former versions are to be kept. */
static int32
keep_argument(FunctionCallInfo fcinfo)
{
    int32 keep;

    rp_argument_require(fcinfo, 1, "keep");
    keep = PG_GETARG_INT32(1);
    if (keep < 0) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("keep must not be negative, but is %d", keep)));
    }
    return keep;
}

/* Lock the policy's row; it may be dropped. ERROR 42704 where there is none. */
static void
lock_policy(const RpCatalogWriter *writer, const char *policy)
{
    RpParameter parameter = RP_STRING_OF(policy);

    if (rp_catalog_run(writer, "SELECT FROM @.rdf_catalog_policy WHERE policy = $1 FOR UPDATE", 1,
                       &parameter) == 0) {
        rp_policy_raise_unknown(writer->catalog, rp_text_from(policy));
    }
}

/*
 * rdf_policy_prune(policy, keep) → the number of versions deleted. They can be named no more, which
 * is a new generation: a backend that has loaded one of them must not go on with it.
 */
Datum
rdf_policy_prune(PG_FUNCTION_ARGS)
{
    const char *policy = rp_argument_policy(fcinfo);
    int32 keep = keep_argument(fcinfo);
    RpCatalogWriter writer;
    uint64 count;

    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    rp_generation_lock(&writer);
    lock_policy(&writer, policy);
    {
        RpParameter parameters[] = {RP_STRING_OF(policy), RP_INTEGER_OF(keep),
                                    RP_STRING_OF(GetUserNameFromId(writer.caller, false)),
                                    RP_STRING_OF(versions_that_are_named(&writer, policy))};

        count = rp_catalog_run(&writer, prune, lengthof(parameters), parameters);
    }
    if (count > 0) {
        rp_contexts_prune(&writer);
        rp_generation_bump(&writer, 0);
    }
    rp_catalog_writer_end(&writer);
    PG_RETURN_INT32((int32)count);
}

/*
 * History from before $1 ago; but each version that is kept keeps the row that it came into force
 * by last, since rollback finds the previous version by it.
 */
static const char *const prune_history =
    "DELETE FROM @.rdf_catalog_history WHERE happened_at < clock_timestamp() - $1 AND id NOT IN ("
    " SELECT max(h.id) FROM @.rdf_catalog_history h"
    " JOIN @.rdf_catalog_version v USING (policy, version)"
    " WHERE h.success AND h.event IN ('reload', 'rollback') GROUP BY policy, version)";

/* rdf_policy_prune_history(keep) → the number of rows deleted. */
Datum
rdf_policy_prune_history(PG_FUNCTION_ARGS)
{
    Interval none = {0};
    RpCatalogWriter writer;
    RpParameter keep = {.type = INTERVALOID};
    uint64 count;

    rp_argument_require(fcinfo, 0, "keep");
    keep.value = PG_GETARG_DATUM(0);
    if (DatumGetBool(DirectFunctionCall2(interval_lt, keep.value, IntervalPGetDatum(&none)))) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("keep must not be negative, but is %s",
                               DatumGetCString(DirectFunctionCall1(interval_out, keep.value)))));
    }
    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    rp_generation_lock(&writer);
    count = rp_catalog_run(&writer, prune_history, 1, &keep);
    rp_catalog_writer_end(&writer);
    PG_RETURN_INT64((int64)count);
}
