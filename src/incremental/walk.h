/*
 * A walk over the automaton and the graph at once: pairs of a state and a node, each met once.
 * Backwards it leads from where something changed to the focus nodes that may notice; forwards,
 * from focus nodes to all that evaluating them may read.
 */
#ifndef RP_INCREMENTAL_WALK_H
#define RP_INCREMENTAL_WALK_H

#include "incremental/judging.h"

/* A step of a node that waits for its read. */
typedef struct RpWaitingStep {
    uint32_t step;
    uint32_t read;
    RpTermId node;
} RpWaitingStep;

typedef struct RpWalk {
    bool is_forward;
    RpPairSet met;
    uint32_t walked_count; /* of those met */
    RpWaitingStep *waiting;
    uint32_t waiting_count;
    uint32_t waiting_capacity;
} RpWalk;

void rp_walk_init(RpWalk *walk, RpJudging *judging, bool is_forward);

/* Meet a node in a state. */
RpStatus rp_walk_add(RpJudging *judging, RpWalk *walk, uint32_t state, RpTermId node);

/* Go on as far as what was read allows, and ask for more. */
RpStatus rp_walk_on(RpJudging *judging, RpWalk *walk);

#endif
