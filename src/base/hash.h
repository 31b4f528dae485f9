/* Hashes for tables in memory and in images; a 64-bit mix, stable across machines of one byte
 * order. */
#ifndef RP_BASE_HASH_H
#define RP_BASE_HASH_H

#include "base/text.h"

/* A hash of bytes, continued from seed. */
uint64_t rp_hash_bytes(const void *data, size_t length, uint64_t seed);

/* Mix of two numbers. */
uint64_t rp_hash_mix(uint64_t a, uint64_t b);

#endif
