/* Numbers by chance, from a seed. */
#ifndef RP_TEST_RANDOM_H
#define RP_TEST_RANDOM_H

#include <stdint.h>

typedef struct RpRandom {
    uint64_t state; /* not 0 */
} RpRandom;

/* A number below a limit. */
uint32_t rp_random_below(RpRandom *random, uint32_t limit);

#endif
