/*
 * Calling hooks. Each runs in a savepoint of its own inside the reloading transaction, so that
 * neither side gains what is the other's: as the role that registered it and security-restricted,
 * under a search_path that is not the reloader's, and with a level of settings that ends with it.
 * No lock of ours is held but the reload's row lock on the generation.
 */
#include "pg/change/hook.h"

#include "miscadmin.h"
#include "access/xact.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_proc.h"
#include "parser/parse_func.h"
#include "storage/proc.h"
#include "utils/acl.h"
#include "utils/datetime.h"
#include "utils/guc.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/portal.h"
#include "utils/regproc.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/varlena.h"

#include "pg/server/guc.h"
#include "pg/server/savepoint.h"

typedef struct RpHook {
    char *name; /* of the function: schema-qualified and quoted */
    Oid registrar;
    bool is_required;
} RpHook;

/* The savepoint of the hook that was called last. It is over when the server says so: there is
 * nothing to reset, whichever way a hook ends. */
static LocalTransactionId last_transaction = InvalidLocalTransactionId;
static SubTransactionId last_savepoint = InvalidSubTransactionId;

static void
mark_within_hook(void)
{
    last_transaction = RP_MY_LXID;
    last_savepoint = GetCurrentSubTransactionId();
}

void
rp_hooks_refuse_within(void)
{
    if (last_transaction == RP_MY_LXID && SubTransactionIsActive(last_savepoint)) {
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

/*
 * By hand, in text: it is a NOTIFY's payload as well, and its members keep the order in which
 * doc/sql.md has them.
 */
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
    count = rp_catalog_run(
        &writer,
        "SELECT hook, registered_by::oid::bigint, is_required FROM @.rdf_catalog_hook"
        " WHERE event = $1 AND (policy IS NULL OR policy = $2) ORDER BY id",
        lengthof(parameters), parameters);
    for (uint64 row = 0; row < count; row++) {
        RpHook *hook = MemoryContextAlloc(context, sizeof(RpHook));
        MemoryContext caller = MemoryContextSwitchTo(context);

        hook->name = rp_catalog_result_string(row, 1, context);
        hook->registrar = (Oid)rp_catalog_result_int(row, 2);
        hook->is_required = rp_catalog_result_bool(row, 3);
        hooks = lappend(hooks, hook);
        MemoryContextSwitchTo(caller);
    }
    rp_catalog_writer_end(&writer);
    return hooks;
}

/*
 * The owner decides what the function does, the registrar with whose rights: so the owner must be
 * the registrar, or one who could take his rights anyway. Asked when it is registered and before
 * each call, since owners and rights change.
 */
void
rp_hook_check(Oid function, Oid registrar)
{
    HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
    Form_pg_proc row;

    if (!HeapTupleIsValid(tuple)) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_FUNCTION),
                        errmsg("function with OID %u does not exist", function)));
    }
    row = (Form_pg_proc)GETSTRUCT(tuple);
    if (row->pronargs != 1 || row->proargtypes.values[0] != JSONBOID ||
        row->prokind != PROKIND_FUNCTION || row->proretset) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("%s cannot be a hook", format_procedure_qualified(function)),
                        errdetail("A hook is a function of one jsonb that returns no set.")));
    }
    if (row->proowner != registrar && !superuser_arg(row->proowner)) {
        ereport(ERROR,
                (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                 errmsg("%s cannot be a hook of role \"%s\": it belongs to role \"%s\"",
                        format_procedure_qualified(function), GetUserNameFromId(registrar, false),
                        GetUserNameFromId(row->proowner, true)),
                 errdetail("A hook runs with the rights of the role that registered it, and does "
                           "what its owner has it do: that is the same role or a superuser."),
                 errhint("ALTER FUNCTION ... OWNER TO changes the owner.")));
    }
    ReleaseSysCache(tuple);
    if (RP_EXECUTE_ACL(function, registrar) != ACLCHECK_OK) {
        aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_FUNCTION, get_func_name(function));
    }
}

/* Go on as the registrar. ERROR 42704 where there is no such role any more. */
static void
become_registrar(const RpHook *hook)
{
    if (!SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(hook->registrar))) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("the role that registered it, OID %u, does not exist any more",
                               hook->registrar)));
    }
    SetUserIdAndSecContext(hook->registrar,
                           SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
}

/* The function that bears the hook's name now. */
static Oid
find_function(const RpHook *hook)
{
    static const Oid types[] = {JSONBOID};
    Oid function = LookupFuncName(textToQualifiedNameList(cstring_to_text(hook->name)),
                                  lengthof(types), types, true);

    if (!OidIsValid(function)) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_FUNCTION),
                        errmsg("function %s(jsonb) does not exist", hook->name)));
    }
    return function;
}

char *
rp_hook_search_path(Oid function)
{
    char *schema = get_namespace_name(get_func_namespace(function));

    return psprintf("pg_catalog, %s, pg_temp", quote_identifier(schema));
}

/* Call it by its OID: what was checked is what runs. */
static void
run_function(Oid function, const char *payload)
{
    FmgrInfo info;
    LOCAL_FCINFO(call, 1);

    InvokeFunctionExecuteHook(function);
    fmgr_info(function, &info);
    InitFunctionCallInfoData(*call, &info, 1, InvalidOid, NULL, NULL);
    call->args[0].value = DirectFunctionCall1(jsonb_in, CStringGetDatum(payload));
    call->args[0].isnull = false;
    CommandCounterIncrement();
    PushActiveSnapshot(GetTransactionSnapshot());
    (void)FunctionCallInvoke(call);
    PopActiveSnapshot();
}

/*
 * Close the cursors that the hook leaves open. In plpgsql it can close those of whoever reloads,
 * and open its own by their names: the next FETCH would run its query in the reloader's name.
 */
static void
close_cursors(const RpCatalog *catalog)
{
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(&writer, "SELECT name FROM pg_cursors", 0, NULL);
    for (uint64 row = 0; row < count; row++) {
        Portal cursor = GetPortalByName(rp_catalog_result_string(row, 1, CurrentMemoryContext));

        if (PortalIsValid(cursor) && cursor->createSubid == GetCurrentSubTransactionId()) {
            PortalDrop(cursor, false);
        }
    }
    rp_catalog_writer_end(&writer);
}

typedef struct RpHookCall {
    const RpCatalog *catalog;
    const RpHook *hook;
    const char *payload;
} RpHookCall;

/* The savepoint's work. Raises what the hook raises; then its abort undoes the settings and the
 * role as well. */
static void
call_hook(void *argument)
{
    const RpHookCall *call = argument;
    int setting_level = NewGUCNestLevel();
    Oid function;

    mark_within_hook();
    become_registrar(call->hook);
    function = find_function(call->hook);
    rp_hook_check(function, call->hook->registrar);
    rp_guc_set_for_level("search_path", rp_hook_search_path(function));
    run_function(function, call->payload);
    close_cursors(call->catalog);
    AtEOXact_GUC(false, setting_level);
}

/* Call one hook in a savepoint. Returns the message of its failure, or NULL. */
static const char *
try_hook(const RpCatalog *catalog, const RpHook *hook, const char *payload)
{
    RpHookCall call = {.catalog = catalog, .hook = hook, .payload = payload};
    ErrorData *error = rp_savepoint_run(call_hook, &call);

    if (error == NULL) {
        return NULL;
    }
    if (!rp_error_is_local(error)) {
        ReThrowError(error);
    }
    return error->message;
}

/*
 * Hooks see what earlier ones wrote, as they are in one transaction. The list is read before the
 * first is called, so no hook can add to it.
 */
const char *
rp_hooks_call(const RpCatalog *catalog, const char *event, const RpHookPayload *payload)
{
    List *hooks = read_hooks(catalog, event, payload->policy);
    char *json = hooks == NIL ? NULL : rp_hook_payload_json(payload, NULL);
    ListCell *cell;

    foreach (cell, hooks) {
        const RpHook *hook = lfirst(cell);
        const char *failure = try_hook(catalog, hook, json);

        if (failure != NULL) {
            ereport(WARNING, (errmsg("hook %s of policy \"%s\" failed: %s", hook->name,
                                     payload->policy, failure)));
            if (hook->is_required) {
                return psprintf("hook %s failed: %s", hook->name, failure);
            }
        }
    }
    return NULL;
}
