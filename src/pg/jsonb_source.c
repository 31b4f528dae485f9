/*
 * Triples as jsonb. An element of the array is an object in one of two forms:
 *
 *     {"subject": "alice", "predicate": "age", "value": 42}          value's kind by type, datatype, language
 *     {"subject": S, "predicate": P, "object": O}                    each a term of SPARQL's JSON results, or a string
 *
 * Both are read into the same JsonTerm, so what a string means is decided in one place.
 */
#include "pg/jsonb_source.h"

#include "utils/numeric.h"

#include "pg/bridge.h"
#include "rdf/vocabulary.h"

/* A term before it is understood. A member is absent where its data is NULL. */
typedef struct JsonTerm {
    JsonbValue value; /* jbvString, jbvNumeric or jbvBool; jbvNull: absent */
    RpText type;
    RpText datatype;
    RpText language;
    bool is_type_value; /* the value of rdf:type: an IRI, whatever it looks like */
} JsonTerm;

/* What reading one element needs. */
typedef struct JsonReader {
    RpArena *arena;
    RpError *error;
} JsonReader;

static RpText
json_text(const JsonbValue *value)
{
    return (RpText){value->val.string.val, (uint32_t)value->val.string.len};
}

static bool
key_is(const JsonbValue *key, const char *name)
{
    return rp_text_equals(json_text(key), rp_text_from(name));
}

static RpStatus
unknown_member(const JsonbValue *key, JsonReader *reader)
{
    RpShown shown;

    return rp_error_set(reader->error, RP_SYNTAX, "unknown member \"%s\"",
                        rp_text_show(json_text(key), &shown));
}

static RpStatus
string_member(const JsonbValue *key, const JsonbValue *value, RpText *text, JsonReader *reader)
{
    RpShown shown;

    if (value->type != jbvString) {
        return rp_error_set(reader->error, RP_SYNTAX, "member \"%s\" must be a string",
                            rp_text_show(json_text(key), &shown));
    }
    *text = json_text(value);
    return RP_OK;
}

static RpStatus
scalar_member(const JsonbValue *key, const JsonbValue *value, JsonTerm *term, JsonReader *reader)
{
    RpShown shown;

    if (value->type != jbvString && value->type != jbvNumeric && value->type != jbvBool) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "member \"%s\" must be a string, a number or a boolean",
                            rp_text_show(json_text(key), &shown));
    }
    term->value = *value;
    return RP_OK;
}

/* A member of a term: value, type, datatype, and the language by the name that the form has for it. */
static RpStatus
term_member(const JsonbValue *key, const JsonbValue *value, const char *language_name,
            JsonTerm *term, JsonReader *reader)
{
    if (key_is(key, "value")) {
        return scalar_member(key, value, term, reader);
    }
    if (key_is(key, "type")) {
        return string_member(key, value, &term->type, reader);
    }
    if (key_is(key, "datatype")) {
        return string_member(key, value, &term->datatype, reader);
    }
    if (key_is(key, language_name)) {
        return string_member(key, value, &term->language, reader);
    }
    return unknown_member(key, reader);
}

/* A term of SPARQL's JSON results. */
static RpStatus
term_object(JsonbContainer *container, JsonTerm *term, JsonReader *reader)
{
    JsonbIterator *iterator = JsonbIteratorInit(container);
    JsonbValue key;
    JsonbIteratorToken token;

    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(&iterator, &value, true);
            RP_TRY(term_member(&key, &value, "xml:lang", term, reader));
        }
    }
    if (term->value.type == jbvNull) {
        return rp_error_set(reader->error, RP_SYNTAX, "a term lacks its \"value\"");
    }
    return RP_OK;
}

/* subject, predicate or object: a string, or a term as an object. */
static RpStatus
position_member(const JsonbValue *key, const JsonbValue *value, JsonTerm *term, JsonReader *reader)
{
    RpShown shown;

    if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data)) {
        return term_object(value->val.binary.data, term, reader);
    }
    if (value->type != jbvString) {
        return rp_error_set(reader->error, RP_SYNTAX, "member \"%s\" must be a string or a term",
                            rp_text_show(json_text(key), &shown));
    }
    term->value = *value;
    return RP_OK;
}

static RpStatus
name_iri(RpText name, RpTerm *term, JsonReader *reader)
{
    RpText iri;
    bool is_guess;

    RP_TRY(rp_name_expand(reader->arena, name, &iri, &is_guess, reader->error));
    *term = rp_term_iri(iri);
    return rp_term_check(term, reader->error);
}

static RpStatus
blank_term(RpText label, RpTerm *term, JsonReader *reader)
{
    if (rp_text_starts_with(label, RP_TEXT("_:"))) {
        label.data += 2;
        label.length -= 2;
    }
    *term = rp_term_blank(label);
    return rp_term_check(term, reader->error);
}

/* The lexical form and the datatype that a JSON value has by itself. Numbers are written into the arena. */
static RpStatus
scalar_lexical(const JsonbValue *value, RpText *lexical, RpVocabulary *datatype, JsonReader *reader)
{
    char *number;

    if (value->type == jbvString) {
        *lexical = json_text(value);
        *datatype = RP_VOCABULARY_xsd_string;
        return RP_OK;
    }
    if (value->type == jbvBool) {
        *lexical = value->val.boolean ? RP_TEXT("true") : RP_TEXT("false");
        *datatype = RP_VOCABULARY_xsd_boolean;
        return RP_OK;
    }
    number = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
    *datatype =
        strchr(number, '.') == NULL ? RP_VOCABULARY_xsd_integer : RP_VOCABULARY_xsd_decimal;
    if (!rp_arena_copy_text(reader->arena, rp_text_from(number), lexical)) {
        return rp_arena_failure(reader->arena, reader->error);
    }
    pfree(number);
    return RP_OK;
}

static RpStatus
literal_term(const JsonTerm *json, RpTerm *term, JsonReader *reader)
{
    RpText lexical;
    RpTerm datatype;
    RpVocabulary own_datatype;

    RP_TRY(scalar_lexical(&json->value, &lexical, &own_datatype, reader));
    datatype = rp_term_iri(rp_vocabulary_iri(own_datatype));
    if (json->datatype.data != NULL) {
        RP_TRY(name_iri(json->datatype, &datatype, reader));
    }
    if (json->language.data == NULL) {
        *term = rp_term_literal(lexical, datatype.lexical);
        return rp_term_check(term, reader->error);
    }
    if (json->value.type != jbvString ||
        (json->datatype.data != NULL &&
         !rp_text_equals(datatype.lexical, rp_vocabulary_iri(RP_VOCABULARY_rdf_langString)))) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "a value with a language must be a string without another datatype");
    }
    if (json->language.length == 0) {
        return rp_error_set(reader->error, RP_SYNTAX, "language tag is empty");
    }
    *term = rp_term_lang_literal(lexical, json->language);
    return rp_term_check(term, reader->error);
}

static bool
has_well_known_prefix(RpText name)
{
    for (uint32_t i = 0; i < rp_well_known_prefix_count; i++) {
        RpText prefix = rp_well_known_prefixes[i].prefix;

        if (name.length > prefix.length && name.data[prefix.length] == ':' &&
            rp_text_starts_with(name, prefix)) {
            return true;
        }
    }
    return false;
}

/* Whether a string without type, datatype and language means an IRI. */
static bool
looks_like_iri(RpText text)
{
    return (text.length >= 2 && text.data[0] == '<' && text.data[text.length - 1] == '>') ||
           rp_text_starts_with(text, RP_TEXT("http://")) ||
           rp_text_starts_with(text, RP_TEXT("https://")) ||
           rp_text_starts_with(text, RP_TEXT("urn:")) || has_well_known_prefix(text);
}

/* The term that an object (in RDF's sense) means: type decides, else what the value looks like. */
static RpStatus
object_term(const JsonTerm *json, RpTerm *term, JsonReader *reader)
{
    bool is_string = json->value.type == jbvString;
    bool is_literal = rp_text_equals(json->type, RP_TEXT("literal"));
    bool is_iri = rp_text_equals(json->type, RP_TEXT("uri")) ||
                  rp_text_equals(json->type, RP_TEXT("iri"));
    bool is_blank = rp_text_equals(json->type, RP_TEXT("bnode"));
    RpShown shown;

    if (json->type.data == NULL) {
        is_literal = !is_string || json->datatype.data != NULL || json->language.data != NULL;
        is_blank = !is_literal && rp_text_starts_with(json_text(&json->value), RP_TEXT("_:"));
        is_iri = !is_literal && !is_blank &&
                 (json->is_type_value || looks_like_iri(json_text(&json->value)));
        is_literal = !is_blank && !is_iri;
    }
    if (is_literal) {
        return literal_term(json, term, reader);
    }
    if (!is_iri && !is_blank) {
        rp_error_set(reader->error, RP_SYNTAX, "unknown type \"%s\"", rp_text_show(json->type, &shown));
        return rp_error_hint(reader->error, "Types are uri, literal and bnode.");
    }
    if (!is_string || json->datatype.data != NULL || json->language.data != NULL) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "an IRI or blank node must be a string without datatype and language");
    }
    return is_iri ? name_iri(json_text(&json->value), term, reader)
                  : blank_term(json_text(&json->value), term, reader);
}

/* A subject or predicate: a name or a blank node, unless its type says otherwise. */
static RpStatus
node_term(const JsonTerm *json, RpTerm *term, JsonReader *reader)
{
    RpText text;

    if (json->type.data != NULL || json->datatype.data != NULL || json->language.data != NULL ||
        json->value.type != jbvString) {
        return object_term(json, term, reader);
    }
    text = json_text(&json->value);
    return rp_text_starts_with(text, RP_TEXT("_:")) ? blank_term(text, term, reader)
                                                    : name_iri(text, term, reader);
}

/* The three positions of one element, as they are read. */
typedef struct JsonTriple {
    JsonTerm subject;
    JsonTerm predicate;
    JsonTerm value;  /* of the first form */
    JsonTerm object; /* of the second form */
    bool has_value_member;
} JsonTriple;

static RpStatus
triple_member(const JsonbValue *key, const JsonbValue *value, JsonTriple *triple, JsonReader *reader)
{
    if (key_is(key, "subject")) {
        return position_member(key, value, &triple->subject, reader);
    }
    if (key_is(key, "predicate")) {
        return position_member(key, value, &triple->predicate, reader);
    }
    if (key_is(key, "object")) {
        return position_member(key, value, &triple->object, reader);
    }
    triple->has_value_member = true;
    return term_member(key, value, "language", &triple->value, reader);
}

static RpStatus
missing_member(const char *name, JsonReader *reader)
{
    return rp_error_set(reader->error, RP_SYNTAX, "member \"%s\" is missing", name);
}

static RpStatus
triple_read(JsonbContainer *container, JsonTriple *triple, JsonReader *reader)
{
    JsonbIterator *iterator = JsonbIteratorInit(container);
    JsonbValue key;
    JsonbIteratorToken token;

    memset(triple, 0, sizeof(*triple)); /* jbvNull is 0 */
    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(&iterator, &value, true);
            RP_TRY(triple_member(&key, &value, triple, reader));
        }
    }
    if (triple->subject.value.type == jbvNull) {
        return missing_member("subject", reader);
    }
    if (triple->predicate.value.type == jbvNull) {
        return missing_member("predicate", reader);
    }
    if (triple->object.value.type != jbvNull && triple->has_value_member) {
        return rp_error_set(reader->error, RP_SYNTAX,
                            "\"object\" excludes \"value\", \"type\", \"datatype\" and \"language\"");
    }
    if (triple->object.value.type == jbvNull) {
        triple->object = triple->value;
    }
    return triple->object.value.type == jbvNull ? missing_member("value", reader) : RP_OK;
}

static RpStatus
element_read(const JsonbValue *element, const RpTripleSink *sink, JsonReader *reader)
{
    JsonTriple triple;
    RpTerm subject, predicate, object;

    if (element->type != jbvBinary || !JsonContainerIsObject(element->val.binary.data)) {
        return rp_error_set(reader->error, RP_SYNTAX, "not an object");
    }
    RP_TRY(triple_read(element->val.binary.data, &triple, reader));
    RP_TRY(node_term(&triple.subject, &subject, reader));
    RP_TRY(node_term(&triple.predicate, &predicate, reader));
    RP_TRY(rp_data_triple_check(&subject, &predicate, reader->error));
    triple.object.is_type_value =
        rp_text_equals(predicate.lexical, rp_vocabulary_iri(RP_VOCABULARY_rdf_type));
    RP_TRY(object_term(&triple.object, &object, reader));
    return sink->triple(sink->state, &subject, &predicate, &object, (RpPosition){0, 0},
                        reader->error);
}

RpStatus
rp_jsonb_source_read(Jsonb *jsonb, RpArena *arena, const RpTripleSink *sink, RpError *error)
{
    JsonReader reader = {arena, error};
    JsonbIterator *iterator;
    JsonbValue element;
    JsonbIteratorToken token;
    uint32_t index = 0;

    if (!JB_ROOT_IS_ARRAY(jsonb) || JB_ROOT_IS_SCALAR(jsonb)) {
        rp_error_set(error, RP_SYNTAX, "triples as jsonb must be an array of objects");
        return rp_error_hint(error, "One triple is an array of one object.");
    }
    iterator = JsonbIteratorInit(&jsonb->root);
    while ((token = JsonbIteratorNext(&iterator, &element, true)) != WJB_DONE) {
        if (token == WJB_ELEM) {
            if (element_read(&element, sink, &reader) != RP_OK) {
                return rp_data_place_error(error, "triple at array index", index);
            }
            index++;
        }
    }
    return RP_OK;
}
