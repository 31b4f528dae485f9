/*
 * Trying a version on data before it is put in force: rdf_policy_try; and the unit tests that every
 * reload runs: rdf_policy_add_test and rdf_policy_drop_test.
 */
#include "pg/pg.h"

#include "utils/array.h"
#include "utils/jsonb.h"

#include "base/buffer.h"
#include "rdf/turtle_writer.h"
#include "pg/catalog/policy_hint.h"
#include "pg/change/hook.h"
#include "pg/change/policy_tests.h"
#include "pg/judge/call_arguments.h"
#include "pg/judge/report_rows.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/shared/current_generation.h"
#include "pg/shared/version_row.h"

PG_FUNCTION_INFO_V1(rdf_policy_try_text);
PG_FUNCTION_INFO_V1(rdf_policy_try_jsonb);
PG_FUNCTION_INFO_V1(rdf_policy_try_json);
PG_FUNCTION_INFO_V1(rdf_policy_try_triples);
PG_FUNCTION_INFO_V1(rdf_policy_add_test_text);
PG_FUNCTION_INFO_V1(rdf_policy_add_test_jsonb);
PG_FUNCTION_INFO_V1(rdf_policy_add_test_json);
PG_FUNCTION_INFO_V1(rdf_policy_add_test_triples);
PG_FUNCTION_INFO_V1(rdf_policy_drop_test);

enum { TRY_DATA = 1, TRY_VERSION, TRY_BASE_IRI };
enum { ADD_NAME = 1, ADD_DATA, ADD_CONFORMS, ADD_VIOLATIONS, ADD_BASE_IRI };

/* The staged version, or the one that is asked for. */
static int32
version_argument(FunctionCallInfo fcinfo, const char *policy, const RpPolicyVersions *versions)
{
    if (!PG_ARGISNULL(TRY_VERSION)) {
        return PG_GETARG_INT32(TRY_VERSION);
    }
    if (versions->staged == 0) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("policy \"%s\" has nothing staged", policy),
                        errhint("Register a version, or give the number of one.")));
    }
    return versions->staged;
}

/* Report under a version that need not be in force. */
static Datum
try_policy(FunctionCallInfo fcinfo, RpDataForm form)
{
    MemoryContext caller = CurrentMemoryContext;
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    char *policy = rp_argument_policy(fcinfo);
    RpReportOptions options = {.limit = (uint64)rp_guc_max_results,
                               .detail_limit = (uint64)rp_guc_max_results,
                               .is_trial = true};
    RpPolicyUse use = {.policy = rp_text_from(policy)};
    RpPolicySelection selection = {.uses = &use, .use_count = 1};
    RpGenerationAnswer answer;
    RpPolicyVersions versions;
    RpWholeReport report;
    MemoryContext work;
    RpDataSource source;
    RpImage image;

    InitMaterializedSRF(fcinfo, 0);
    rp_policy_versions_require(catalog, GetActiveSnapshot(), use.policy, &versions);
    use.version = version_argument(fcinfo, policy, &versions);
    if (!rp_argument_source_at(fcinfo, TRY_DATA, form, TRY_BASE_IRI, &source)) {
        return (Datum)0;
    }
    /* The mapping stays the cache's: nothing below looks another generation up. */
    rp_current_generation(catalog, &answer);
    work = rp_bridge_context();
    MemoryContextSwitchTo(work);
    rp_version_image(catalog, GetActiveSnapshot(), use.policy, use.version, &image);
    use.image = &image;
    /* Without a number it is to be in force, and reads by what is then. */
    use.reading = rp_reading_of_version(catalog, GetActiveSnapshot(), answer.mapping->directory,
                                        use.policy, use.version, !PG_ARGISNULL(TRY_VERSION));
    rp_report_make(&selection, &source, 1, &options, &report);
    rp_report_rows_put(&report, (ReturnSetInfo *)fcinfo->resultinfo);
    rp_report_notice(&report);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
    return (Datum)0;
}

/* rdf_policy_try(policy, document text, version, base_iri) */
Datum
rdf_policy_try_text(PG_FUNCTION_ARGS)
{
    return try_policy(fcinfo, RP_DATA_TURTLE);
}

/* rdf_policy_try(policy, document jsonb, version, base_iri, context) */
Datum
rdf_policy_try_jsonb(PG_FUNCTION_ARGS)
{
    return try_policy(fcinfo, RP_DATA_JSONB);
}

/* rdf_policy_try(policy, document json, version, base_iri, context) */
Datum
rdf_policy_try_json(PG_FUNCTION_ARGS)
{
    return try_policy(fcinfo, RP_DATA_JSON);
}

/* rdf_policy_try(policy, triples, version) */
Datum
rdf_policy_try_triples(PG_FUNCTION_ARGS)
{
    return try_policy(fcinfo, RP_DATA_ARRAY);
}

/* RpTripleSink.triple: a line of N-Triples. */
static RpStatus
write_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position, RpError *error)
{
    RpBuffer *buffer = state;

    (void)position;
    rp_term_write(buffer, subject);
    rp_buffer_append_byte(buffer, ' ');
    rp_term_write(buffer, predicate);
    rp_buffer_append_byte(buffer, ' ');
    rp_term_write(buffer, object);
    rp_buffer_append_string(buffer, " .\n");
    return rp_buffer_status(buffer, error);
}

/* The data of a test as text: documents as they are, triples as N-Triples. Data that cannot be read
 * is refused here. */
static char *
document_of(const RpDataSource *source)
{
    RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);
    RpBuffer buffer;
    RpTripleSink sink = {.state = &buffer, .triple = write_triple};
    RpError error;

    rp_buffer_init(&buffer, arena);
    RP_BRIDGE_TRY(rp_data_source_read(source, NULL, arena, &sink, &error), &error);
    switch (source->form) {
    case RP_DATA_TURTLE:
        return rp_text_cstring(source->document);
    case RP_DATA_JSONB:
        return DatumGetCString(DirectFunctionCall1(jsonb_out, JsonbPGetDatum(source->jsonb)));
    default:
        return rp_text_cstring(rp_buffer_text(&buffer));
    }
}

/* The expected violation types, each followed by a space; NULL: not compared. ERROR 22004, 22023.
 */
static char *
violations_argument(FunctionCallInfo fcinfo)
{
    StringInfoData codes;
    Datum *elements;
    bool *nulls;
    int count;

    if (PG_ARGISNULL(ADD_VIOLATIONS)) {
        return NULL;
    }
    initStringInfo(&codes);
    deconstruct_array(PG_GETARG_ARRAYTYPE_P(ADD_VIOLATIONS), TEXTOID, -1, false, TYPALIGN_INT,
                      &elements, &nulls, &count);
    for (int i = 0; i < count; i++) {
        const char *code;

        if (nulls[i]) {
            ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                            errmsg("violation %d must not be NULL", i + 1)));
        }
        code = TextDatumGetCString(elements[i]);
        rp_policy_test_check_type(code);
        appendStringInfo(&codes, "%s ", code);
    }
    return codes.data;
}

/* A test is known by its name: adding another of the same name replaces it. */
static const char *
name_argument(FunctionCallInfo fcinfo)
{
    char *name;

    rp_argument_require(fcinfo, ADD_NAME, "name");
    name = text_to_cstring(PG_GETARG_TEXT_PP(ADD_NAME));
    if (*name == '\0') {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("the name of a test must not be empty")));
    }
    return name;
}

/* NOTICE where the version in force would not pass. */
static void
try_active(const RpCatalog *catalog, RpText policy, int32 version, const RpPolicyTest *test)
{
    RpPolicyUse use = {.policy = policy, .version = version};
    RpGenerationAnswer answer;
    const char *failure;
    RpImage image;

    rp_current_generation(catalog, &answer);
    rp_version_image(catalog, GetActiveSnapshot(), policy, version, &image);
    use.image = &image;
    use.reading = rp_reading_of_version(catalog, GetActiveSnapshot(), answer.mapping->directory,
                                        policy, version, false);
    failure = rp_policy_test_failure(test, &use);
    if (failure != NULL) {
        ereport(NOTICE, (errmsg("%s", failure),
                         errdetail("The version stays in force. A reload of a version that fails "
                                   "the test will be refused.")));
    }
}

/* How documents are read by the version that is staged, else by the one in force. */
static RpReading
reading_of_newest(const RpCatalog *catalog, RpText policy, const RpPolicyVersions *versions)
{
    RpGenerationAnswer answer;

    rp_current_generation(catalog, &answer);
    return rp_reading_of_version(catalog, GetActiveSnapshot(), answer.mapping->directory, policy,
                                 versions->staged != 0 ? versions->staged : versions->active,
                                 false);
}

/*
 * The data is read once, so that what is no data is refused now and not by the next reload. Where a
 * version is in force the test is tried on it: it may fail, which a NOTICE
 * says.
 */
static Datum
add_test(FunctionCallInfo fcinfo, RpDataForm form)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    char *policy = rp_argument_policy(fcinfo);
    RpPolicyTest test = {.name = name_argument(fcinfo)};
    RpPolicyVersions versions;
    RpCatalogWriter writer;
    RpDataSource source;

    rp_hooks_refuse_within();
    rp_argument_require(fcinfo, ADD_DATA, "the data of a test");
    rp_argument_require(fcinfo, ADD_CONFORMS, "conforms");
    rp_policy_versions_require(catalog, GetActiveSnapshot(), rp_text_from(policy), &versions);
    (void)rp_argument_source_at(fcinfo, ADD_DATA, form, ADD_BASE_IRI, &source);
    source.reading = reading_of_newest(catalog, rp_text_from(policy), &versions);
    test.is_jsonb = source.form == RP_DATA_JSONB;
    test.document = document_of(&source);
    test.base_iri = source.base_iri.length > 0 ? rp_text_cstring(source.base_iri) : NULL;
    test.context = source.context.length > 0 ? rp_text_cstring(source.context) : NULL;
    test.conforms = PG_GETARG_BOOL(ADD_CONFORMS);
    test.violations = violations_argument(fcinfo);
    rp_catalog_writer_begin(&writer, catalog);
    rp_policy_test_write(&writer, policy, &test);
    rp_catalog_writer_end(&writer);
    if (versions.active != 0) {
        try_active(catalog, rp_text_from(policy), versions.active, &test);
    }
    PG_RETURN_VOID();
}

/* rdf_policy_add_test(policy, name, document text, conforms, violations, base_iri) */
Datum
rdf_policy_add_test_text(PG_FUNCTION_ARGS)
{
    return add_test(fcinfo, RP_DATA_TURTLE);
}

/* rdf_policy_add_test(policy, name, document jsonb, conforms, violations, base_iri, context) */
Datum
rdf_policy_add_test_jsonb(PG_FUNCTION_ARGS)
{
    return add_test(fcinfo, RP_DATA_JSONB);
}

/* rdf_policy_add_test(policy, name, document json, conforms, violations, base_iri, context) */
Datum
rdf_policy_add_test_json(PG_FUNCTION_ARGS)
{
    return add_test(fcinfo, RP_DATA_JSON);
}

/* rdf_policy_add_test(policy, name, triples, conforms, violations) */
Datum
rdf_policy_add_test_triples(PG_FUNCTION_ARGS)
{
    return add_test(fcinfo, RP_DATA_ARRAY);
}

/* rdf_policy_drop_test(policy, name) → whether there was one */
Datum
rdf_policy_drop_test(PG_FUNCTION_ARGS)
{
    RpParameter parameters[] = {RP_STRING_OF(rp_argument_policy(fcinfo)),
                                RP_STRING_OF(name_argument(fcinfo))};
    RpCatalogWriter writer;
    uint64 count;

    rp_hooks_refuse_within();
    rp_catalog_writer_begin(&writer, rp_catalog_of_function(fcinfo->flinfo->fn_oid));
    count = rp_catalog_run(
        &writer, "DELETE FROM @.rdf_catalog_test WHERE policy = $1 AND name = $2", 2, parameters);
    rp_catalog_writer_end(&writer);
    PG_RETURN_BOOL(count > 0);
}
