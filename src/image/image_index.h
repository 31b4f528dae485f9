/*
 * An image and its index, by which its terms are found: images that data is judged by have one.
 * Making it costs a hash of each term; taking it over costs a copy.
 */
#ifndef RP_IMAGE_IMAGE_INDEX_H
#define RP_IMAGE_IMAGE_INDEX_H

#include "image/image.h"

/*
 * Check bytes from outside (8-aligned), make the view, and its index in the arena, by a key.
 * RP_CORRUPT: as rp_image_check, or two terms are the same.
 */
RpStatus rp_image_load(RpText bytes, const RpHashKey *key, RpArena *arena, RpImage *image,
                       RpError *error);

/* Bytes of an image with its index behind it, a multiple of 8. */
uint64_t rp_image_indexed_size(const RpImage *image);

/* Write an image that has an index, with its index by a key: the same one, if it is of that key. */
void rp_image_write_indexed(const RpImage *image, const RpHashKey *key, void *target);

/* The view of what rp_image_write_indexed wrote. */
void rp_image_open_indexed(const void *bytes, const RpHashKey *key, RpImage *image);

/* Whether two images and their indexes are the same to the last byte. */
bool rp_image_indexed_equals(const RpImage *a, const RpImage *b);

#endif
