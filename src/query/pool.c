/* See pool.h. */
#include "query/pool.h"

enum { LEAST_CLASS = 6 }; /* 64 bytes */

struct RpPoolBlock {
    RpPoolBlock *next;
};

static unsigned
class_of(size_t size)
{
    unsigned class = LEAST_CLASS;

    while (class < RP_POOL_CLASSES - 1 && (size_t)1 << class < size) {
        class ++;
    }
    return class;
}

void *
rp_pool_take(RpPool *pool, size_t size)
{
    unsigned class = class_of(size);
    RpPoolBlock *block = pool->unused[class];

    if (block) {
        pool->unused[class] = block->next;
        return block;
    }
    if (size > (size_t)1 << class) {
        pool->arena->has_met_limit = true;
        return NULL;
    }
    return rp_arena_allocate(pool->arena, (size_t)1 << class);
}

void
rp_pool_give(RpPool *pool, void *block, size_t size)
{
    RpPoolBlock *given = block;
    unsigned class = class_of(size);

    if (given) {
        given->next = pool->unused[class];
        pool->unused[class] = given;
    }
}
