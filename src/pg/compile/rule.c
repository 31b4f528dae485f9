/* The keys of a rule, and whether their values have the right JSON types. */
#include "pg/compile/rule.h"

#include "lib/stringinfo.h"
#include "utils/numeric.h"

#include "base/nearest.h"
#include "pg/term/json_term.h"

const RpRuleEntry rp_rule_entries[RP_RULE_KEY_COUNT] = {
    [RP_RULE_PROPERTY] = {"property", RP_KIND_NAME, RP_VOCABULARY_sh_path},
    [RP_RULE_CLOSED] = {"closed", RP_KIND_BOOLEAN, RP_VOCABULARY_sh_closed},
    [RP_RULE_IGNORED_PROPERTIES] = {"ignoredProperties", RP_KIND_NAMES,
                                    RP_VOCABULARY_sh_ignoredProperties},
    [RP_RULE_REQUIRED] = {"required", RP_KIND_BOOLEAN, RP_VOCABULARY_sh_minCount},
    [RP_RULE_DATATYPE] = {"datatype", RP_KIND_DATATYPE, RP_VOCABULARY_sh_datatype},
    [RP_RULE_CLASS] = {"class", RP_KIND_NAME, RP_VOCABULARY_sh_class},
    [RP_RULE_NODE] = {"node", RP_KIND_SHAPE, RP_VOCABULARY_sh_node},
    [RP_RULE_MIN_VALUE] = {"minValue", RP_KIND_BOUND, RP_VOCABULARY_sh_minInclusive},
    [RP_RULE_MAX_VALUE] = {"maxValue", RP_KIND_BOUND, RP_VOCABULARY_sh_maxInclusive},
    [RP_RULE_MIN_EXCLUSIVE] = {"minExclusive", RP_KIND_BOUND, RP_VOCABULARY_sh_minExclusive},
    [RP_RULE_MAX_EXCLUSIVE] = {"maxExclusive", RP_KIND_BOUND, RP_VOCABULARY_sh_maxExclusive},
    [RP_RULE_MIN_LENGTH] = {"minLength", RP_KIND_COUNT, RP_VOCABULARY_sh_minLength},
    [RP_RULE_MAX_LENGTH] = {"maxLength", RP_KIND_COUNT, RP_VOCABULARY_sh_maxLength},
    [RP_RULE_MIN_COUNT] = {"minCount", RP_KIND_COUNT, RP_VOCABULARY_sh_minCount},
    [RP_RULE_MAX_COUNT] = {"maxCount", RP_KIND_COUNT, RP_VOCABULARY_sh_maxCount},
    [RP_RULE_PATTERN] = {"pattern", RP_KIND_PATTERN, RP_VOCABULARY_sh_pattern},
    [RP_RULE_FLAGS] = {"flags", RP_KIND_STRING, RP_VOCABULARY_sh_flags},
    [RP_RULE_IN] = {"in", RP_KIND_TERMS, RP_VOCABULARY_sh_in},
    [RP_RULE_HAS_VALUE] = {"hasValue", RP_KIND_TERM, RP_VOCABULARY_sh_hasValue},
    [RP_RULE_NODE_KIND] = {"nodeKind", RP_KIND_NODE_KIND, RP_VOCABULARY_sh_nodeKind},
    [RP_RULE_LANGUAGE_IN] = {"languageIn", RP_KIND_LANGUAGES, RP_VOCABULARY_sh_languageIn},
    [RP_RULE_UNIQUE_LANG] = {"uniqueLang", RP_KIND_BOOLEAN, RP_VOCABULARY_sh_uniqueLang},
    [RP_RULE_MESSAGE] = {"message", RP_KIND_STRING, RP_VOCABULARY_sh_message},
    [RP_RULE_SEVERITY] = {"severity", RP_KIND_SEVERITY, RP_VOCABULARY_sh_severity},
};

static const char *const kind_names[] = {
    [RP_KIND_NAME] = "a string that names an IRI",
    [RP_KIND_DATATYPE] = "a string that names a datatype",
    [RP_KIND_SHAPE] = "a string that names a shape of the policy",
    [RP_KIND_NODE_KIND] = "a string that names a node kind",
    [RP_KIND_SEVERITY] = "a string that names a severity",
    [RP_KIND_STRING] = "a string",
    [RP_KIND_PATTERN] = "a string",
    [RP_KIND_BOOLEAN] = "true or false",
    [RP_KIND_COUNT] = "a non-negative integer",
    [RP_KIND_BOUND] = "a number or a string",
    [RP_KIND_TERM] = "a string, number, boolean or term",
    [RP_KIND_TERMS] = "an array that is not empty",
    [RP_KIND_LANGUAGES] = "an array of language tags that is not empty",
    [RP_KIND_NAMES] = "an array of names",
};

RpStatus
rp_rule_note(const RpRuleErrorReceiver *receiver, RpStatus status, RpError *error)
{
    bool is_about_source = status == RP_ILL_FORMED || status == RP_UNSUPPORTED;

    return receiver != NULL && is_about_source ? receiver->receive(receiver->state, error) : status;
}

/* The same for a part of a rule. */
static RpStatus
note(RpRule *rule, const RpRuleErrorReceiver *receiver, RpStatus status, RpError *error)
{
    rule->is_broken |= status != RP_OK;
    return rp_rule_note(receiver, status, error);
}

/* The text is cut to RP_ERROR_MESSAGE_SIZE: names may be as long as the document. */
RpStatus
rp_rule_refuse(const RpRule *rule, RpError *error, const char *format, ...)
{
    RpShown shape, property;
    char message[RP_ERROR_MESSAGE_SIZE];
    char place[32] = "";
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    if (!rule->is_alone) {
        snprintf(place, sizeof(place), ", rules[%u]", rule->index);
    }
    rp_text_show(rule->shape, &shape);
    if (rule->property.data != NULL) {
        return rp_error_set(error, RP_ILL_FORMED, "shape \"%s\"%s, property \"%s\": %s", shape.text,
                            place, rp_text_show(rule->property, &property), message);
    }
    return rp_error_set(error, RP_ILL_FORMED, "shape \"%s\"%s: %s", shape.text, place, message);
}

/* All of them: there is nothing nearer to guess. */
static RpStatus
hint_keys(RpError *error)
{
    StringInfoData names;

    initStringInfo(&names);
    for (int i = 0; i < RP_RULE_KEY_COUNT; i++) {
        appendStringInfo(&names, "%s%s", i == 0 ? "" : ", ", rp_rule_entries[i].name);
    }
    return rp_error_hint(error, "The keys of a rule are %s.", names.data);
}

/* An unknown key is no key that may be left out: it would be a constraint that nobody checks. */
static RpStatus
refuse_key(const RpRule *rule, RpText key, RpError *error)
{
    RpNearest nearest;
    RpShown shown;

    rp_nearest_begin(&nearest, key);
    for (int i = 0; i < RP_RULE_KEY_COUNT; i++) {
        rp_nearest_offer(&nearest, rp_text_from(rp_rule_entries[i].name));
    }
    rp_rule_refuse(rule, error, "unknown key \"%s\"", rp_text_show(key, &shown));
    return nearest.name.length == 0 ? hint_keys(error)
                                    : rp_error_hint(error, "Did you mean \"%.*s\"?",
                                                    (int)nearest.name.length, nearest.name.data);
}

bool
rp_rule_has(const RpRule *rule, RpRuleKey key)
{
    return rule->values[key].type != jbvNull;
}

/* By its text: a numeric may be larger than any integer, and 1.0 is no lexical form of xsd:integer.
 */
static bool
is_count(const JsonbValue *value)
{
    char *number;
    bool is_digits;

    if (value->type != jbvNumeric) {
        return false;
    }
    number = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
    is_digits = number[strspn(number, "0123456789")] == '\0';
    pfree(number);
    return is_digits;
}

static bool
is_array(const JsonbValue *value)
{
    return value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data);
}

/* The JSON type alone; what a value means is asked later (rule_value.c). */
static bool
has_kind(const JsonbValue *value, RpRuleValueKind kind)
{
    switch (kind) {
    case RP_KIND_NAME:
    case RP_KIND_DATATYPE:
    case RP_KIND_SHAPE:
    case RP_KIND_NODE_KIND:
    case RP_KIND_SEVERITY:
    case RP_KIND_STRING:
    case RP_KIND_PATTERN:
        return value->type == jbvString;
    case RP_KIND_BOOLEAN:
        return value->type == jbvBool;
    case RP_KIND_COUNT:
        return is_count(value);
    case RP_KIND_BOUND:
        return value->type == jbvString || value->type == jbvNumeric;
    case RP_KIND_TERM:
        return value->type != jbvNull && !is_array(value);
    case RP_KIND_TERMS:
    case RP_KIND_LANGUAGES:
        return is_array(value) && JsonContainerSize(value->val.binary.data) > 0;
    case RP_KIND_NAMES:
        return is_array(value);
    }
    return false;
}

/* jsonb has each key once, the last of those that were written. */
static RpStatus
take_key(RpRule *rule, const JsonbValue *key, const JsonbValue *value, RpError *error)
{
    for (int i = 0; i < RP_RULE_KEY_COUNT; i++) {
        const RpRuleEntry *entry = &rp_rule_entries[i];

        if (rp_json_key_is(key, entry->name)) {
            if (!has_kind(value, entry->kind)) {
                return rp_rule_refuse(rule, error, "\"%s\" must be %s", entry->name,
                                      kind_names[entry->kind]);
            }
            rule->values[i] = *value;
            return RP_OK;
        }
    }
    return refuse_key(rule, rp_jsonb_text(key), error);
}

/* The property first, wherever it stands, since every message names it. */
static void
take_property_name(RpRule *rule, JsonbContainer *object)
{
    const char *name = rp_rule_entries[RP_RULE_PROPERTY].name;
    JsonbValue value;

    if (getKeyJsonValueFromContainer(object, name, (int)strlen(name), &value) != NULL &&
        value.type == jbvString) {
        rule->property = rp_jsonb_text(&value);
    }
}

/* A rule is about one property, or about all of its shape's. */
static RpStatus
check_subject(const RpRule *rule, RpError *error)
{
    bool is_closed = rp_rule_has(rule, RP_RULE_CLOSED);

    if (!rp_rule_has(rule, RP_RULE_PROPERTY) && !is_closed) {
        rp_rule_refuse(rule, error, "the key \"property\" is missing");
        return hint_keys(error);
    }
    for (RpRuleKey key = 0; key < RP_RULE_KEY_COUNT; key++) {
        bool is_of_shapes = key == RP_RULE_CLOSED || key == RP_RULE_IGNORED_PROPERTIES;
        bool is_of_both = key == RP_RULE_MESSAGE || key == RP_RULE_SEVERITY;

        if (rp_rule_has(rule, key) && !is_of_both && is_closed != is_of_shapes) {
            const char *name = rp_rule_entries[key].name;

            is_closed ? rp_rule_refuse(rule, error, "\"%s\" cannot stand beside \"closed\"", name)
                      : rp_rule_refuse(rule, error, "\"%s\" is for a rule with \"closed\"", name);
            return rp_error_hint(error, "What is closed is the shape, not one property: write "
                                        "{\"closed\": true} as a rule of its own, with "
                                        "ignoredProperties, message and severity where wanted.");
        }
    }
    if (rp_rule_has(rule, RP_RULE_FLAGS) && !rp_rule_has(rule, RP_RULE_PATTERN)) {
        return rp_rule_refuse(rule, error, "\"flags\" is for a \"pattern\", and there is none");
    }
    return RP_OK;
}

/* What the keys mean together is asked only where each of them is known. */
RpStatus
rp_rule_read(RpRule *rule, JsonbContainer *object, const RpRuleErrorReceiver *receiver,
             RpError *error)
{
    JsonbIterator *iterator = JsonbIteratorInit(object);
    JsonbValue key;
    JsonbIteratorToken token;

    take_property_name(rule, object);
    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(&iterator, &value, true);
            RP_TRY(note(rule, receiver, take_key(rule, &key, &value, error), error));
        }
    }
    return rule->is_broken ? RP_OK : note(rule, receiver, check_subject(rule, error), error);
}
