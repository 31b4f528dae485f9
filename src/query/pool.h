/*
 * Blocks of memory that come and go while a query is evaluated, over an arena: what is given back
 * is given out again, by powers of two.
 */
#ifndef RP_QUERY_POOL_H
#define RP_QUERY_POOL_H

#include "base/arena.h"

enum { RP_POOL_CLASSES = 48 };

typedef struct RpPoolBlock RpPoolBlock;

typedef struct RpPool {
    RpArena *arena;
    RpPoolBlock *unused[RP_POOL_CLASSES];
} RpPool;

/* A block of at least size bytes, aligned to 8, not cleared. NULL: as rp_arena_allocate, and large
 * blocks that were given back did not help. */
void *rp_pool_take(RpPool *pool, size_t size);

/* Give back a block that was taken with this size; NULL does nothing. */
void rp_pool_give(RpPool *pool, void *block, size_t size);

#endif
