/* rdf_policy_shadow, and what is counted: the view rdf_policy_stats, rdf_policy_stats_reset,
 * rdf_policy_shadow_examples. */
#include "pg/pg.h"

#include "utils/timestamp.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/generation.h"
#include "pg/catalog/policy_hint.h"
#include "pg/catalog/policy_name.h"
#include "pg/change/hook.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/shared/control_block.h"
#include "pg/shared/stats.h"

PG_FUNCTION_INFO_V1(rdf_catalog_stats);
PG_FUNCTION_INFO_V1(rdf_policy_stats_reset);
PG_FUNCTION_INFO_V1(rdf_policy_shadow_examples);
PG_FUNCTION_INFO_V1(rdf_policy_shadow);

enum {
    STATS_POLICY,
    STATS_VERSION,
    STATS_SHAPE,
    STATS_VALIDATIONS,
    STATS_ACCEPTED,
    STATS_REJECTED,
    STATS_FAILED,
    STATS_NOT_PARSED,
    STATS_NEWLY_REJECTED,
    STATS_NEWLY_ACCEPTED,
    STATS_WITHOUT_FOCUS_NODES,
    STATS_FOCUS_NODES,
    STATS_VIOLATIONS,
    STATS_TIME_MS,
    STATS_LAST_USED,
    STATS_COLUMN_COUNT
};

enum {
    EXAMPLE_POLICY,
    EXAMPLE_HAPPENED_AT,
    EXAMPLE_ACTIVE_VERSION,
    EXAMPLE_SHADOW_VERSION,
    EXAMPLE_ACTIVE_CONFORMS,
    EXAMPLE_SHADOW_CONFORMS,
    EXAMPLE_FOCUS_NODE,
    EXAMPLE_SHAPE,
    EXAMPLE_MESSAGE,
    EXAMPLE_COLUMN_COUNT
};

/*
 * From a copy that was taken under the table's lock: the tuplestore may write to disk, which must
 * not be under it.
 */
static void
put_entry(ReturnSetInfo *result, const RpStatsEntry *entry)
{
    const RpStatsCounts *counts = &entry->counts;
    bool is_shape = entry->shape[0] != '\0';
    Datum values[STATS_COLUMN_COUNT];
    bool nulls[STATS_COLUMN_COUNT] = {false};

    values[STATS_POLICY] = CStringGetTextDatum(entry->policy);
    values[STATS_VERSION] = Int32GetDatum(entry->version);
    values[STATS_SHAPE] = CStringGetTextDatum(entry->shape);
    values[STATS_VALIDATIONS] = Int64GetDatum((int64)counts->validations);
    values[STATS_ACCEPTED] = Int64GetDatum((int64)counts->accepted);
    values[STATS_REJECTED] = Int64GetDatum((int64)counts->rejected);
    values[STATS_FAILED] = Int64GetDatum((int64)counts->failed);
    values[STATS_NOT_PARSED] = Int64GetDatum((int64)counts->not_parsed);
    values[STATS_NEWLY_REJECTED] = Int64GetDatum((int64)counts->newly_rejected);
    values[STATS_NEWLY_ACCEPTED] = Int64GetDatum((int64)counts->newly_accepted);
    values[STATS_WITHOUT_FOCUS_NODES] = Int64GetDatum((int64)counts->without_focus);
    values[STATS_FOCUS_NODES] = Int64GetDatum((int64)counts->focus_nodes);
    values[STATS_VIOLATIONS] = Int64GetDatum((int64)counts->violations);
    values[STATS_TIME_MS] = Float8GetDatum((double)counts->time_ns / 1000000.0);
    values[STATS_LAST_USED] = TimestampTzGetDatum(counts->last_used);
    nulls[STATS_SHAPE] = !is_shape;
    /* A verdict, and whether anything was judged, is a version's, not a shape's. */
    for (int column = STATS_ACCEPTED; column <= STATS_WITHOUT_FOCUS_NODES; column++) {
        nulls[column] = is_shape;
    }
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* rdf_catalog_stats() → what was counted in this database */
Datum
rdf_catalog_stats(PG_FUNCTION_ARGS)
{
    RpStatsEntry *entries = NULL;
    uint32 count;

    InitMaterializedSRF(fcinfo, 0);
    count = rp_stats_read(&entries);
    for (uint32 i = 0; i < count; i++) {
        put_entry((ReturnSetInfo *)fcinfo->resultinfo, &entries[i]);
    }
    return (Datum)0;
}

/* Texts were cut where they were kept. NULL for a verdict that there is none: the shadow failed. */
static void
put_example(ReturnSetInfo *result, const RpStatsExample *example)
{
    Datum values[EXAMPLE_COLUMN_COUNT];
    bool nulls[EXAMPLE_COLUMN_COUNT] = {false};

    values[EXAMPLE_POLICY] = CStringGetTextDatum(example->policy);
    values[EXAMPLE_HAPPENED_AT] = TimestampTzGetDatum(example->happened_at);
    values[EXAMPLE_ACTIVE_VERSION] = Int32GetDatum(example->active_version);
    values[EXAMPLE_SHADOW_VERSION] = Int32GetDatum(example->shadow_version);
    values[EXAMPLE_ACTIVE_CONFORMS] = BoolGetDatum(example->active_conforms);
    values[EXAMPLE_SHADOW_CONFORMS] = BoolGetDatum(example->shadow_conforms);
    values[EXAMPLE_FOCUS_NODE] = CStringGetTextDatum(example->focus);
    values[EXAMPLE_SHAPE] = CStringGetTextDatum(example->shape);
    values[EXAMPLE_MESSAGE] = CStringGetTextDatum(example->message);
    nulls[EXAMPLE_SHADOW_CONFORMS] = example->has_failed;
    nulls[EXAMPLE_FOCUS_NODE] = example->focus[0] == '\0';
    nulls[EXAMPLE_SHAPE] = example->shape[0] == '\0';
    nulls[EXAMPLE_MESSAGE] = example->message[0] == '\0';
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* rdf_policy_shadow_examples() → the last data on which shadows and active versions differed */
Datum
rdf_policy_shadow_examples(PG_FUNCTION_ARGS)
{
    RpStatsExample *examples = NULL;
    uint32 count;

    InitMaterializedSRF(fcinfo, 0);
    count = rp_stats_read_examples(&examples);
    for (uint32 i = 0; i < count; i++) {
        put_example((ReturnSetInfo *)fcinfo->resultinfo, &examples[i]);
    }
    return (Datum)0;
}

/* rdf_policy_stats_reset() */
Datum
rdf_policy_stats_reset(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    rp_stats_reset(NULL, 0);
    PG_RETURN_VOID();
}

/* Lock the policy's row and see that the version may be its shadow (0: none). False: it is so
 * already. ERROR 42704, 55000, 22023. */
static bool
check_shadow(const RpCatalogWriter *writer, const char *policy, int32 version)
{
    RpParameter parameters[] = {RP_STRING_OF(policy), RP_INTEGER_OF(version)};
    uint64 count = rp_catalog_run(
        writer,
        "SELECT active_version, shadow_version, EXISTS (SELECT FROM @.rdf_catalog_version v"
        "  WHERE v.policy = $1 AND v.version = $2) FROM @.rdf_catalog_policy"
        " WHERE policy = $1 AND NOT is_dropped FOR UPDATE",
        lengthof(parameters), parameters);
    int64 active = count > 0 ? rp_catalog_result_int(0, 1) : 0;

    if (count == 0) {
        rp_policy_raise_unknown(writer->catalog, rp_text_from(policy));
    }
    if (rp_catalog_result_int(0, 2) == version) {
        return false;
    }
    if (version != 0 && !rp_catalog_result_bool(0, 3)) {
        rp_policy_raise_unknown_version(writer->catalog, rp_text_from(policy), version);
    }
    if (version != 0 && active == 0) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("policy \"%s\" is not active", policy),
                        errdetail("A shadow stands beside an active version.")));
    }
    if (version != 0 && active == version) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                 errmsg("version %d of policy \"%s\" is in force already", version, policy)));
    }
    return true;
}

/*
 * Setting a shadow makes a generation, since its image has to be in the block: the generation's row
 * is written last, as by a reload.
 */
static void
write_shadow(const RpCatalogWriter *writer, const char *policy, int32 version)
{
    RpParameter parameters[] = {RP_STRING_OF(policy), RP_INTEGER_OF(version),
                                RP_STRING_OF(GetUserNameFromId(writer->caller, false))};

    rp_catalog_run(writer,
                   "UPDATE @.rdf_catalog_policy SET shadow_version = nullif($2, 0)"
                   " WHERE policy = $1",
                   2, parameters);
    rp_catalog_run(writer,
                   "INSERT INTO @.rdf_catalog_history (happened_at, happened_by, event, policy,"
                   " version, generation, success) SELECT clock_timestamp(), $3, 'shadow', $1,"
                   " nullif($2, 0), number + 1, true FROM @.rdf_catalog_generation",
                   lengthof(parameters), parameters);
    rp_generation_bump(writer, 0);
}

/* rdf_policy_shadow(policy, version) */
Datum
rdf_policy_shadow(PG_FUNCTION_ARGS)
{
    char *policy = rp_argument_policy(fcinfo);
    int32 version = PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1);
    RpCatalogWriter writer;
    bool is_change;

    if (!PG_ARGISNULL(1) && version < 1) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("a version is a number from 1, not %d", version)));
    }
    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    rp_generation_lock(&writer);
    is_change = check_shadow(&writer, policy, version);
    if (is_change) {
        write_shadow(&writer, policy, version);
    }
    rp_catalog_writer_end(&writer);
    if (is_change && version != 0) {
        rp_stats_reset(policy, version);
        if (rp_control_block() == NULL) {
            ereport(WARNING, (errmsg("what the shadow says is not counted"),
                              errhint("Counting needs rdfpolicy in shared_preload_libraries.")));
        }
    }
    PG_RETURN_VOID();
}
