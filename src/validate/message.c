/* See message.h. */
#include "validate/message.h"

#include "base/nearest.h"
#include "validate/path_write.h"

enum {
    LIST_LIMIT = 10, /* members of a list that a message repeats */
    COMPARED_CLASSES = 100,
    REASON_LIMIT = 3 /* messages of nested results that a message repeats; each of them one more */
};

typedef struct MessageWriter {
    RpBuffer *buffer;
    const RpDataGraph *data;
    const RpResult *result;
    uint32_t depth; /* of the result: 0 for one of the report, 1 for a detail of it, … */
} MessageWriter;

static void write_message(const MessageWriter *writer);

/* The first operand of the result's constraint, NULL where it has none. */
static const RpImageOperand *
first_operand(const RpDataGraph *data, const RpResult *result)
{
    const RpImageConstraint *constraint = &data->image->constraints[result->constraint];

    return constraint->operand_count > 0 ? &data->image->operands[constraint->first_operand] : NULL;
}

static void
write_terms(const MessageWriter *writer, const uint32_t *ids, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) {
            rp_buffer_append_string(writer->buffer, ", ");
        }
        if (i == LIST_LIMIT) {
            rp_buffer_append_format(writer->buffer, "… %u more", (unsigned)(count - i));
            return;
        }
        rp_term_write_short(writer->buffer, writer->data, ids[i]);
    }
}

static void
write_shape(const MessageWriter *writer, uint32_t shape)
{
    RpTermId node = writer->data->image->shapes[shape].node;

    if (rp_dictionary_kind(&writer->data->dictionary, node) == RP_BLANK) {
        rp_buffer_append_string(writer->buffer, "an unnamed shape");
    } else {
        rp_buffer_append_string(writer->buffer, "the shape ");
        rp_term_write_short(writer->buffer, writer->data, node);
    }
}

static void
write_operand(const MessageWriter *writer)
{
    const RpImageOperand *operand = first_operand(writer->data, writer->result);

    if (!operand) {
        return;
    }
    switch ((RpOperandKind)operand->kind) {
    case RP_OPERAND_TERM:
        rp_term_write_short(writer->buffer, writer->data, (RpTermId)operand->value);
        break;
    case RP_OPERAND_INTEGER:
        rp_buffer_append_format(writer->buffer, "%lld", (long long)operand->value);
        break;
    case RP_OPERAND_TERMS:
        write_terms(writer, writer->data->image->ids + operand->value, operand->count);
        break;
    case RP_OPERAND_SHAPE:
        write_shape(writer, (uint32_t)operand->value);
        break;
    case RP_OPERAND_QUERY:
        break;
    }
}

static bool
has_path(const RpResult *result)
{
    return result->path > 0 || result->path_predicate != RP_TERM_NONE;
}

static void
write_path(const MessageWriter *writer)
{
    if (has_path(writer->result)) {
        rp_path_write(writer->buffer, writer->data, writer->result, true);
    } else {
        rp_buffer_append_string(writer->buffer, "the node itself");
    }
}

static void
write_value(const MessageWriter *writer)
{
    if (writer->result->value != RP_TERM_NONE) {
        rp_term_write_short(writer->buffer, writer->data, writer->result->value);
    }
}

static void
write_focus(const MessageWriter *writer)
{
    rp_term_write_short(writer->buffer, writer->data, writer->result->focus);
}

/* A solution of a query may have no value: it is about the focus node and its path. */
static void
write_what(const MessageWriter *writer)
{
    bool has_value = writer->result->value != RP_TERM_NONE;

    if (!has_value) {
        write_focus(writer);
    } else {
        rp_buffer_append_string(writer->buffer, has_path(writer->result) ? "value " : "");
        write_value(writer);
    }
    if (has_path(writer->result)) {
        rp_buffer_append_string(writer->buffer, has_value ? " of " : ", by ");
        write_path(writer);
    }
}

/* The node kind that is the first operand, in words. */
static void
write_kind(const MessageWriter *writer)
{
    static const struct {
        RpVocabulary kind;
        const char *words;
    } kinds[] = {
        {RP_VOCABULARY_sh_IRI, "an IRI"},
        {RP_VOCABULARY_sh_BlankNode, "a blank node"},
        {RP_VOCABULARY_sh_Literal, "a literal"},
        {RP_VOCABULARY_sh_BlankNodeOrIRI, "a blank node or an IRI"},
        {RP_VOCABULARY_sh_BlankNodeOrLiteral, "a blank node or a literal"},
        {RP_VOCABULARY_sh_IRIOrLiteral, "an IRI or a literal"},
    };
    int64_t kind = first_operand(writer->data, writer->result)->value;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].kind == kind) {
            rp_buffer_append_string(writer->buffer, kinds[i].words);
        }
    }
}

/* A datatype with its article, as the name is read aloud: an xsd:date, an rdf:langString, a
 * schema:Text. */
static void
write_datatype(const MessageWriter *writer, RpText iri)
{
    RpBuffer name;
    RpText text;
    bool is_an;

    rp_buffer_init(&name, writer->buffer->arena);
    rp_iri_write_short(&name, writer->data, iri);
    text = rp_buffer_text(&name);
    is_an = (text.length > 0 && memchr("aeioxAEIOX", text.data[0], 10) != NULL) ||
            rp_text_starts_with(text, RP_TEXT("rdf:"));
    rp_buffer_append_string(writer->buffer, is_an ? "an " : "a ");
    rp_buffer_append_text(writer->buffer, text);
    writer->buffer->has_failed = writer->buffer->has_failed || name.has_failed;
}

/* How a value fails the datatype that is the first operand: it has another, or none, or is no value
 * of it. */
static void
write_mismatch(const MessageWriter *writer)
{
    const RpDictionary *dictionary = &writer->data->dictionary;
    RpTermId asked = (RpTermId)first_operand(writer->data, writer->result)->value;
    RpTerm value = rp_dictionary_term(dictionary, writer->result->value);

    if (rp_dictionary_datatype(dictionary, writer->result->value) == asked) {
        rp_buffer_append_string(writer->buffer, "not a valid ");
        write_operand(writer);
        return;
    }
    if (value.kind == RP_LITERAL) {
        write_datatype(writer, value.datatype);
    } else {
        rp_buffer_append_string(writer->buffer, value.kind == RP_IRI ? "an IRI" : "a blank node");
    }
    rp_buffer_append_string(writer->buffer, ", not ");
    write_datatype(writer, rp_dictionary_lexical(dictionary, asked));
}

/* The class that the value has instead of the first operand, where their names are near. */
static void
write_nearest_class(const MessageWriter *writer)
{
    const RpDataGraph *data = writer->data;
    RpTermId asked = (RpTermId)first_operand(data, writer->result)->value;
    RpTripleRange types =
        rp_graph_objects(&data->graph, writer->result->value, RP_VOCABULARY_rdf_type);
    RpTermId nearest_type = RP_TERM_NONE;
    uint32_t distance = UINT32_MAX;
    RpNearest nearest;

    rp_nearest_begin(&nearest, rp_dictionary_lexical(&data->dictionary, asked));
    for (const RpTriple *type = types.first;
         type < types.end && type - types.first < COMPARED_CLASSES; type++) {
        rp_nearest_offer(&nearest, rp_dictionary_lexical(&data->dictionary, type->object));
        if (nearest.name.length > 0 && nearest.distance < distance) {
            distance = nearest.distance;
            nearest_type = type->object;
        }
    }
    if (nearest_type != RP_TERM_NONE) {
        rp_buffer_append_string(writer->buffer, ", but of ");
        rp_term_write_short(writer->buffer, data, nearest_type);
    }
}

/* The qualified value shape, which is the second operand. */
static void
write_qualified(const MessageWriter *writer)
{
    write_shape(writer, (uint32_t)first_operand(writer->data, writer->result)[1].value);
}

/* What nested results say, where there are any. Those of a value that conforms too often are beside
 * the point. */
static void
write_reasons(const MessageWriter *writer)
{
    uint32_t limit = writer->depth == 0 ? REASON_LIMIT : 1;
    uint32_t count = 0;

    if (writer->depth >= RP_MESSAGE_REASON_DEPTH || writer->result->count > 0) {
        return;
    }
    for (const RpResult *detail = writer->result->details; detail; detail = detail->next) {
        MessageWriter nested = {writer->buffer, writer->data, detail, writer->depth + 1};

        rp_buffer_append_string(writer->buffer, count == 0 ? ": " : "; ");
        if (count++ == limit) {
            rp_buffer_append_string(writer->buffer, "…");
            return;
        }
        write_message(&nested);
    }
    if (writer->result->details_are_cut) {
        rp_buffer_append_string(writer->buffer, count == 0 ? ": …" : "; …");
    }
}

static bool
is_one(const MessageWriter *writer)
{
    const RpImageOperand *operand = first_operand(writer->data, writer->result);

    return operand && operand->value == 1;
}

static void
write_is(const MessageWriter *writer)
{
    rp_buffer_append_string(writer->buffer, is_one(writer) ? "is" : "are");
}

static void
write_characters(const MessageWriter *writer)
{
    rp_buffer_append_string(writer->buffer, is_one(writer) ? "character" : "characters");
}

static void
write_count(const MessageWriter *writer)
{
    rp_buffer_append_format(writer->buffer, "%u", (unsigned)writer->result->count);
}

static void
write_values(const MessageWriter *writer)
{
    if (writer->result->count == 0) {
        rp_buffer_append_string(writer->buffer, "no value");
        return;
    }
    write_count(writer);
    rp_buffer_append_string(writer->buffer, writer->result->count == 1 ? " value" : " values");
}

/* The node that a constraint with a query names: its own, or its component's. */
static RpTermId
query_operand(const RpDataGraph *data, const RpResult *result)
{
    const RpImageConstraint *constraint = &data->image->constraints[result->constraint];

    return (RpTermId)data->image->operands[constraint->first_operand + 1].value;
}

/* Of a constraint with a query: its own name, or its component's. */
static void
write_name(const MessageWriter *writer)
{
    RpTermId node = query_operand(writer->data, writer->result);

    if (rp_dictionary_kind(&writer->data->dictionary, node) == RP_BLANK) {
        rp_buffer_append_string(writer->buffer, "without a name");
    } else {
        rp_term_write_short(writer->buffer, writer->data, node);
    }
}

static const struct {
    RpText name;
    void (*write)(const MessageWriter *writer);
} placeholders[] = {
    {RP_TEXT("{path}"), write_path},
    {RP_TEXT("{value}"), write_value},
    {RP_TEXT("{focus}"), write_focus},
    {RP_TEXT("{what}"), write_what},
    {RP_TEXT("{operand}"), write_operand},
    {RP_TEXT("{kind}"), write_kind},
    {RP_TEXT("{mismatch}"), write_mismatch},
    {RP_TEXT("{nearest}"), write_nearest_class},
    {RP_TEXT("{qualified}"), write_qualified},
    {RP_TEXT("{reasons}"), write_reasons},
    {RP_TEXT("{is}"), write_is},
    {RP_TEXT("{characters}"), write_characters},
    {RP_TEXT("{count}"), write_count},
    {RP_TEXT("{values}"), write_values},
    {RP_TEXT("{name}"), write_name},
};

/* Write the placeholder that a template starts with, or what is before the next one; returns the
 * bytes read. */
static uint32_t
write_piece(const MessageWriter *writer, RpText rest)
{
    const char *brace = memchr(rest.data + 1, '{', rest.length - 1);
    uint32_t length = brace != NULL ? (uint32_t)(brace - rest.data) : rest.length;

    if (rest.data[0] == '{') {
        for (size_t i = 0; i < sizeof(placeholders) / sizeof(placeholders[0]); i++) {
            if (rp_text_starts_with(rest, placeholders[i].name)) {
                placeholders[i].write(writer);
                return placeholders[i].name.length;
            }
        }
    }
    rp_buffer_append(writer->buffer, rest.data, length);
    return length;
}

/* The part of a component's template that fits the result: "for values of a path|for the node". */
static RpText
template_of(const MessageWriter *writer)
{
    RpText template = rp_text_from(rp_result_component(writer->data, writer->result)->message);
    const char *bar = memchr(template.data, '|', template.length);
    uint32_t first_length;

    if (!bar) {
        return template;
    }
    first_length = (uint32_t)(bar - template.data);
    return has_path(writer->result) ? (RpText){template.data, first_length}
                                    : (RpText){bar + 1, template.length - first_length - 1};
}

static void
write_own_messages(const MessageWriter *writer, RpValues messages)
{
    for (uint32_t i = 0; i < messages.count; i++) {
        if (i > 0) {
            rp_buffer_append_byte(writer->buffer, '\n');
        }
        rp_buffer_append_text(writer->buffer,
                              rp_dictionary_lexical(&writer->data->dictionary, messages.ids[i]));
    }
}

/* The component's message. Where it is written already, only reasons, which come last, are not. */
static void
write_default(const MessageWriter *writer)
{
    RpText rest = template_of(writer);

    if (writer->result->message.length > 0) {
        rp_buffer_append_text(writer->buffer, writer->result->message);
        write_reasons(writer);
        return;
    }
    while (rest.length > 0) {
        uint32_t read = write_piece(writer, rest);

        rest = (RpText){rest.data + read, rest.length - read};
    }
}

/* RP_MESSAGE_REASON_DEPTH bounds recursion. */
static void
write_message(const MessageWriter *writer)
{
    RpValues messages = rp_result_messages(writer->data, writer->result);

    if (rp_result_is_of_document(writer->result)) {
        rp_buffer_append_text(writer->buffer, writer->result->message);
    } else if (messages.count > 0) {
        write_own_messages(writer, messages);
    } else {
        write_default(writer);
    }
}

void
rp_message_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    MessageWriter writer = {buffer, data, result, 0};

    write_message(&writer);
}

void
rp_message_write_alone(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    MessageWriter writer = {buffer, data, result, RP_MESSAGE_REASON_DEPTH};

    write_message(&writer);
}

RpValues
rp_result_messages(const RpDataGraph *data, const RpResult *result)
{
    const RpImageShape *shape;

    if (rp_result_is_of_document(result)) {
        return (RpValues){NULL, 0};
    }
    if (result->message_count > 0) {
        return (RpValues){result->messages, result->message_count};
    }
    shape = &data->image->shapes[result->shape];
    return (RpValues){data->image->ids + shape->first_message, shape->message_count};
}

const RpComponent *
rp_result_component(const RpDataGraph *data, const RpResult *result)
{
    return rp_result_is_of_document(result)
               ? NULL
               : &rp_component_table[data->image->constraints[result->constraint].component];
}

RpText
rp_result_component_iri(const RpDataGraph *data, const RpResult *result)
{
    const RpComponent *component = rp_result_component(data, result);

    if (component == NULL) {
        return RP_TEXT(RP_REQUIRE_FOCUS);
    }
    return component->iri == RP_VOCABULARY_sh_ConstraintComponent
               ? rp_dictionary_term(&data->dictionary, query_operand(data, result)).lexical
               : rp_vocabulary_iri(component->iri);
}

RpTermId
rp_result_constraint_node(const RpDataGraph *data, const RpResult *result)
{
    const RpComponent *component = rp_result_component(data, result);

    return component != NULL && component->iri == RP_VOCABULARY_sh_SPARQLConstraintComponent
               ? query_operand(data, result)
               : RP_TERM_NONE;
}

RpTermId
rp_result_shape(const RpDataGraph *data, const RpResult *result)
{
    return rp_result_is_of_document(result) ? (RpTermId)RP_TERM_NONE
                                            : data->image->shapes[result->shape].node;
}

RpTermId
rp_result_severity(const RpDataGraph *data, const RpResult *result)
{
    return rp_result_is_of_document(result) ? (RpTermId)RP_VOCABULARY_sh_Violation
                                            : data->image->shapes[result->shape].severity;
}

const char *
rp_result_violation_type(const RpDataGraph *data, const RpResult *result)
{
    const RpComponent *component = rp_result_component(data, result);
    const RpImageOperand *operand;

    if (component == NULL) {
        return RP_NO_FOCUS_NODE;
    }
    operand = first_operand(data, result);
    if (component->iri == RP_VOCABULARY_sh_MinCountConstraintComponent && operand->value == 1 &&
        result->count == 0) {
        return "PROPERTY_MISSING";
    }
    return component->violation_type;
}
