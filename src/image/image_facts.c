/* See image_facts.h. Memory is of the arena; nothing is kept. */
#include "image/image_facts.h"

#include <stdlib.h>

#include "image/fact_value.h"
#include "shacl/component.h"

typedef struct FactReader {
    RpFactWriter writer;
    RpImageFacts *facts;
    bool *is_operand; /* by shape: some constraint of another shape refers to it */
} FactReader;

/* Where facts are found: a shape with a name (or a root), and the way from it. */
typedef struct Place {
    RpText shape_key;
    RpTerm shape;
    RpText path_key;
    RpText path;
} Place;

/* The components whose values have an order. The first operand has it. */
static const struct {
    RpVocabulary parameter;
    RpFactOrder order;
    bool larger_is_tighter;
} orders[] = {
    {RP_VOCABULARY_sh_minCount, RP_FACT_INTEGER, true},
    {RP_VOCABULARY_sh_maxCount, RP_FACT_INTEGER, false},
    {RP_VOCABULARY_sh_minLength, RP_FACT_INTEGER, true},
    {RP_VOCABULARY_sh_maxLength, RP_FACT_INTEGER, false},
    {RP_VOCABULARY_sh_qualifiedMinCount, RP_FACT_INTEGER, true},
    {RP_VOCABULARY_sh_qualifiedMaxCount, RP_FACT_INTEGER, false},
    {RP_VOCABULARY_sh_minInclusive, RP_FACT_LITERAL, true},
    {RP_VOCABULARY_sh_minExclusive, RP_FACT_LITERAL, true},
    {RP_VOCABULARY_sh_maxInclusive, RP_FACT_LITERAL, false},
    {RP_VOCABULARY_sh_maxExclusive, RP_FACT_LITERAL, false},
    {RP_VOCABULARY_sh_in, RP_FACT_SET, false},
    {RP_VOCABULARY_sh_languageIn, RP_FACT_SET, false},
    {RP_VOCABULARY_sh_closed, RP_FACT_SET, false},
};

/* One fact more at a place, cleared but for that. NULL: no memory. */
static RpImageFact *
add_fact(FactReader *reader, const Place *place, RpText component)
{
    RpImageFacts *facts = reader->facts;
    RpImageFact *grown = rp_arena_grow(reader->writer.arena, facts->facts, facts->count,
                                       facts->count + 1, &facts->capacity, sizeof(RpImageFact));
    RpImageFact *fact;

    if (grown == NULL) {
        rp_arena_failure(reader->writer.arena, reader->writer.error);
        return NULL;
    }
    facts->facts = grown;
    fact = &grown[facts->count++];
    *fact = (RpImageFact){.shape_key = place->shape_key,
                          .path_key = place->path_key,
                          .component = component,
                          .shape = place->shape,
                          .path = place->path};
    return fact;
}

static RpStatus
add_text_fact(FactReader *reader, const Place *place, RpVocabulary property, RpText value,
              bool is_default)
{
    RpText component = property == RP_VOCABULARY_NONE ? RP_TEXT("") : rp_vocabulary_iri(property);
    RpImageFact *fact = add_fact(reader, place, component);

    if (fact == NULL) {
        return reader->writer.error->status;
    }
    fact->value = value;
    fact->is_default = is_default;
    return RP_OK;
}

/* What gives a constraint's value an order, where it has one. */
static RpStatus
set_order(FactReader *reader, const RpImageConstraint *constraint, uint32_t fact_index)
{
    RpFactWriter *writer = &reader->writer;
    RpVocabulary parameter = rp_component_table[constraint->component].parameter;
    const RpImageOperand *operand = writer->image->operands + constraint->first_operand;
    RpImageFact *fact = &reader->facts->facts[fact_index];
    RpText *members = NULL;

    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        if (orders[i].parameter == parameter) {
            fact->order = orders[i].order;
            fact->larger_is_tighter = orders[i].larger_is_tighter;
        }
    }
    switch (fact->order) {
    case RP_FACT_UNORDERED:
        return RP_OK;
    case RP_FACT_INTEGER:
        fact->integer = operand->value;
        break;
    case RP_FACT_LITERAL:
        fact->literal = rp_fact_term(writer, (RpTermId)operand->value);
        fact->datatype = rp_term_table_datatype(&writer->image->terms, (RpTermId)operand->value);
        if (fact->datatype >= RP_TERM_FIRST) {
            fact->datatype = 0;
        }
        break;
    case RP_FACT_SET:
        RP_TRY(rp_fact_members(writer, operand, &members));
        fact->members = members;
        fact->member_count = operand->count;
        break;
    }
    return rp_fact_operands(writer, constraint, 1, &fact->rest);
}

static RpStatus
add_constraint(FactReader *reader, const Place *place, const RpImageConstraint *constraint)
{
    const RpComponent *component = &rp_component_table[constraint->component];
    uint32_t index = reader->facts->count;
    RpText value;

    RP_TRY(rp_fact_operands(&reader->writer, constraint, 0, &value));
    if (add_fact(reader, place, rp_vocabulary_iri(component->iri)) == NULL) {
        return reader->writer.error->status;
    }
    reader->facts->facts[index].value = value;
    return set_order(reader, constraint, index);
}

static RpStatus
add_messages(FactReader *reader, const Place *place, const RpImageShape *shape)
{
    RpFactWriter *writer = &reader->writer;
    RpImageOperand messages = {.value = shape->first_message, .count = shape->message_count};
    RpText *texts;
    RpText value;

    if (shape->message_count == 0) {
        return RP_OK;
    }
    RP_TRY(rp_fact_members(writer, &messages, &texts));
    RP_TRY(rp_fact_join(writer, texts, shape->message_count, ", ", &value));
    return add_text_fact(reader, place, RP_VOCABULARY_sh_message, value, false);
}

static RpStatus
add_flags(FactReader *reader, const Place *place, const RpImageShape *shape)
{
    bool is_deactivated = (shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) != 0;
    RpImageFact *fact;
    RpText severity;

    RP_TRY(rp_fact_term_text(&reader->writer, shape->severity, &severity));
    RP_TRY(add_text_fact(reader, place, RP_VOCABULARY_sh_severity, severity,
                         shape->severity == RP_VOCABULARY_sh_Violation));
    RP_TRY(add_text_fact(reader, place, RP_VOCABULARY_sh_deactivated,
                         is_deactivated ? RP_TEXT("true") : RP_TEXT("false"), !is_deactivated));
    fact = &reader->facts->facts[reader->facts->count - 1];
    fact->order = RP_FACT_INTEGER;
    fact->integer = is_deactivated;
    return RP_OK;
}

static RpText
join_paths(FactReader *reader, RpText first, RpText second)
{
    RpBuffer buffer;

    if (first.length == 0) {
        return second;
    }
    rp_buffer_init(&buffer, reader->writer.arena);
    rp_buffer_append_text(&buffer, first);
    rp_buffer_append_byte(&buffer, '/');
    rp_buffer_append_text(&buffer, second);
    return rp_buffer_text(&buffer);
}

static RpStatus add_shape(FactReader *reader, const Place *place, const RpImageShape *shape);

/* A property shape without a name, in the shape that it stands in. */
static RpStatus
add_property(FactReader *reader, const Place *parent, const RpImageShape *shape)
{
    Place place = *parent;
    RpText path;

    RP_TRY(rp_fact_enter(&reader->writer, shape));
    RP_TRY(rp_fact_path_text(&reader->writer, shape->path, &path));
    place.path_key = join_paths(reader, parent->path_key, path);
    place.path = join_paths(reader, parent->path, path);
    RP_TRY(add_shape(reader, &place, shape));
    rp_fact_leave(&reader->writer, shape);
    return RP_OK;
}

/* The unnamed property shape that a constraint is about and that is not being told of, or NULL. */
static const RpImageShape *
unnamed_property(const FactReader *reader, const RpImageConstraint *constraint)
{
    const RpImage *image = reader->writer.image;
    const RpImageShape *shape;

    if (rp_component_table[constraint->component].parameter != RP_VOCABULARY_sh_property) {
        return NULL;
    }
    shape = &image->shapes[image->operands[constraint->first_operand].value];
    if (rp_fact_term(&reader->writer, shape->node).kind == RP_IRI ||
        rp_fact_is_open(&reader->writer, shape)) {
        return NULL;
    }
    return shape;
}

/* All that a shape says itself; its targets are told by add_root. */
static RpStatus
add_shape(FactReader *reader, const Place *place, const RpImageShape *shape)
{
    const RpImage *image = reader->writer.image;

    RP_TRY(add_flags(reader, place, shape));
    RP_TRY(add_messages(reader, place, shape));
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        const RpImageConstraint *constraint = &image->constraints[shape->first_constraint + i];
        const RpImageShape *property = unnamed_property(reader, constraint);

        RP_TRY(rp_arena_poll(reader->writer.arena, reader->writer.error));
        RP_TRY(property != NULL ? add_property(reader, place, property)
                                : add_constraint(reader, place, constraint));
    }
    return RP_OK;
}

static RpVocabulary
target_property(RpTargetKind kind)
{
    switch (kind) {
    case RP_TARGET_NODE:
        return RP_VOCABULARY_sh_targetNode;
    case RP_TARGET_CLASS:
        return RP_VOCABULARY_sh_targetClass;
    case RP_TARGET_SUBJECTS_OF:
        return RP_VOCABULARY_sh_targetSubjectsOf;
    case RP_TARGET_OBJECTS_OF:
        return RP_VOCABULARY_sh_targetObjectsOf;
    }
    return RP_VOCABULARY_sh_target;
}

/* The text of a target as a key: property and term. */
static RpStatus
target_text(FactReader *reader, const RpTarget *target, RpText *text)
{
    RpText term;
    RpBuffer buffer;

    RP_TRY(rp_fact_term_text(&reader->writer, target->term, &term));
    rp_buffer_init(&buffer, reader->writer.arena);
    rp_buffer_append_text(&buffer, rp_vocabulary_iri(target_property(target->kind)));
    rp_buffer_append_byte(&buffer, ' ');
    rp_buffer_append_text(&buffer, term);
    *text = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, reader->writer.error);
}

/* What a shape is known by: its IRI, or, where it has none, its targets. */
static RpStatus
shape_key(FactReader *reader, const RpImageShape *shape, RpText *key)
{
    RpFactWriter *writer = &reader->writer;
    RpText *targets;

    if (rp_fact_term(writer, shape->node).kind == RP_IRI) {
        return rp_fact_term_text(writer, shape->node, key);
    }
    targets = rp_arena_allocate(writer->arena, sizeof(RpText) * ((size_t)shape->target_count + 1));
    if (targets == NULL) {
        return rp_arena_failure(writer->arena, writer->error);
    }
    for (uint32_t i = 0; i < shape->target_count; i++) {
        RP_TRY(target_text(reader, &writer->image->targets[shape->first_target + i], &targets[i]));
    }
    rp_fact_sort(targets, shape->target_count);
    return rp_fact_join(writer, targets, shape->target_count, " ", key);
}

/* A shape that facts are told of under its own name. */
static RpStatus
add_root(FactReader *reader, const RpImageShape *shape)
{
    RpFactWriter *writer = &reader->writer;
    Place place = {.shape = rp_fact_term(writer, shape->node)};

    RP_TRY(shape_key(reader, shape, &place.shape_key));
    RP_TRY(rp_fact_path_text(writer, shape->path, &place.path));
    RP_TRY(add_text_fact(reader, &place, RP_VOCABULARY_NONE, RP_TEXT(""), false));
    if (shape->path != 0) {
        RP_TRY(add_text_fact(reader, &place, RP_VOCABULARY_sh_path, place.path, true));
    }
    for (uint32_t i = 0; i < shape->target_count; i++) {
        const RpTarget *target = &writer->image->targets[shape->first_target + i];
        RpText term;

        RP_TRY(rp_fact_term_text(writer, target->term, &term));
        RP_TRY(add_text_fact(reader, &place, target_property(target->kind), term, false));
    }
    writer->is_open[shape - writer->image->shapes] = true;
    RP_TRY(add_shape(reader, &place, shape));
    writer->is_open[shape - writer->image->shapes] = false;
    return RP_OK;
}

/* Shapes that were left out, and subclasses that count for data. */
static RpStatus
add_others(FactReader *reader)
{
    RpFactWriter *writer = &reader->writer;
    const RpImage *image = writer->image;
    RpText value;

    for (uint32_t i = 0; i < image->left_out_count; i++) {
        Place place = {.shape = rp_fact_term(writer, image->left_out[i].node)};
        RpText message = rp_fact_term(writer, image->left_out[i].message).lexical;

        RP_TRY(rp_fact_term_text(writer, image->left_out[i].node, &place.shape_key));
        RP_TRY(add_text_fact(reader, &place, RP_VOCABULARY_NONE, message, false));
    }
    for (uint32_t i = 0; i < image->subclass_count; i++) {
        Place place = {.shape = rp_fact_term(writer, image->subclasses[i].subclass)};

        RP_TRY(rp_fact_term_text(writer, image->subclasses[i].subclass, &place.shape_key));
        RP_TRY(rp_fact_term_text(writer, image->subclasses[i].superclass, &value));
        RP_TRY(add_text_fact(reader, &place, RP_VOCABULARY_rdfs_subClassOf, value, false));
    }
    return RP_OK;
}

/* Make the marks of shapes, and mark those that others refer to. */
static RpStatus
mark_operands(FactReader *reader)
{
    const RpImage *image = reader->writer.image;

    reader->writer.is_open =
        rp_arena_allocate_zero(reader->writer.arena, (size_t)image->shape_count + 1);
    reader->is_operand =
        rp_arena_allocate_zero(reader->writer.arena, (size_t)image->shape_count + 1);
    if (reader->is_operand == NULL || reader->writer.is_open == NULL) {
        return rp_arena_failure(reader->writer.arena, reader->writer.error);
    }
    for (uint32_t i = 0; i < image->operand_count; i++) {
        if (image->operands[i].kind == RP_OPERAND_SHAPE) {
            reader->is_operand[image->operands[i].value] = true;
        }
    }
    return RP_OK;
}

int
rp_image_fact_compare_keys(const RpImageFact *a, const RpImageFact *b)
{
    int order = rp_text_compare(a->shape_key, b->shape_key);

    order = order ? order : rp_text_compare(a->path_key, b->path_key);
    return order ? order : rp_text_compare(a->component, b->component);
}

static int
compare_facts(const void *a, const void *b)
{
    int order = rp_image_fact_compare_keys(a, b);

    return order
               ? order
               : rp_text_compare(((const RpImageFact *)a)->value, ((const RpImageFact *)b)->value);
}

RpStatus
rp_image_facts(const RpImage *image, uint32_t depth_limit, RpArena *arena, RpImageFacts *facts,
               RpError *error)
{
    FactReader reader = {
        .writer = {.image = image, .arena = arena, .error = error, .depth_limit = depth_limit},
        .facts = facts};

    *facts = (RpImageFacts){NULL, 0, 0};
    RP_TRY(mark_operands(&reader));
    for (uint32_t i = 0; i < image->shape_count; i++) {
        const RpImageShape *shape = &image->shapes[i];

        if (rp_fact_term(&reader.writer, shape->node).kind == RP_IRI || shape->target_count > 0 ||
            !reader.is_operand[i]) {
            RP_TRY(add_root(&reader, shape));
        }
    }
    RP_TRY(add_others(&reader));
    if (facts->count > 0) {
        qsort(facts->facts, facts->count, sizeof(RpImageFact), compare_facts);
    }
    return RP_OK;
}
