/* Whether shapes judge anything at all, and what their text asks for. */
#ifndef RP_SHACL_SHAPE_TARGETS_H
#define RP_SHACL_SHAPE_TARGETS_H

#include "shacl/shape.h"

/*
 * RP_ILL_FORMED unless a shape has a target that is SHACL's: what has none judges nothing, and lets
 * everything pass. The error's rule is "no-target"; its DETAIL names what may have been meant. A
 * property under a misspelt namespace of SHACL's ("misspelt-namespace") is refused beside targets
 * too, since it would be passed over.
 */
RpStatus rp_shape_targets_require(const RpShapes *shapes, RpError *error);

#endif
