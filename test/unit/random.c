/* See random.h. */
#include "random.h"

/* xorshift64* (Vigna, 2014). */
uint32_t
rp_random_below(RpRandom *random, uint32_t limit)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return (uint32_t)((random->state * UINT64_C(2685821657736338717) >> 33) % limit);
}
