/* rdf_policy_diff: what differs between two versions of a policy. */
#include "pg/pg.h"

#include "image/image_diff.h"
#include "pg/catalog/policy_hint.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/version_row.h"
#include "pg/term/term_type.h"

PG_FUNCTION_INFO_V1(rdf_policy_diff);

enum { RP_DIFF_SCALE = 16 /* memory of a comparison, in largest images */ };

enum { ARGUMENT_FROM = 1, ARGUMENT_TO };

enum {
    COLUMN_SHAPE,
    COLUMN_PATH,
    COLUMN_COMPONENT,
    COLUMN_CHANGE,
    COLUMN_OLD_VALUE,
    COLUMN_NEW_VALUE,
    COLUMN_COUNT
};

static const char *const change_names[] = {[RP_CHANGE_ADDED] = "added",
                                           [RP_CHANGE_REMOVED] = "removed",
                                           [RP_CHANGE_CHANGED] = "changed",
                                           [RP_CHANGE_TIGHTENED] = "tightened",
                                           [RP_CHANGE_LOOSENED] = "loosened"};

/* A version argument; where it is NULL, the given version, which must then be there. */
static int32
version_argument(FunctionCallInfo fcinfo, int n, RpText policy, int32 version, const char *absent)
{
    if (!PG_ARGISNULL(n)) {
        return PG_GETARG_INT32(n);
    }
    if (version == 0) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("policy \"%.*s\" has %s", (int)policy.length, policy.data, absent),
                        errhint("Give the numbers of two versions; rdf_policy_versions lists "
                                "them.")));
    }
    return version;
}

/* Empty is NULL: of no kind of value is an empty text the meaning. */
static void
set_text(Datum *values, bool *nulls, int column, RpText text)
{
    nulls[column] = text.length == 0;
    if (text.length > 0) {
        values[column] = PointerGetDatum(rp_text_datum(text));
    }
}

/* What a change does not have (an added constraint's old value, an option's shape) is NULL. */
static void
put_change(ReturnSetInfo *result, const RpImageChange *change)
{
    Datum values[COLUMN_COUNT] = {0};
    bool nulls[COLUMN_COUNT] = {false};

    nulls[COLUMN_SHAPE] = change->shape.kind == 0;
    if (!nulls[COLUMN_SHAPE]) {
        values[COLUMN_SHAPE] = rp_term_datum(&change->shape);
    }
    values[COLUMN_CHANGE] = CStringGetTextDatum(change_names[change->kind]);
    set_text(values, nulls, COLUMN_PATH, change->path);
    set_text(values, nulls, COLUMN_COMPONENT, change->component);
    set_text(values, nulls, COLUMN_OLD_VALUE, change->old_value);
    set_text(values, nulls, COLUMN_NEW_VALUE, change->new_value);
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* How a version reads documents in JSON-LD. It is there: its image was read. */
static RpDirectoryInput
reading_of(const RpCatalog *catalog, RpText policy, int32 version)
{
    RpDirectoryInput reading = {.version = version};
    RpVersionRow row;

    if (rp_version_row_open(&row, catalog, GetActiveSnapshot(), policy, version)) {
        rp_version_row_reading(&row, &reading);
    }
    rp_version_row_close(&row);
    return reading;
}

/* A context as a value; empty: none. One IRI can have had two texts, so their signatures tell. */
static RpText
context_value(const RpDirectoryInput *reading)
{
    if (reading->context.length == 0) {
        return (RpText){NULL, 0};
    }
    return rp_text_from(psprintf("<%s> (%.12s)", rp_text_cstring(reading->context),
                                 rp_text_cstring(reading->context_signature)));
}

/* The options that are no image's: how documents in JSON-LD are read. */
static void
put_reading_changes(ReturnSetInfo *result, const RpDirectoryInput *from, const RpDirectoryInput *to)
{
    bool was_refused = (from->flags & RP_DIRECTORY_REFUSES_DROPPED) != 0;
    bool is_refused = (to->flags & RP_DIRECTORY_REFUSES_DROPPED) != 0;
    RpImageChange context = {.kind = from->context.length == 0 ? RP_CHANGE_ADDED
                                     : to->context.length == 0 ? RP_CHANGE_REMOVED
                                                               : RP_CHANGE_CHANGED,
                             .component = RP_TEXT("urn:rdfpolicy:Context"),
                             .old_value = context_value(from),
                             .new_value = context_value(to)};
    RpImageChange dropped = {.kind = is_refused ? RP_CHANGE_TIGHTENED : RP_CHANGE_LOOSENED,
                             .component = RP_TEXT("urn:rdfpolicy:Dropped"),
                             .old_value = rp_text_from(was_refused ? "error" : "notice"),
                             .new_value = rp_text_from(is_refused ? "error" : "notice")};

    if (!rp_text_equals(from->context, to->context) ||
        !rp_text_equals(from->context_signature, to->context_signature)) {
        put_change(result, &context);
    }
    if (was_refused != is_refused) {
        put_change(result, &dropped);
    }
}

/* rdf_policy_diff(policy, from_version, to_version) */
Datum
rdf_policy_diff(PG_FUNCTION_ARGS)
{
    MemoryContext caller = CurrentMemoryContext;
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpText policy = rp_text_from(rp_argument_policy(fcinfo));
    Snapshot snapshot = GetActiveSnapshot();
    ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;
    RpDirectoryInput from_reading, to_reading;
    RpPolicyVersions versions;
    int32 from_version, to_version;
    MemoryContext work;
    RpImage from, to;
    RpImageDiff diff;
    RpError error;

    InitMaterializedSRF(fcinfo, 0);
    rp_policy_versions_require(catalog, snapshot, policy, &versions);
    work = rp_bridge_context();
    MemoryContextSwitchTo(work);
    from_version =
        version_argument(fcinfo, ARGUMENT_FROM, policy, versions.active, "no version in force");
    rp_version_image(catalog, snapshot, policy, from_version, &from);
    to_version = version_argument(fcinfo, ARGUMENT_TO, policy, versions.staged, "nothing staged");
    rp_version_image(catalog, snapshot, policy, to_version, &to);
    /* An unnamed shape is written out wherever it is used, which can be more than any image. */
    RP_BRIDGE_TRY(rp_image_diff(&from, &to,
                                rp_bridge_arena(work, (size_t)rp_guc_max_image_size_kb * 1024 *
                                                          RP_DIFF_SCALE),
                                &diff, &error),
                  &error);
    from_reading = reading_of(catalog, policy, from_version);
    to_reading = reading_of(catalog, policy, to_version);
    put_reading_changes(result, &from_reading, &to_reading);
    for (uint32 i = 0; i < diff.count; i++) {
        CHECK_FOR_INTERRUPTS();
        put_change(result, &diff.changes[i]);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return (Datum)0;
}
