/* See message.h. */
#include "validate/message.h"

#include "validate/path_write.h"

enum {
    LIST_LIMIT = 10 /* members of a list that a message repeats */
};

typedef struct MessageWriter {
    RpBuffer *buffer;
    const RpDataGraph *data;
    const RpResult *result;
} MessageWriter;

/* The first operand of the result's constraint, NULL where it has none. */
static const RpImageOperand *
first_operand(const RpDataGraph *data, const RpResult *result)
{
    const RpImageConstraint *constraint = &data->image->constraints[result->constraint];

    return constraint->operand_count > 0 ? &data->image->operands[constraint->first_operand] : NULL;
}

/* Whether a person reads a literal of this datatype without quotes. */
static bool
is_plain_value(RpTermId datatype)
{
    switch (datatype) {
    case RP_VOCABULARY_xsd_integer:
    case RP_VOCABULARY_xsd_decimal:
    case RP_VOCABULARY_xsd_double:
    case RP_VOCABULARY_xsd_boolean:
        return true;
    default:
        return false;
    }
}

static void
write_literal(const MessageWriter *writer, const RpTerm *term, RpTermId datatype)
{
    RpShown shown;

    rp_text_show(term->lexical, &shown);
    if (is_plain_value(datatype)) {
        rp_buffer_append_string(writer->buffer, shown.text);
        return;
    }
    rp_buffer_append_format(writer->buffer, "\"%s\"", shown.text);
    if (term->language.length > 0) {
        rp_buffer_append_byte(writer->buffer, '@');
        rp_buffer_append_text(writer->buffer, term->language);
    } else if (datatype != RP_VOCABULARY_xsd_string) {
        rp_buffer_append_string(writer->buffer, "^^");
        rp_iri_write_short(writer->buffer, writer->data, term->datatype);
    }
}

static void
write_term(const MessageWriter *writer, RpTermId id)
{
    const RpDictionary *dictionary = &writer->data->dictionary;
    RpTerm term = rp_dictionary_term(dictionary, id);
    RpShown shown;

    switch (term.kind) {
    case RP_IRI:
        rp_iri_write_short(writer->buffer, writer->data, term.lexical);
        break;
    case RP_BLANK:
        rp_buffer_append_format(writer->buffer, "_:%s", rp_text_show(term.lexical, &shown));
        break;
    case RP_LITERAL:
        write_literal(writer, &term, rp_dictionary_datatype(dictionary, id));
        break;
    }
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
        write_term(writer, ids[i]);
    }
}

/* A shape without a name of its own is "(unnamed)". */
static void
write_shape(const MessageWriter *writer, uint32_t shape)
{
    RpTermId node = writer->data->image->shapes[shape].node;

    if (rp_dictionary_kind(&writer->data->dictionary, node) == RP_BLANK) {
        rp_buffer_append_string(writer->buffer, "(unnamed)");
    } else {
        write_term(writer, node);
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
        write_term(writer, (RpTermId)operand->value);
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
        rp_path_write_short(writer->buffer, writer->data, writer->result);
    } else {
        rp_buffer_append_string(writer->buffer, "the node itself");
    }
}

static void
write_value(const MessageWriter *writer)
{
    if (writer->result->value != RP_TERM_NONE) {
        write_term(writer, writer->result->value);
    }
}

static void
write_what(const MessageWriter *writer)
{
    if (has_path(writer->result)) {
        rp_buffer_append_string(writer->buffer, "value ");
    }
    write_value(writer);
    if (has_path(writer->result)) {
        rp_buffer_append_string(writer->buffer, " of ");
        write_path(writer);
    }
}

static void
write_focus(const MessageWriter *writer)
{
    write_term(writer, writer->result->focus);
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

static const struct {
    RpText name;
    void (*write)(const MessageWriter *writer);
} placeholders[] = {
    {RP_TEXT("{path}"), write_path},
    {RP_TEXT("{value}"), write_value},
    {RP_TEXT("{focus}"), write_focus},
    {RP_TEXT("{what}"), write_what},
    {RP_TEXT("{operand}"), write_operand},
    {RP_TEXT("{is}"), write_is},
    {RP_TEXT("{characters}"), write_characters},
    {RP_TEXT("{count}"), write_count},
    {RP_TEXT("{values}"), write_values},
};

/* Write the placeholder that a template starts with, or its first byte; returns the bytes read. */
static uint32_t
write_piece(const MessageWriter *writer, RpText rest)
{
    for (size_t i = 0; i < sizeof(placeholders) / sizeof(placeholders[0]); i++) {
        if (rp_text_starts_with(rest, placeholders[i].name)) {
            placeholders[i].write(writer);
            return placeholders[i].name.length;
        }
    }
    rp_buffer_append_byte(writer->buffer, rest.data[0]);
    return 1;
}

void
rp_message_write(RpBuffer *buffer, const RpDataGraph *data, const RpResult *result)
{
    const RpImageShape *shape = &data->image->shapes[result->shape];
    RpText rest = rp_text_from(rp_result_component(data, result)->message);
    MessageWriter writer = {buffer, data, result};

    for (uint32_t i = 0; i < shape->message_count; i++) {
        RpTermId message = data->image->ids[shape->first_message + i];

        if (i > 0) {
            rp_buffer_append_byte(buffer, '\n');
        }
        rp_buffer_append_text(buffer, rp_dictionary_term(&data->dictionary, message).lexical);
    }
    while (shape->message_count == 0 && rest.length > 0) {
        uint32_t read = write_piece(&writer, rest);

        rest = (RpText){rest.data + read, rest.length - read};
    }
}

const RpComponent *
rp_result_component(const RpDataGraph *data, const RpResult *result)
{
    return &rp_component_table[data->image->constraints[result->constraint].component];
}

const char *
rp_result_violation_type(const RpDataGraph *data, const RpResult *result)
{
    const RpComponent *component = rp_result_component(data, result);
    const RpImageOperand *operand = first_operand(data, result);

    if (component->iri == RP_VOCABULARY_sh_MinCountConstraintComponent && operand->value == 1 &&
        result->count == 0) {
        return "PROPERTY_MISSING";
    }
    return component->violation_type;
}
