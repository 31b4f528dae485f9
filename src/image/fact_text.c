/* See fact_text.h. */
#include "image/fact_text.h"

#include <stdlib.h>

#include "rdf/turtle_writer.h"
#include "shacl/component.h"

/* RpTermWriter: N-Triples. state: the image. */
static void
write_in_full(const void *state, RpBuffer *buffer, RpTermId id)
{
    RpTerm term = rp_term_table_get(&((const RpImage *)state)->terms, id);

    rp_term_write(buffer, &term);
}

static bool
is_named(const RpFactWriter *writer, uint32_t shape)
{
    return rp_term_table_kind(&writer->image->terms, writer->image->shapes[shape].node) == RP_IRI;
}

RpStatus
rp_fact_writer_init(RpFactWriter *writer, const RpImage *image, uint32_t depth_limit,
                    RpArena *arena, RpError *error)
{
    size_t count = (size_t)image->shape_count + 1;

    *writer = (RpFactWriter){.image = image,
                             .arena = arena,
                             .error = error,
                             .terms = {write_in_full, image},
                             .depth_limit = depth_limit};
    writer->is_told = rp_arena_allocate_zero(arena, count);
    writer->is_root = rp_arena_allocate(arena, count);
    writer->told = rp_arena_allocate(arena, count * sizeof(uint32_t));
    if (writer->is_told == NULL || writer->is_root == NULL || writer->told == NULL) {
        return rp_arena_failure(arena, error);
    }
    memset(writer->is_root, true, count);
    for (uint32_t i = 0; i < image->operand_count; i++) {
        if (image->operands[i].kind == RP_OPERAND_SHAPE) {
            uint32_t shape = (uint32_t)image->operands[i].value;

            writer->is_root[shape] =
                image->shapes[shape].target_count > 0 || is_named(writer, shape);
        }
    }
    return RP_OK;
}

static bool
is_deep(const RpFactWriter *writer)
{
    const RpHost *host = writer->arena->host;

    return writer->depth > writer->depth_limit || host->stack_is_deep(host->state);
}

RpStatus
rp_fact_enter(RpFactWriter *writer, uint32_t shape)
{
    RP_TRY(rp_arena_poll(writer->arena, writer->error));
    if (is_deep(writer)) {
        return rp_error_set(writer->error, RP_TOO_DEEP, "shapes are nested deeper than %u",
                            writer->depth_limit);
    }
    if (writer->has_labels) {
        writer->told[writer->told_count++] = shape;
    }
    writer->depth++;
    writer->is_told[shape] = true;
    return RP_OK;
}

void
rp_fact_leave(RpFactWriter *writer, uint32_t shape)
{
    writer->depth--;
    writer->is_told[shape] = writer->has_labels;
}

/* Whether a shape is to be told of where it is referred to. */
static bool
is_told_in_place(const RpFactWriter *writer, uint32_t shape)
{
    return !is_named(writer, shape) && !writer->is_told[shape] &&
           !(writer->has_labels && (writer->is_root[shape] || is_deep(writer)));
}

bool
rp_fact_has_property_shape(const RpFactWriter *writer, const RpFact *fact, uint32_t *shape)
{
    if (fact->property != RP_VOCABULARY_sh_property) {
        return false;
    }
    *shape = (uint32_t)writer->image->operands[fact->constraint->first_operand].value;
    return is_told_in_place(writer, *shape);
}

void
rp_fact_write_term(const RpFactWriter *writer, RpBuffer *buffer, RpTermId id)
{
    writer->terms.write(writer->terms.state, buffer, id);
}

void
rp_fact_write_property(const RpFactWriter *writer, RpBuffer *buffer, const RpFact *fact)
{
    if (writer->has_labels) {
        rp_fact_write_term(writer, buffer, fact->property);
    } else {
        RpText iri = rp_vocabulary_iri(fact->property);
        uint32_t start = (uint32_t)strlen(RP_SH);

        rp_buffer_append(buffer, iri.data + start, iri.length - start);
    }
}

static int
compare_texts(const void *a, const void *b)
{
    return rp_text_compare(*(const RpText *)a, *(const RpText *)b);
}

void
rp_fact_sort(RpText *texts, uint32_t count)
{
    qsort(texts, count, sizeof(RpText), compare_texts);
}

RpStatus
rp_fact_join(const RpFactWriter *writer, RpBuffer *buffer, uint32_t start, uint32_t fixed,
             const char *separator)
{
    uint32_t count = 0;
    RpText *items;
    RpBuffer joined;

    RP_TRY(rp_buffer_status(buffer, writer->error));
    for (uint32_t i = start; i < buffer->length; i++) {
        count += buffer->data[i] == '\0';
    }
    items = rp_arena_allocate(writer->arena, sizeof(RpText) * ((size_t)count + 1));
    if (items == NULL) {
        return rp_arena_failure(writer->arena, writer->error);
    }
    for (uint32_t i = 0, at = start; i < count; at += items[i++].length + 1) {
        items[i] = rp_text_from(buffer->data + at);
    }
    if (!writer->has_labels && fixed < count) {
        rp_fact_sort(items + fixed, count - fixed);
    }
    rp_buffer_init(&joined, writer->arena);
    for (uint32_t i = 0; i < count; i++) {
        rp_buffer_append_string(&joined, i > 0 ? separator : "");
        rp_buffer_append_text(&joined, items[i]);
    }
    buffer->length = start;
    rp_buffer_append_text(buffer, rp_buffer_text(&joined));
    return rp_buffer_status(&joined, writer->error);
}

static RpStatus
write_terms(RpFactWriter *writer, RpBuffer *buffer, const RpTermId *ids, uint32_t count,
            const char *separator)
{
    uint32_t start = buffer->length;

    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_arena_poll(writer->arena, writer->error));
        rp_fact_write_term(writer, buffer, ids[i]);
        rp_buffer_append_byte(buffer, '\0');
    }
    return rp_fact_join(writer, buffer, start, 0, separator);
}

/* What a shape says, in brackets. Where facts are sorted, what comes before constraints stays in
 * front. */
static RpStatus
write_in_brackets(RpFactWriter *writer, RpBuffer *buffer, uint32_t shape)
{
    uint32_t start = buffer->length + 1;
    uint32_t fixed = 0;
    RpFact fact;

    rp_buffer_append_byte(buffer, '[');
    for (uint32_t i = 0; rp_fact_get(writer->image, shape, i, &fact); i++) {
        if (fact.is_default || fact.kind == RP_FACT_TARGET) {
            continue;
        }
        fixed += fact.kind < RP_FACT_CONSTRAINT;
        rp_fact_write_property(writer, buffer, &fact);
        rp_buffer_append_byte(buffer, ' ');
        RP_TRY(rp_fact_write_value(writer, buffer, &fact));
        rp_buffer_append_byte(buffer, '\0');
    }
    RP_TRY(rp_fact_join(writer, buffer, start, fixed, " ; "));
    rp_buffer_append_byte(buffer, ']');
    return RP_OK;
}

/* A shape that a constraint refers to: its name, or what it says; within itself, [itself]. */
static RpStatus
write_shape(RpFactWriter *writer, RpBuffer *buffer, uint32_t shape)
{
    bool is_told = is_told_in_place(writer, shape);

    if (writer->has_labels || is_named(writer, shape)) {
        rp_fact_write_term(writer, buffer, writer->image->shapes[shape].node);
        rp_buffer_append_string(buffer, is_told ? " " : "");
    } else if (!is_told) {
        rp_buffer_append_string(buffer, "[itself]");
    }
    if (is_told) {
        RP_TRY(rp_fact_enter(writer, shape));
        RP_TRY(write_in_brackets(writer, buffer, shape));
        rp_fact_leave(writer, shape);
    }
    return RP_OK;
}

static RpStatus
write_operand(RpFactWriter *writer, RpBuffer *buffer, const RpImageOperand *operand)
{
    const uint32_t *ids = writer->image->ids;

    switch ((RpOperandKind)operand->kind) {
    case RP_OPERAND_TERM:
        rp_fact_write_term(writer, buffer, (RpTermId)operand->value);
        return RP_OK;
    case RP_OPERAND_INTEGER:
        rp_buffer_append_format(buffer, "%lld", (long long)operand->value);
        return RP_OK;
    case RP_OPERAND_TERMS:
        if (!writer->has_labels) {
            return write_terms(writer, buffer, ids + operand->value, operand->count, ", ");
        }
        rp_buffer_append_string(buffer, "( ");
        RP_TRY(write_terms(writer, buffer, ids + operand->value, operand->count, " "));
        rp_buffer_append_string(buffer, operand->count > 0 ? " )" : ")");
        return RP_OK;
    case RP_OPERAND_SHAPE:
        return write_shape(writer, buffer, (uint32_t)operand->value);
    }
    return rp_error_set(writer->error, RP_CORRUPT, "unknown kind of operand");
}

/* What stands before an operand, for readers: the further parameter that it comes from. */
static void
write_word(const RpFactWriter *writer, RpBuffer *buffer, const RpComponent *component,
           uint32_t operand)
{
    uint32_t other = operand - 1; /* far out of range for the first operand */

    if (component->parameter == RP_VOCABULARY_sh_closed) {
        rp_buffer_append_string(buffer, "true, allowing ");
    } else if (other < RP_COMPONENT_OTHER_PARAMETERS &&
               component->others[other] != RP_VOCABULARY_NONE) {
        rp_fact_write_term(writer, buffer, component->others[other]);
        rp_buffer_append_string(buffer, component->others[other] ==
                                                RP_VOCABULARY_sh_qualifiedValueShapesDisjoint
                                            ? " true, apart from "
                                            : " ");
    }
}

static RpStatus
write_operands(RpFactWriter *writer, RpBuffer *buffer, const RpImageConstraint *constraint)
{
    const RpComponent *component = &rp_component_table[constraint->component];
    const RpImageOperand *operands = writer->image->operands + constraint->first_operand;
    uint32_t count = constraint->operand_count;
    uint32_t start = buffer->length;
    uint32_t fixed = 0;

    if (count == 0) {
        rp_buffer_append_string(buffer, "true");
        return RP_OK;
    }
    if (component->parameter == RP_VOCABULARY_sh_pattern) {
        count--; /* the last operand is the compiled pattern, which is no news */
    }
    for (uint32_t i = 0; i < count; i++) {
        if (operands[i].kind == RP_OPERAND_TERM && operands[i].value == RP_TERM_NONE) {
            continue;
        }
        if (writer->has_labels) {
            write_word(writer, buffer, component, i);
        }
        RP_TRY(write_operand(writer, buffer, &operands[i]));
        rp_buffer_append_byte(buffer, '\0');
        fixed += operands[i].kind != RP_OPERAND_SHAPE; /* shapes are a set, behind a count */
    }
    return rp_fact_join(writer, buffer, start, fixed, ", ");
}

RpStatus
rp_fact_write_value(RpFactWriter *writer, RpBuffer *buffer, const RpFact *fact)
{
    const RpImageShape *shape = fact->shape;

    switch (fact->kind) {
    case RP_FACT_DEACTIVATED:
        rp_buffer_append_string(buffer, fact->is_default ? "false" : "true");
        break;
    case RP_FACT_TARGET:
        rp_fact_write_term(writer, buffer, fact->target->term);
        break;
    case RP_FACT_PATH:
        rp_path_text_write(buffer, writer->image, shape->path - 1, &writer->terms);
        break;
    case RP_FACT_CONSTRAINT:
        return write_operands(writer, buffer, fact->constraint);
    case RP_FACT_SEVERITY:
        rp_fact_write_term(writer, buffer, shape->severity);
        break;
    case RP_FACT_MESSAGES:
        return write_terms(writer, buffer, writer->image->ids + shape->first_message,
                           shape->message_count, ", ");
    }
    return RP_OK;
}
