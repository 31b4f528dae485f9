/* See verdict_cache.h. */
#include "validate/verdict_cache.h"

#include "base/hash.h"

static uint32_t
home_of(uint32_t shape, RpTermId node)
{
    return (uint32_t)(rp_hash_mix(shape, node) % RP_VERDICT_CACHE_SIZE);
}

bool
rp_verdict_cache_find(const RpVerdictCache *cache, uint32_t shape, RpTermId node, bool *conforms)
{
    const RpVerdict *verdict;

    if (cache->entries == NULL) {
        return false;
    }
    verdict = &cache->entries[home_of(shape, node)];
    if (verdict->shape != shape + 1 || verdict->node != node) {
        return false;
    }
    *conforms = verdict->conforms;
    return true;
}

RpStatus
rp_verdict_cache_put(RpVerdictCache *cache, RpArena *arena, uint32_t shape, RpTermId node,
                     bool conforms, RpError *error)
{
    if (cache->entries == NULL) {
        cache->entries = rp_arena_allocate_zero(arena, sizeof(RpVerdict) * RP_VERDICT_CACHE_SIZE);
        if (cache->entries == NULL) {
            return rp_arena_failure(arena, error);
        }
    }
    cache->entries[home_of(shape, node)] =
        (RpVerdict){.shape = shape + 1, .node = node, .conforms = conforms};
    return RP_OK;
}
