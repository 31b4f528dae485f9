/* Sets of a query's variables, as bits; all of one plan are of one length. */
#ifndef RP_QUERY_VARIABLE_SET_H
#define RP_QUERY_VARIABLE_SET_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t RpVariableSet; /* the first of so many words */

static inline bool
rp_set_has(const RpVariableSet *set, uint32_t variable)
{
    return (set[variable / 64] >> variable % 64 & 1) != 0;
}

static inline void
rp_set_add(RpVariableSet *set, uint32_t variable)
{
    set[variable / 64] |= UINT64_C(1) << variable % 64;
}

static inline void
rp_set_remove(RpVariableSet *set, uint32_t variable)
{
    set[variable / 64] &= ~(UINT64_C(1) << variable % 64);
}

static inline void
rp_set_unite(RpVariableSet *set, const RpVariableSet *other, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) {
        set[i] |= other[i];
    }
}

static inline void
rp_set_intersect(RpVariableSet *set, const RpVariableSet *other, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) {
        set[i] &= other[i];
    }
}

#endif
