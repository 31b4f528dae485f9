/* See policy_tests.h. Rows are read in the name of the tables' owner and copied; judging them is
 * done in the caller's name, and counts nothing. */
#include "pg/change/policy_tests.h"

#include "utils/jsonb.h"

#include "shacl/component.h"
#include "validate/message.h"
#include "pg/judge/data_triple.h"
#include "pg/judge/judgement.h"
#include "pg/server/bridge.h"

/* Differences of each sort that a failure names. */
enum { SHOWN_DIFFERENCES = 10 };

/*
 * The document was read when the test was added, and its text kept; a setting may be lower by now,
 * which then fails the test.
 */
static RpDataSource
source_of(const RpPolicyTest *test)
{
    RpDataSource source;

    if (test->is_jsonb) {
        source = rp_data_source_from_datum(
            RP_DATA_JSONB, DirectFunctionCall1(jsonb_in, CStringGetDatum(test->document)));
    } else {
        source = rp_data_source_from_datum(RP_DATA_TURTLE, CStringGetTextDatum(test->document));
    }
    if (test->base_iri != NULL) {
        source.base_iri = rp_text_from(test->base_iri);
    }
    if (test->context != NULL) {
        source.context = rp_text_from(test->context);
    }
    return source;
}

/* From the table of components, so a new component's type is known here by itself. */
static bool
is_violation_type(const char *code)
{
    for (uint32 i = 0; i < rp_component_count; i++) {
        if (strcmp(rp_component_table[i].violation_type, code) == 0) {
            return true;
        }
    }
    return strcmp(code, "PROPERTY_MISSING") == 0 || strcmp(code, RP_NO_FOCUS_NODE) == 0;
}

/* ERROR 22023: a type that no component has would be a test that no version passes. */
void
rp_policy_test_check_type(const char *code)
{
    RpShown shown;

    if (!is_violation_type(code)) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("there is no violation type \"%s\"",
                               rp_text_show(rp_text_from(code), &shown)),
                        errhint("Types are those of the report's column violation_type.")));
    }
}

/* Read to its end, and dropped: what is no data is refused when the test is entered, and not by the
 * reload after it. */
void
rp_policy_test_check(const RpPolicyTest *test, const RpReading *reading)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    RpDataSource source;
    RpError error;

    MemoryContextSwitchTo(work);
    source = source_of(test);
    source.reading = *reading;
    RP_BRIDGE_TRY(rp_data_source_read(&source, NULL, rp_bridge_work_arena(work, 0),
                                      &rp_data_triple_nowhere, &error),
                  &error);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
}

/* A test that is the same stays as it is, with who added it and when: an import that is repeated
 * changes nothing. */
void
rp_policy_test_write(const RpCatalogWriter *writer, const char *policy, const RpPolicyTest *test)
{
    RpParameter parameters[] = {
        RP_STRING_OF(policy),
        RP_STRING_OF(test->name),
        RP_STRING_OF(test->is_jsonb ? "jsonb" : "turtle"),
        RP_STRING_OF(test->document),
        test->base_iri == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(test->base_iri),
        test->context == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(test->context),
        RP_BOOLEAN_OF(test->conforms),
        test->violations == NULL ? RP_NULL_OF(TEXTOID) : RP_STRING_OF(test->violations),
        RP_STRING_OF(GetUserNameFromId(writer->caller, false))};

    rp_catalog_run(writer,
                   "INSERT INTO @.rdf_catalog_test AS t (policy, name, form, document, base_iri,"
                   " context, conforms, violations, added_at, added_by)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, string_to_array(rtrim($8), ' '),"
                   "  clock_timestamp(), $9)"
                   " ON CONFLICT (policy, name) DO UPDATE SET form = excluded.form,"
                   " document = excluded.document, base_iri = excluded.base_iri,"
                   " context = excluded.context, conforms = excluded.conforms, violations = "
                   "excluded.violations,"
                   " added_at = excluded.added_at, added_by = excluded.added_by"
                   " WHERE (t.form, t.document, t.base_iri, t.context, t.conforms, t.violations)"
                   "  IS DISTINCT FROM (excluded.form, excluded.document, excluded.base_iri,"
                   "  excluded.context, excluded.conforms, excluded.violations)",
                   lengthof(parameters), parameters);
}

/* By bytes, whatever the database's collation: both lists are sorted alike. */
static int
compare_strings(const ListCell *a, const ListCell *b)
{
    return strcmp(lfirst(a), lfirst(b));
}

/* The violation types of a judgement, sorted. */
static List *
found_types(const RpJudgement *judgement)
{
    List *types = NIL;

    for (const RpResult *result = judgement->report.first; result != NULL; result = result->next) {
        CHECK_FOR_INTERRUPTS();
        types = lappend(types, pstrdup(rp_result_violation_type(&judgement->data, result)));
    }
    list_sort(types, compare_strings);
    return types;
}

/* The violation types that a test expects, sorted. */
static List *
expected_types(const char *violations)
{
    List *types = NIL;
    char *rest = pstrdup(violations);

    for (char *type = strsep(&rest, " "); type != NULL; type = strsep(&rest, " ")) {
        if (*type != '\0') {
            types = lappend(types, type);
        }
    }
    list_sort(types, compare_strings);
    return types;
}

/* Add a difference to the first ones. */
static void
append_difference(StringInfo out, int *count, const char *word, const char *type)
{
    if (++*count <= SHOWN_DIFFERENCES) {
        appendStringInfo(out, "%s%s %s", out->len > 0 ? ", " : "", word, type);
    } else if (*count == SHOWN_DIFFERENCES + 1) {
        appendStringInfoString(out, ", …");
    }
}

/* Tell of each type that the first sorted list has more often than the second. */
static void
append_surplus(StringInfo out, const char *word, const List *types, const List *others)
{
    int count = 0;
    int at = 0;

    for (int i = 0; i < list_length(types); i++) {
        const char *type = list_nth(types, i);

        while (at < list_length(others) && strcmp(list_nth(others, at), type) < 0) {
            at++;
        }
        if (at < list_length(others) && strcmp(list_nth(others, at), type) == 0) {
            at++;
        } else {
            append_difference(out, &count, word, type);
        }
    }
}

/* Tell of the violation types that are not as expected. Where more are found than are kept, what is
 * missing among them is not known. */
static void
compare_types(StringInfo out, const RpJudgement *judgement, const List *expected)
{
    List *found = found_types(judgement);

    if (!judgement->report.is_cut) {
        append_surplus(out, "missing", expected, found);
    }
    append_surplus(out, "unexpected", found, expected);
}

/*
 * Nothing is counted, and no shadow judges (rp_judgement_make): a test is no live data. What cannot
 * be judged fails, whatever was expected.
 */
const char *
rp_policy_test_failure(const RpPolicyTest *test, const RpPolicyUse *use)
{
    const RpPolicySelection selection = {.uses = use, .use_count = 1};
    RpRequireFocus focus = rp_require_focus_begin(&selection);
    List *expected = test->violations != NULL ? expected_types(test->violations) : NIL;
    /* Without types only the verdict matters. More than are expected are one too many already. */
    RpJudgementOptions options = {
        .kept_limit =
            test->violations != NULL ? (uint64)list_length(expected) + SHOWN_DIFFERENCES + 1 : 0,
        .stop_at_disallowed = test->violations != NULL ? 0 : 1,
        .require_focus = &focus};
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work = rp_bridge_context();
    RpJudgement judgement;
    RpDataSource source;
    StringInfoData difference;
    RpError error;
    RpStatus status;
    char *failure = NULL;

    MemoryContextSwitchTo(work);
    initStringInfo(&difference);
    source = source_of(test);
    status = rp_judgement_make(use, &source, &options, rp_bridge_work_arena(work, 0), &judgement,
                               &error);
    if (status == RP_INTERRUPTED || status == RP_OUT_OF_MEMORY) {
        rp_bridge_raise(&error);
    }
    if (status != RP_OK) {
        appendStringInfo(&difference, "cannot be judged: %s", error.message);
    } else {
        if (rp_report_conforms(&judgement.report) != test->conforms) {
            appendStringInfoString(&difference, test->conforms ? "does not conform" : "conforms");
        }
        if (test->violations != NULL) {
            compare_types(&difference, &judgement, expected);
        }
    }
    MemoryContextSwitchTo(caller);
    if (difference.len > 0) {
        failure =
            psprintf("test \"%s\" of policy \"%.*s\" fails under version %d: %s", test->name,
                     (int)use->policy.length, use->policy.data, use->version, difference.data);
    }
    MemoryContextDelete(work);
    return failure;
}

static RpPolicyTest *
read_tests(const RpCatalog *catalog, RpText policy, uint64 *count)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameter = RP_TEXT_OF(policy);
    RpPolicyTest *tests;
    RpCatalogWriter writer;

    rp_catalog_writer_begin(&writer, catalog);
    *count = rp_catalog_run(&writer,
                            "SELECT name, form = 'jsonb', document, base_iri, context, conforms,"
                            " array_to_string(violations, ' ') FROM @.rdf_catalog_test"
                            " WHERE policy = $1 ORDER BY name",
                            1, &parameter);
    tests = MemoryContextAllocHuge(context, sizeof(RpPolicyTest) * (*count + 1));
    for (uint64 row = 0; row < *count; row++) {
        tests[row] = (RpPolicyTest){.name = rp_catalog_result_string(row, 1, context),
                                    .is_jsonb = rp_catalog_result_bool(row, 2),
                                    .document = rp_catalog_result_string(row, 3, context),
                                    .base_iri = rp_catalog_result_string(row, 4, context),
                                    .context = rp_catalog_result_string(row, 5, context),
                                    .conforms = rp_catalog_result_bool(row, 6),
                                    .violations = rp_catalog_result_string(row, 7, context)};
    }
    rp_catalog_writer_end(&writer);
    return tests;
}

const char *
rp_policy_tests_run(const RpCatalog *catalog, const RpPolicyUse *use)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext work =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy tests", ALLOCSET_DEFAULT_SIZES);
    const char *failure = NULL;
    RpPolicyTest *tests;
    uint64 count;

    MemoryContextSwitchTo(work);
    tests = read_tests(catalog, use->policy, &count);
    for (uint64 i = 0; i < count && failure == NULL; i++) {
        failure = rp_policy_test_failure(&tests[i], use);
    }
    MemoryContextSwitchTo(caller);
    if (failure != NULL) {
        failure = pstrdup(failure);
    }
    MemoryContextDelete(work);
    return failure;
}
