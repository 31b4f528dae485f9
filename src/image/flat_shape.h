/*
 * Shapes that can be evaluated by themselves, which most property shapes are: along one predicate,
 * active, and without a constraint that asks another shape or a query. The builder marks them with
 * RP_IMAGE_SHAPE_IS_FLAT, and the check of an image holds the mark to be right.
 */
#ifndef RP_IMAGE_FLAT_SHAPE_H
#define RP_IMAGE_FLAT_SHAPE_H

#include "image/image.h"

/* Whether a shape is so, by the sections that it points into. */
bool rp_image_shape_is_flat(const RpImageShape *shape, const RpImageConstraint *constraints,
                            const RpImageOperand *operands, const RpImagePath *paths);

#endif
