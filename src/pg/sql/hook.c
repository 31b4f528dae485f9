/* The SQL functions that register hooks: rdf_policy_add_hook and rdf_policy_drop_hook. */
#include "pg/pg.h"

#include "miscadmin.h"
#include "catalog/namespace.h"
#include "catalog/pg_proc.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/policy_name.h"
#include "pg/change/hook.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_policy_add_hook);
PG_FUNCTION_INFO_V1(rdf_policy_drop_hook);

/* A name that is misspelt would be a hook that never runs, and a veto that never comes. */
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

/*
 * The function must be one that the registrar could call himself, by now; it is asked again each
 * time that it runs. A temporary one would be gone, and its name another's to take.
 */
static Oid
hook_argument(FunctionCallInfo fcinfo)
{
    Oid function;

    rp_argument_require(fcinfo, 2, "hook");
    function = PG_GETARG_OID(2);
    rp_hook_check(function, GetUserId());
    if (isAnyTempNamespace(get_func_namespace(function))) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("%s cannot be a hook", format_procedure(function)),
                        errdetail("It is gone when this session ends.")));
    }
    return function;
}

/* What the function's SET clause says of search_path, or NULL. */
static char *
own_search_path(Oid function)
{
    static const char prefix[] = "search_path=";
    HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
    char *path = NULL;
    Datum *settings;
    Datum value;
    bool is_null;
    int count = 0;

    value = SysCacheGetAttr(PROCOID, tuple, Anum_pg_proc_proconfig, &is_null);
    if (!is_null) {
        deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT, &settings,
                          NULL, &count);
    }
    for (int i = 0; i < count; i++) {
        char *setting = TextDatumGetCString(settings[i]);

        if (pg_strncasecmp(setting, prefix, sizeof(prefix) - 1) == 0) {
            path = setting + sizeof(prefix) - 1;
        }
    }
    ReleaseSysCache(tuple);
    return path;
}

/* Who may create in the schemas, but for superusers and the registrar; NULL: nobody. Whoever owns
 * the database is pg_database_owner's only member. */
static const char *const find_strangers =
    "WITH creators AS ("
    " SELECT n.nspname, n.nspowner AS role FROM pg_namespace n"
    " UNION SELECT n.nspname, a.grantee FROM pg_namespace n, aclexplode(n.nspacl) a"
    "  WHERE a.privilege_type = 'CREATE'"
    "), roles AS ("
    " SELECT c.nspname,"
    "  CASE WHEN c.role = 'pg_database_owner'::regrole::oid THEN d.datdba ELSE c.role END AS role"
    " FROM creators c, pg_database d"
    " WHERE d.datname = current_database() AND c.nspname::text = ANY ($1)"
    "), strangers AS ("
    " SELECT nspname, string_agg(coalesce(r.rolname::text, 'PUBLIC'), ', ' ORDER BY r.rolname) AS "
    "names"
    " FROM roles LEFT JOIN pg_roles r ON r.oid = roles.role"
    " WHERE roles.role <> $2 AND r.rolsuper IS NOT true GROUP BY nspname)"
    "SELECT string_agg(format('%s in schema \"%s\"', names, nspname), '; ' ORDER BY nspname)"
    " FROM strangers";

/* Find them by the elements of a search_path. */
static char *
strangers_of(const RpCatalogWriter *writer, const List *path)
{
    Datum *names = palloc(sizeof(Datum) * (size_t)(list_length(path) + 1));
    RpParameter parameters[] = {{.type = TEXTARRAYOID}, RP_OID_OF(writer->caller)};
    int count = 0;
    ListCell *cell;

    foreach (cell, path) {
        const char *name = lfirst(cell);
        bool is_user = strcmp(name, "$user") == 0;

        names[count++] =
            CStringGetTextDatum(is_user ? GetUserNameFromId(writer->caller, false) : name);
    }
    parameters[0].value =
        PointerGetDatum(construct_array(names, count, TEXTOID, -1, false, TYPALIGN_INT));
    rp_catalog_run(writer, find_strangers, lengthof(parameters), parameters);
    return rp_catalog_result_string(0, 1, CurrentMemoryContext);
}

/* Tell of a hook that has no search_path of its own, or one by which others lead it astray. */
static void
warn_of_search_path(const RpCatalogWriter *writer, Oid function)
{
    char *own = own_search_path(function);
    char *path = own != NULL ? own : rp_hook_search_path(function);
    const char *strangers = NULL;
    bool has_temporary = false; /* where they do no harm: as the last element */
    List *elements;

    if (SplitIdentifierString(pstrdup(path), ',', &elements) && elements != NIL) {
        strangers = strangers_of(writer, elements);
        has_temporary = strcmp(llast(elements), "pg_temp") == 0;
    }
    if (own != NULL && strangers == NULL && has_temporary) {
        return;
    }
    ereport(
        strangers == NULL && has_temporary ? NOTICE : WARNING,
        (own == NULL
             ? errmsg("hook %s has no SET clause for search_path", format_procedure(function))
             : errmsg("the SET clause for search_path of hook %s is not safe",
                      format_procedure(function)),
         errdetail("It runs with search_path = %s.%s%s%s%s", path,
                   strangers == NULL ? "" : " Others can create what it finds: ",
                   strangers == NULL ? "" : strangers, strangers == NULL ? "" : ".",
                   has_temporary ? ""
                                 : " Temporary tables of whoever reloads are found first, "
                                   "since pg_temp does not come last in it."),
         errhint("Give it SET search_path = pg_catalog, pg_temp, and qualify the names of other "
                 "schemas.")));
}

/* Qualified: the type regprocedure would read a bare name by the search_path. */
static char *
function_name(Oid function)
{
    return quote_qualified_identifier(get_namespace_name(get_func_namespace(function)),
                                      get_func_name(function));
}

/* rdf_policy_add_hook(policy, event, hook, required) → id */
Datum
rdf_policy_add_hook(PG_FUNCTION_ARGS)
{
    char *event = event_argument(fcinfo);
    Oid hook = hook_argument(fcinfo);
    RpParameter parameters[5] = {RP_NULL_OF(TEXTOID), RP_STRING_OF(event),
                                 RP_STRING_OF(function_name(hook))};
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
    parameters[4] = (RpParameter){REGROLEOID, ObjectIdGetDatum(writer.caller), false};
    warn_of_search_path(&writer, hook);
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
