/* See fact.h. */
#include "image/fact.h"

#include <stdlib.h>

#include "rdf/turtle_writer.h"
#include "shacl/component.h"
#include "sparql/algebra_text.h"

static const RpVocabulary target_properties[] = {
    [RP_TARGET_NODE] = RP_VOCABULARY_sh_targetNode,
    [RP_TARGET_CLASS] = RP_VOCABULARY_sh_targetClass,
    [RP_TARGET_SUBJECTS_OF] = RP_VOCABULARY_sh_targetSubjectsOf,
    [RP_TARGET_OBJECTS_OF] = RP_VOCABULARY_sh_targetObjectsOf,
    [RP_TARGET_QUERY] = RP_VOCABULARY_sh_target};

/* A component that is declared in the shapes graph has parameters of its own, which the image does
 * not name. */
static RpVocabulary
property_of(const RpComponent *component)
{
    return component->parameter != RP_VOCABULARY_NONE ? component->parameter : component->iri;
}

bool
rp_fact_get(const RpImage *image, uint32_t shape_index, uint32_t number, RpFact *fact)
{
    static const RpVocabulary properties[] = {[RP_FACT_DEACTIVATED] = RP_VOCABULARY_sh_deactivated,
                                              [RP_FACT_PATH] = RP_VOCABULARY_sh_path,
                                              [RP_FACT_SEVERITY] = RP_VOCABULARY_sh_severity,
                                              [RP_FACT_MESSAGES] = RP_VOCABULARY_sh_message};
    const RpImageShape *shape = &image->shapes[shape_index];
    const uint32_t counts[] = {[RP_FACT_DEACTIVATED] = 1,
                               [RP_FACT_TARGET] = shape->target_count,
                               [RP_FACT_PATH] = shape->path != 0,
                               [RP_FACT_CONSTRAINT] = shape->constraint_count,
                               [RP_FACT_SEVERITY] = 1,
                               [RP_FACT_MESSAGES] = shape->message_count > 0};
    uint32_t kind = 0;

    while (kind <= RP_FACT_MESSAGES && number >= counts[kind]) {
        number -= counts[kind++];
    }
    if (kind > RP_FACT_MESSAGES) {
        return false;
    }
    *fact = (RpFact){.kind = (RpFactKind)kind, .property = properties[kind], .shape = shape};
    if (kind == RP_FACT_TARGET) {
        fact->target = &image->targets[shape->first_target + number];
        fact->property = target_properties[fact->target->kind];
    } else if (kind == RP_FACT_CONSTRAINT) {
        fact->constraint = &image->constraints[shape->first_constraint + number];
        fact->property = property_of(&rp_component_table[fact->constraint->component]);
    }
    fact->is_default =
        (kind == RP_FACT_DEACTIVATED && !(shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED)) ||
        (kind == RP_FACT_SEVERITY && shape->severity == RP_VOCABULARY_sh_Violation);
    return true;
}

enum { QUERY_INDENT = 8 }; /* spaces */

enum { HAS_NAME = 1, IS_BEING_TOLD = 2, WAS_TOLD = 4 };

/* RpTermWriter: N-Triples. state: the image. */
static void
write_in_full(const void *state, RpBuffer *buffer, RpTermId id)
{
    RpTerm term = rp_term_table_get(&((const RpImage *)state)->terms, id);

    rp_term_write(buffer, &term);
}

/* Whether a shape that so many constraints use is told under its name. */
static bool
has_name(const RpFactWriter *writer, const RpImageShape *shape, uint8_t uses)
{
    return rp_term_table_kind(&writer->image->terms, shape->node) == RP_IRI ||
           shape->target_count > 0 || uses == 0 ||
           (uses > 1 && (shape->cycle != 0 || !writer->is_to_compare));
}

RpStatus
rp_fact_writer_init(RpFactWriter *writer, const RpImage *image, bool is_to_compare, RpArena *arena,
                    RpError *error)
{
    *writer = (RpFactWriter){.image = image,
                             .arena = arena,
                             .error = error,
                             .terms = {write_in_full, image},
                             .is_to_compare = is_to_compare};
    writer->states = rp_arena_allocate_zero(arena, (size_t)image->shape_count + 1);
    if (writer->states == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < image->operand_count; i++) {
        if (image->operands[i].kind == RP_OPERAND_SHAPE) {
            uint8_t *uses = &writer->states[image->operands[i].value];

            *uses += *uses < 2;
        }
    }
    for (uint32_t i = 0; i < image->shape_count; i++) {
        writer->states[i] = has_name(writer, &image->shapes[i], writer->states[i]) ? HAS_NAME : 0;
    }
    return RP_OK;
}

bool
rp_fact_is_root(const RpFactWriter *writer, uint32_t shape, bool is_first_round)
{
    return is_first_round ? (writer->states[shape] & HAS_NAME) != 0
                          : (writer->states[shape] & WAS_TOLD) == 0;
}

/* Whether a shape is told where it is used. */
static bool
is_nested(const RpFactWriter *writer, uint32_t shape)
{
    return (writer->states[shape] & (HAS_NAME | IS_BEING_TOLD)) == 0;
}

bool
rp_fact_is_nested(const RpFactWriter *writer, const RpFact *fact, uint32_t *shape)
{
    if (fact->property != RP_VOCABULARY_sh_property) {
        return false;
    }
    *shape = (uint32_t)writer->image->operands[fact->constraint->first_operand].value;
    return is_nested(writer, *shape);
}

/* Begin to tell of a shape. It ends, as no shape is told within itself. */
static RpStatus
enter(RpFactWriter *writer, uint32_t shape)
{
    const RpHost *host = writer->arena->host;

    RP_TRY(rp_arena_poll(writer->arena, writer->error));
    if (host->stack_is_deep(host->state)) {
        return rp_error_set(writer->error, RP_TOO_DEEP, "shapes are nested too deep to be told of");
    }
    writer->states[shape] |= IS_BEING_TOLD | WAS_TOLD;
    return RP_OK;
}

static void
leave(RpFactWriter *writer, uint32_t shape)
{
    writer->states[shape] &= (uint8_t)~IS_BEING_TOLD;
}

/* Go on from a place to that of a nested property shape. */
static RpStatus
enter_place(RpFactWriter *writer, const RpFactPlace *outer, const RpImageShape *shape,
            RpFactPlace *place)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, writer->arena);
    rp_buffer_append_text(&buffer, outer->path);
    rp_buffer_append_string(&buffer, outer->path.length > 0 ? "/" : "");
    rp_path_text_write(&buffer, writer->image, shape->path - 1, &writer->terms);
    *place = (RpFactPlace){outer->depth + 1, rp_buffer_text(&buffer)};
    return rp_buffer_status(&buffer, writer->error);
}

static RpStatus
walk(RpFactWriter *writer, uint32_t shape, const RpFactPlace *place, const RpFactReader *reader)
{
    uint32_t nested;
    RpFact fact;

    RP_TRY(enter(writer, shape));
    for (uint32_t i = 0; rp_fact_get(writer->image, shape, i, &fact); i++) {
        RP_TRY(rp_arena_poll(writer->arena, writer->error));
        RP_TRY(reader->read(reader->state, place, &fact));
        if (rp_fact_is_nested(writer, &fact, &nested)) {
            RpFactPlace inner;

            RP_TRY(enter_place(writer, place, &writer->image->shapes[nested], &inner));
            RP_TRY(walk(writer, nested, &inner, reader));
        }
    }
    leave(writer, shape);
    return RP_OK;
}

RpStatus
rp_fact_walk(RpFactWriter *writer, uint32_t shape, const RpFactReader *reader)
{
    RpFactPlace place = {0};

    return walk(writer, shape, &place, reader);
}

void
rp_fact_write_term(const RpFactWriter *writer, RpBuffer *buffer, RpTermId id)
{
    writer->terms.write(writer->terms.state, buffer, id);
}

void
rp_fact_write_property(RpBuffer *buffer, RpVocabulary property)
{
    RpText iri = rp_vocabulary_iri(property);
    uint32_t start = (uint32_t)strlen(RP_SH);

    rp_buffer_append_string(buffer, "sh:");
    rp_buffer_append(buffer, iri.data + start, iri.length - start);
}

static int
compare_texts(const void *a, const void *b)
{
    return rp_text_compare(*(const RpText *)a, *(const RpText *)b);
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
    if (writer->is_to_compare && fixed < count) {
        qsort(items + fixed, count - fixed, sizeof(RpText), compare_texts);
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

/* A shape that a constraint uses: its name, or what it says. What comes before constraints stays in
 * front. */
static RpStatus
write_shape(RpFactWriter *writer, RpBuffer *buffer, uint32_t shape)
{
    bool is_told = is_nested(writer, shape);
    uint32_t fixed = 0;
    uint32_t start;
    RpFact fact;

    if (!is_told || !writer->is_to_compare) {
        rp_fact_write_term(writer, buffer, writer->image->shapes[shape].node);
    }
    if (!is_told) {
        return RP_OK;
    }
    RP_TRY(enter(writer, shape));
    rp_buffer_append_string(buffer, writer->is_to_compare ? "[" : " [");
    start = buffer->length;
    for (uint32_t i = 0; rp_fact_get(writer->image, shape, i, &fact); i++) {
        if (!fact.is_default) {
            fixed += fact.kind < RP_FACT_CONSTRAINT;
            rp_fact_write_property(buffer, fact.property);
            rp_buffer_append_byte(buffer, ' ');
            RP_TRY(rp_fact_write_value(writer, buffer, &fact));
            rp_buffer_append_byte(buffer, '\0');
        }
    }
    RP_TRY(rp_fact_join(writer, buffer, start, fixed, " ; "));
    rp_buffer_append_byte(buffer, ']');
    leave(writer, shape);
    return RP_OK;
}

/* The algebra, on lines of its own. */
static void
write_query(const RpFactWriter *writer, RpBuffer *buffer, uint32_t query)
{
    RpAlgebraTermWriter terms = {writer->terms.write, writer->terms.state};
    RpAlgebra algebra;

    rp_image_query(writer->image, query, &algebra);
    rp_buffer_append_byte(buffer, '\n');
    rp_algebra_text_write(buffer, &algebra, &writer->image->terms, &terms, QUERY_INDENT);
}

static RpStatus
write_operand(RpFactWriter *writer, RpBuffer *buffer, const RpImageOperand *operand)
{
    switch ((RpOperandKind)operand->kind) {
    case RP_OPERAND_TERM:
        rp_fact_write_term(writer, buffer, (RpTermId)operand->value);
        return RP_OK;
    case RP_OPERAND_INTEGER:
        rp_buffer_append_format(buffer, "%lld", (long long)operand->value);
        return RP_OK;
    case RP_OPERAND_TERMS:
        rp_buffer_append_string(buffer, "( ");
        RP_TRY(
            write_terms(writer, buffer, writer->image->ids + operand->value, operand->count, " "));
        rp_buffer_append_string(buffer, operand->count > 0 ? " )" : ")");
        return RP_OK;
    case RP_OPERAND_SHAPE:
        return write_shape(writer, buffer, (uint32_t)operand->value);
    case RP_OPERAND_QUERY:
        break;
    }
    return rp_error_set(writer->error, RP_CORRUPT, "unknown kind of operand");
}

/* What stands before an operand: the further parameter that it comes from. */
static void
write_word(RpBuffer *buffer, const RpComponent *component, uint32_t operand)
{
    uint32_t other = operand - 1; /* far out of range for the first operand */

    if (component->parameter == RP_VOCABULARY_sh_closed) {
        rp_buffer_append_string(buffer, "true, allowing ");
    } else if (other < RP_COMPONENT_OTHER_PARAMETERS &&
               component->others[other] != RP_VOCABULARY_NONE) {
        rp_fact_write_property(buffer, component->others[other]);
        rp_buffer_append_string(buffer, component->others[other] ==
                                                RP_VOCABULARY_sh_qualifiedValueShapesDisjoint
                                            ? " true, apart from "
                                            : " ");
    }
}

/* Operands of which nothing is told in their place: what is absent, a query, which comes last, and
 * beside it that there are no messages, or the label of a constraint where it may be another's. */
static bool
is_passed_over(const RpFactWriter *writer, const RpComponent *component,
               const RpImageOperand *operand)
{
    switch (operand->kind) {
    case RP_OPERAND_TERM:
        return operand->value == RP_TERM_NONE ||
               (writer->is_to_compare && component->parameter == RP_VOCABULARY_sh_sparql &&
                rp_term_table_kind(&writer->image->terms, (RpTermId)operand->value) == RP_BLANK);
    case RP_OPERAND_TERMS:
        return (component->flags & RP_COMPONENT_ASKS_QUERY) != 0 && operand->count == 0;
    default:
        return operand->kind == RP_OPERAND_QUERY;
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
        if (is_passed_over(writer, component, &operands[i])) {
            continue;
        }
        write_word(buffer, component, i);
        RP_TRY(write_operand(writer, buffer, &operands[i]));
        rp_buffer_append_byte(buffer, '\0');
        fixed += operands[i].kind != RP_OPERAND_SHAPE; /* shapes are a set, behind a count */
    }
    RP_TRY(rp_fact_join(writer, buffer, start, fixed, ", "));
    if (component->flags & RP_COMPONENT_ASKS_QUERY) {
        write_query(writer, buffer, (uint32_t)operands[0].value);
    }
    return RP_OK;
}

static void
write_target(const RpFactWriter *writer, RpBuffer *buffer, const RpTarget *target)
{
    if (target->kind == RP_TARGET_QUERY) {
        write_query(writer, buffer, target->term - 1);
    } else {
        rp_fact_write_term(writer, buffer, target->term);
    }
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
        write_target(writer, buffer, fact->target);
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
