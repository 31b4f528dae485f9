/* The SQL functions about policies' files: rdf_policy_register_file, and what the view
 * rdf_policy_files shows. */
#include "pg/pg.h"

#include "pg/catalog/policy_name.h"
#include "pg/change/file_binding.h"
#include "pg/change/staging.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_policy_register_file);
PG_FUNCTION_INFO_V1(rdf_catalog_files);

enum { FILE_COLUMN_COUNT = 7 };

/* rdf_policy_register_file(policy, file, base_iri, ill_formed, subclass_from_shapes, imports,
 * require_focus, allow_vacuous, context, dropped) → version */
Datum
rdf_policy_register_file(PG_FUNCTION_ARGS)
{
    const char *policy = rp_argument_policy(fcinfo);
    RpSource options = {.is_rules = false};
    const char *name;
    RpPolicyFile file;
    int32 version;

    rp_argument_options(fcinfo, 2, &options);
    rp_argument_require(fcinfo, 1, "file");
    name = text_to_cstring(PG_GETARG_TEXT_PP(1));
    rp_policy_file_name_check(name);
    rp_policy_file_read(name, &file);
    if (file.outcome != RP_POLICY_FILE_READ) {
        RpShown shown;

        ereport(ERROR, (errcode(file.sqlstate),
                        errmsg("policy file \"%s\" cannot be used: %s",
                               rp_text_show(rp_text_from(name), &shown), file.problem),
                        errhint("The files are those of rdfpolicy.policy_directory.")));
    }
    version =
        rp_stage_file(rp_catalog_of_function(fcinfo->flinfo->fn_oid), policy, &file, &options);
    rp_staging_notice(policy, version);
    PG_RETURN_INT32(version);
}

/* What a reload would find in a file that has changed: NULL, or why it would be refused. */
static const char *
compile_problem(const RpPolicyFile *file, const RpSource *options, RpError *error)
{
    MemoryContext context = rp_bridge_context();
    RpSource source = rp_file_source(file, options);
    RpStatus status;
    RpText bytes;

    status = rp_compile(rp_bridge_work_arena(context, 0), &source, false, &bytes, error);
    MemoryContextDelete(context);
    if (status == RP_OUT_OF_MEMORY || status == RP_INTERRUPTED) {
        rp_bridge_raise(error);
    }
    if (status == RP_OK) {
        *error = (RpError){.status = RP_OK}; /* what is left out has set it */
        return NULL;
    }
    return error->message;
}

static void
put_text(Datum *value, bool *is_null, const char *text)
{
    *is_null = text == NULL;
    if (text != NULL) {
        *value = CStringGetTextDatum(text);
    }
}

static void
put_number(Datum *value, bool *is_null, uint32 number)
{
    *value = Int32GetDatum((int32)number);
    *is_null = number == 0;
}

/* Reads the file now, without a lock on anything: what the next reload will find may be another. */
static void
put_file(ReturnSetInfo *result, const RpFileBinding *binding)
{
    static const char *const states[] = {[RP_POLICY_FILE_READ] = "changed",
                                         [RP_POLICY_FILE_MISSING] = "missing",
                                         [RP_POLICY_FILE_REFUSED] = "error"};
    Datum values[FILE_COLUMN_COUNT] = {0};
    bool nulls[FILE_COLUMN_COUNT] = {false};
    RpError error = {.status = RP_OK};
    const char *problem;
    const char *state;
    RpPolicyFile file;

    rp_policy_file_read(binding->file, &file);
    state = states[file.outcome];
    problem = file.problem;
    error.line = file.line;
    if (file.outcome == RP_POLICY_FILE_READ && strcmp(file.signature, binding->signature) == 0) {
        state = "unchanged";
    } else if (file.outcome == RP_POLICY_FILE_READ) {
        problem = compile_problem(&file, &binding->options, &error);
        state = problem == NULL ? state : "error";
    }
    put_text(&values[0], &nulls[0], binding->policy);
    put_text(&values[1], &nulls[1], binding->file);
    put_text(&values[2], &nulls[2], state);
    put_text(&values[3], &nulls[3], file.signature);
    put_text(&values[4], &nulls[4], problem);
    put_number(&values[5], &nulls[5], error.line);
    put_number(&values[6], &nulls[6], error.column);
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* rdf_catalog_files() → a row for each policy that is bound to a file */
Datum
rdf_catalog_files(PG_FUNCTION_ARGS)
{
    RpFileBinding *bindings;
    uint32 count;

    InitMaterializedSRF(fcinfo, 0);
    count = rp_file_bindings(rp_catalog_of_function(fcinfo->flinfo->fn_oid), NULL, &bindings);
    for (uint32 i = 0; i < count; i++) {
        MemoryContext context = rp_bridge_context();
        MemoryContext caller = MemoryContextSwitchTo(context);

        put_file((ReturnSetInfo *)fcinfo->resultinfo, &bindings[i]);
        MemoryContextSwitchTo(caller);
        MemoryContextDelete(context);
    }
    return (Datum)0;
}
