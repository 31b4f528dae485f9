/*
 * Verdicts of conformance checks deep within shapes, to be found again. Shapes that share parts,
 * such as sh:or ( S S ) on many levels, would ask the same question exponentially often; policies
 * as people write them do not go that deep, and pay one comparison.
 */
#ifndef RP_VALIDATE_VERDICT_CACHE_H
#define RP_VALIDATE_VERDICT_CACHE_H

#include "rdf/dictionary.h"

/* Levels of shapes within shapes that are judged without the cache. */
enum { RP_VERDICT_CACHE_DEPTH = 4, RP_VERDICT_CACHE_SIZE = 4096 };

typedef struct RpVerdict {
    uint32_t shape; /* index + 1; 0: empty */
    RpTermId node;
    bool conforms;
} RpVerdict;

/* RP_VERDICT_CACHE_SIZE entries, each the home of many pairs, of which the last stays. */
typedef struct RpVerdictCache {
    RpVerdict *entries; /* NULL: not needed yet */
} RpVerdictCache;

/* The verdict on a node by a shape, where it is known. */
bool rp_verdict_cache_find(const RpVerdictCache *cache, uint32_t shape, RpTermId node,
                           bool *conforms);

/* Remember a verdict. */
RpStatus rp_verdict_cache_put(RpVerdictCache *cache, RpArena *arena, uint32_t shape, RpTermId node,
                              bool conforms, RpError *error);

#endif
