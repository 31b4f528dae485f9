/* See fact_value.h. Lists are sorted as text, since neither ids nor their order are the same in two
 * images. */
#include "image/fact_value.h"

#include <stdlib.h>

#include "image/path_text.h"
#include "rdf/turtle_writer.h"
#include "shacl/component.h"

RpTerm
rp_fact_term(const RpFactWriter *writer, RpTermId id)
{
    return rp_term_table_get(&writer->image->terms, id);
}

bool
rp_fact_is_open(const RpFactWriter *writer, const RpImageShape *shape)
{
    return writer->is_open[shape - writer->image->shapes];
}

void
rp_fact_leave(RpFactWriter *writer, const RpImageShape *shape)
{
    writer->is_open[shape - writer->image->shapes] = false;
    writer->depth--;
}

RpStatus
rp_fact_enter(RpFactWriter *writer, const RpImageShape *shape)
{
    const RpHost *host = writer->arena->host;

    RP_TRY(rp_arena_poll(writer->arena, writer->error));
    if (writer->depth >= writer->depth_limit || host->stack_is_deep(host->state)) {
        return rp_error_set(writer->error, RP_TOO_DEEP, "shapes are nested deeper than %u",
                            writer->depth_limit);
    }
    writer->depth++;
    writer->is_open[shape - writer->image->shapes] = true;
    return RP_OK;
}

static RpStatus
finish(const RpFactWriter *writer, const RpBuffer *buffer, RpText *text)
{
    *text = rp_buffer_text(buffer);
    return rp_buffer_status(buffer, writer->error);
}

RpStatus
rp_fact_term_text(RpFactWriter *writer, RpTermId id, RpText *text)
{
    RpTerm term = rp_fact_term(writer, id);
    RpBuffer buffer;

    RP_TRY(rp_arena_poll(writer->arena, writer->error));
    rp_buffer_init(&buffer, writer->arena);
    rp_term_write(&buffer, &term);
    return finish(writer, &buffer, text);
}

/* RpPredicateWriter of an image's terms. */
static void
write_predicate(const void *state, RpBuffer *buffer, RpTermId predicate)
{
    RpTerm term = rp_fact_term(state, predicate);

    rp_term_write(buffer, &term);
}

RpStatus
rp_fact_path_text(RpFactWriter *writer, uint32_t path, RpText *text)
{
    RpPredicateWriter predicates = {write_predicate, writer};
    RpBuffer buffer;

    rp_buffer_init(&buffer, writer->arena);
    if (path != 0) {
        rp_path_text_write(&buffer, writer->image, path - 1, &predicates);
    }
    return finish(writer, &buffer, text);
}

static RpStatus
make_texts(RpFactWriter *writer, uint32_t count, RpText **texts)
{
    *texts = rp_arena_allocate(writer->arena, sizeof(RpText) * ((size_t)count + 1));
    return *texts != NULL ? RP_OK : rp_arena_failure(writer->arena, writer->error);
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
rp_fact_members(RpFactWriter *writer, const RpImageOperand *operand, RpText **members)
{
    const uint32_t *ids = writer->image->ids + operand->value;

    RP_TRY(make_texts(writer, operand->count, members));
    for (uint32_t i = 0; i < operand->count; i++) {
        RP_TRY(rp_fact_term_text(writer, ids[i], &(*members)[i]));
    }
    rp_fact_sort(*members, operand->count);
    return RP_OK;
}

RpStatus
rp_fact_join(RpFactWriter *writer, const RpText *texts, uint32_t count, const char *separator,
             RpText *joined)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, writer->arena);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) {
            rp_buffer_append_string(&buffer, separator);
        }
        rp_buffer_append_text(&buffer, texts[i]);
    }
    return finish(writer, &buffer, joined);
}

/* A constraint inside a shape that is written out: minCount 1. */
static RpStatus
constraint_text(RpFactWriter *writer, const RpImageConstraint *constraint, RpText *text)
{
    RpText parameter = rp_vocabulary_iri(rp_component_table[constraint->component].parameter);
    RpText value;
    RpBuffer buffer;

    RP_TRY(rp_fact_operands(writer, constraint, 0, &value));
    if (rp_text_starts_with(parameter, RP_TEXT(RP_SH))) {
        parameter.data += sizeof(RP_SH) - 1;
        parameter.length -= (uint32_t)sizeof(RP_SH) - 1;
    }
    rp_buffer_init(&buffer, writer->arena);
    rp_buffer_append_text(&buffer, parameter);
    rp_buffer_append_byte(&buffer, ' ');
    rp_buffer_append_text(&buffer, value);
    return finish(writer, &buffer, text);
}

/* A shape without a name, written out: [path <p> ; minCount 1]; within itself, [itself]. */
static RpStatus
write_out(RpFactWriter *writer, const RpImageShape *shape, RpText *text)
{
    RpText path, parts;
    RpText *texts;
    RpBuffer buffer;

    if (rp_fact_is_open(writer, shape)) {
        *text = RP_TEXT("[itself]");
        return RP_OK;
    }
    RP_TRY(rp_fact_enter(writer, shape));
    RP_TRY(make_texts(writer, shape->constraint_count, &texts));
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RP_TRY(constraint_text(writer, &writer->image->constraints[shape->first_constraint + i],
                               &texts[i]));
    }
    rp_fact_sort(texts, shape->constraint_count);
    RP_TRY(rp_fact_join(writer, texts, shape->constraint_count, " ; ", &parts));
    RP_TRY(rp_fact_path_text(writer, shape->path, &path));
    rp_buffer_init(&buffer, writer->arena);
    rp_buffer_append_byte(&buffer, '[');
    if (shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) {
        rp_buffer_append_string(&buffer, "deactivated true ; ");
    }
    if (path.length > 0) {
        rp_buffer_append_string(&buffer, "path ");
        rp_buffer_append_text(&buffer, path);
        rp_buffer_append_string(&buffer, parts.length > 0 ? " ; " : "");
    }
    rp_buffer_append_text(&buffer, parts);
    rp_buffer_append_byte(&buffer, ']');
    rp_fact_leave(writer, shape);
    return finish(writer, &buffer, text);
}

static RpStatus
operand_text(RpFactWriter *writer, const RpImageOperand *operand, RpText *text)
{
    const RpImageShape *shape;
    RpText *members;
    RpBuffer buffer;

    switch ((RpOperandKind)operand->kind) {
    case RP_OPERAND_TERM:
        return rp_fact_term_text(writer, (RpTermId)operand->value, text);
    case RP_OPERAND_INTEGER:
        rp_buffer_init(&buffer, writer->arena);
        rp_buffer_append_format(&buffer, "%lld", (long long)operand->value);
        return finish(writer, &buffer, text);
    case RP_OPERAND_TERMS:
        RP_TRY(rp_fact_members(writer, operand, &members));
        return rp_fact_join(writer, members, operand->count, ", ", text);
    case RP_OPERAND_SHAPE:
        shape = &writer->image->shapes[operand->value];
        if (rp_fact_term(writer, shape->node).kind == RP_IRI) {
            return rp_fact_term_text(writer, shape->node, text);
        }
        return write_out(writer, shape, text);
    }
    return rp_error_set(writer->error, RP_CORRUPT, "unknown kind of operand");
}

RpStatus
rp_fact_operands(RpFactWriter *writer, const RpImageConstraint *constraint, uint32_t first,
                 RpText *text)
{
    const RpImageOperand *operands = writer->image->operands + constraint->first_operand;
    uint32_t end = constraint->operand_count;
    uint32_t count = 0;
    RpText *texts;

    if (constraint->operand_count == 0) {
        *text = RP_TEXT("true");
        return RP_OK;
    }
    if (rp_component_table[constraint->component].parameter == RP_VOCABULARY_sh_pattern) {
        end--; /* the last operand is the compiled pattern, which is no news */
    }
    RP_TRY(make_texts(writer, end, &texts));
    for (uint32_t i = first; i < end; i++) {
        if (operands[i].kind != RP_OPERAND_TERM || operands[i].value != RP_TERM_NONE) {
            RP_TRY(operand_text(writer, &operands[i], &texts[count++]));
        }
    }
    /* Shapes are a set; a pattern and its flags are not. A count stands before any shape. */
    if (operands[0].kind != RP_OPERAND_TERM) {
        rp_fact_sort(texts, count);
    }
    return rp_fact_join(writer, texts, count, ", ", text);
}
