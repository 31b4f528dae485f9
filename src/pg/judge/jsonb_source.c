/*
 * Triples as jsonb. An element of the array is an object in one of two forms, which json_term
 * reads:
 *
 *     {"subject": "alice", "predicate": "age", "value": 42}    with type, datatype, language
 *     {"subject": S, "predicate": P, "object": O}              each a term of SPARQL's JSON
 *                                                              results, or a string
 */
#include "pg/judge/jsonb_source.h"

#include "pg/judge/data_triple.h"
#include "pg/term/json_term.h"
#include "rdf/vocabulary.h"

/* subject, predicate or object: a string, or a term as an object. */
static RpStatus
read_position(const JsonbValue *key, const JsonbValue *value, RpJsonTerm *term, RpError *error)
{
    RpShown shown;

    if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data)) {
        return rp_json_term_read(value->val.binary.data, "xml:lang", term, error);
    }
    if (value->type != jbvString) {
        return rp_error_set(error, RP_SYNTAX, "member \"%s\" must be a string or a term",
                            rp_text_show(rp_json_text(key), &shown));
    }
    term->value = *value;
    return RP_OK;
}

/* The three positions of one element, as they are read. */
typedef struct JsonTriple {
    RpJsonTerm subject;
    RpJsonTerm predicate;
    RpJsonTerm value;  /* of the first form */
    RpJsonTerm object; /* of the second form */
    bool has_value_member;
} JsonTriple;

static RpStatus
triple_member(const JsonbValue *key, const JsonbValue *value, JsonTriple *triple, RpError *error)
{
    if (rp_json_key_is(key, "subject")) {
        return read_position(key, value, &triple->subject, error);
    }
    if (rp_json_key_is(key, "predicate")) {
        return read_position(key, value, &triple->predicate, error);
    }
    if (rp_json_key_is(key, "object")) {
        return read_position(key, value, &triple->object, error);
    }
    triple->has_value_member = true;
    return rp_json_term_member(key, value, "language", &triple->value, error);
}

static RpStatus
missing_member(const char *name, RpError *error)
{
    return rp_error_set(error, RP_SYNTAX, "member \"%s\" is missing", name);
}

static RpStatus
triple_read(JsonbContainer *container, JsonTriple *triple, RpError *error)
{
    JsonbIterator *iterator = JsonbIteratorInit(container);
    JsonbValue key;
    JsonbIteratorToken token;

    memset(triple, 0, sizeof(*triple)); /* jbvNull is 0 */
    while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE) {
        JsonbValue value;

        if (token == WJB_KEY) {
            (void)JsonbIteratorNext(&iterator, &value, true);
            RP_TRY(triple_member(&key, &value, triple, error));
        }
    }
    if (triple->subject.value.type == jbvNull) {
        return missing_member("subject", error);
    }
    if (triple->predicate.value.type == jbvNull) {
        return missing_member("predicate", error);
    }
    if (triple->object.value.type != jbvNull && triple->has_value_member) {
        return rp_error_set(
            error, RP_SYNTAX,
            "\"object\" excludes \"value\", \"type\", \"datatype\" and \"language\"");
    }
    if (triple->object.value.type == jbvNull) {
        triple->object = triple->value;
    }
    return triple->object.value.type == jbvNull ? missing_member("value", error) : RP_OK;
}

static RpStatus
element_read(RpArena *arena, const JsonbValue *element, const RpTripleSink *sink, RpError *error)
{
    JsonTriple triple;
    RpTerm subject, predicate, object;

    if (element->type != jbvBinary || !JsonContainerIsObject(element->val.binary.data)) {
        return rp_error_set(error, RP_SYNTAX, "not an object");
    }
    RP_TRY(triple_read(element->val.binary.data, &triple, error));
    RP_TRY(rp_json_node_resolve(arena, &triple.subject, &subject, error));
    RP_TRY(rp_json_node_resolve(arena, &triple.predicate, &predicate, error));
    RP_TRY(rp_data_triple_check(&subject, &predicate, error));
    triple.object.is_type_value =
        rp_text_equals(predicate.lexical, rp_vocabulary_iri(RP_VOCABULARY_rdf_type));
    RP_TRY(rp_json_term_resolve(arena, &triple.object, &object, error));
    return sink->triple(sink->state, &subject, &predicate, &object, (RpPosition){0, 0}, error);
}

RpStatus
rp_jsonb_source_read(Jsonb *jsonb, RpArena *arena, const RpTripleSink *sink, RpError *error)
{
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
            if (element_read(arena, &element, sink, error) != RP_OK) {
                return rp_data_place_error(error, "triple at array index", index);
            }
            index++;
        }
    }
    return RP_OK;
}
