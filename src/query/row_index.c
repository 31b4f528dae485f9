/* See row_index.h. */
#include "query/row_index.h"

RpStatus
rp_row_index_make(RpRowIndex *index, RpPool *pool, const RpHashKey *key, uint32_t capacity,
                  RpError *error)
{
    *index = (RpRowIndex){.pool = pool, .key = key, .slot_count = 16, .capacity = capacity + 1};
    while (index->slot_count < capacity && index->slot_count < UINT32_C(1) << 31) {
        index->slot_count *= 2;
    }
    index->slots = rp_pool_take(pool, sizeof(uint32_t) * (size_t)index->slot_count);
    index->next = rp_pool_take(pool, sizeof(uint32_t) * (size_t)index->capacity);
    if (!index->slots || !index->next) {
        return rp_arena_failure(pool->arena, error);
    }
    memset(index->slots, 0, sizeof(uint32_t) * (size_t)index->slot_count);
    return RP_OK;
}

void
rp_row_index_drop(RpRowIndex *index)
{
    if (index->pool) {
        rp_pool_give(index->pool, index->slots, sizeof(uint32_t) * (size_t)index->slot_count);
        rp_pool_give(index->pool, index->next, sizeof(uint32_t) * (size_t)index->capacity);
    }
    index->pool = NULL;
}
