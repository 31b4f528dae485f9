/* The keys of a rule, and whether their values have the right JSON types. */
#include "pg/compile/rule.h"

#include "utils/numeric.h"

#include "pg/term/json_term.h"

const RpRuleEntry rp_rule_entries[RP_RULE_KEY_COUNT] = {
    [RP_RULE_PROPERTY] = {"property", RP_KIND_NAME, RP_VOCABULARY_sh_path},
    [RP_RULE_REQUIRED] = {"required", RP_KIND_BOOLEAN, RP_VOCABULARY_sh_minCount},
    [RP_RULE_DATATYPE] = {"datatype", RP_KIND_NAME, RP_VOCABULARY_sh_datatype},
    [RP_RULE_MIN_VALUE] = {"minValue", RP_KIND_BOUND, RP_VOCABULARY_sh_minInclusive},
    [RP_RULE_MAX_VALUE] = {"maxValue", RP_KIND_BOUND, RP_VOCABULARY_sh_maxInclusive},
    [RP_RULE_MIN_LENGTH] = {"minLength", RP_KIND_COUNT, RP_VOCABULARY_sh_minLength},
    [RP_RULE_MAX_LENGTH] = {"maxLength", RP_KIND_COUNT, RP_VOCABULARY_sh_maxLength},
    [RP_RULE_MIN_COUNT] = {"minCount", RP_KIND_COUNT, RP_VOCABULARY_sh_minCount},
    [RP_RULE_MAX_COUNT] = {"maxCount", RP_KIND_COUNT, RP_VOCABULARY_sh_maxCount},
    [RP_RULE_PATTERN] = {"pattern", RP_KIND_STRING, RP_VOCABULARY_sh_pattern},
    [RP_RULE_FLAGS] = {"flags", RP_KIND_STRING, RP_VOCABULARY_sh_flags},
    [RP_RULE_IN] = {"in", RP_KIND_LIST, RP_VOCABULARY_sh_in},
    [RP_RULE_NODE_KIND] = {"nodeKind", RP_KIND_NODE_KIND, RP_VOCABULARY_sh_nodeKind},
};

static const char *const kind_names[] = {
    [RP_KIND_NAME] = "a string that names an IRI",
    [RP_KIND_BOOLEAN] = "true or false",
    [RP_KIND_COUNT] = "a non-negative integer",
    [RP_KIND_BOUND] = "a number or a string",
    [RP_KIND_STRING] = "a string",
    [RP_KIND_LIST] = "an array",
    [RP_KIND_NODE_KIND] = "a string that names a node kind",
};

RpStatus
rp_rule_refuse(const RpRule *rule, RpError *error, const char *format, ...)
{
    RpShown shape, property;
    char message[RP_ERROR_MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    rp_text_show(rule->shape, &shape);
    if (rule->property.data != NULL) {
        return rp_error_set(error, RP_ILL_FORMED, "shape \"%s\", property \"%s\": %s", shape.text,
                            rp_text_show(rule->property, &property), message);
    }
    return rp_error_set(error, RP_ILL_FORMED, "shape \"%s\", rules[%u]: %s", shape.text,
                        rule->index, message);
}

static RpStatus
hint_keys(RpError *error)
{
    return rp_error_hint(error, "The keys of a rule are property, required, datatype, minValue, "
                                "maxValue, minLength, maxLength, minCount, maxCount, pattern, "
                                "flags, in, nodeKind.");
}

bool
rp_rule_has(const RpRule *rule, RpRuleKey key)
{
    return rule->values[key].type != jbvNull;
}

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
has_kind(const JsonbValue *value, RpRuleValueKind kind)
{
    switch (kind) {
    case RP_KIND_NAME:
    case RP_KIND_STRING:
    case RP_KIND_NODE_KIND:
        return value->type == jbvString;
    case RP_KIND_BOOLEAN:
        return value->type == jbvBool;
    case RP_KIND_COUNT:
        return is_count(value);
    case RP_KIND_BOUND:
        return value->type == jbvString || value->type == jbvNumeric;
    case RP_KIND_LIST:
        return value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data);
    }
    return false;
}

static RpStatus
take_key(RpRule *rule, const JsonbValue *key, const JsonbValue *value, RpError *error)
{
    RpShown shown;

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
    rp_rule_refuse(rule, error, "unknown key \"%s\"", rp_text_show(rp_json_text(key), &shown));
    return hint_keys(error);
}

/* The property first, wherever it stands, since every message names it. */
static void
take_property_name(RpRule *rule, JsonbContainer *object)
{
    const char *name = rp_rule_entries[RP_RULE_PROPERTY].name;
    JsonbValue value;

    if (getKeyJsonValueFromContainer(object, name, (int)strlen(name), &value) != NULL &&
        value.type == jbvString) {
        rule->property = rp_json_text(&value);
    }
}

RpStatus
rp_rule_read(RpRule *rule, JsonbContainer *object, RpError *error)
{
    JsonbIterator *iterator = JsonbIteratorInit(object);
    JsonbValue key;
    JsonbIteratorToken token;

    take_property_name(rule, object);
    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(&iterator, &value, true);
            RP_TRY(take_key(rule, &key, &value, error));
        }
    }
    if (!rp_rule_has(rule, RP_RULE_PROPERTY)) {
        rp_rule_refuse(rule, error, "the key \"property\" is missing");
        return hint_keys(error);
    }
    if (rp_rule_has(rule, RP_RULE_FLAGS) && !rp_rule_has(rule, RP_RULE_PATTERN)) {
        return rp_rule_refuse(rule, error, "\"flags\" is for a \"pattern\", and there is none");
    }
    return RP_OK;
}
