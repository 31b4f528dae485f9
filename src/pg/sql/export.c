/*
 * A version of a policy as one jsonb value, and back: rdf_policy_export and rdf_policy_import. What
 * a number means here it means wherever the value was imported.
 */
#include "pg/pg.h"

#include "executor/spi.h"
#include "utils/jsonb.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/catalog/generation.h"
#include "pg/catalog/policy_hint.h"
#include "pg/change/context_import.h"
#include "pg/change/exported_version.h"
#include "pg/change/hook.h"
#include "pg/change/reload.h"
#include "pg/change/staging.h"
#include "pg/judge/call_arguments.h"
#include "pg/server/bridge.h"
#include "pg/shared/current_generation.h"
#include "pg/term/json_term.h"

PG_FUNCTION_INFO_V1(rdf_policy_export);
PG_FUNCTION_INFO_V1(rdf_policy_import);
PG_FUNCTION_INFO_V1(rdf_policy_import_json);

/*
 * $1: policy, $2: version, or NULL for the one in force, $3: the format. Members as
 * exported_version.c reads them. A former version goes without tests: those of today need not be
 * what it was tested by.
 */
static const char *const find_version =
    "SELECT jsonb_build_object('format', $3, 'policy', v.policy, 'version', v.version,"
    "  'signature', v.signature, 'form', v.form, 'source', v.source,"
    "  'options', jsonb_build_object('base_iri', v.base_iri, 'ill_formed', v.ill_formed,"
    "   'subclass_from_shapes', v.subclass_from_shapes, 'imports', v.imports,"
    "   'require_focus', v.require_focus, 'allow_vacuous', v.allow_vacuous,"
    "   'context', v.context, 'dropped', v.dropped),"
    "  'contexts', coalesce((SELECT jsonb_build_object(c.iri, c.body) || c.included"
    "   FROM @.rdf_catalog_context c"
    "   WHERE c.iri = v.context AND c.signature = v.context_signature), '{}'),"
    "  'tests', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'form', t.form,"
    "    'document', t.document, 'base_iri', t.base_iri, 'context', t.context,"
    "    'conforms', t.conforms, 'violations', t.violations) ORDER BY t.name), '[]')"
    "   FROM @.rdf_catalog_test t WHERE t.policy = v.policy"
    "    AND (v.version = p.active_version OR v.version = p.staged_version))),"
    " encode(sha256(convert_to(v.source, 'UTF8')), 'hex') = v.signature, v.version"
    " FROM @.rdf_catalog_policy p JOIN @.rdf_catalog_version v"
    "  ON v.policy = p.policy AND v.version = coalesce($2, p.active_version)"
    " WHERE p.policy = $1";

/* ERROR 42704 where nothing was found; XX001 where the text is not the one that was registered. */
static void
check_found(FunctionCallInfo fcinfo, const RpCatalog *catalog, const char *policy, uint64 count)
{
    if (count == 0 && PG_ARGISNULL(1)) {
        rp_policy_raise_inactive(catalog, rp_text_from(policy));
    }
    if (count == 0) {
        rp_policy_raise_unknown_version(catalog, rp_text_from(policy), PG_GETARG_INT32(1));
    }
    if (!rp_catalog_result_bool(0, 2)) {
        ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED),
                        errmsg("the source of policy \"%s\" version %d does not match its "
                               "signature",
                               policy, (int)rp_catalog_result_int(0, 3)),
                        errhint("rdf_policy_verify() tells more.")));
    }
}

/* rdf_policy_export(policy, version) → jsonb */
Datum
rdf_policy_export(PG_FUNCTION_ARGS)
{
    MemoryContext context = CurrentMemoryContext;
    char *policy = rp_argument_policy(fcinfo);
    RpParameter parameters[] = {RP_STRING_OF(policy),
                                PG_ARGISNULL(1) ? RP_NULL_OF(INT4OID)
                                                : RP_INTEGER_OF(PG_GETARG_INT32(1)),
                                RP_INTEGER_OF(RP_EXPORT_FORMAT)};
    RpCatalogWriter writer;
    char *exported;

    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    check_found(fcinfo, writer.catalog, policy,
                rp_catalog_run(&writer, find_version, lengthof(parameters), parameters));
    exported = rp_catalog_result_string(0, 1, context);
    rp_catalog_writer_end(&writer);
    PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(exported)));
}

/* What this database has under the number of an exported version. */
typedef struct Place {
    bool is_taken;           /* by a version that is kept */
    const char *differences; /* what of that version is another; empty: nothing */
    bool was_active;
    bool is_dropped;
    int32 active;
    int32 staged;
    const char *former_signature; /* of one that was in force, and is pruned; NULL: none */
} Place;

/* $1: policy, $2: version, $3 to $10 and $12 to $14: source and options, $11: signature. */
static const char *const find_place =
    "SELECT v.version IS NOT NULL,"
    " concat_ws(', ',"
    "  CASE WHEN (v.form, v.source) IS DISTINCT FROM ($3, $4) THEN 'the text' END,"
    "  CASE WHEN v.base_iri IS DISTINCT FROM $5 THEN 'base_iri' END,"
    "  CASE WHEN v.ill_formed IS DISTINCT FROM $6 THEN 'ill_formed' END,"
    "  CASE WHEN v.subclass_from_shapes IS DISTINCT FROM $7 THEN 'subclass_from_shapes' END,"
    "  CASE WHEN v.imports IS DISTINCT FROM $8 THEN 'imports' END,"
    "  CASE WHEN v.require_focus IS DISTINCT FROM $9 THEN 'require_focus' END,"
    "  CASE WHEN v.allow_vacuous IS DISTINCT FROM $10 THEN 'allow_vacuous' END,"
    "  CASE WHEN (v.context, v.context_signature) IS DISTINCT FROM ($12, $13)"
    "   THEN 'context' END,"
    "  CASE WHEN v.dropped IS DISTINCT FROM $14 THEN 'dropped' END),"
    " v.was_active, p.is_dropped, p.active_version, p.staged_version,"
    " (SELECT h.signature FROM @.rdf_catalog_history h WHERE h.policy = $1 AND h.version = $2"
    "  AND h.success AND h.signature <> $11 ORDER BY h.id DESC LIMIT 1)"
    " FROM (SELECT) nothing LEFT JOIN @.rdf_catalog_policy p ON p.policy = $1"
    " LEFT JOIN @.rdf_catalog_version v ON v.policy = $1 AND v.version = $2";

static RpParameter
optional_text(RpText text)
{
    return text.length == 0 ? RP_NULL_OF(TEXTOID) : RP_TEXT_OF(text);
}

/* Taken under the lock of the generation, so it stays so until the transaction ends. */
static void
look_for_place(const RpCatalogWriter *writer, const RpExportedVersion *version, Place *place)
{
    const RpSource *source = &version->source;
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameters[] = {RP_STRING_OF(version->policy),
                                RP_INTEGER_OF(version->version),
                                RP_STRING_OF(source->is_rules ? "rules" : "turtle"),
                                RP_TEXT_OF(source->text),
                                optional_text(source->base_iri),
                                RP_STRING_OF(source->leaves_out ? "warn" : "error"),
                                RP_BOOLEAN_OF(source->subclass_from_shapes),
                                RP_STRING_OF(source->ignores_imports ? "ignore" : "require"),
                                RP_BOOLEAN_OF(source->requires_focus),
                                RP_BOOLEAN_OF(source->allows_vacuous),
                                RP_STRING_OF(version->signature),
                                optional_text(source->context),
                                optional_text(source->context_signature),
                                RP_STRING_OF(source->refuses_dropped ? "error" : "notice")};

    rp_catalog_run(writer, find_place, lengthof(parameters), parameters);
    *place = (Place){.is_taken = rp_catalog_result_bool(0, 1),
                     .differences = rp_catalog_result_string(0, 2, context),
                     .was_active = rp_catalog_result_bool(0, 3),
                     .is_dropped = rp_catalog_result_bool(0, 4),
                     .active = (int32)rp_catalog_result_int(0, 5),
                     .staged = (int32)rp_catalog_result_int(0, 6),
                     .former_signature = rp_catalog_result_string(0, 7, context)};
}

/* ERROR 55000 where the number means something else here, or something else is staged. */
static void
check_place(const RpExportedVersion *version, const Place *place)
{
    const char *policy = version->policy;

    if (place->is_taken && *place->differences != '\0') {
        bool is_staged = place->staged == version->version && !place->was_active;

        ereport(
            ERROR,
            (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
             errmsg("policy version \"%s@%d\" is another one here", policy, version->version),
             errdetail("Not the same: %s.", place->differences),
             is_staged
                 ? errhint("It is only staged: rdf_policy_discard('%s') throws it away.", policy)
                 : errhint("A number means the same on all servers where one of them registers "
                           "and the others import. Register the text again there, which gives "
                           "it a new number.")));
    }
    if (!place->is_taken && place->former_signature != NULL) {
        ereport(ERROR,
                (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                 errmsg("policy version \"%s@%d\" was another one here", policy, version->version),
                 errdetail("It was in force with signature %s; this one has %s.",
                           place->former_signature, version->signature),
                 errhint("Register the text again where it comes from, which gives it a new "
                         "number.")));
    }
    if (!place->was_active && place->staged != 0 && place->staged != version->version) {
        ereport(ERROR,
                (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                 errmsg("version %d of policy \"%s\" is staged", place->staged, policy),
                 errhint("Put it in force with rdf_policy_reload('%s'), or throw it away with "
                         "rdf_policy_discard('%s').",
                         policy, policy)));
    }
}

/* In the same transaction as the version: a reload that follows runs them. */
static void
write_tests(const RpCatalog *catalog, const RpExportedVersion *version)
{
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    for (uint32 i = 0; i < version->test_count; i++) {
        rp_policy_test_write(&writer, version->policy, &version->tests[i]);
    }
    rp_catalog_writer_end(&writer);
}

/* The documents of tests are read as the version would read them, by the text of its context that
 * it brings: a test that could never run is refused. */
static void
check_tests(const RpCatalog *catalog, const RpExportedVersion *version)
{
    const RpSource *source = &version->source;
    RpDirectoryInput input = {.context = source->context,
                              .context_signature = source->context_signature,
                              .flags = source->refuses_dropped ? RP_DIRECTORY_REFUSES_DROPPED : 0};
    RpGenerationAnswer answer;
    RpReading reading;

    if (version->test_count == 0) {
        return;
    }
    CommandCounterIncrement();
    PushActiveSnapshot(GetTransactionSnapshot());
    rp_current_generation(catalog, &answer);
    reading =
        rp_reading_of_input(catalog, GetActiveSnapshot(), answer.mapping->directory, &input, true);
    for (uint32 i = 0; i < version->test_count; i++) {
        CHECK_FOR_INTERRUPTS();
        rp_policy_test_check(&version->tests[i], &reading);
    }
    PopActiveSnapshot();
}

/* A version that was in force is rolled back to; of a dropped policy too. */
static void
put_in_force(const RpCatalog *catalog, const RpExportedVersion *version, const Place *place)
{
    RpReload reload = {.catalog = catalog,
                       .event = place->was_active ? "rollback" : "reload",
                       .policy = version->policy,
                       .rollback_version = place->was_active ? version->version : 0,
                       .must_succeed = true};

    if (place->is_dropped && place->was_active) {
        RpParameter policy = RP_STRING_OF(version->policy);
        RpCatalogWriter writer;

        rp_catalog_writer_begin(&writer, catalog);
        rp_catalog_run(&writer,
                       "UPDATE @.rdf_catalog_policy SET is_dropped = false WHERE policy = $1", 1,
                       &policy);
        rp_catalog_writer_end(&writer);
    }
    rp_reload_run(&reload);
}

/* Where nothing is put in force, what to do about it. */
static void
notice(const RpExportedVersion *version, const Place *place)
{
    if (!place->was_active) {
        rp_staging_notice(version->policy, version->version);
    } else if (place->active != version->version) {
        ereport(NOTICE, (errmsg("version %d of %s was in force here, and is not now",
                                version->version, version->policy),
                         errhint("Import it with activate => true to put it in force again.")));
    }
}

/*
 * What is here already stays as it is: the same value can be imported again and again. Contexts
 * come first: by them the version is told from others of its number, and its tests are read. A
 * staged version is staged once more, for it is to keep its number from now on.
 */
static Datum
import(FunctionCallInfo fcinfo, Jsonb *exported)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    RpExportedVersion version;
    RpCatalogWriter writer;
    Place place;

    rp_argument_require(fcinfo, 1, "activate");
    rp_hooks_refuse_within();
    rp_bridge_require_utf8();
    rp_exported_version_read(exported, &version);
    version.source.context_signature =
        rp_contexts_import(catalog, version.source.context, version.contexts);
    check_tests(catalog, &version);
    rp_catalog_writer_begin(&writer, catalog);
    (void)rp_generation_lock(&writer);
    look_for_place(&writer, &version, &place);
    rp_catalog_writer_end(&writer);
    check_place(&version, &place);
    if (!place.was_active) {
        rp_stage_imported(catalog, version.policy, version.version, &version.source);
    }
    write_tests(catalog, &version);
    if (!PG_GETARG_BOOL(1)) {
        notice(&version, &place);
    } else if (place.active != version.version) {
        put_in_force(catalog, &version, &place);
    }
    PG_RETURN_INT32(version.version);
}

/* rdf_policy_import(exported jsonb, activate) → version */
Datum
rdf_policy_import(PG_FUNCTION_ARGS)
{
    rp_argument_require(fcinfo, 0, "exported");
    return import(fcinfo, PG_GETARG_JSONB_P(0));
}

/* rdf_policy_import(exported json, activate) → version; or text, for literals without a type */
Datum
rdf_policy_import_json(PG_FUNCTION_ARGS)
{
    rp_argument_require(fcinfo, 0, "exported");
    return import(fcinfo, rp_jsonb_of_json(PG_GETARG_DATUM(0)));
}
