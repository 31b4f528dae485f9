/* First pass of building an image: what it will hold. */
#include "image/image_builder_internal.h"

static RpStatus
count_path(RpImageBuilder *builder, const RpPath *path, uint32_t depth)
{
    if (depth > RP_IMAGE_PATH_DEPTH_LIMIT) {
        return rp_error_set(builder->error, RP_TOO_DEEP, "sh:path is nested more than %d deep",
                            RP_IMAGE_PATH_DEPTH_LIMIT);
    }
    rp_image_use(builder, path->predicate);
    builder->counts[RP_SECTION_PATHS]++;
    builder->counts[RP_SECTION_IDS] += path->part_count;
    for (uint32_t i = 0; i < path->part_count; i++) {
        RP_TRY(count_path(builder, path->parts[i], depth + 1));
    }
    return RP_OK;
}

static RpStatus
count_constraint(RpImageBuilder *builder, const RpConstraint *constraint)
{
    builder->counts[RP_SECTION_OPERANDS] += constraint->operand_count;
    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        const RpOperand *operand = &constraint->operands[i];

        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        if (operand->kind == RP_OPERAND_QUERY) {
            RP_TRY(rp_image_count_query(builder, operand->query));
        }
        rp_image_use(builder, operand->term);
        builder->counts[RP_SECTION_IDS] += operand->term_count;
        for (uint32_t j = 0; j < operand->term_count; j++) {
            rp_image_use(builder, operand->terms[j]);
        }
    }
    return RP_OK;
}

static RpStatus
count_target(RpImageBuilder *builder, const RpTarget *target)
{
    if (target->kind == RP_TARGET_QUERY) {
        return rp_image_count_query(builder, target->term - 1);
    }
    rp_image_use(builder, target->term);
    return RP_OK;
}

static RpStatus
count_shape(RpImageBuilder *builder, const RpShape *shape)
{
    rp_image_use(builder, shape->node);
    rp_image_use(builder, shape->severity);
    builder->counts[RP_SECTION_TARGETS] += shape->target_count;
    builder->counts[RP_SECTION_CONSTRAINTS] += shape->constraint_count;
    builder->counts[RP_SECTION_IDS] += shape->message_count;
    for (uint32_t i = 0; i < shape->target_count; i++) {
        RP_TRY(count_target(builder, &shape->targets[i]));
    }
    for (uint32_t i = 0; i < shape->message_count; i++) {
        rp_image_use(builder, shape->messages[i]);
    }
    if (shape->path != NULL) {
        RP_TRY(count_path(builder, shape->path, 1));
    }
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        RP_TRY(count_constraint(builder, &shape->constraints[i]));
    }
    return RP_OK;
}

RpStatus
rp_image_count(RpImageBuilder *builder)
{
    const RpShapes *shapes = builder->shapes;
    size_t id_count = rp_dictionary_end(builder->dictionary);

    builder->image_ids =
        rp_arena_allocate_zero(builder->arena, id_count * sizeof *builder->image_ids);
    if (builder->image_ids == NULL) {
        return rp_arena_failure(builder->arena, builder->error);
    }
    rp_image_use(builder, shapes->label);
    for (uint32_t i = 0; i < shapes->shape_count; i++) {
        RP_TRY(rp_arena_poll(builder->arena, builder->error));
        RP_TRY(count_shape(builder, &shapes->shapes[i]));
    }
    for (uint32_t i = 0; i < shapes->subclass_count; i++) {
        rp_image_use(builder, shapes->subclasses[i].subclass);
        rp_image_use(builder, shapes->subclasses[i].superclass);
    }
    for (uint32_t i = 0; i < builder->prefix_count; i++) {
        rp_image_use(builder, builder->prefixes[i].prefix);
        rp_image_use(builder, builder->prefixes[i].namespace_iri);
    }
    for (uint32_t i = 0; i < shapes->left_out_count; i++) {
        rp_image_use(builder, builder->left_out[i].node);
        rp_image_use(builder, builder->left_out[i].message);
    }
    builder->counts[RP_SECTION_SHAPES] = shapes->shape_count;
    builder->counts[RP_SECTION_SUBCLASSES] = shapes->subclass_count;
    builder->counts[RP_SECTION_PREFIXES] = builder->prefix_count;
    builder->counts[RP_SECTION_LEFT_OUT] = shapes->left_out_count;
    return RP_OK;
}
