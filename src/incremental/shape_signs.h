/* Which shapes are evaluated at all, and whether a node's violating one, or its conforming to it,
 * can violate a shape that has targets. */
#ifndef RP_INCREMENTAL_SHAPE_SIGNS_H
#define RP_INCREMENTAL_SHAPE_SIGNS_H

#include "image/image.h"

/*
 * By shape, in the arena: RP_SIGN_PLAIN where what violates it can be reported, by itself or by a
 * shape that refers to it; RP_SIGN_NEGATED where what conforms to it can (operand_signs.h). 0: no
 * shape with targets leads to it, or it is deactivated. Linear in the image. Polls the host.
 */
RpStatus rp_shape_signs_find(const RpImage *image, RpArena *arena, uint8_t **signs, RpError *error);

#endif
