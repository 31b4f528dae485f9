/* See flat_shape.h. */
#include "image/flat_shape.h"

static bool
asks_others(const RpImageConstraint *constraint, const RpImageOperand *operands)
{
    for (uint32_t i = 0; i < constraint->operand_count; i++) {
        uint32_t kind = operands[constraint->first_operand + i].kind;

        if (kind == RP_OPERAND_SHAPE || kind == RP_OPERAND_QUERY) {
            return true;
        }
    }
    return false;
}

bool
rp_image_shape_is_flat(const RpImageShape *shape, const RpImageConstraint *constraints,
                       const RpImageOperand *operands, const RpImagePath *paths)
{
    if ((shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) != 0 || shape->path == 0 ||
        paths[shape->path - 1].kind != RP_PATH_PREDICATE) {
        return false;
    }
    for (uint32_t i = 0; i < shape->constraint_count; i++) {
        if (asks_others(&constraints[shape->first_constraint + i], operands)) {
            return false;
        }
    }
    return true;
}
