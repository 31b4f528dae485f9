/* Whether bytes are an image that may be trusted. */
#ifndef RP_IMAGE_IMAGE_CHECK_H
#define RP_IMAGE_IMAGE_CHECK_H

#include "image/image.h"

/*
 * Check magic, format, size, checksum, and every offset, index and id, so that reading a checked
 * image never leaves it and never loops: terms' texts within strings, literals' datatypes lower
 * ids, no IRI of the vocabulary among the terms, predicates that are read IRIs, path parts lower
 * indexes, operands of the number and kinds that their component reads, a path where it asks for
 * one, severities IRIs, lists sorted. RP_CORRUPT, naming the place. Linear, and without memory:
 * that no term is there twice is not seen here, but by rp_image_load (image_index.h).
 */
RpStatus rp_image_check(const void *bytes, size_t size, RpError *error);

#endif
