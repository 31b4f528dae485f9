/*
 * A reload, step by step: wait for other reloads (a row lock on the generation, held to the end of
 * the transaction); stage the files that changed; see what is to change; then, in a savepoint:
 * verify signatures, call the before hooks, write the policy rows, and last of all make the new
 * generation; build it, run the policies' unit tests, call the after hooks, write history. A
 * refusal on the way rolls the savepoint back. Publication and notifications wait for the commit
 * (publication.c).
 *
 * Policies were compiled when they were registered: what is done here under the row lock is
 * copying, except for files that changed, which are compiled here.
 */
#include "pg/change/reload.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "portability/instr_time.h"

#include "pg/catalog/generation.h"
#include "pg/catalog/policy_hint.h"
#include "pg/catalog/policy_name.h"
#include "pg/catalog/watch.h"
#include "pg/change/adoption.h"
#include "pg/change/file_binding.h"
#include "pg/change/hook.h"
#include "pg/change/policy_tests.h"
#include "pg/change/stored_image.h"
#include "pg/enforce/proof.h"
#include "pg/server/debug_point.h"
#include "pg/server/savepoint.h"
#include "pg/shared/current_generation.h"
#include "pg/shared/publication.h"

enum { RP_SIGNATURE_SHOWN = 12 /* digits of a signature in the server log */ };

static double
milliseconds_since(instr_time start)
{
    instr_time now;

    INSTR_TIME_SET_CURRENT(now);
    INSTR_TIME_SUBTRACT(now, start);
    return INSTR_TIME_GET_MILLISEC(now);
}

/* Give the reload up: unwinds to rp_reload_run, which knows it by reload->failure. */
static void
refuse(RpReload *reload, int sqlstate, const char *failure)
{
    reload->failure = failure;
    ereport(ERROR, (errcode(sqlstate), errmsg("%s", failure)));
}

/* Read the rows of the last result into reload->rows. Columns as the two statements below have
 * them. */
static void
read_rows(RpReload *reload, MemoryContext context, uint64 count)
{
    reload->rows = MemoryContextAllocZero(context, sizeof(RpReloadRow) * (count + 1));
    reload->row_count = (uint32)count;
    for (uint64 row = 0; row < count; row++) {
        RpReloadRow *entry = &reload->rows[row];

        entry->policy = rp_catalog_result_string(row, 1, context);
        entry->version = (int32)rp_catalog_result_int(row, 2);
        entry->signature = rp_catalog_result_string(row, 3, context);
        entry->shapes = (int32)rp_catalog_result_int(row, 4);
        entry->constraints = (int32)rp_catalog_result_int(row, 5);
        entry->is_changed = rp_catalog_result_bool(row, 6);
        entry->is_redundant = rp_catalog_result_bool(row, 7);
    }
}

/* What a reload would put in force. A staged version equal to the active one changes nothing (the
 * columns are those of rp_is_in_force). */
static const char *const plan_reload =
    "WITH plan AS ("
    " SELECT p.policy, p.active_version, p.staged_version,"
    "  p.staged_version IS NOT NULL AND a.version IS NOT NULL AND NOT s.is_imported AND"
    "   (a.form, a.source, a.base_iri, a.ill_formed, a.subclass_from_shapes,"
    "    a.allow_vacuous, a.require_focus, a.imports, a.context, a.context_signature, a.dropped)"
    "   IS NOT DISTINCT FROM"
    "   (s.form, s.source, s.base_iri, s.ill_formed, s.subclass_from_shapes,"
    "    s.allow_vacuous, s.require_focus, s.imports, s.context, s.context_signature, s.dropped)"
    "   AS is_redundant"
    " FROM @.rdf_catalog_policy p"
    " LEFT JOIN @.rdf_catalog_version a ON a.policy = p.policy AND a.version = p.active_version"
    " LEFT JOIN @.rdf_catalog_version s ON s.policy = p.policy AND s.version = p.staged_version"
    " WHERE NOT p.is_dropped AND (p.policy = $1 OR $1 IS NULL AND"
    "  (p.active_version IS NOT NULL OR p.staged_version IS NOT NULL OR p.file IS NOT NULL))"
    " FOR UPDATE OF p)"
    "SELECT plan.policy, v.version, v.signature, v.shapes, v.constraints,"
    " staged_version IS NOT NULL AND NOT is_redundant, is_redundant"
    " FROM plan LEFT JOIN @.rdf_catalog_version v ON v.policy = plan.policy AND v.version ="
    "  CASE WHEN is_redundant THEN active_version ELSE coalesce(staged_version, active_version) END"
    " ORDER BY plan.policy";

/* The version to roll back to: $2, or the last other one that was in force. */
static const char *const plan_rollback =
    "WITH plan AS ("
    " SELECT p.policy, p.active_version, CASE WHEN $2 > 0 THEN $2 ELSE"
    "  (SELECT h.version FROM @.rdf_catalog_history h"
    "   JOIN @.rdf_catalog_version v ON v.policy = h.policy AND v.version = h.version"
    "   WHERE h.policy = p.policy AND h.success AND h.event IN ('reload', 'rollback')"
    "    AND h.version IS DISTINCT FROM p.active_version ORDER BY h.id DESC LIMIT 1) END AS target"
    " FROM @.rdf_catalog_policy p WHERE NOT p.is_dropped AND p.policy = $1"
    " FOR UPDATE OF p)"
    "SELECT plan.policy, v.version, v.signature, v.shapes, v.constraints,"
    " v.version IS DISTINCT FROM plan.active_version, false"
    " FROM plan LEFT JOIN @.rdf_catalog_version v"
    "  ON v.policy = plan.policy AND v.version = plan.target AND v.was_active";

static bool
is_rollback(const RpReload *reload)
{
    return strcmp(reload->event, "rollback") == 0;
}

/* ERROR 42704, 55000. What never was in force cannot be rolled back to: a reload puts it in force.
 */
static void
check_plan(const RpReload *reload)
{
    if (reload->policy != NULL && reload->row_count == 0) {
        rp_policy_raise_unknown(reload->catalog, rp_text_from(reload->policy));
    }
    if (is_rollback(reload) && reload->rows[0].version == 0) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        reload->rollback_version > 0
                            ? errmsg("policy \"%s\" has no version %d that was in force",
                                     reload->policy, reload->rollback_version)
                            : errmsg("policy \"%s\" has no earlier version", reload->policy),
                        errhint("rdf_policy_versions lists the versions.")));
    }
    if (reload->policy != NULL && reload->rows[0].version == 0 && reload->failure == NULL) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("policy \"%s\" has no version to put in force", reload->policy),
                        errhint("Register one with rdf_policy_register().")));
    }
}

/* Wait for other reloads, and have the tables watched again. Returns whether they were. */
static bool
wait_for_turn(RpReload *reload)
{
    RpCatalogWriter writer;
    bool was_watched;

    rp_catalog_writer_begin(&writer, reload->catalog);
    reload->generation = rp_generation_lock(&writer);
    RP_DEBUG_POINT("reload");
    was_watched = rp_catalog_is_watched(reload->catalog);
    if (!was_watched) {
        rp_catalog_watch(&writer);
    }
    rp_catalog_writer_end(&writer);
    return was_watched;
}

/* Write back what was compiled anew for the generation in force. */
static void
renew_stored_images(const RpReload *reload)
{
    RpGenerationAnswer answer;

    PushActiveSnapshot(GetTransactionSnapshot());
    rp_current_generation(reload->catalog, &answer);
    rp_stored_images_renew(reload->catalog, answer.mapping);
    PopActiveSnapshot();
}

/* Where nothing is staged, the rows may still say something else than is in force. */
static void
adopt_rows(RpReload *reload, bool was_watched)
{
    RpAdoption adoption;

    rp_adopt_rows(reload->catalog, !was_watched, &adoption);
    if (adoption.generation != 0) {
        reload->generation = adoption.generation;
    }
    for (uint32 i = 0; i < reload->row_count; i++) {
        for (uint32 d = 0; d < adoption.difference_count; d++) {
            reload->rows[i].is_changed |= rp_text_equals(adoption.differences[d].policy,
                                                         rp_text_from(reload->rows[i].policy));
        }
    }
}

/* See what is to be done. */
static void
plan(RpReload *reload)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameters[] = {reload->policy == NULL ? RP_NULL_OF(TEXTOID)
                                                       : RP_STRING_OF(reload->policy),
                                RP_INTEGER_OF(reload->rollback_version)};
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, reload->catalog);
    count = rp_catalog_run(&writer, is_rollback(reload) ? plan_rollback : plan_reload,
                           is_rollback(reload) ? 2 : 1, parameters);
    read_rows(reload, context, count);
    rp_catalog_writer_end(&writer);
    check_plan(reload);
}

static bool
has_changes(const RpReload *reload)
{
    for (uint32 i = 0; i < reload->row_count; i++) {
        if (reload->rows[i].is_changed) {
            return true;
        }
    }
    return false;
}

/* What is staged and the same as what is in force goes. */
static void
discard_redundant(const RpReload *reload)
{
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, reload->catalog);
    for (uint32 i = 0; i < reload->row_count; i++) {
        RpParameter policy = RP_STRING_OF(reload->rows[i].policy);

        if (reload->rows[i].is_redundant) {
            rp_catalog_run(
                &writer,
                "DELETE FROM @.rdf_catalog_version v USING @.rdf_catalog_policy p"
                " WHERE p.policy = $1 AND v.policy = p.policy AND v.version = p.staged_version",
                1, &policy);
            rp_catalog_run(
                &writer,
                "UPDATE @.rdf_catalog_policy SET staged_version = NULL,"
                " shadow_version = nullif(shadow_version, staged_version) WHERE policy = $1",
                1, &policy);
        }
    }
    rp_catalog_writer_end(&writer);
}

/* Recompute the signature of every source that is to be in force. */
static void
verify_signatures(RpReload *reload, MemoryContext context)
{
    RpCatalogWriter writer;
    instr_time start;

    INSTR_TIME_SET_CURRENT(start);
    rp_catalog_writer_begin(&writer, reload->catalog);
    for (uint32 i = 0; i < reload->row_count; i++) {
        const RpReloadRow *row = &reload->rows[i];
        RpParameter parameters[] = {RP_STRING_OF(row->policy), RP_INTEGER_OF(row->version)};

        if (!row->is_changed) {
            continue;
        }
        if (row->version == 0) {
            MemoryContextSwitchTo(context);
            refuse(
                reload, ERRCODE_DATA_CORRUPTED,
                psprintf("the row of the staged version of policy \"%s\" is missing", row->policy));
        }
        rp_catalog_run(&writer,
                       "SELECT encode(sha256(convert_to(source, 'UTF8')), 'hex') = signature"
                       " FROM @.rdf_catalog_version WHERE policy = $1 AND version = $2",
                       lengthof(parameters), parameters);
        if (!rp_catalog_result_bool(0, 1)) {
            MemoryContextSwitchTo(context);
            refuse(reload, ERRCODE_DATA_CORRUPTED,
                   psprintf("the source of policy \"%s\" version %d does not match its signature",
                            row->policy, row->version));
        }
    }
    rp_catalog_writer_end(&writer);
    reload->signature_ms = milliseconds_since(start);
}

/* Call an event's hooks for every changed policy. Returns the failure of a required one, or NULL.
 */
static const char *
call_hooks(RpReload *reload, const char *event)
{
    const char *failure = NULL;
    instr_time start;

    INSTR_TIME_SET_CURRENT(start);
    for (uint32 i = 0; i < reload->row_count && failure == NULL; i++) {
        const RpReloadRow *row = &reload->rows[i];
        RpHookPayload payload = {.policy = row->policy,
                                 .version = row->version,
                                 .generation = reload->generation,
                                 .signature = row->signature,
                                 .error = reload->failure};

        if (row->is_changed) {
            failure = rp_hooks_call(reload->catalog, event, &payload);
        }
    }
    reload->callback_ms += milliseconds_since(start);
    return failure;
}

static void
call_hooks_that_may_veto(RpReload *reload, const char *event)
{
    const char *failure = call_hooks(reload, event);

    if (failure != NULL) {
        refuse(reload, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
               psprintf("vetoed by a required hook: %s", failure));
    }
}

/* Write the policy rows, and make the new generation last. */
static void
write_policies(RpReload *reload)
{
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, reload->catalog);
    for (uint32 i = 0; i < reload->row_count; i++) {
        const RpReloadRow *row = &reload->rows[i];
        RpParameter parameters[] = {RP_STRING_OF(row->policy), RP_INTEGER_OF(row->version),
                                    RP_BIGINT_OF(reload->generation)};

        if (!row->is_changed) {
            continue;
        }
        rp_catalog_run(&writer,
                       "UPDATE @.rdf_catalog_policy SET active_version = $2,"
                       " staged_version = nullif(staged_version, $2),"
                       " shadow_version = nullif(shadow_version, $2), generation = $3,"
                       " activated_at = clock_timestamp() WHERE policy = $1",
                       lengthof(parameters), parameters);
        rp_catalog_run(&writer,
                       "UPDATE @.rdf_catalog_version SET was_active = true"
                       " WHERE policy = $1 AND version = $2 AND NOT was_active",
                       2, parameters);
    }
    reload->generation = rp_generation_bump(&writer, 0);
    rp_catalog_writer_end(&writer);
}

/* Build what was written, and see that the changed policies are sound. The mapping is the pending
 * publication's. */
static const RpMapping *
build_generation(RpReload *reload)
{
    RpMapping *mapping;
    instr_time start;

    INSTR_TIME_SET_CURRENT(start);
    RP_DEBUG_POINT("build");
    CommandCounterIncrement();
    PushActiveSnapshot(GetTransactionSnapshot());
    mapping = rp_own_generation(reload->catalog);
    PopActiveSnapshot();
    rp_publication_add_mapping(mapping);
    for (uint32 i = 0; i < reload->row_count; i++) {
        const RpReloadRow *row = &reload->rows[i];
        const RpDirectoryEntry *entry =
            rp_directory_find(mapping->directory, rp_text_from(row->policy), row->version);

        if (row->is_changed && entry != NULL && (entry->flags & RP_DIRECTORY_BROKEN)) {
            RpText message =
                rp_directory_text(mapping->directory, entry->message_offset, entry->message_length);

            refuse(reload, ERRCODE_DATA_CORRUPTED,
                   psprintf("policy \"%s\" version %d: %.*s", row->policy, row->version,
                            (int)message.length, message.data));
        }
    }
    rp_stored_images_renew(reload->catalog, mapping);
    reload->compile_ms = milliseconds_since(start);
    return mapping;
}

/* Have every changed policy pass its unit tests. A rollback is not tested: what it brings back was
 * in force, and the way back must be open. */
static void
run_tests(RpReload *reload, const RpMapping *mapping)
{
    for (uint32 i = 0; i < reload->row_count; i++) {
        const RpReloadRow *row = &reload->rows[i];
        RpPolicyUse use = {.policy = rp_text_from(row->policy), .version = row->version};
        const RpDirectoryEntry *entry =
            rp_directory_find(mapping->directory, use.policy, use.version);
        const char *failure = NULL;

        if (row->is_changed && entry != NULL) {
            use.image = rp_mapping_image(mapping, entry);
            use.reading = rp_reading_of_entry(mapping->directory, entry, false);
            failure = rp_policy_tests_run(reload->catalog, &use);
        }
        if (failure != NULL) {
            refuse(reload, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, failure);
        }
    }
}

/* Have the graphs that a changed policy is enforced on proven, or say that they are no more. */
static void
renew_proofs(RpReload *reload)
{
    bool is_needed = rp_enforcement_is_anywhere(reload->catalog);

    for (uint32 i = 0; is_needed && i < reload->row_count; i++) {
        const RpReloadRow *row = &reload->rows[i];
        const char *failure = NULL;

        if (row->is_changed) {
            failure =
                rp_proof_renew(reload->catalog, row->policy, row->version, reload->must_prove);
        }
        if (failure != NULL) {
            refuse(reload, ERRCODE_CHECK_VIOLATION, failure);
        }
    }
}

static void
write_history(const RpReload *reload)
{
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, reload->catalog);
    for (uint32 i = 0; i < reload->row_count; i++) {
        const RpReloadRow *row = &reload->rows[i];
        RpParameter parameters[] = {
            RP_STRING_OF(GetUserNameFromId(writer.caller, false)),
            RP_STRING_OF(reload->event),
            RP_STRING_OF(row->policy),
            row->version == 0 ? RP_NULL_OF(INT4OID) : RP_INTEGER_OF(row->version),
            RP_BIGINT_OF(reload->generation),
            RP_BOOLEAN_OF(reload->failure == NULL),
            row->signature == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(row->signature),
            RP_DOUBLE_OF(reload->duration_ms),
            reload->failure == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(reload->failure)};

        if (row->is_changed) {
            rp_catalog_run(
                &writer,
                "INSERT INTO @.rdf_catalog_history (happened_at, happened_by, event, policy,"
                " version, generation, success, signature, duration_ms, error)"
                " VALUES (clock_timestamp(), $1, $2, $3, $4, $5, $6, $7, $8, $9)",
                lengthof(parameters), parameters);
        }
    }
    rp_catalog_writer_end(&writer);
}

/* What other backends' applications and the server log are told at commit. */
static void
add_notices(const RpReload *reload)
{
    for (uint32 i = 0; i < reload->row_count; i++) {
        const RpReloadRow *row = &reload->rows[i];
        RpHookPayload payload = {.policy = row->policy,
                                 .version = row->version,
                                 .generation = reload->generation,
                                 .signature = row->signature};

        if (row->is_changed) {
            rp_publication_add_notice(
                rp_hook_payload_json(&payload, reload->event),
                psprintf("rdfpolicy: %s: policy \"%s\" version %d is in force as "
                         "generation " INT64_FORMAT ", signature %.*s, %.1f ms",
                         reload->event, row->policy, row->version, reload->generation,
                         RP_SIGNATURE_SHOWN, row->signature, reload->duration_ms));
        }
    }
}

typedef struct RpAttempt {
    RpReload *reload;
    MemoryContext context; /* what outlives the savepoint */
    instr_time start;
} RpAttempt;

/* The part of a reload that a refusal undoes. */
static void
attempt(void *argument)
{
    RpAttempt *attempt = argument;
    RpReload *reload = attempt->reload;
    int64 old_generation = reload->generation;
    const RpMapping *mapping;

    verify_signatures(reload, attempt->context);
    reload->generation = old_generation + 1;
    call_hooks_that_may_veto(reload, "before_reload");
    write_policies(reload);
    mapping = build_generation(reload);
    if (!is_rollback(reload)) {
        run_tests(reload, mapping);
    }
    renew_proofs(reload);
    call_hooks_that_may_veto(reload, "after_reload");
    reload->duration_ms = milliseconds_since(attempt->start);
    write_history(reload);
    add_notices(reload);
}

/* Stage what the files hold that have changed. Returns the refusal of one of them, or NULL. */
static ErrorData *
stage_files(RpReload *reload)
{
    RpFileStaging files = {.catalog = reload->catalog, .policy = reload->policy};
    ErrorData *error = rp_files_stage_changed(&files);

    reload->refused_policy = error == NULL ? NULL : files.refused->policy;
    reload->failure = files.refusal;
    return error;
}

/* The row of the policy whose file cannot be used has nothing to put in force. */
static void
mark_refused_row(RpReload *reload)
{
    for (uint32 i = 0; i < reload->row_count; i++) {
        RpReloadRow *row = &reload->rows[i];

        if (strcmp(row->policy, reload->refused_policy) == 0) {
            *row = (RpReloadRow){.policy = row->policy, .is_changed = true};
        }
    }
}

/* Tell of a refusal: everything is as it was before. */
static void
report_failure(RpReload *reload, ErrorData *error)
{
    if (reload->must_succeed) {
        ereport(ERROR, (errcode(error->sqlerrcode),
                        errmsg("%s was refused: %s", reload->event, reload->failure),
                        errdetail("The policies in force are unchanged.")));
    }
    (void)call_hooks(reload, "on_error");
    write_history(reload);
    ereport(LOG, (errmsg("rdfpolicy: %s was refused: %s", reload->event, reload->failure)));
    ereport(WARNING, (errcode(error->sqlerrcode),
                      errmsg("%s was refused: %s", reload->event, reload->failure),
                      errdetail("The policies in force are unchanged.")));
}

/* What the attempt refuses is undone with its savepoint, and told by the rows; any other error is
 * raised. */
void
rp_reload_run(RpReload *reload)
{
    RpAttempt state = {.reload = reload, .context = CurrentMemoryContext};
    ErrorData *error = NULL;
    int64 old_generation;
    bool was_watched;

    INSTR_TIME_SET_CURRENT(state.start);
    rp_hooks_refuse_within();
    was_watched = wait_for_turn(reload);
    old_generation = reload->generation;
    if (!is_rollback(reload)) {
        error = stage_files(reload);
    }
    plan(reload);
    if (error != NULL) {
        mark_refused_row(reload);
    } else {
        discard_redundant(reload);
    }
    if (error == NULL && has_changes(reload)) {
        error = rp_savepoint_run(attempt, &state);
        if (error != NULL && reload->failure == NULL) {
            ReThrowError(error);
        }
    } else if (error == NULL) {
        adopt_rows(reload, was_watched);
        renew_stored_images(reload);
    }
    if (error != NULL) {
        reload->generation = old_generation;
        reload->duration_ms = milliseconds_since(state.start);
        report_failure(reload, error);
        if (!was_watched) {
            adopt_rows(reload, was_watched); /* now, since the next reload will not know */
        }
    }
    reload->duration_ms = milliseconds_since(state.start);
}
