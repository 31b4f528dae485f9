/* A multiply-and-fold sum with the finishing mix of splitmix64. Four sums side by side take eight
 * bytes each a turn, since each waits for its own product; then they are folded into one. */
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

/* One word more. */
static uint64_t
fold(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * STEP;
    return sum ^ sum >> 29;
}

uint64_t
rp_checksum(const void *data, size_t length, uint64_t from)
{
    const unsigned char *bytes = data;
    uint64_t sum = from ^ (uint64_t)length * STEP;
    uint64_t first = sum;
    uint64_t second = sum ^ 1;
    uint64_t third = sum ^ 2;
    uint64_t fourth = sum ^ 3;
    uint64_t words[4];

    for (; length >= sizeof words; length -= sizeof words, bytes += sizeof words) {
        memcpy(words, bytes, sizeof words);
        first = fold(first, words[0]);
        second = fold(second, words[1]);
        third = fold(third, words[2]);
        fourth = fold(fourth, words[3]);
    }
    sum = fold(fold(fold(first, second), third), fourth);
    for (; length >= 8; length -= 8, bytes += 8) {
        memcpy(words, bytes, 8);
        sum = fold(sum, words[0]);
    }
    return finish(length > 0 ? fold(sum, read_tail(bytes, length)) : sum);
}
