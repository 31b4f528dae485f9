/* See hash.h. */
#include "base/hash.h"

/* Eight bytes as a number, the first one lowest. */
static inline uint64_t
read_word(const unsigned char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The bytes behind the last whole word: from the eight that end there, if there are as many. */
static inline uint64_t
read_rest(const unsigned char *bytes, size_t length, size_t rest)
{
    uint64_t word = 0;

    if (length >= 8) {
        return rest == 0 ? 0 : read_word(bytes + length - 8) >> (64 - 8 * rest);
    }
    while (length > 0) {
        word = word << 8 | bytes[--length];
    }
    return word;
}

/* The state is a copy, which stays in registers. */
static inline uint64_t
finish(RpHash state, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    size_t rest = length & 7;

    for (size_t i = 0; i < length - rest; i += 8) {
        rp_hash_word(&state, read_word(bytes + i));
    }
    rp_hash_word(&state, (uint64_t)length << 56 | read_rest(bytes, length, rest));
    state.v2 ^= 0xff;
    rp_hash_round(&state);
    rp_hash_round(&state);
    rp_hash_round(&state);
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

uint64_t
rp_hash_end(const RpHash *hash, const void *data, size_t length)
{
    return finish(*hash, data, length);
}

uint64_t
rp_hash_bytes(const RpHashKey *key, const void *data, size_t length)
{
    RpHash hash;

    rp_hash_begin(&hash, key);
    return finish(hash, data, length);
}

uint64_t
rp_hash_pair(const RpHashKey *key, uint32_t a, uint32_t b)
{
    RpHash hash;

    rp_hash_begin(&hash, key);
    rp_hash_word(&hash, (uint64_t)a << 32 | b);
    return finish(hash, NULL, 0);
}
