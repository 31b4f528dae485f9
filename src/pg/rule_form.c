/*
 * The rule form, read as triples of a shapes graph. One shape
 *
 *     "User": {"rules": [{"property": "age", "datatype": "xsd:integer", "minValue": 0}], "target_class": null}
 *
 * becomes what this Turtle says:
 *
 *     <urn:rdfpolicy:name:User> a sh:NodeShape ; sh:targetClass <urn:rdfpolicy:name:User> ; sh:property _:rule1 .
 *     _:rule1 sh:path <urn:rdfpolicy:name:age> ; sh:datatype xsd:integer ; sh:minInclusive 0 .
 */
#include "pg/rule_form.h"

#include "pg/bridge.h"
#include "pg/json_term.h"
#include "xsd/datatype.h"

typedef enum RuleKey {
    KEY_PROPERTY,
    KEY_REQUIRED,
    KEY_DATATYPE,
    KEY_MIN_VALUE,
    KEY_MAX_VALUE,
    KEY_MIN_LENGTH,
    KEY_MAX_LENGTH,
    KEY_MIN_COUNT,
    KEY_MAX_COUNT,
    KEY_PATTERN,
    KEY_FLAGS,
    KEY_IN,
    KEY_NODE_KIND,
    KEY_COUNT
} RuleKey;

/* What the value of a key is. */
typedef enum KeyKind { IS_NAME, IS_BOOLEAN, IS_COUNT, IS_BOUND, IS_STRING, IS_LIST, IS_NODE_KIND } KeyKind;

typedef struct KeyEntry {
    const char *name;
    KeyKind kind;
    RpVocabulary predicate; /* of the triple that the key becomes */
} KeyEntry;

static const KeyEntry key_entries[KEY_COUNT] = {
    [KEY_PROPERTY] = {"property", IS_NAME, RP_VOCABULARY_sh_path},
    [KEY_REQUIRED] = {"required", IS_BOOLEAN, RP_VOCABULARY_sh_minCount},
    [KEY_DATATYPE] = {"datatype", IS_NAME, RP_VOCABULARY_sh_datatype},
    [KEY_MIN_VALUE] = {"minValue", IS_BOUND, RP_VOCABULARY_sh_minInclusive},
    [KEY_MAX_VALUE] = {"maxValue", IS_BOUND, RP_VOCABULARY_sh_maxInclusive},
    [KEY_MIN_LENGTH] = {"minLength", IS_COUNT, RP_VOCABULARY_sh_minLength},
    [KEY_MAX_LENGTH] = {"maxLength", IS_COUNT, RP_VOCABULARY_sh_maxLength},
    [KEY_MIN_COUNT] = {"minCount", IS_COUNT, RP_VOCABULARY_sh_minCount},
    [KEY_MAX_COUNT] = {"maxCount", IS_COUNT, RP_VOCABULARY_sh_maxCount},
    [KEY_PATTERN] = {"pattern", IS_STRING, RP_VOCABULARY_sh_pattern},
    [KEY_FLAGS] = {"flags", IS_STRING, RP_VOCABULARY_sh_flags},
    [KEY_IN] = {"in", IS_LIST, RP_VOCABULARY_sh_in},
    [KEY_NODE_KIND] = {"nodeKind", IS_NODE_KIND, RP_VOCABULARY_sh_nodeKind},
};

static const char keys_hint[] =
    "The keys of a rule are property, required, datatype, minValue, maxValue, minLength, maxLength, "
    "minCount, maxCount, pattern, flags, in, nodeKind.";

typedef struct RuleReader {
    RpShapesGraph *graph;
    RpError *error;
    bool warns;
    RpText shape; /* name of the shape that is read */
    RpTerm shape_node;
    RpText property;      /* name of the property of the rule that is read; no data: not known */
    uint32_t rule_index;  /* of the rule in its shape, from 0 */
    uint32_t rule_number; /* of the rule in the source, from 1 */
} RuleReader;

/* A rule whose values have the right JSON types. A key that is absent is jbvNull. */
typedef struct Rule {
    RpTerm node; /* its property shape */
    JsonbValue values[KEY_COUNT];
    RpText datatype; /* IRI; empty: none */
} Rule;

/* Errors and notices */

/* Set an error that says which rule it is about. */
static RpStatus refuse(RuleReader *reader, const char *format, ...) pg_attribute_printf(2, 3);

static RpStatus
refuse(RuleReader *reader, const char *format, ...)
{
    RpShown shape, property;
    char message[RP_ERROR_MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    rp_text_show(reader->shape, &shape);
    if (reader->property.data != NULL) {
        return rp_error_set(reader->error, RP_ILL_FORMED, "shape \"%s\", property \"%s\": %s",
                            shape.text, rp_text_show(reader->property, &property), message);
    }
    return rp_error_set(reader->error, RP_ILL_FORMED, "shape \"%s\", rules[%u]: %s", shape.text,
                        reader->rule_index, message);
}

/* What is wrong with the value of a key, as a function below found it; its hint stays. */
static RpStatus
refuse_value(RuleReader *reader, RuleKey key)
{
    RpError cause = *reader->error;

    if (cause.status != RP_SYNTAX) {
        return cause.status;
    }
    refuse(reader, "\"%s\": %s", key_entries[key].name, cause.message);
    return rp_error_hint(reader->error, "%s", cause.hint);
}

/*
 * The IRI of a name. A name that was taken as an IRI only because it has a colon gets a NOTICE
 * where it first comes up: the dictionary does not have it yet.
 */
static RpStatus
expand_name(RuleReader *reader, RpText name, RpTerm *term)
{
    RpShown shown;
    RpText iri;
    RpTermId id;
    bool is_guess;

    RP_TRY(rp_name_expand(reader->graph->arena, name, &iri, &is_guess, reader->error));
    *term = rp_term_iri(iri);
    if (is_guess && reader->warns &&
        rp_dictionary_find(&reader->graph->dictionary, term) == RP_TERM_NONE) {
        rp_text_show(name, &shown);
        ereport(NOTICE, (errmsg("\"%s\" is taken as the IRI <%s>", shown.text, shown.text),
                         errhint("Its beginning is no well-known prefix (xsd, rdf, rdfs, owl, foaf, "
                                 "schema, dc, dcterms, sh). Write <%s> where the IRI is meant.",
                                 shown.text)));
    }
    return rp_dictionary_add(&reader->graph->dictionary, term, &id, reader->error);
}

/* Triples */

static RpStatus
add_triple(RuleReader *reader, const RpTerm *subject, RpVocabulary predicate, const RpTerm *object)
{
    RpTerm predicate_term = rp_term_iri(rp_vocabulary_iri(predicate));

    return rp_shapes_graph_add(reader->graph, subject, &predicate_term, object,
                               (RpPosition){0, 0}, reader->error);
}

/* A fresh blank node: "rule<number>", or "rule<number>_item<item>" for item 1 and later. */
static RpStatus
make_blank(RuleReader *reader, uint32_t item, RpTerm *node)
{
    RpBuffer label;

    rp_buffer_init(&label, reader->graph->arena);
    rp_buffer_append_format(&label, "rule%u", reader->rule_number);
    if (item > 0) {
        rp_buffer_append_format(&label, "_item%u", item);
    }
    *node = rp_term_blank(rp_buffer_text(&label));
    return rp_buffer_status(&label, reader->error);
}

/* Reading a rule: each key is known, and its value has the right JSON type */

static bool
is_count(const JsonbValue *value)
{
    return value->type == jbvNumeric &&
           strspn(DatumGetCString(DirectFunctionCall1(
                      numeric_out, NumericGetDatum(value->val.numeric))),
                  "0123456789") > 0;
}

