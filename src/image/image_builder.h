/* Shapes (AST) → image. */
#ifndef RP_IMAGE_IMAGE_BUILDER_H
#define RP_IMAGE_IMAGE_BUILDER_H

#include "image/image.h"

/*
 * Flatten shapes into an image in the arena; *bytes is 8-aligned. Only terms that the image uses
 * are kept. The same shapes give the same bytes. RP_TOO_LARGE: over limit_bytes. RP_TOO_DEEP: a
 * path over RP_IMAGE_PATH_DEPTH_LIMIT. Prefixes and the messages of what is left out become terms
 * of the shapes' dictionary on the way.
 */
RpStatus rp_image_build(RpArena *arena, const RpShapes *shapes, size_t limit_bytes, RpText *bytes,
                        RpError *error);

#endif
