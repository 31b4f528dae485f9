/* A checksum of bytes: finds damage, and says nothing against somebody who means harm. Numbers are
 * stored (image.h): they stay what they are. */
#ifndef RP_BASE_CHECKSUM_H
#define RP_BASE_CHECKSUM_H

#include "base/text.h"

/* The checksum of bytes, continued from another one; 0: from the start. */
uint64_t rp_checksum(const void *data, size_t length, uint64_t from);

#endif
