/*
 * Calling hooks. Each runs in a savepoint of its own inside the reloading transaction, as the role
 * that registered it and security- restricted, so that neither the hook gains the reloader's rights
 * nor the reloader the registrar's. No lock of ours is held but the reload's row lock on the
 * generation.
 */
#include "pg/pg.h"

#include "executor/spi.h"
#include "utils/acl.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/timestamp.h"

#include "pg/change/hook.h"
#include "pg/server/savepoint.h"

static bool is_within_hook = false;

typedef struct RpHook {
    char *function; /* schema-qualified and quoted */
    char *role;
    bool is_required;
} RpHook;

void
rp_hooks_refuse_within(void)
{
    if (is_within_hook) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_IN_USE),
                        errmsg("policies cannot be changed from within a hook")));
    }
}

static void
append_member(StringInfo json, const char *name, const char *string)
{
    appendStringInfo(json, ", \"%s\": ", name);
    if (string == NULL) {
        appendStringInfoString(json, "null");
    } else {
        escape_json(json, string);
    }
}

char *
rp_hook_payload_json(const RpHookPayload *payload, const char *event)
{
    char timestamp[MAXDATELEN + 1];
    StringInfoData json;

    JsonEncodeDateTime(timestamp, TimestampTzGetDatum(GetCurrentTimestamp()), TIMESTAMPTZOID, NULL);
    initStringInfo(&json);
    appendStringInfoChar(&json, '{');
    if (event != NULL) {
        appendStringInfo(&json, "\"event\": \"%s\", ", event);
    }
    appendStringInfoString(&json, "\"policy\": ");
    escape_json(&json, payload->policy);
    appendStringInfo(&json, ", \"version\": %s, \"generation\": " INT64_FORMAT,
                     payload->version == 0 ? "null" : psprintf("%d", payload->version),
                     payload->generation);
    append_member(&json, "signature", payload->signature);
    append_member(&json, "timestamp", timestamp);
    append_member(&json, "error", payload->error);
    appendStringInfoChar(&json, '}');
    return json.data;
}

/* The hooks of an event for a policy, in the caller's memory context. */
static List *
read_hooks(const RpCatalog *catalog, const char *event, const char *policy)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameters[] = {RP_STRING_OF(event), RP_STRING_OF(policy)};
    RpCatalogWriter writer;
    List *hooks = NIL;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(&writer,
                           "SELECT hook, registered_by, is_required FROM @.rdf_catalog_hook"
                           " WHERE event = $1 AND (policy IS NULL OR policy = $2) ORDER BY id",
                           lengthof(parameters), parameters);
    for (uint64 row = 0; row < count; row++) {
        RpHook *hook = MemoryContextAlloc(context, sizeof(RpHook));
        MemoryContext caller = MemoryContextSwitchTo(context);

        hook->function = rp_catalog_result_string(row, 1, context);
        hook->role = rp_catalog_result_string(row, 2, context);
        hook->is_required = rp_catalog_result_bool(row, 3);
        hooks = lappend(hooks, hook);
        MemoryContextSwitchTo(caller);
    }
    rp_catalog_writer_end(&writer);
    return hooks;
}

typedef struct RpHookCall {
    const RpHook *hook;
    const char *payload;
} RpHookCall;

/* Call one hook as its registrar. Raises what the hook raises. */
static void
call_hook(void *argument)
{
    const RpHookCall *call = argument;
    Oid types[] = {JSONBOID};
    Datum values[] = {DirectFunctionCall1(jsonb_in, CStringGetDatum(call->payload))};
    char *statement = psprintf("SELECT %s($1)", call->hook->function);
    int result;

    SetUserIdAndSecContext(get_role_oid(call->hook->role, false),
                           SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
    SPI_connect();
    result = SPI_execute_with_args(statement, 1, types, values, NULL, false, 0);
    if (result < 0) {
        elog(ERROR, "SPI_execute_with_args failed: %s", SPI_result_code_string(result));
    }
    SPI_finish();
}

/* Call one hook in a savepoint. Returns the message of its failure, or NULL. */
static const char *
try_hook(const RpHook *hook, const char *payload)
{
    RpHookCall call = {.hook = hook, .payload = payload};
    ErrorData *error;

    is_within_hook = true;
    error = rp_savepoint_run(call_hook, &call);
    is_within_hook = false;
    if (error == NULL) {
        return NULL;
    }
    if (!rp_error_is_local(error)) {
        ReThrowError(error);
    }
    return error->message;
}

const char *
rp_hooks_call(const RpCatalog *catalog, const char *event, const RpHookPayload *payload)
{
    List *hooks = read_hooks(catalog, event, payload->policy);
    char *json = hooks == NIL ? NULL : rp_hook_payload_json(payload, NULL);
    ListCell *cell;

    foreach (cell, hooks) {
        const RpHook *hook = lfirst(cell);
        const char *failure = try_hook(hook, json);

        if (failure != NULL) {
            ereport(WARNING, (errmsg("hook %s of policy \"%s\" failed: %s", hook->function,
                                     payload->policy, failure)));
            if (hook->is_required) {
                return psprintf("hook %s failed: %s", hook->function, failure);
            }
        }
    }
    return NULL;
}
