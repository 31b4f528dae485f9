/* What the files that make a read map share. */
#ifndef RP_INCREMENTAL_READ_MAP_INTERNAL_H
#define RP_INCREMENTAL_READ_MAP_INTERNAL_H

#include "incremental/automaton.h"

typedef struct RpReadMapBuilder {
    const RpImage *image;
    RpReadMap *map;
    RpArena *arena;
    RpError *error;
    const uint8_t *signs; /* by shape */
    uint32_t step_capacity;
    uint32_t allowed_capacity;
} RpReadMapBuilder;

/* A new state. From 1: 0 is no state, as the end of a step that is not gone on from. */
uint32_t rp_read_map_add_state(RpReadMap *map);

RpStatus rp_read_map_add_step(RpReadMapBuilder *builder, RpStep step);

/* A step that reads nothing, so that no change can violate anything by it. */
RpStatus rp_read_map_add_nothing(RpReadMapBuilder *builder, uint32_t from, uint32_t to);

/* A step of RP_STEP_ALL or RP_STEP_ALL_INVERSE, which passes some predicates over: sorted by id. */
RpStatus rp_read_map_add_all(RpReadMapBuilder *builder, RpStep step, const RpTermId *allowed,
                             uint32_t count);

#endif
