/*
 * rdf_policy_verify: computes again what is kept of each policy, and compares. For every version
 * that is kept: the signature of its source, the soundness of its compiled form, the compiled form
 * of its source (images are deterministic), and the copy in shared memory; the same of the context
 * that it was registered with; and the file that the policy is bound to.
 */
#include "pg/pg.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/policy_hint.h"
#include "pg/catalog/policy_name.h"
#include "pg/change/context_registration.h"
#include "pg/change/file_binding.h"
#include "pg/server/bridge.h"
#include "pg/server/signature.h"
#include "pg/shared/context_row.h"
#include "pg/shared/current_generation.h"

PG_FUNCTION_INFO_V1(rdf_policy_verify);

enum { VERIFY_COLUMN_COUNT = 6 };

/* One policy, and what was found. */
typedef struct RpVerification {
    const RpCatalog *catalog;
    const RpMapping *mapping; /* of the generation that the statement sees */
    const char *policy;
    int32 shown_version;   /* in force, or staged: the one whose signatures are shown; 0: none */
    RpFileBinding binding; /* file NULL: none */
    char *signature;
    char *previous_signature;
    bool is_valid;
    bool source_changed;
    char *problem;         /* the first one found */
    MemoryContext context; /* of the texts above */
} RpVerification;

/* One version's row. */
typedef struct RpStoredVersion {
    int32 version;
    RpSource source;
    char *signature;
    RpText image;
    char *context_signature; /* NULL: it has no context */
    char *context_problem;   /* NULL: none, as far as the tables tell */
} RpStoredVersion;

/* The first one is kept. Copied: a version's memory goes before the row is put. */
static void
report_problem(RpVerification *verification, const char *problem)
{
    if (verification->problem == NULL) {
        verification->problem = MemoryContextStrdup(verification->context, problem);
    }
}

/* Each version is looked at to the end; the first problem is the one that is told. */
static void
report_invalid(RpVerification *verification, int32 version, const char *problem)
{
    verification->is_valid = false;
    report_problem(verification, psprintf("version %d: %s", version, problem));
}

/* NULL in a column is an empty text in RpSource. */
static RpText
text_or_empty(const char *string)
{
    return string == NULL ? (RpText){NULL, 0} : rp_text_from(string);
}

/* Read the version after a given one into the current memory context. False: there is none. */
static bool
read_next_version(const RpVerification *verification, int32 after, RpStoredVersion *stored)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameters[] = {RP_STRING_OF(verification->policy), RP_INTEGER_OF(after)};
    RpCatalogWriter writer;
    bool is_found;

    rp_catalog_writer_begin(&writer, verification->catalog);
    is_found =
        rp_catalog_run(
            &writer,
            "SELECT v.version, form = 'rules', source, base_iri,"
            " ill_formed = 'warn', subclass_from_shapes, v.signature, image,"
            " allow_vacuous, require_focus, context, context_signature,"
            " CASE WHEN c.iri IS NULL THEN 'is not there'"
            "  WHEN c.signature <> " RP_CONTEXT_SIGNATURE(
                "c.body",
                "c.included") " THEN 'does not match its signature' END"
                              " FROM @.rdf_catalog_version v LEFT JOIN @.rdf_catalog_context c"
                              "  ON c.iri = v.context AND c.signature = v.context_signature"
                              " WHERE v.policy = $1 AND v.version > $2"
                              " ORDER BY v.version LIMIT 1",
            lengthof(parameters), parameters) > 0;
    if (is_found) {
        stored->version = (int32)rp_catalog_result_int(0, 1);
        stored->source =
            (RpSource){.is_rules = rp_catalog_result_bool(0, 2),
                       .text = text_or_empty(rp_catalog_result_string(0, 3, context)),
                       .base_iri = text_or_empty(rp_catalog_result_string(0, 4, context)),
                       .leaves_out = rp_catalog_result_bool(0, 5),
                       .subclass_from_shapes = rp_catalog_result_bool(0, 6),
                       .allows_vacuous = rp_catalog_result_bool(0, 9),
                       .requires_focus = rp_catalog_result_bool(0, 10),
                       .context = text_or_empty(rp_catalog_result_string(0, 11, context))};
        stored->signature = rp_catalog_result_string(0, 7, context);
        stored->image = rp_catalog_result_bytes(0, 8, context);
        stored->context_signature = rp_catalog_result_string(0, 12, context);
        stored->context_problem = rp_catalog_result_string(0, 13, context);
    }
    rp_catalog_writer_end(&writer);
    return is_found;
}

/* Whether the generation's image of a version, if it has one, is the given one, index and all. */
static bool
is_mapped(const RpVerification *verification, int32 version, const RpImage *image)
{
    const RpMapping *mapping = verification->mapping;
    const RpDirectoryEntry *entry =
        rp_directory_find(mapping->directory, rp_text_from(verification->policy), version);

    return entry == NULL || (entry->flags & RP_DIRECTORY_BROKEN) ||
           rp_image_indexed_equals(rp_mapping_image(mapping, entry), image);
}

/* The stored image, if it is of this extension's format (else it is not used), that of the source,
 * and that in memory are the same. */
static void
verify_image(RpVerification *verification, const RpStoredVersion *stored)
{
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);
    const RpHashKey *key = &verification->mapping->directory->hash_key;
    bool is_current = rp_image_is_of_this_format(stored->image);
    RpError error = {.status = RP_OK};
    RpText compiled;
    RpImage image;

    if (rp_compile(arena, &stored->source, false, &compiled, &error) != RP_OK) {
        rp_bridge_raise_unless_of_input(&error);
        report_invalid(verification, stored->version,
                       psprintf("the source does not compile: %s", error.message));
    } else if (rp_image_load(is_current ? stored->image : compiled, key, arena, &image, &error) !=
               RP_OK) {
        rp_bridge_raise_unless_of_input(&error);
        report_invalid(verification, stored->version,
                       psprintf("the compiled form is damaged: %s", error.message));
    } else if (!rp_text_equals(compiled, rp_image_bytes(&image))) {
        report_invalid(verification, stored->version,
                       "the compiled form is not that of the source");
    } else if (!is_mapped(verification, stored->version, &image)) {
        report_invalid(verification, stored->version,
                       "the compiled form in memory is not the stored one");
    }
}

/* Why the context that a version was registered with does not compile, or is another in memory.
 * NULL: neither. */
static char *
compiled_context_problem(const RpVerification *verification, RpText iri, RpText signature)
{
    const RpDirectoryHeader *directory = verification->mapping->directory;
    const RpDirectoryContext *mapped = rp_directory_find_signed_context(directory, iri, signature);
    RpError error = {.status = RP_OK};
    char *problem = NULL;
    RpContextRow row;
    RpText compiled;

    if (!rp_context_row_open(&row, verification->catalog, GetActiveSnapshot(), iri, signature)) {
        problem = "is not there";
    } else if (rp_context_row_compile(&row, &directory->hash_key, &compiled, &error) != RP_OK) {
        rp_bridge_raise_unless_of_input(&error);
        problem = psprintf("does not compile: %s", error.message);
    } else if (mapped != NULL && !(mapped->flags & RP_DIRECTORY_BROKEN) &&
               !rp_text_equals(compiled, rp_directory_context_bytes(directory, mapped))) {
        problem = "is another one in memory";
    }
    rp_context_row_close(&row);
    return problem;
}

/* The text that a version was registered with is kept for it, whatever its IRI means now. */
static void
verify_context(RpVerification *verification, const RpStoredVersion *stored)
{
    const char *problem = stored->context_problem;

    if (stored->context_signature == NULL) {
        return;
    }
    if (problem == NULL) {
        problem = compiled_context_problem(verification, stored->source.context,
                                           rp_text_from(stored->context_signature));
    }
    if (problem != NULL) {
        report_invalid(verification, stored->version,
                       psprintf("the context <%s> that it was registered with %s",
                                rp_text_cstring(stored->source.context), problem));
    }
}

/* The text first: where that is another by now, the compiled form has nothing to be compared with.
 */
static void
verify_version(RpVerification *verification, const RpStoredVersion *stored)
{
    char *signature = rp_signature(stored->source.text);
    bool is_signed = strcmp(signature, stored->signature) == 0;

    if (stored->version == verification->shown_version) {
        verification->signature = MemoryContextStrdup(verification->context, signature);
        verification->previous_signature =
            MemoryContextStrdup(verification->context, stored->signature);
        verification->source_changed = !is_signed;
    }
    if (is_signed) {
        verify_image(verification, stored);
    } else {
        report_invalid(verification, stored->version, "the source does not match its signature");
    }
    verify_context(verification, stored);
}

/* Read now: a file that has changed is no damage. It is told as source_changed, and a reload takes
 * it. */
static void
verify_file(RpVerification *verification)
{
    RpPolicyFile file;

    rp_policy_file_read(verification->binding.file, &file);
    if (file.outcome != RP_POLICY_FILE_READ) {
        verification->source_changed = true;
        report_problem(verification,
                       psprintf("file \"%s\": %s", verification->binding.file, file.problem));
    } else if (strcmp(file.signature, verification->binding.signature) != 0) {
        verification->source_changed = true;
    }
}

/* One row, in doc/sql.md's order of columns. */
static void
put_result(ReturnSetInfo *result, const RpVerification *verification)
{
    Datum values[VERIFY_COLUMN_COUNT] = {0};
    bool nulls[VERIFY_COLUMN_COUNT] = {false};

    values[0] = CStringGetTextDatum(verification->policy);
    values[1] = BoolGetDatum(verification->is_valid);
    nulls[2] = verification->signature == NULL;
    nulls[3] = nulls[2];
    if (verification->signature != NULL) {
        values[2] = CStringGetTextDatum(verification->signature);
        values[3] = CStringGetTextDatum(verification->previous_signature);
    }
    values[4] = BoolGetDatum(verification->source_changed);
    nulls[5] = verification->problem == NULL;
    if (verification->problem != NULL) {
        values[5] = CStringGetTextDatum(verification->problem);
    }
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Verify one policy, one version after the other, each in memory of its own. */
static void
verify_policy(RpVerification *verification)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext context = rp_bridge_context();
    RpStoredVersion stored = {.version = 0};

    MemoryContextSwitchTo(context);
    while (read_next_version(verification, stored.version, &stored)) {
        CHECK_FOR_INTERRUPTS();
        verify_version(verification, &stored);
        MemoryContextReset(context);
    }
    if (verification->binding.file != NULL) {
        verify_file(verification);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
}

/* The policies to verify, in the current memory context. */
static uint64
read_policies(const RpCatalog *catalog, const char *policy, RpVerification **verifications)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = policy == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(policy);
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(&writer,
                           "SELECT policy, coalesce(active_version, staged_version), file,"
                           " file_signature FROM @.rdf_catalog_policy WHERE NOT is_dropped"
                           " AND (policy = $1 OR $1 IS NULL AND"
                           "  (active_version IS NOT NULL OR staged_version IS NOT NULL))"
                           " ORDER BY policy",
                           1, &parameter);
    *verifications = MemoryContextAllocZero(context, sizeof(RpVerification) * (count + 1));
    for (uint64 row = 0; row < count; row++) {
        (*verifications)[row] =
            (RpVerification){.catalog = catalog,
                             .policy = rp_catalog_result_string(row, 1, context),
                             .shown_version = (int32)rp_catalog_result_int(row, 2),
                             .binding = {.file = rp_catalog_result_string(row, 3, context),
                                         .signature = rp_catalog_result_string(row, 4, context)},
                             .is_valid = true,
                             .context = context};
    }
    rp_catalog_writer_end(&writer);
    return count;
}

/* rdf_policy_verify(policy) → a row for each policy */
Datum
rdf_policy_verify(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    const char *policy = NULL;
    RpVerification *verifications;
    RpGenerationAnswer answer;
    uint64 count;

    rp_bridge_require_utf8();
    if (!PG_ARGISNULL(0)) {
        policy = text_to_cstring(PG_GETARG_TEXT_PP(0));
        rp_policy_name_check(rp_text_from(policy));
    }
    InitMaterializedSRF(fcinfo, 0);
    count = read_policies(catalog, policy, &verifications);
    if (policy != NULL && count == 0) {
        rp_policy_raise_unknown(catalog, rp_text_from(policy));
    }
    /* The mapping stays the cache's: nothing below looks another generation up. */
    rp_current_generation(catalog, &answer);
    for (uint64 i = 0; i < count; i++) {
        verifications[i].mapping = answer.mapping;
        verify_policy(&verifications[i]);
        put_result((ReturnSetInfo *)fcinfo->resultinfo, &verifications[i]);
    }
    return (Datum)0;
}
