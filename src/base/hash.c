/* A multiply-and-fold hash, eight bytes a turn, with the finishing mix of splitmix64. */
#include "base/hash.h"

static const uint64_t STEP = UINT64_C(0x9E3779B97F4A7C15);

static uint64_t
finish(uint64_t value)
{
    value ^= value >> 30;
    value *= UINT64_C(0xBF58476D1CE4E5B9);
    value ^= value >> 27;
    value *= UINT64_C(0x94D049BB133111EB);
    return value ^ value >> 31;
}

/* Fewer than eight bytes as a number, the first one lowest. */
static uint64_t
read_tail(const unsigned char *bytes, size_t length)
{
    uint64_t word = 0;

    while (length > 0) {
        word = word << 8 | bytes[--length];
    }
    return word;
}

uint64_t
rp_hash_bytes(const void *data, size_t length, uint64_t seed)
{
    const unsigned char *bytes = data;
    uint64_t hash = seed ^ (uint64_t)length * STEP;
    uint64_t word;

    for (; length >= 8; length -= 8, bytes += 8) {
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * STEP;
        hash ^= hash >> 29;
    }
    if (length > 0) {
        hash = (hash ^ read_tail(bytes, length)) * STEP;
    }
    return finish(hash);
}

uint64_t
rp_hash_mix(uint64_t a, uint64_t b)
{
    return finish((a ^ b >> 32) * STEP + b);
}
