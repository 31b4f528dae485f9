/* See pool.h. */
#include "query/pool.h"

enum { LEAST_CLASS = 6 }; /* 64 bytes */

struct RpPoolBlock {
    RpPoolBlock *next;
};

static unsigned
class_of(size_t size)
{
    unsigned class = size > 1 ? 64 - (unsigned)__builtin_clzll(size - 1) : 0;

    return class < LEAST_CLASS       ? LEAST_CLASS
           : class < RP_POOL_CLASSES ? class
                                     : RP_POOL_CLASSES - 1;
}

/* Give large blocks that nobody has back to the arena, which knows which are large. */
static void
give_up_unused(RpPool *pool)
{
    for (unsigned class = LEAST_CLASS; class < RP_POOL_CLASSES; class ++) {
        RpPoolBlock **link = &pool->unused[class];

        while (*link) {
            RpPoolBlock *block = *link;
            size_t used_bytes = pool->arena->used_bytes;
            RpPoolBlock *next = block->next;

            rp_arena_give_back(pool->arena, block, (size_t)1 << class);
            if (pool->arena->used_bytes < used_bytes) {
                *link = next;
            } else {
                link = &block->next;
            }
        }
    }
}

void *
rp_pool_take(RpPool *pool, size_t size)
{
    unsigned class = class_of(size);
    RpPoolBlock *block = pool->unused[class];
    void *taken;

    if (block) {
        pool->unused[class] = block->next;
        return block;
    }
    if (size > (size_t)1 << class) {
        pool->arena->has_met_limit = true;
        return NULL;
    }
    taken = rp_arena_allocate(pool->arena, (size_t)1 << class);
    if (!taken) {
        give_up_unused(pool);
        taken = rp_arena_allocate(pool->arena, (size_t)1 << class);
    }
    return taken;
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
