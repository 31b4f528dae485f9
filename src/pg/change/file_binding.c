/* Reading and writing the bindings. The tables' ACCESS SHARE locks are those of SQL statements. */
#include "pg/change/file_binding.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/change/staging.h"
#include "pg/server/bridge.h"
#include "pg/server/savepoint.h"

/* The options in a row of rp_file_bindings. */
static RpSource
read_options(uint64 row, MemoryContext context)
{
    char *base_iri = rp_catalog_result_string(row, 4, context);
    char *context_iri = rp_catalog_result_string(row, 10, context);

    return (RpSource){
        .base_iri = base_iri == NULL ? (RpText){NULL, 0} : rp_text_from(base_iri),
        .leaves_out = rp_catalog_result_bool(row, 5),
        .subclass_from_shapes = rp_catalog_result_bool(row, 6),
        .ignores_imports = rp_catalog_result_bool(row, 7),
        .requires_focus = rp_catalog_result_bool(row, 8),
        .allows_vacuous = rp_catalog_result_bool(row, 9),
        .context = context_iri == NULL ? (RpText){NULL, 0} : rp_text_from(context_iri),
        .refuses_dropped = rp_catalog_result_bool(row, 11),
    };
}

/*
 * In order of name, as everything that locks or stages policies goes through them: two that do so
 * at once cannot deadlock.
 */
uint32
rp_file_bindings(const RpCatalog *catalog, const char *policy, RpFileBinding **bindings)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = policy == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(policy);
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(
        &writer,
        "SELECT policy, file, file_signature, file_options->>'base_iri',"
        " file_options->>'ill_formed' = 'warn',"
        " (file_options->'subclass_from_shapes')::boolean,"
        " file_options->>'imports' = 'ignore',"
        " (file_options->'require_focus')::boolean,"
        " (file_options->'allow_vacuous')::boolean,"
        " file_options->>'context', file_options->>'dropped' = 'error' FROM @.rdf_catalog_policy"
        " WHERE file IS NOT NULL AND NOT is_dropped AND (policy = $1 OR $1 IS"
        " NULL) ORDER BY policy",
        1, &parameter);
    *bindings = MemoryContextAlloc(context, sizeof(RpFileBinding) * (count + 1));
    for (uint64 row = 0; row < count; row++) {
        RpFileBinding *binding = &(*bindings)[row];

        binding->policy = rp_catalog_result_string(row, 1, context);
        binding->file = rp_catalog_result_string(row, 2, context);
        binding->signature = rp_catalog_result_string(row, 3, context);
        binding->options = read_options(row, context);
    }
    rp_catalog_writer_end(&writer);
    return (uint32)count;
}

RpSource
rp_file_source(const RpPolicyFile *file, const RpSource *options)
{
    RpSource source = *options;

    source.text = file->content;
    return source;
}

/*
 * The binding is written with the staged version, in one transaction: a file is never marked as
 * read that was not staged.
 */
int32
rp_stage_file(const RpCatalog *catalog, const char *policy, const RpPolicyFile *file,
              const RpSource *options)
{
    RpSource source = rp_file_source(file, options);
    int32 version = rp_stage(catalog, policy, &source);
    RpParameter parameters[] = {
        RP_STRING_OF(policy),
        RP_STRING_OF(file->name),
        RP_STRING_OF(file->signature),
        options->base_iri.length > 0 ? RP_TEXT_OF(options->base_iri) : RP_NULL_OF(TEXTOID),
        RP_STRING_OF(options->leaves_out ? "warn" : "error"),
        RP_BOOLEAN_OF(options->subclass_from_shapes),
        RP_STRING_OF(options->ignores_imports ? "ignore" : "require"),
        RP_BOOLEAN_OF(options->requires_focus),
        RP_BOOLEAN_OF(options->allows_vacuous),
        options->context.length > 0 ? RP_TEXT_OF(options->context) : RP_NULL_OF(TEXTOID),
        RP_STRING_OF(options->refuses_dropped ? "error" : "notice"),
    };
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    rp_catalog_run(&writer,
                   "UPDATE @.rdf_catalog_policy SET file = $2, file_signature = $3,"
                   " file_options = jsonb_build_object('base_iri', $4, 'ill_formed', $5,"
                   " 'subclass_from_shapes', $6, 'imports', $7, 'require_focus', $8,"
                   " 'allow_vacuous', $9, 'context', $10, 'dropped', $11)"
                   " WHERE policy = $1",
                   lengthof(parameters), parameters);
    rp_catalog_writer_end(&writer);
    return version;
}

static const char *
refusal_of(const RpFileBinding *binding, const char *problem)
{
    return psprintf("policy \"%s\", file \"%s\": %s", binding->policy, binding->file, problem);
}

/*
 * Compared by the content's signature, not by time or size, which copies and clocks change. A file
 * that is as it was is not compiled.
 */
static void
stage_if_changed(RpFileStaging *staging, const RpFileBinding *binding)
{
    RpPolicyFile file;

    rp_policy_file_read(binding->file, &file);
    if (file.outcome != RP_POLICY_FILE_READ) {
        staging->refusal = refusal_of(binding, file.problem);
        ereport(ERROR, (errcode(file.sqlstate), errmsg("%s", staging->refusal)));
    }
    if (strcmp(file.signature, binding->signature) != 0) {
        (void)rp_stage_file(staging->catalog, binding->policy, &file, &binding->options);
    }
}

/*
 * Which one is at work is noted before it is read, so that an error of compiling, which knows no
 * file, can be told with its name.
 */
static void
stage_changed(void *argument)
{
    RpFileStaging *staging = argument;
    RpFileBinding *bindings;
    uint32 count = rp_file_bindings(staging->catalog, staging->policy, &bindings);

    for (uint32 i = 0; i < count; i++) {
        staging->refused = &bindings[i];
        stage_if_changed(staging, &bindings[i]);
    }
    staging->refused = NULL;
}

/*
 * In a savepoint, so that one bad file leaves nothing staged of the others: a set of files is put
 * in force as a whole, or not.
 */
ErrorData *
rp_files_stage_changed(RpFileStaging *staging)
{
    ErrorData *error = rp_savepoint_run(stage_changed, staging);

    if (error != NULL && staging->refusal == NULL) {
        if (staging->refused == NULL || !rp_error_is_local(error)) {
            ReThrowError(error);
        }
        staging->refusal =
            refusal_of(staging->refused, error->detail == NULL
                                             ? error->message
                                             : psprintf("%s\n%s", error->message, error->detail));
    }
    return error;
}
