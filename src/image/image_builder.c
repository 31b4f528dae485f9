/*
 * Shapes to image, in two passes: the first counts and marks the terms in use, the second writes
 * into memory that is cleared and of the right size, so that the same shapes give the same bytes.
 */
#include "image/image_builder.h"

#include "image/flat_shape.h"
#include "image/image_builder_internal.h"
#include "image/image_sections.h"
#include "shacl/component.h"

static RpStatus
add_string(RpImageBuilder *builder, RpText text, RpTermId *id)
{
    RpTerm term = rp_term_literal(text, rp_xsd_string);

    return rp_dictionary_add(builder->dictionary, &term, id, builder->error);
}

/* Make terms of the prefixes. One whose namespace is no IRI is of no use, and left out. */
static RpStatus
add_prefixes(RpImageBuilder *builder)
{
    const RpShapesGraph *graph = builder->shapes->graph;

    builder->prefixes =
        rp_arena_allocate(builder->arena, (size_t)graph->prefix_count * sizeof *builder->prefixes);
    if (builder->prefixes == NULL) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < graph->prefix_count; i++) {
        RpImagePrefix *prefix = &builder->prefixes[builder->prefix_count];
        RpTerm namespace_iri = rp_term_iri(graph->prefixes[i].namespace_iri);
        RpError ignored;

        if (rp_term_check(&namespace_iri, &ignored) == RP_OK) {
            RP_TRY(rp_dictionary_add(builder->dictionary, &namespace_iri, &prefix->namespace_iri,
                                     builder->error));
            RP_TRY(add_string(builder, graph->prefixes[i].prefix, &prefix->prefix));
            builder->prefix_count++;
        }
    }
    return RP_OK;
}

static RpStatus
add_left_out(RpImageBuilder *builder)
{
    const RpShapes *shapes = builder->shapes;

    builder->left_out = rp_arena_allocate(builder->arena, (size_t)shapes->left_out_count *
                                                              sizeof *builder->left_out);
    if (builder->left_out == NULL) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    for (uint32_t i = 0; i < shapes->left_out_count; i++) {
        builder->left_out[i].node = shapes->left_out[i].node;
        RP_TRY(add_string(builder, shapes->left_out[i].message, &builder->left_out[i].message));
    }
    return RP_OK;
}

/* Set the header's counts, and allocate the image, cleared. */
static RpStatus
lay_out(RpImageBuilder *builder, size_t limit_bytes)
{
    RpImageHeader header = {.magic = RP_IMAGE_MAGIC, .format = RP_IMAGE_FORMAT};
    size_t limit = limit_bytes < UINT32_MAX ? limit_bytes : (size_t)UINT32_MAX;
    bool fits = true;

    for (int i = 0; i < RP_SECTION_COUNT; i++) {
        fits = fits && builder->counts[i] <= UINT32_MAX;
        header.counts[i] = (uint32_t)builder->counts[i];
    }
    header.size = rp_image_section_offset(&header, RP_SECTION_COUNT);
    if (!fits || header.size > limit) {
        return rp_error_set(builder->error, RP_TOO_LARGE,
                            "the compiled policy is larger than %zu bytes", limit);
    }
    header.label = builder->image_ids[builder->shapes->label];
    header.flags = builder->shapes->requires_focus ? RP_IMAGE_REQUIRES_FOCUS : 0;
    builder->bytes = rp_arena_allocate_zero(builder->arena, (size_t)header.size);
    if (builder->bytes == NULL) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    memcpy(builder->bytes, &header, sizeof header);
    return RP_OK;
}

static void *
section(RpImageBuilder *builder, RpImageSectionId id)
{
    return builder->bytes + rp_image_section_offset(builder->header, id);
}

static void
find_sections(RpImageBuilder *builder)
{
    builder->header = (RpImageHeader *)(void *)builder->bytes;
    builder->terms = section(builder, RP_SECTION_TERMS);
    builder->reads = section(builder, RP_SECTION_READS);
    builder->shape_records = section(builder, RP_SECTION_SHAPES);
    builder->targets = section(builder, RP_SECTION_TARGETS);
    builder->constraints = section(builder, RP_SECTION_CONSTRAINTS);
    builder->operands = section(builder, RP_SECTION_OPERANDS);
    builder->paths = section(builder, RP_SECTION_PATHS);
    builder->ids = section(builder, RP_SECTION_IDS);
    builder->queries = section(builder, RP_SECTION_QUERIES);
    builder->algebra = section(builder, RP_SECTION_ALGEBRA);
    builder->triples = section(builder, RP_SECTION_TRIPLES);
    builder->strings = section(builder, RP_SECTION_STRINGS);
}

/* Write a path after its parts; returns its index. The depth was bounded by the first pass. */
static uint32_t
write_path(RpImageBuilder *builder, const RpPath *path)
{
    uint32_t first_part = builder->id_count;
    RpImagePath *record;

    builder->id_count += path->part_count;
    for (uint32_t i = 0; i < path->part_count; i++) {
        uint32_t part = write_path(builder, path->parts[i]);

        builder->ids[first_part + i] = part;
    }
    record = &builder->paths[builder->path_count];
    record->kind = (uint32_t)path->kind;
    record->predicate = builder->image_ids[path->predicate];
    record->first_part = first_part;
    record->part_count = path->part_count;
    return builder->path_count++;
}

/* Write terms to the ids; returns the index of the first. */
static uint32_t
write_ids(RpImageBuilder *builder, const RpTermId *terms, uint32_t count)
{
    uint32_t first = builder->id_count;

    for (uint32_t i = 0; i < count; i++) {
        builder->ids[builder->id_count++] = builder->image_ids[terms[i]];
    }
    return first;
}

static void
write_target(RpImageBuilder *builder, const RpTarget *target)
{
    RpTermId term = target->kind == RP_TARGET_QUERY
                        ? rp_image_write_query(builder, target->term - 1) + 1
                        : builder->image_ids[target->term];

    builder->targets[builder->target_count++] = (RpTarget){target->kind, term};
}

static void
write_operand(RpImageBuilder *builder, const RpOperand *operand)
{
    RpImageOperand *record = &builder->operands[builder->operand_count++];

    record->kind = (uint32_t)operand->kind;
    switch (operand->kind) {
    case RP_OPERAND_TERM:
        record->value = builder->image_ids[operand->term];
        break;
    case RP_OPERAND_INTEGER:
        record->value = operand->integer;
        break;
    case RP_OPERAND_TERMS:
        record->count = operand->term_count;
        record->value = write_ids(builder, operand->terms, operand->term_count);
        break;
    case RP_OPERAND_SHAPE:
        record->value = operand->shape;
        break;
    case RP_OPERAND_QUERY:
        record->value = rp_image_write_query(builder, operand->query);
        break;
    }
}

static void
write_constraint(RpImageBuilder *builder, const RpConstraint *constraint)
{
    RpImageConstraint *record = &builder->constraints[builder->constraint_count++];

    record->component = constraint->component;
    record->first_operand = builder->operand_count;
    record->operand_count = constraint->operand_count;
    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        write_operand(builder, &constraint->operands[i]);
    }
}

static void
write_shape(RpImageBuilder *builder, uint32_t index)
{
    const RpShape *shape = &builder->shapes->shapes[index];
    RpImageShape *record = &builder->shape_records[index];

    record->node = builder->image_ids[shape->node];
    record->severity = builder->image_ids[shape->severity];
    record->flags = (shape->is_deactivated ? RP_IMAGE_SHAPE_IS_DEACTIVATED : 0u) |
                    (shape->is_inverted ? RP_IMAGE_SHAPE_IS_INVERTED : 0u);
    record->cycle = shape->cycle;
    if (shape->path != NULL) {
        record->flags |= RP_IMAGE_SHAPE_IS_PROPERTY;
        record->path = write_path(builder, shape->path) + 1;
    }
    record->first_target = builder->target_count;
    record->target_count = shape->target_count;
    for (uint32_t i = 0; i < shape->target_count; i++) {
        write_target(builder, &shape->targets[i]);
    }
    record->first_constraint = builder->constraint_count;
    record->constraint_count = shape->constraint_count;
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        write_constraint(builder, &shape->constraints[i]);
    }
    record->first_message = write_ids(builder, shape->messages, shape->message_count);
    record->message_count = shape->message_count;
    if (rp_image_shape_is_flat(record, builder->constraints, builder->operands, builder->paths)) {
        record->flags |= RP_IMAGE_SHAPE_IS_FLAT;
    }
}

/* Subclasses, prefixes, what is left out, and numeric datatypes. */
static void
write_rest(RpImageBuilder *builder)
{
    RpSubclass *subclasses = section(builder, RP_SECTION_SUBCLASSES);
    RpImagePrefix *prefixes = section(builder, RP_SECTION_PREFIXES);
    RpImageLeftOut *left_out = section(builder, RP_SECTION_LEFT_OUT);
    RpImageNumber *numbers = section(builder, RP_SECTION_NUMBERS);
    const RpTermId *image_ids = builder->image_ids;

    for (uint32_t i = 0; i < builder->shapes->subclass_count; i++) {
        const RpSubclass *subclass = &builder->shapes->subclasses[i];

        subclasses[i] =
            (RpSubclass){image_ids[subclass->subclass], image_ids[subclass->superclass]};
    }
    for (uint32_t i = 0; i < builder->prefix_count; i++) {
        prefixes[i] = (RpImagePrefix){image_ids[builder->prefixes[i].prefix],
                                      image_ids[builder->prefixes[i].namespace_iri]};
    }
    for (uint32_t i = 0; i < builder->shapes->left_out_count; i++) {
        left_out[i] = (RpImageLeftOut){image_ids[builder->left_out[i].node],
                                       image_ids[builder->left_out[i].message]};
    }
    for (uint32_t i = 0; i < builder->number_count; i++) {
        numbers[i] = (RpImageNumber){image_ids[builder->numbers[i].predicate],
                                     image_ids[builder->numbers[i].datatype]};
    }
}

static void
mark_read(RpImageBuilder *builder, RpTermId predicate)
{
    builder->reads[predicate >> 3] |= (uint8_t)(1u << (predicate & 7));
}

/* Instances of a class are found by these. */
static void
mark_types(RpImageBuilder *builder)
{
    mark_read(builder, RP_VOCABULARY_rdf_type);
    mark_read(builder, RP_VOCABULARY_rdfs_subClassOf);
}

static void
mark_constraint(RpImageBuilder *builder, const RpImage *image, const RpImageConstraint *constraint)
{
    uint32_t flags = rp_component_table[constraint->component].flags;

    if (flags & RP_COMPONENT_READS_TYPES) {
        mark_types(builder);
    }
    if (flags & RP_COMPONENT_READS_OPERAND) {
        mark_read(builder, (RpTermId)image->operands[constraint->first_operand].value);
    }
    if (flags & RP_COMPONENT_READS_ALL) {
        builder->header->flags |= RP_IMAGE_READS_ALL;
    }
}

/* Mark the predicates whose triples validation reads: the last thing that is written, since it is
 * found in the image. */
static void
write_reads(RpImageBuilder *builder)
{
    RpImage image;
    bool reads_all;

    rp_image_open(builder->bytes, &image);
    for (uint32_t i = 0; i < image.path_count; i++) {
        if (image.paths[i].kind == RP_PATH_PREDICATE) {
            mark_read(builder, image.paths[i].predicate);
        }
    }
    for (uint32_t i = 0; i < image.target_count; i++) {
        if (image.targets[i].kind == RP_TARGET_CLASS) {
            mark_types(builder);
        } else if (image.targets[i].kind == RP_TARGET_SUBJECTS_OF ||
                   image.targets[i].kind == RP_TARGET_OBJECTS_OF) {
            mark_read(builder, image.targets[i].term);
        }
    }
    for (uint32_t i = 0; i < image.constraint_count; i++) {
        mark_constraint(builder, &image, &image.constraints[i]);
    }
    rp_image_mark_query_reads(&image, builder->reads, &reads_all);
    builder->header->flags |= reads_all ? RP_IMAGE_READS_ALL : 0u;
}

RpStatus
rp_image_build(RpArena *arena, const RpShapes *shapes, size_t limit_bytes, RpText *bytes,
               RpError *error)
{
    RpImageBuilder builder = {
        .arena = arena, .error = error, .shapes = shapes, .dictionary = &shapes->graph->dictionary};

    RP_TRY(add_prefixes(&builder));
    RP_TRY(add_left_out(&builder));
    RP_TRY(rp_image_count(&builder));
    RP_TRY(rp_image_find_numbers(&builder));
    RP_TRY(rp_image_number_terms(&builder));
    RP_TRY(lay_out(&builder, limit_bytes));
    find_sections(&builder);
    RP_TRY(rp_image_write_terms(&builder));
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        RP_TRY(rp_arena_poll(arena, error));
        write_shape(&builder, i);
    }
    write_rest(&builder);
    rp_image_write_triples(&builder);
    write_reads(&builder);
    builder.header->checksum = rp_image_checksum(builder.bytes, builder.header->size);
    *bytes = (RpText){builder.bytes, (uint32_t)builder.header->size};
    return RP_OK;
}
