/*
 * Triples as jsonb. An element of the array is an object in one of two forms, which json_term
 * reads:
 *
 *     {"subject": "alice", "predicate": "age", "value": 42}    with type, datatype, language
 *     {"subject": S, "predicate": P, "object": O}              each a term of SPARQL's JSON
 *                                                              results, or a string
 */
#include "pg/judge/jsonb_source.h"

#include "image/image_numbers.h"
#include "rdf/dictionary.h"
#include "rdf/vocabulary.h"
#include "pg/judge/data_triple.h"
#include "pg/term/json_term.h"
#include "pg/term/jsonb_entries.h"

/* The reading of one document. */
typedef struct JsonbReader {
    const Jsonb *jsonb;
    const RpImage *image; /* NULL: none */
    RpJsonNames names;
    const RpTripleSink *sink;
    RpText subject_name; /* of the element before, where it is a string; else empty */
    RpTerm subject;
    uint32_t subject_count;
    uint32_t index;               /* of the element that is read */
    RpDictionary *blank_subjects; /* of the whole document; NULL: not asked for yet */
    RpError *error;
} JsonbReader;

/* subject, predicate or object: a string, or a term as an object. */
static RpStatus
read_position(RpText key, const JsonbValue *value, RpJsonTerm *term, RpError *error)
{
    RpShown shown;

    if (value->type == jbvString) {
        term->value = *value;
        return RP_OK;
    }
    if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data)) {
        return rp_json_term_read(value->val.binary.data, "xml:lang", term, error);
    }
    return rp_error_set(error, RP_SYNTAX, "member \"%s\" must be a string or a term",
                        rp_text_show(key, &shown));
}

/* The three positions of one element, as they are read. */
typedef struct JsonTriple {
    RpJsonTerm subject;
    RpJsonTerm predicate;
    RpJsonTerm value;  /* of the first form */
    RpJsonTerm object; /* of the second form */
    bool has_value_member;
} JsonTriple;

/*
 * What is none of the three is a member of a term: the object may be written in the triple itself.
 */
static RpStatus
triple_member(RpText key, const JsonbValue *value, JsonTriple *triple, RpError *error)
{
    if (rp_text_equals(key, RP_TEXT("subject"))) {
        return read_position(key, value, &triple->subject, error);
    }
    if (rp_text_equals(key, RP_TEXT("predicate"))) {
        return read_position(key, value, &triple->predicate, error);
    }
    if (rp_text_equals(key, RP_TEXT("object"))) {
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

/*
 * Members come in jsonb's order, not in the text's, so what contradicts is looked for when all are
 * read.
 */
static RpStatus
triple_read(const JsonbContainer *container, JsonTriple *triple, RpError *error)
{
    RpJsonbEntries entries = rp_jsonb_entries(container);
    RpJsonbEntry entry;

    memset(triple, 0, sizeof(*triple)); /* jbvNull is 0 */
    while (rp_jsonb_next(&entries, &entry)) {
        JsonbValue value;

        rp_jsonb_entry_value(&entry, &value);
        RP_TRY(triple_member(entry.key, &value, triple, error));
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

/* The label of an element's subject where that is a blank node; else empty. */
static RpText
blank_subject(const JsonbContainer *element)
{
    static const RpText none = {0};
    RpJsonbEntries entries = rp_jsonb_entries(element);
    RpJsonbEntry entry = {0};
    JsonbValue subject;
    RpJsonTerm json = {0};
    RpError ignored;
    RpText label;

    while (rp_jsonb_next(&entries, &entry) && !rp_text_equals(entry.key, RP_TEXT("subject"))) {
    }
    if (!rp_text_equals(entry.key, RP_TEXT("subject"))) {
        return none;
    }
    rp_jsonb_entry_value(&entry, &subject);
    if (read_position(entry.key, &subject, &json, &ignored) != RP_OK ||
        json.value.type != jbvString) {
        return none; /* the error is found when the element is read */
    }
    label = rp_jsonb_text(&json.value);
    if (rp_text_starts_with(label, RP_TEXT("_:"))) {
        return (RpText){label.data + 2, label.length - 2};
    }
    return rp_text_equals(json.type, RP_TEXT("bnode")) ? label : none;
}

/* Find the blank nodes that are subjects: a pass over the document, once, where it has a string
 * that may name one. */
static RpStatus
find_blank_subjects(JsonbReader *reader)
{
    RpJsonbEntries elements = rp_jsonb_entries(&reader->jsonb->root);
    RpJsonbEntry element;

    reader->blank_subjects =
        rp_arena_allocate(reader->names.arena, sizeof(*reader->blank_subjects));
    if (reader->blank_subjects == NULL) {
        return rp_arena_failure(reader->names.arena, reader->error);
    }
    rp_dictionary_init(reader->blank_subjects, reader->names.arena, NULL);
    while (rp_jsonb_next(&elements, &element)) {
        const JsonbContainer *object = rp_jsonb_object(&element);
        RpText label = object != NULL ? blank_subject(object) : (RpText){0};
        RpTerm blank = rp_term_blank(label);
        RpTermId id;

        RP_TRY(rp_arena_poll(reader->names.arena, reader->error));
        if (label.length > 0) {
            RP_TRY(rp_dictionary_add(reader->blank_subjects, &blank, &id, reader->error));
        }
    }
    return RP_OK;
}

/* Whether a value is a string by itself that names a blank node which the document describes. */
static RpStatus
names_blank_subject(JsonbReader *reader, const RpJsonTerm *json, RpTerm *blank, bool *does)
{
    RpText text;

    *does = false;
    if (!rp_json_is_plain_string(json)) {
        return RP_OK;
    }
    text = rp_jsonb_text(&json->value);
    if (!rp_text_starts_with(text, RP_TEXT("_:"))) {
        return RP_OK;
    }
    if (reader->blank_subjects == NULL) {
        RP_TRY(find_blank_subjects(reader));
    }
    *blank = rp_term_blank((RpText){text.data + 2, text.length - 2});
    *does = rp_dictionary_find(reader->blank_subjects, blank) != RP_TERM_NONE;
    return RP_OK;
}

/*
 * A number without a datatype takes that which the policy asks of the predicate
 * (rp_image_number_datatype), as JSON has no way to say xsd:double or xsd:date. So the same jsonb
 * can be other triples for another policy.
 */
static RpStatus
object_resolve(JsonbReader *reader, const RpTerm *predicate, RpJsonTerm *json, RpTerm *object)
{
    bool is_blank;

    json->is_type_value =
        rp_text_equals(predicate->lexical, rp_vocabulary_iri(RP_VOCABULARY_rdf_type));
    RP_TRY(names_blank_subject(reader, json, object, &is_blank));
    if (is_blank) {
        return rp_term_check(object, reader->error);
    }
    RP_TRY(rp_json_term_resolve(&reader->names, json, object, reader->error));
    if (json->value.type == jbvNumeric && json->datatype.data == NULL && reader->image != NULL) {
        object->datatype =
            rp_vocabulary_iri(rp_image_number_datatype(reader->image, predicate, object->lexical));
    }
    return RP_OK;
}

/* Triples of one subject usually follow each other: it is resolved once, and has a mark by which
 * the sink knows it again. */
static RpStatus
subject_resolve(JsonbReader *reader, const RpJsonTerm *json)
{
    bool is_plain = rp_json_is_plain_string(json);

    if (is_plain && reader->subject_name.length > 0 &&
        rp_text_equals(reader->subject_name, rp_jsonb_text(&json->value))) {
        return RP_OK;
    }
    reader->subject_name = (RpText){NULL, 0};
    RP_TRY(rp_json_node_resolve(&reader->names, json, &reader->subject, reader->error));
    if (is_plain) {
        reader->subject_name = rp_jsonb_text(&json->value);
    }
    if (reader->subject_count < UINT32_MAX / RP_TERM_MARK_PLACES) {
        reader->subject.mark = reader->subject_count++ * RP_TERM_MARK_PLACES + 1;
    }
    return RP_OK;
}

/* Views into the jsonb, and what had to be made in the arena: the sink copies what it keeps. */
static RpStatus
element_read(JsonbReader *reader, const JsonbContainer *element)
{
    RpError *error = reader->error;
    JsonTriple triple;
    RpTerm predicate, object;
    uint32_t number = reader->index + 1;

    if (element == NULL) {
        return rp_error_set(error, RP_SYNTAX, "not an object");
    }
    RP_TRY(triple_read(element, &triple, error));
    RP_TRY(subject_resolve(reader, &triple.subject));
    RP_TRY(rp_json_node_resolve(&reader->names, &triple.predicate, &predicate, error));
    RP_TRY(rp_data_triple_check(&reader->subject, &predicate, error));
    RP_TRY(object_resolve(reader, &predicate, &triple.object, &object));
    return reader->sink->triple(reader->sink->state, &reader->subject, &predicate, &object,
                                (RpPosition){.line = number, .subject_line = number}, error);
}

/* Each triple's place is its index. */
RpStatus
rp_jsonb_source_read(const Jsonb *jsonb, const RpImage *image, RpArena *arena,
                     const RpTripleSink *sink, RpError *error)
{
    RpJsonbEntries elements = rp_jsonb_entries(&jsonb->root);
    JsonbReader reader = {.jsonb = jsonb, .image = image, .sink = sink, .error = error};
    RpJsonbEntry element;

    rp_json_names_init(&reader.names, arena);
    while (rp_jsonb_next(&elements, &element)) {
        RpStatus status = element_read(&reader, rp_jsonb_object(&element));

        if (status != RP_OK) {
            rp_data_place_error(error, "triple at array index", reader.index);
            return status == RP_SYNTAX ? rp_error_prefix(error, "not valid as triples in JSON: ")
                                       : status;
        }
        reader.index++;
    }
    return RP_OK;
}
