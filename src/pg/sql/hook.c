/* The SQL functions that register hooks: rdf_policy_add_hook and rdf_policy_drop_hook. */
#include "pg/pg.h"

#include "catalog/pg_proc.h"
#include "executor/spi.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"

#include "pg/server/bridge.h"
#include "pg/judge/call_arguments.h"
#include "pg/catalog/catalog_writer.h"
#include "pg/change/hook.h"
#include "pg/catalog/policy_name.h"

PG_FUNCTION_INFO_V1(rdf_policy_add_hook);
PG_FUNCTION_INFO_V1(rdf_policy_drop_hook);

static char *
event_argument(FunctionCallInfo fcinfo)
{
    char *event;

    rp_argument_require(fcinfo, 1, "event");
    event = text_to_cstring(PG_GETARG_TEXT_PP(1));
    if (strcmp(event, "before_reload") != 0 && strcmp(event, "after_reload") != 0 &&
        strcmp(event, "on_error") != 0) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("there is no event \"%s\"", event),
                        errhint("Events are before_reload, after_reload and on_error.")));
    }
    return event;
}

/* The hook as schema.name, quoted: a function of one jsonb that the caller may execute. */
static char *
hook_argument(FunctionCallInfo fcinfo)
{
    Oid function;
    Oid *argument_types;
    int argument_count;

    rp_argument_require(fcinfo, 2, "hook");
    function = PG_GETARG_OID(2);
    if (get_func_name(function) == NULL) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_FUNCTION),
                        errmsg("function with OID %u does not exist", function)));
    }
    (void)get_func_signature(function, &argument_types, &argument_count);
    if (argument_count != 1 || argument_types[0] != JSONBOID ||
        get_func_prokind(function) != PROKIND_FUNCTION) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("%s cannot be a hook", format_procedure(function)),
                        errdetail("A hook is a function of one jsonb.")));
    }
    if (RP_EXECUTE_ACL(function, GetUserId()) != ACLCHECK_OK) {
        aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_FUNCTION, get_func_name(function));
    }
    return quote_qualified_identifier(get_namespace_name(get_func_namespace(function)),
                                      get_func_name(function));
}

/* rdf_policy_add_hook(policy, event, hook, required) → id */
Datum
rdf_policy_add_hook(PG_FUNCTION_ARGS)
{
    char *event = event_argument(fcinfo);
    char *hook = hook_argument(fcinfo);
    RpParameter parameters[5] = {RP_NULL_OF(TEXTOID), RP_STRING_OF(event), RP_STRING_OF(hook)};
    RpCatalogWriter writer;
    int32 id;

    rp_argument_require(fcinfo, 3, "required");
    if (!PG_ARGISNULL(0)) {
        rp_policy_name_check(rp_text_of(PG_GETARG_TEXT_PP(0)));
        parameters[0] = RP_TEXT_OF(rp_text_of(PG_GETARG_TEXT_PP(0)));
    }
    parameters[3] = RP_BOOLEAN_OF(PG_GETARG_BOOL(3));
    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    parameters[4] = RP_STRING_OF(GetUserNameFromId(writer.caller, false));
    rp_catalog_run(
        &writer,
        "INSERT INTO @.rdf_catalog_hook (policy, event, hook, is_required, registered_by,"
        " registered_at) VALUES ($1, $2, $3, $4, $5, clock_timestamp()) RETURNING id",
        lengthof(parameters), parameters);
    id = (int32)rp_catalog_result_int(0, 1);
    rp_catalog_writer_end(&writer);
    PG_RETURN_INT32(id);
}

/* rdf_policy_drop_hook(id) → whether there was such a hook */
Datum
rdf_policy_drop_hook(PG_FUNCTION_ARGS)
{
    RpParameter id = RP_INTEGER_OF(PG_GETARG_INT32(0));
    RpCatalogWriter writer;
    uint64 count;

    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    count = rp_catalog_run(&writer, "DELETE FROM @.rdf_catalog_hook WHERE id = $1", 1, &id);
    rp_catalog_writer_end(&writer);
    PG_RETURN_BOOL(count > 0);
}
