/* Whether shapes judge anything at all. */
#ifndef RP_SHACL_SHAPE_TARGETS_H
#define RP_SHACL_SHAPE_TARGETS_H

#include "shacl/shape.h"

/*
 * RP_ILL_FORMED unless a shape has a target that is SHACL's: what has none judges nothing, and lets
 * everything pass. The error's rule is "no-target"; its DETAIL names what may have been meant.
 */
RpStatus rp_shape_targets_require(const RpShapes *shapes, RpError *error);

#endif
