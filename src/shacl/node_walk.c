/* See node_walk.h. */
#include "shacl/node_walk.h"

RpStatus
rp_node_walk_begin(RpNodeWalk *walk, RpShapeReader *reader, RpArena *arena)
{
    RpArena *kept = reader->shapes->arena;

    *walk = (RpNodeWalk){.reader = reader, .arena = arena};
    if (reader->visits == NULL) {
        reader->visits =
            rp_arena_allocate_zero(kept, ((size_t)reader->highest_id + 1) * sizeof(uint32_t));
    }
    reader->walk++;
    return reader->visits == NULL ? rp_arena_failure(kept, reader->error) : RP_OK;
}

RpStatus
rp_node_walk_add(RpNodeWalk *walk, RpTermId node)
{
    RpShapeReader *reader = walk->reader;
    RpTermId *waiting;

    if (reader->visits[node] == reader->walk) {
        return RP_OK;
    }
    reader->visits[node] = reader->walk;
    waiting = rp_arena_regrow(walk->arena, walk->waiting, walk->waiting_count,
                              walk->waiting_count + 1, &walk->waiting_capacity, sizeof *waiting);
    if (waiting == NULL) {
        return rp_arena_failure(walk->arena, reader->error);
    }
    waiting[walk->waiting_count++] = node;
    walk->waiting = waiting;
    return RP_OK;
}

bool
rp_node_walk_next(RpNodeWalk *walk, RpTermId *node)
{
    if (walk->waiting_count == 0) {
        return false;
    }
    *node = walk->waiting[--walk->waiting_count];
    return true;
}
