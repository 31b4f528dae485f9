/* A multiply-and-fold sum, eight bytes a turn, with the finishing mix of splitmix64. */
#include "base/checksum.h"

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
rp_checksum(const void *data, size_t length, uint64_t from)
{
    const unsigned char *bytes = data;
    uint64_t sum = from ^ (uint64_t)length * STEP;
    uint64_t word;

    for (; length >= 8; length -= 8, bytes += 8) {
        memcpy(&word, bytes, 8);
        sum = (sum ^ word) * STEP;
        sum ^= sum >> 29;
    }
    if (length > 0) {
        sum = (sum ^ read_tail(bytes, length)) * STEP;
    }
    return finish(sum);
}
