/*
 * Reading an exported version. It may come from anywhere, so nothing of it is believed: members are
 * looked at one by one, texts are checked as those are that are registered, and the signature is
 * computed again.
 */
#include "pg/change/exported_version.h"

#include "utils/fmgrprotos.h"

#include "pg/catalog/policy_name.h"
#include "pg/judge/data_source.h"
#include "pg/server/bridge.h"
#include "pg/server/signature.h"
#include "pg/term/json_term.h"

/* What a member must be. */
typedef struct Member {
    const char *name;
    enum jbvType type; /* jbvArray and jbvObject for containers */
    bool may_be_null;
} Member;

enum { FORMAT, POLICY, VERSION, SIGNATURE, FORM, SOURCE, OPTIONS, CONTEXTS, TESTS, MEMBER_COUNT };

static const Member members[MEMBER_COUNT] = {
    {"format", jbvNumeric, false},   {"policy", jbvString, false},   {"version", jbvNumeric, false},
    {"signature", jbvString, false}, {"form", jbvString, false},     {"source", jbvString, false},
    {"options", jbvObject, false},   {"contexts", jbvObject, false}, {"tests", jbvArray, false}};

enum {
    BASE_IRI,
    ILL_FORMED,
    SUBCLASS_FROM_SHAPES,
    IMPORTS,
    REQUIRE_FOCUS,
    ALLOW_VACUOUS,
    CONTEXT,
    DROPPED,
    OPTION_COUNT
};

static const Member options[OPTION_COUNT] = {{"base_iri", jbvString, true},
                                             {"ill_formed", jbvString, false},
                                             {"subclass_from_shapes", jbvBool, false},
                                             {"imports", jbvString, false},
                                             {"require_focus", jbvBool, false},
                                             {"allow_vacuous", jbvBool, false},
                                             {"context", jbvString, true},
                                             {"dropped", jbvString, false}};

enum {
    TEST_NAME,
    TEST_FORM,
    TEST_DOCUMENT,
    TEST_BASE_IRI,
    TEST_CONTEXT,
    TEST_CONFORMS,
    TEST_VIOLATIONS,
    TEST_MEMBER_COUNT
};

static const Member test_members[TEST_MEMBER_COUNT] = {
    {"name", jbvString, false},    {"form", jbvString, false},   {"document", jbvString, false},
    {"base_iri", jbvString, true}, {"context", jbvString, true}, {"conforms", jbvBool, false},
    {"violations", jbvArray, true}};

/* ERROR 22023. place: of the object that the member is in, "" for the whole, or with a dot. */
RP_NORETURN static void refuse(const char *place, const char *member, const char *problem);

static void
refuse(const char *place, const char *member, const char *problem)
{
    RpShown shown;

    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("this is no exported policy version: \"%s%s\" %s", place,
                           rp_text_show(rp_text_from(member), &shown), problem),
                    errhint("rdf_policy_export() makes one.")));
}

/* As the end of a sentence whose beginning is the member's name. */
static const char *
type_name(enum jbvType type)
{
    switch (type) {
    case jbvString:
        return "must be a string";
    case jbvNumeric:
        return "must be a number";
    case jbvBool:
        return "must be true or false";
    case jbvArray:
        return "must be an array";
    default:
        return "must be an object";
    }
}

/* An array or an object is binary within a jsonb, so it is asked for what it contains. */
static bool
is_of_type(const JsonbValue *value, const Member *member)
{
    switch (member->type) {
    case jbvArray:
        return value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data);
    case jbvObject:
        return value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data);
    default:
        return value->type == member->type;
    }
}

/* The first key that is no member's name. */
static void
refuse_unknown(JsonbContainer *object, const Member *known, int count, const char *place)
{
    JsonbIterator *iterator = JsonbIteratorInit(object);
    JsonbIteratorToken token;
    JsonbValue key;

    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        bool is_known = token != WJB_KEY;

        for (int i = 0; i < count && !is_known; i++) {
            is_known = rp_json_key_is(&key, known[i].name);
        }
        if (!is_known) {
            refuse(place, rp_text_cstring(rp_jsonb_text(&key)), "is not known here");
        }
    }
}

/* The values of an object's members, which are these and no others. */
static void
read_members(JsonbContainer *object, const Member *known, int count, const char *place,
             JsonbValue *values)
{
    refuse_unknown(object, known, count, place);
    for (int i = 0; i < count; i++) {
        const Member *member = &known[i];

        if (getKeyJsonValueFromContainer(object, member->name, (int)strlen(member->name),
                                         &values[i]) == NULL) {
            refuse(place, member->name, "is missing");
        }
        if (!is_of_type(&values[i], member) &&
            !(member->may_be_null && values[i].type == jbvNull)) {
            refuse(place, member->name, type_name(member->type));
        }
    }
}

/* Whether a member that is one of two words is the second. */
static bool
is_second(const JsonbValue *value, const char *place, const char *name, const char *first,
          const char *second)
{
    RpText word = rp_jsonb_text(value);

    if (!rp_text_equals(word, rp_text_from(first)) && !rp_text_equals(word, rp_text_from(second))) {
        refuse(place, name, psprintf("must be \"%s\" or \"%s\"", first, second));
    }
    return rp_text_equals(word, rp_text_from(second));
}

/* An IRI, or an empty text. ERROR 22P02. */
static RpText
iri_of(const JsonbValue *value)
{
    if (value->type == jbvNull) {
        return (RpText){NULL, 0};
    }
    return rp_data_source_iri(rp_text_datum(rp_jsonb_text(value)));
}

/* A whole number, so far below the highest that registering can go on behind it. */
static int32
whole_number(const JsonbValue *value, const char *name)
{
    char *digits =
        DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
    size_t length = strlen(digits);

    if (length > 8 || strspn(digits, "0123456789") != length || digits[0] == '0') {
        refuse("", name, "must be a whole number from 1 to 99999999");
    }
    return (int32)strtol(digits, NULL, 10);
}

/* ERROR 22023; 53400 for a text beyond rdfpolicy.max_document_size, also of a server that allows
 * larger ones. */
static void
read_source(const JsonbValue *values, RpExportedVersion *version)
{
    JsonbValue chosen[OPTION_COUNT];

    read_members(values[OPTIONS].val.binary.data, options, OPTION_COUNT, "options.", chosen);
    version->source = (RpSource){
        .is_rules = is_second(&values[FORM], "", "form", "turtle", "rules"),
        .text = rp_jsonb_text(&values[SOURCE]),
        .base_iri = iri_of(&chosen[BASE_IRI]),
        .leaves_out = is_second(&chosen[ILL_FORMED], "options.", "ill_formed", "error", "warn"),
        .subclass_from_shapes = chosen[SUBCLASS_FROM_SHAPES].val.boolean,
        .requires_focus = chosen[REQUIRE_FOCUS].val.boolean,
        .allows_vacuous = chosen[ALLOW_VACUOUS].val.boolean,
        .context = iri_of(&chosen[CONTEXT]),
        .refuses_dropped = is_second(&chosen[DROPPED], "options.", "dropped", "notice", "error"),
        .ignores_imports = is_second(&chosen[IMPORTS], "options.", "imports", "require", "ignore")};
    rp_source_check_size(version->source.text);
}

/* The signature is that of the source, and rules are as jsonb prints them: else the same rules
 * would have two signatures. */
static void
check_source(const RpExportedVersion *version)
{
    RpText source = version->source.text;

    if (version->source.is_rules) {
        Datum rules = DirectFunctionCall1(jsonb_in, CStringGetDatum(rp_text_cstring(source)));

        if (!rp_text_equals(source,
                            rp_text_from(DatumGetCString(DirectFunctionCall1(jsonb_out, rules))))) {
            refuse("", "source", "must be rules as jsonb prints them");
        }
    }
    if (strcmp(rp_signature(source), version->signature) != 0) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("the source of policy version \"%s@%d\" does not match its "
                               "signature",
                               version->policy, version->version),
                        errdetail("The text was changed, on its way here or before.")));
    }
}

/* The violation types, each followed by a space; NULL: not compared. */
static char *
violations_of(const JsonbValue *value, const char *place)
{
    StringInfoData codes;
    JsonbIterator *iterator;
    JsonbIteratorToken token;
    JsonbValue element;

    if (value->type == jbvNull) {
        return NULL;
    }
    initStringInfo(&codes);
    iterator = JsonbIteratorInit(value->val.binary.data);
    while ((token = JsonbIteratorNext(&iterator, &element, true)) != WJB_DONE) {
        if (token == WJB_ELEM) {
            char *code;

            if (element.type != jbvString) {
                refuse(place, "violations", "must be an array of strings");
            }
            code = rp_text_cstring(rp_jsonb_text(&element));
            rp_policy_test_check_type(code);
            appendStringInfo(&codes, "%s ", code);
        }
    }
    return codes.data;
}

static void
read_test(JsonbContainer *object, const char *place, RpPolicyTest *test)
{
    JsonbValue values[TEST_MEMBER_COUNT];
    RpText base_iri, context;

    read_members(object, test_members, TEST_MEMBER_COUNT, place, values);
    base_iri = iri_of(&values[TEST_BASE_IRI]);
    context = iri_of(&values[TEST_CONTEXT]);
    *test =
        (RpPolicyTest){.name = rp_text_cstring(rp_jsonb_text(&values[TEST_NAME])),
                       .is_jsonb = is_second(&values[TEST_FORM], place, "form", "turtle", "jsonb"),
                       .document = rp_text_cstring(rp_jsonb_text(&values[TEST_DOCUMENT])),
                       .base_iri = base_iri.length > 0 ? rp_text_cstring(base_iri) : NULL,
                       .context = context.length > 0 ? rp_text_cstring(context) : NULL,
                       .conforms = values[TEST_CONFORMS].val.boolean,
                       .violations = violations_of(&values[TEST_VIOLATIONS], place)};
    if (*test->name == '\0') {
        refuse(place, "name", "must not be empty");
    }
}

/* Texts point into the exported value, or are copies in the current memory context. */
static void
read_tests(const JsonbValue *array, RpExportedVersion *version)
{
    JsonbContainer *container = array->val.binary.data;
    JsonbIterator *iterator = JsonbIteratorInit(container);
    JsonbIteratorToken token;
    JsonbValue element;

    version->tests = MemoryContextAllocHuge(
        CurrentMemoryContext, sizeof(RpPolicyTest) * ((size_t)JsonContainerSize(container) + 1));
    while ((token = JsonbIteratorNext(&iterator, &element, true)) != WJB_DONE) {
        if (token == WJB_ELEM) {
            char *place = psprintf("tests[%u].", version->test_count);

            if (element.type != jbvBinary || !JsonContainerIsObject(element.val.binary.data)) {
                refuse("", psprintf("tests[%u]", version->test_count), type_name(jbvObject));
            }
            CHECK_FOR_INTERRUPTS();
            read_test(element.val.binary.data, place, &version->tests[version->test_count++]);
        }
    }
}

/* The value may be anybody's: each member is looked at, and the signature computed again, before
 * anything is written. */
void
rp_exported_version_read(Jsonb *exported, RpExportedVersion *version)
{
    JsonbValue values[MEMBER_COUNT];

    *version = (RpExportedVersion){.policy = NULL};
    if (!JB_ROOT_IS_OBJECT(exported)) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("this is no exported policy version: it is no JSON object"),
                        errhint("rdf_policy_export() makes one.")));
    }
    read_members(&exported->root, members, MEMBER_COUNT, "", values);
    if (whole_number(&values[FORMAT], "format") != RP_EXPORT_FORMAT) {
        refuse("", "format", psprintf("must be %d", RP_EXPORT_FORMAT));
    }
    version->policy = rp_text_cstring(rp_jsonb_text(&values[POLICY]));
    rp_policy_name_check(rp_text_from(version->policy));
    version->version = whole_number(&values[VERSION], "version");
    version->signature = rp_text_cstring(rp_jsonb_text(&values[SIGNATURE]));
    read_source(values, version);
    check_source(version);
    version->contexts = JsonbValueToJsonb(&values[CONTEXTS]);
    read_tests(&values[TESTS], version);
}
