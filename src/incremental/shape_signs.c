/* See shape_signs.h. A shape is taken up again when it gets a sign more. */
#include "incremental/shape_signs.h"

#include "shacl/component.h"
#include "shacl/operand_signs.h"

typedef struct Search {
    const RpImage *image;
    RpArena *arena;
    RpError *error;
    uint8_t *signs;
    uint32_t *queue; /* shapes with a new sign: at most one entry for each sign of a shape */
    uint32_t count;
} Search;

/* The signs of an operand of a shape that has signs. */
static uint8_t
signs_through(uint8_t signs, uint8_t operand_signs)
{
    uint8_t swapped = (uint8_t)((signs & RP_SIGN_PLAIN ? RP_SIGN_NEGATED : 0) |
                                (signs & RP_SIGN_NEGATED ? RP_SIGN_PLAIN : 0));

    return (uint8_t)((operand_signs & RP_SIGN_PLAIN ? signs : 0) |
                     (operand_signs & RP_SIGN_NEGATED ? swapped : 0));
}

/* A deactivated shape is met by every node (SHACL Recommendation, section 2.1.6), so nothing that
 * it reads can violate. A shape comes into the queue once for each sign at most. */
static void
add_signs(Search *search, uint32_t shape, uint8_t signs)
{
    if ((search->image->shapes[shape].flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) != 0 ||
        (signs & ~search->signs[shape]) == 0) {
        return;
    }
    search->signs[shape] |= signs;
    search->queue[search->count++] = shape;
}

/* By what the component does with the shape: sh:not turns the signs round, sh:xone has both (SHACL
 * Recommendation, section 4.6). */
static RpStatus
add_operands(Search *search, uint32_t shape, const RpImageConstraint *constraint)
{
    RpVocabulary parameter = rp_component_table[constraint->component].parameter;

    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        const RpImageOperand *operand = &search->image->operands[constraint->first_operand + i];

        RP_TRY(rp_arena_poll(search->arena, search->error));
        if (operand->kind == RP_OPERAND_SHAPE) {
            add_signs(search, (uint32_t)operand->value,
                      signs_through(search->signs[shape], rp_shape_operand_signs(parameter, i)));
        }
    }
    return RP_OK;
}

/* A shape without a target that none with one leads to keeps no sign: it is never evaluated by
 * itself (SHACL Recommendation, section 2.1.3). */
RpStatus
rp_shape_signs_find(const RpImage *image, RpArena *arena, uint8_t **signs, RpError *error)
{
    Search search = {.image = image, .arena = arena, .error = error};

    search.signs = rp_arena_allocate_zero(arena, (size_t)image->shape_count + 1);
    search.queue =
        rp_arena_allocate(arena, sizeof(uint32_t) * 2 * ((size_t)image->shape_count + 1));
    if (!search.signs || !search.queue) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < image->shape_count; i++) {
        if (image->shapes[i].target_count > 0) {
            add_signs(&search, i, RP_SIGN_PLAIN);
        }
    }
    for (uint32_t i = 0; i < search.count; i++) {
        const RpImageShape *shape = &image->shapes[search.queue[i]];

        for (uint32_t j = 0; j < shape->constraint_count; j++) {
            RP_TRY(rp_arena_poll(arena, error));
            RP_TRY(add_operands(&search, search.queue[i],
                                &image->constraints[shape->first_constraint + j]));
        }
    }
    *signs = search.signs;
    return RP_OK;
}
