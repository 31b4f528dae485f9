/*
 * Bump allocation with a ceiling, freed as a whole, but for large blocks that are given back. The
 * engine owns no other memory, so that a host that longjmps over an engine call loses nothing but
 * the arena, which its own memory context owns.
 */
#ifndef RP_BASE_ARENA_H
#define RP_BASE_ARENA_H

#include "base/host.h"

typedef struct RpArenaChunk RpArenaChunk;

typedef struct RpArena {
    const RpHost *host;
    size_t limit_bytes;  /* ceiling of all chunks together */
    size_t used_bytes;   /* what the chunks hold, unused room included */
    RpArenaChunk *chunk; /* newest first */
    uint32_t poll_count; /* turns since the host was last asked whether to stop */
    bool has_met_limit;  /* the last allocation that failed met the ceiling */
} RpArena;

/* An empty arena. Allocates nothing yet. */
void rp_arena_init(RpArena *arena, const RpHost *host, size_t limit_bytes);

/* Give every chunk back. The arena is then as after rp_arena_init. */
void rp_arena_free(RpArena *arena);

/* Forget all blocks, and keep a chunk for the next ones. Turns since the last poll count on. */
void rp_arena_reset(RpArena *arena);

/* size bytes, aligned to 8, not cleared. NULL: no memory, or over the ceiling (see
 * rp_arena_failure). */
void *rp_arena_allocate(RpArena *arena, size_t size);

/* The same, cleared. */
void *rp_arena_allocate_zero(RpArena *arena, size_t size);

/*
 * A block that held old_count elements, now with room for at least needed: doubles, copies, and
 * never moves when *capacity suffices. NULL as rp_arena_allocate; the old block stays valid then.
 */
void *rp_arena_grow(RpArena *arena, void *block, uint32_t count, uint32_t needed,
                    uint32_t *capacity, size_t element_size);

/*
 * Give back a block of so many bytes, of which nobody knows any more. Only one that is large enough
 * to have a chunk of its own goes back to the host; another stays until the arena is freed.
 */
void rp_arena_give_back(RpArena *arena, const void *block, size_t size);

/* Private to rp_arena_regrow: the same where there is no room. */
void *rp_arena_move(RpArena *arena, void *block, uint32_t count, uint32_t needed,
                    uint32_t *capacity, size_t element_size);

/* As rp_arena_grow, and the block that it was is given back: for who holds no pointer into it. */
static inline void *
rp_arena_regrow(RpArena *arena, void *block, uint32_t count, uint32_t needed, uint32_t *capacity,
                size_t element_size)
{
    return needed <= *capacity ? block
                               : rp_arena_move(arena, block, count, needed, capacity, element_size);
}

/*
 * Begin an attempt, which may be given up: what the arena holds is set aside, and it is empty, with
 * the room that was left. The attempt ends in one of two ways: what it made is kept together with
 * what there was, or it is given back. The arena must stay where it is.
 */
RpArena rp_arena_begin_attempt(RpArena *arena);
void rp_arena_keep_attempt(RpArena *arena, const RpArena *aside);
void rp_arena_give_up_attempt(RpArena *arena, const RpArena *aside);

/* Copy a text into the arena. False: as rp_arena_allocate's NULL. */
bool rp_arena_copy_text(RpArena *arena, RpText text, RpText *copy);

/* Set the error for a NULL: RP_TOO_LARGE where the ceiling was met, else RP_OUT_OF_MEMORY. Returns
 * it. */
RpStatus rp_arena_failure(const RpArena *arena, RpError *error);

enum {
    RP_ARENA_POLL_INTERVAL = 1024,
    RP_ARENA_BYTES_PER_TURN = 256 /* what a turn of a usual loop takes the time of */
};

/* Ask the host now. */
RpStatus rp_arena_ask(RpArena *arena, RpError *error);

/* For loops over user data: RP_INTERRUPTED when the host wants to stop; asks it every 1,024th call.
 */
static inline RpStatus
rp_arena_poll(RpArena *arena, RpError *error)
{
    return ++arena->poll_count < RP_ARENA_POLL_INTERVAL ? RP_OK : rp_arena_ask(arena, error);
}

/* The same for a turn that reads or writes so many bytes: it counts as more turns. */
static inline RpStatus
rp_arena_poll_bytes(RpArena *arena, uint64_t bytes, RpError *error)
{
    uint64_t turns = 1 + bytes / RP_ARENA_BYTES_PER_TURN;

    arena->poll_count +=
        turns < RP_ARENA_POLL_INTERVAL ? (uint32_t)turns : (uint32_t)RP_ARENA_POLL_INTERVAL;
    return arena->poll_count < RP_ARENA_POLL_INTERVAL ? RP_OK : rp_arena_ask(arena, error);
}

#endif
