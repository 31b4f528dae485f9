/* Which shapes of a newer version may find in data what an older one did not. */
#ifndef RP_IMAGE_SHAPE_CHANGES_H
#define RP_IMAGE_SHAPE_CHANGES_H

#include "image/image.h"

/*
 * Set *changed to an array in the arena, by the shapes of the newer image: whether a shape, or one
 * that it refers to, over others or not, says something else than in the older image. Messages do
 * not count; a changed rdfs:subClassOf is a change of every shape. Data that all shapes with a
 * target have been proven on is proven for those that are unchanged. Errors as rp_image_diff.
 */
RpStatus rp_shape_changes(const RpImage *from, const RpImage *to, RpArena *arena, bool **changed,
                          RpError *error);

#endif
