/*
 * The hash of every table in memory: SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF", 2012), one round for each word and three at the end. It is keyed: whoever
 * writes the data that is hashed, and does not know the key, cannot find more values that fall
 * together than chance has it, so that a table stays a table whatever is put into it.
 *
 * Nobody may compare hashes that were made with different keys, or store one: a key belongs to the
 * directory of a generation (image/directory.h) or to the process (base/host.h).
 */
#ifndef RP_BASE_HASH_H
#define RP_BASE_HASH_H

#include "base/text.h"

/* Secret, and random. */
typedef struct RpHashKey {
    uint64_t words[2];
} RpHashKey;

/* A hash on its way: words first, then bytes. */
typedef struct RpHash {
    uint64_t v0, v1, v2, v3;
} RpHash;

static inline uint64_t
rp_hash_rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

/* SipRound. */
static inline void
rp_hash_round(RpHash *hash)
{
    hash->v0 += hash->v1;
    hash->v2 += hash->v3;
    hash->v1 = rp_hash_rotate(hash->v1, 13) ^ hash->v0;
    hash->v3 = rp_hash_rotate(hash->v3, 16) ^ hash->v2;
    hash->v0 = rp_hash_rotate(hash->v0, 32);
    hash->v2 += hash->v1;
    hash->v0 += hash->v3;
    hash->v1 = rp_hash_rotate(hash->v1, 17) ^ hash->v2;
    hash->v3 = rp_hash_rotate(hash->v3, 21) ^ hash->v0;
    hash->v2 = rp_hash_rotate(hash->v2, 32);
}

static inline void
rp_hash_begin(RpHash *hash, const RpHashKey *key)
{
    hash->v0 = key->words[0] ^ UINT64_C(0x736f6d6570736575);
    hash->v1 = key->words[1] ^ UINT64_C(0x646f72616e646f6d);
    hash->v2 = key->words[0] ^ UINT64_C(0x6c7967656e657261);
    hash->v3 = key->words[1] ^ UINT64_C(0x7465646279746573);
}

/* Take in eight bytes as a number. */
static inline void
rp_hash_word(RpHash *hash, uint64_t word)
{
    hash->v3 ^= word;
    rp_hash_round(hash);
    hash->v0 ^= word;
}

/* Take in bytes, the last ones, and end. Without words before, it is SipHash-1-3 of the bytes. */
uint64_t rp_hash_end(const RpHash *hash, const void *data, size_t length);

/* The hash of bytes. */
uint64_t rp_hash_bytes(const RpHashKey *key, const void *data, size_t length);

/* The hash of two numbers. */
uint64_t rp_hash_pair(const RpHashKey *key, uint32_t a, uint32_t b);

#endif
