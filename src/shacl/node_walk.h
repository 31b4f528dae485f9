/* A walk over nodes of the shapes graph, each met once: so it ends where they go in circles. */
#ifndef RP_SHACL_NODE_WALK_H
#define RP_SHACL_NODE_WALK_H

#include "shacl/shape_reader_internal.h"

/* One at a time of a reader. */
typedef struct RpNodeWalk {
    RpShapeReader *reader;
    RpArena *arena;
    RpTermId *waiting; /* nodes that were added and not given */
    uint32_t waiting_count;
    uint32_t waiting_capacity;
} RpNodeWalk;

/* Begin a walk, whose list is in the arena. */
RpStatus rp_node_walk_begin(RpNodeWalk *walk, RpShapeReader *reader, RpArena *arena);

/* Let a node wait for its turn, unless it had or has one. */
RpStatus rp_node_walk_add(RpNodeWalk *walk, RpTermId node);

/* The next node; false: the walk has ended. */
bool rp_node_walk_next(RpNodeWalk *walk, RpTermId *node);

#endif
