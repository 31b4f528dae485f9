/*
 * Writing staged versions. Whoever changes policies locks the generation row first, for at most
 * rdfpolicy.reload_timeout, and the policy's row after it: one order for all, so that registering
 * and reloading in one transaction cannot deadlock with another's reload. Compiling Turtle is done
 * before, but for rdf_policy_apply, which first looks whether there is anything to do. Validation
 * never waits.
 */
#include "pg/change/staging.h"

#include "executor/spi.h"

#include "pg/catalog/generation.h"
#include "pg/catalog/policy_hint.h"
#include "pg/catalog/policy_name.h"
#include "pg/change/context_registry.h"
#include "pg/change/hook.h"
#include "pg/change/imports.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

/* What judges live data must not be changed behind its number. ERROR 55000. */
static void
refuse_while_shadow(const char *policy, int64 staged_version, int64 shadow_version)
{
    if (staged_version != 0 && staged_version == shadow_version) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("the staged version %d of policy \"%s\" is its shadow",
                               (int)shadow_version, policy),
                        errhint("End that first: SELECT rdf_policy_shadow('%s', NULL).", policy)));
    }
}

/* A text that came with its number keeps it. ERROR 55000. */
static void
refuse_while_imported(const char *policy, int64 staged_version, bool is_imported)
{
    if (is_imported) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("version %d of policy \"%s\" was imported, and is staged",
                               (int)staged_version, policy),
                        errdetail("Its number belongs to its text, here and on other servers."),
                        errhint("Put it in force with rdf_policy_reload('%s'), or throw it away "
                                "with rdf_policy_discard('%s').",
                                policy, policy)));
    }
}

/*
 * Number of the staged version, which is made where there is none. Locks the policy's row. A number
 * that any row has is not taken, though the policy's row does not know of it (as after a restore of
 * the version table alone): what was in force must not be written over.
 */
static int32
take_staged_version(const RpCatalogWriter *writer, const char *policy)
{
    RpParameter parameter = RP_STRING_OF(policy);

    rp_catalog_run(writer,
                   "INSERT INTO @.rdf_catalog_policy AS p (policy, staged_version, next_version)"
                   " SELECT $1, coalesce(max(version), 0) + 1, coalesce(max(version), 0) + 2"
                   " FROM @.rdf_catalog_version WHERE policy = $1"
                   " ON CONFLICT (policy) DO UPDATE SET is_dropped = false,"
                   " file = NULL, file_signature = NULL, file_options = NULL, staged_version ="
                   " coalesce(p.staged_version, greatest(p.next_version, excluded.staged_version)),"
                   " next_version = greatest(p.next_version, excluded.next_version - 1)"
                   " + (p.staged_version IS NULL)::integer"
                   " RETURNING staged_version, shadow_version,"
                   " EXISTS (SELECT FROM @.rdf_catalog_version v WHERE v.policy = p.policy AND"
                   "  v.version = p.staged_version AND v.is_imported)",
                   1, &parameter);
    refuse_while_shadow(policy, rp_catalog_result_int(0, 1), rp_catalog_result_int(0, 2));
    refuse_while_imported(policy, rp_catalog_result_int(0, 1), rp_catalog_result_bool(0, 3));
    return (int32)rp_catalog_result_int(0, 1);
}

/* Make a number that of the staged version. Registering goes on behind it. Locks the policy's row.
 */
static void
take_version(const RpCatalogWriter *writer, const char *policy, int32 version)
{
    RpParameter parameters[] = {RP_STRING_OF(policy), RP_INTEGER_OF(version)};

    rp_catalog_run(writer,
                   "INSERT INTO @.rdf_catalog_policy AS p (policy, staged_version, next_version)"
                   " SELECT $1, $2, greatest($2, max(version)) + 1"
                   " FROM @.rdf_catalog_version WHERE policy = $1"
                   " ON CONFLICT (policy) DO UPDATE SET is_dropped = false,"
                   " file = NULL, file_signature = NULL, file_options = NULL, staged_version = $2,"
                   " next_version = greatest(p.next_version, excluded.next_version)",
                   lengthof(parameters), parameters);
}

static RpParameter
optional_text(RpText text)
{
    return text.length == 0 ? RP_NULL_OF(TEXTOID) : RP_TEXT_OF(text);
}

/* The label (owl:versionInfo) of an image, or an empty text. */
static RpText
image_label(const RpImage *image)
{
    RpTerm label = {.lexical = {NULL, 0}};

    if (image->header->label != 0) {
        label = rp_term_table_get(&image->terms, image->header->label);
    }
    return label.lexical;
}

static void
write_version(const RpCatalogWriter *writer, const char *policy, int32 version, bool is_imported,
              const RpSource *source, RpText context_signature, RpText bytes,
              const RpOntologies *ontologies)
{
    bytea *image_value = (bytea *)rp_text_datum(bytes);
    RpImage image;

    rp_image_open(bytes.data, &image);
    {
        RpParameter parameters[] = {RP_STRING_OF(policy),
                                    RP_INTEGER_OF(version),
                                    RP_STRING_OF(source->is_rules ? "rules" : "turtle"),
                                    RP_TEXT_OF(source->text),
                                    optional_text(source->base_iri),
                                    RP_STRING_OF(source->leaves_out ? "warn" : "error"),
                                    RP_BOOLEAN_OF(source->subclass_from_shapes),
                                    RP_BYTES_OF(image_value),
                                    optional_text(image_label(&image)),
                                    RP_INTEGER_OF((int32)image.shape_count),
                                    RP_INTEGER_OF((int32)image.constraint_count),
                                    RP_STRING_OF(GetUserNameFromId(writer->caller, false)),
                                    rp_ontology_names(ontologies),
                                    RP_BOOLEAN_OF(source->allows_vacuous),
                                    RP_INTEGER_OF((int32)image.left_out_count),
                                    RP_BOOLEAN_OF(source->requires_focus),
                                    RP_STRING_OF(source->ignores_imports ? "ignore" : "require"),
                                    RP_BOOLEAN_OF(is_imported),
                                    optional_text(source->context),
                                    optional_text(context_signature),
                                    RP_STRING_OF(source->refuses_dropped ? "error" : "notice")};

        rp_catalog_run(
            writer,
            "INSERT INTO @.rdf_catalog_version (policy, version, form, source, base_iri, "
            "ill_formed,"
            " subclass_from_shapes, signature, image, label, shapes, constraints, registered_at,"
            " registered_by, ontologies, allow_vacuous, left_out, require_focus, imports,"
            " is_imported, context, context_signature, dropped)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7,"
            " encode(sha256(convert_to($4, 'UTF8')), 'hex'), $8, $9, $10, $11, clock_timestamp(), "
            "$12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"
            " ON CONFLICT (policy, version) DO UPDATE SET form = excluded.form,"
            " source = excluded.source, base_iri = excluded.base_iri, ill_formed = "
            "excluded.ill_formed,"
            " subclass_from_shapes = excluded.subclass_from_shapes, signature = excluded.signature,"
            " image = excluded.image, label = excluded.label, shapes = excluded.shapes,"
            " constraints = excluded.constraints, registered_at = excluded.registered_at,"
            " registered_by = excluded.registered_by, ontologies = excluded.ontologies,"
            " allow_vacuous = excluded.allow_vacuous, left_out = excluded.left_out,"
            " require_focus = excluded.require_focus, imports = excluded.imports,"
            " is_imported = excluded.is_imported, context = excluded.context,"
            " context_signature = excluded.context_signature, dropped = excluded.dropped",
            lengthof(parameters), parameters);
    }
}

/* Compile a source and stage it as a version, or (0) as that which is staged, or the next. */
static int32
stage(const RpCatalog *catalog, const char *policy, int32 version, const RpSource *source)
{
    bool is_imported = version != 0;
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy stage", ALLOCSET_DEFAULT_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    RpError error = {.status = RP_OK};
    RpCatalogWriter writer;
    RpText context_signature = source->context_signature;
    RpOntologies ontologies;
    RpText bytes;

    rp_hooks_refuse_within();
    rp_bridge_require_utf8();
    RP_BRIDGE_TRY(rp_compile_with_ontologies(rp_bridge_work_arena(context, 0), source, true, &bytes,
                                             &ontologies, &error),
                  &error);
    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    if (!source->ignores_imports) {
        rp_imports_require(&writer, policy, &ontologies);
    }
    if (source->context.length > 0 && context_signature.length == 0) {
        context_signature = rp_context_require(&writer, source->context);
    }
    if (is_imported) {
        take_version(&writer, policy, version);
    } else {
        version = take_staged_version(&writer, policy);
    }
    write_version(&writer, policy, version, is_imported, source, context_signature, bytes,
                  &ontologies);
    rp_catalog_writer_end(&writer);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    return version;
}

int32
rp_stage(const RpCatalog *catalog, const char *policy, const RpSource *source)
{
    return stage(catalog, policy, 0, source);
}

void
rp_stage_imported(const RpCatalog *catalog, const char *policy, int32 version,
                  const RpSource *source)
{
    (void)stage(catalog, policy, version, source);
}

/* The generation's lock is kept, so the answer holds to the end of the transaction. A policy with
 * something staged, or bound to a file, has more to it than the version in force. */
bool
rp_is_in_force(const RpCatalog *catalog, const char *policy, const RpSource *source)
{
    RpParameter parameters[] = {RP_STRING_OF(policy),
                                RP_STRING_OF(source->is_rules ? "rules" : "turtle"),
                                RP_TEXT_OF(source->text),
                                optional_text(source->base_iri),
                                RP_STRING_OF(source->leaves_out ? "warn" : "error"),
                                RP_BOOLEAN_OF(source->subclass_from_shapes),
                                RP_BOOLEAN_OF(source->allows_vacuous),
                                RP_BOOLEAN_OF(source->requires_focus),
                                RP_STRING_OF(source->ignores_imports ? "ignore" : "require"),
                                optional_text(source->context),
                                RP_STRING_OF(source->refuses_dropped ? "error" : "notice")};
    RpCatalogWriter writer;
    bool is_in_force;

    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer); /* others that apply the same are done, or wait */
    is_in_force =
        rp_catalog_run(&writer,
                       "SELECT 1 FROM @.rdf_catalog_policy p JOIN @.rdf_catalog_version v"
                       " ON v.policy = p.policy AND v.version = p.active_version"
                       " WHERE p.policy = $1 AND p.staged_version IS NULL AND p.file IS NULL"
                       " AND (v.form, v.source, v.base_iri, v.ill_formed, v.subclass_from_shapes,"
                       "  v.allow_vacuous, v.require_focus, v.imports, v.dropped, v.context,"
                       "  v.context_signature) IS NOT DISTINCT FROM"
                       " ($2, $3, $4, $5, $6, $7, $8, $9, $11, $10,"
                       "  (SELECT c.signature FROM @.rdf_catalog_context c"
                       "   WHERE c.iri = $10 AND c.is_in_force))",
                       lengthof(parameters), parameters) > 0;
    rp_catalog_writer_end(&writer);
    return is_in_force;
}

void
rp_staging_notice(const char *policy, int32 version)
{
    if (rp_guc_staging_notice) {
        ereport(NOTICE, (errmsg("version %d of %s is staged: rdf_policy_reload('%s') puts it in "
                                "force",
                                version, policy, policy)));
    }
}

/* The policy's row is made where there is none, so that there is one to lock. */
RpSource
rp_staged_rules(const RpCatalog *catalog, const char *policy)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = RP_STRING_OF(policy);
    RpSource source = {.is_rules = true, .subclass_from_shapes = true};
    char *rules = NULL;
    char *form = NULL;
    char *default_context = NULL;
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    rp_catalog_run(&writer,
                   "INSERT INTO @.rdf_catalog_policy (policy) VALUES ($1) ON CONFLICT DO NOTHING",
                   1, &parameter);
    rp_catalog_run(
        &writer,
        "SELECT v.form, v.source, coalesce(v.require_focus, false), v.context,"
        " coalesce(v.dropped, 'notice') = 'error' FROM @.rdf_catalog_policy p "
        "LEFT JOIN @.rdf_catalog_version v"
        " ON v.policy = p.policy AND v.version = coalesce(p.staged_version, p.active_version)"
        " WHERE p.policy = $1 FOR UPDATE OF p",
        1, &parameter);
    form = rp_catalog_result_string(0, 1, context);
    rules = rp_catalog_result_string(0, 2, context);
    source.requires_focus = rp_catalog_result_bool(0, 3);
    default_context = rp_catalog_result_string(0, 4, context);
    source.refuses_dropped = rp_catalog_result_bool(0, 5);
    rp_catalog_writer_end(&writer);
    if (default_context != NULL) {
        source.context = rp_text_from(default_context);
    }
    if (form != NULL && strcmp(form, "rules") != 0) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("policy \"%s\" is written in Turtle", policy),
                        errhint("Change its text with rdf_policy_register(), or give the rules a "
                                "policy of their own.")));
    }
    source.text = rp_text_from(rules == NULL ? "{}" : rules);
    return source;
}

/* A version that was in force once is only taken off the stage: its row stays, as it can be named.
 */
bool
rp_discard_staged(const RpCatalog *catalog, const char *policy)
{
    RpParameter parameter = RP_STRING_OF(policy);
    RpCatalogWriter writer;
    uint64 policy_count;
    uint64 version_count;

    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    policy_count = rp_catalog_run(&writer,
                                  "SELECT staged_version, shadow_version FROM @.rdf_catalog_policy"
                                  " WHERE policy = $1 AND NOT is_dropped FOR UPDATE",
                                  1, &parameter);
    if (policy_count > 0) {
        refuse_while_shadow(policy, rp_catalog_result_int(0, 1), rp_catalog_result_int(0, 2));
    }
    version_count = rp_catalog_run(
        &writer,
        "DELETE FROM @.rdf_catalog_version v USING @.rdf_catalog_policy p WHERE p.policy = $1"
        " AND v.policy = p.policy AND v.version = p.staged_version AND NOT v.was_active",
        1, &parameter);
    rp_catalog_run(&writer,
                   "UPDATE @.rdf_catalog_policy SET staged_version = NULL"
                   " WHERE policy = $1 AND staged_version IS NOT NULL",
                   1, &parameter);
    rp_catalog_writer_end(&writer);
    if (policy_count == 0) {
        rp_policy_raise_unknown(catalog, rp_text_from(policy));
    }
    return version_count > 0;
}
