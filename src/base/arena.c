/*
 * The arena: a list of chunks from the host. Chunks start small, since most documents are small,
 * and double up to a maximum. A request that is larger than the next chunk gets a chunk of its own
 * behind the newest one, so that the room left in the newest is not lost.
 */
#include "base/arena.h"

enum {
    FIRST_CHUNK_BYTES = 8 * 1024,
    LARGEST_CHUNK_BYTES = 1024 * 1024,
    ALIGNMENT_BYTES = 8,
    FIRST_BLOCK_BYTES = 64 /* the least that rp_arena_grow makes */
};

struct RpArenaChunk {
    RpArenaChunk *previous;
    size_t size; /* of the whole block, this header included */
    size_t used; /* from the start of the header */
};

void
rp_arena_init(RpArena *arena, const RpHost *host, size_t limit_bytes)
{
    *arena = (RpArena){.host = host, .limit_bytes = limit_bytes};
}

void
rp_arena_free(RpArena *arena)
{
    RpArenaChunk *chunk = arena->chunk;

    while (chunk) {
        RpArenaChunk *previous = chunk->previous;

        arena->host->release(arena->host->state, chunk, chunk->size);
        chunk = previous;
    }
    rp_arena_init(arena, arena->host, arena->limit_bytes);
}

/* The newest chunk that is no larger than usual stays: who uses the arena again and again comes to
 * have one that all fits into. */
void
rp_arena_reset(RpArena *arena)
{
    RpArenaChunk *kept = arena->chunk;
    RpArenaChunk *chunk;

    if (!kept || kept->size > LARGEST_CHUNK_BYTES) {
        uint32_t poll_count = arena->poll_count;

        rp_arena_free(arena);
        arena->poll_count = poll_count;
        return;
    }
    for (chunk = kept->previous; chunk;) {
        RpArenaChunk *previous = chunk->previous;

        arena->host->release(arena->host->state, chunk, chunk->size);
        chunk = previous;
    }
    kept->previous = NULL;
    kept->used = sizeof(RpArenaChunk);
    arena->used_bytes = kept->size;
    arena->has_met_limit = false;
}

/* The size of the next chunk of the usual kind. */
static size_t
next_chunk_size(const RpArena *arena)
{
    size_t size = FIRST_CHUNK_BYTES;

    while (size <= arena->used_bytes && size < LARGEST_CHUNK_BYTES) {
        size *= 2;
    }
    return size;
}

static bool
has_room(const RpArena *arena, size_t size)
{
    return size <= arena->limit_bytes && arena->used_bytes <= arena->limit_bytes - size;
}

/* Take a chunk from the host. NULL with has_met_limit set as it should be, which stays when another
 * one is taken: who takes several blocks looks at them together. */
static RpArenaChunk *
take_chunk(RpArena *arena, size_t size)
{
    RpArenaChunk *chunk =
        has_room(arena, size) ? arena->host->allocate(arena->host->state, size) : NULL;

    if (!chunk) {
        arena->has_met_limit = !has_room(arena, size);
        return NULL;
    }
    arena->used_bytes += size;
    *chunk = (RpArenaChunk){.size = size, .used = sizeof(RpArenaChunk)};
    return chunk;
}

/* A chunk with room for size bytes, put into the list. */
static RpArenaChunk *
add_chunk(RpArena *arena, size_t size)
{
    size_t needed = size + sizeof(RpArenaChunk);
    size_t usual = next_chunk_size(arena);
    RpArenaChunk *chunk =
        needed <= usual && has_room(arena, usual) ? take_chunk(arena, usual) : NULL;

    if (!chunk) {
        chunk = take_chunk(arena, needed);
        if (chunk && arena->chunk) {
            chunk->previous = arena->chunk->previous;
            arena->chunk->previous = chunk;
            return chunk;
        }
    }
    if (chunk) {
        chunk->previous = arena->chunk;
        arena->chunk = chunk;
    }
    return chunk;
}

void *
rp_arena_allocate(RpArena *arena, size_t size)
{
    RpArenaChunk *chunk = arena->chunk;
    size_t aligned;
    void *block;

    if (size > SIZE_MAX - sizeof(RpArenaChunk) - ALIGNMENT_BYTES) {
        arena->has_met_limit = true;
        return NULL;
    }
    aligned = (size + ALIGNMENT_BYTES - 1) & ~(size_t)(ALIGNMENT_BYTES - 1);
    if (!chunk || aligned > chunk->size - chunk->used) {
        chunk = add_chunk(arena, aligned);
    }
    if (!chunk) {
        return NULL;
    }
    block = (char *)chunk + chunk->used;
    chunk->used += aligned;
    return block;
}

void *
rp_arena_allocate_zero(RpArena *arena, size_t size)
{
    void *block = rp_arena_allocate(arena, size);

    if (block) {
        memset(block, 0, size);
    }
    return block;
}

void *
rp_arena_grow(RpArena *arena, void *block, uint32_t count, uint32_t needed, uint32_t *capacity,
              size_t element_size)
{
    uint64_t wanted = (uint64_t)*capacity * 2;
    void *larger;

    if (needed <= *capacity) {
        return block;
    }
    if (wanted < FIRST_BLOCK_BYTES / element_size) {
        wanted = FIRST_BLOCK_BYTES / element_size;
    }
    if (wanted < needed) {
        wanted = needed;
    }
    if (wanted > UINT32_MAX) {
        wanted = UINT32_MAX;
    }
    if (wanted > SIZE_MAX / element_size) {
        arena->has_met_limit = true;
        return NULL;
    }
    larger = rp_arena_allocate(arena, (size_t)wanted * element_size);
    if (!larger) {
        return NULL;
    }
    if (count > 0) {
        memcpy(larger, block, (size_t)count * element_size);
    }
    *capacity = (uint32_t)wanted;
    return larger;
}

/* Blocks that no usual chunk has room for are alone in theirs. The list of chunks is short, since
 * large arenas have large ones. */
void
rp_arena_give_back(RpArena *arena, const void *block, size_t size)
{
    RpArenaChunk **link = &arena->chunk;

    if (size < LARGEST_CHUNK_BYTES) {
        return;
    }
    while (*link && (const void *)(*link + 1) != block) {
        link = &(*link)->previous;
    }
    if (*link) {
        RpArenaChunk *chunk = *link;

        *link = chunk->previous;
        arena->used_bytes -= chunk->size;
        arena->host->release(arena->host->state, chunk, chunk->size);
    }
}

void *
rp_arena_move(RpArena *arena, void *block, uint32_t count, uint32_t needed, uint32_t *capacity,
              size_t element_size)
{
    size_t size = *capacity * element_size;
    void *larger = rp_arena_grow(arena, block, count, needed, capacity, element_size);

    if (larger && larger != block) {
        rp_arena_give_back(arena, block, size);
    }
    return larger;
}

RpArena
rp_arena_begin_attempt(RpArena *arena)
{
    RpArena aside = *arena;

    arena->chunk = NULL;
    arena->used_bytes = 0;
    arena->limit_bytes -=
        aside.used_bytes < aside.limit_bytes ? aside.used_bytes : aside.limit_bytes;
    return aside;
}

/* The newest chunk stays the attempt's, so that its room is used. */
void
rp_arena_keep_attempt(RpArena *arena, const RpArena *aside)
{
    RpArenaChunk **link = &arena->chunk;

    while (*link) {
        link = &(*link)->previous;
    }
    *link = aside->chunk;
    arena->used_bytes += aside->used_bytes;
    arena->limit_bytes = aside->limit_bytes;
}

void
rp_arena_give_up_attempt(RpArena *arena, const RpArena *aside)
{
    rp_arena_free(arena);
    *arena = *aside;
}

bool
rp_arena_copy_text(RpArena *arena, RpText text, RpText *copy)
{
    char *data = NULL;

    if (text.length > 0) {
        data = rp_arena_allocate(arena, text.length);
        if (!data) {
            return false;
        }
        memcpy(data, text.data, text.length);
    }
    *copy = (RpText){data, text.length};
    return true;
}

RpStatus
rp_arena_failure(const RpArena *arena, RpError *error)
{
    const char *limit_name = arena->host->memory_limit_name;

    if (arena->has_met_limit && limit_name != NULL) {
        rp_error_set(error, RP_TOO_LARGE, "more memory is needed than %s allows", limit_name);
        return rp_error_hint(error, "Give less at once, or have a superuser raise %s.", limit_name);
    }
    if (arena->has_met_limit) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %zu bytes of memory are needed",
                            arena->limit_bytes);
    }
    return rp_error_set(error, RP_OUT_OF_MEMORY, "out of memory");
}

RpStatus
rp_arena_ask(RpArena *arena, RpError *error)
{
    arena->poll_count = 0;
    if (arena->host->should_stop(arena->host->state)) {
        return rp_error_set(error, RP_INTERRUPTED, "interrupted");
    }
    return RP_OK;
}
