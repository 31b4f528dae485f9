/*
 * A walk over the automaton and the graph at once: places, which are pairs of a state and a node,
 * each met once. Forwards it leads from where evaluation begins to all that it may read. Backwards
 * it leads from where something changed to what has to be evaluated, and on to the focus nodes that
 * this is evaluated for.
 */
#ifndef RP_INCREMENTAL_WALK_H
#define RP_INCREMENTAL_WALK_H

#include "incremental/judging.h"

/* What is known at a place of a walk backwards. */
typedef enum RpPlaceKind {
    RP_PLACE_CHANGED = 0, /* what is evaluated from here may have other results */
    RP_PLACE_COVERED      /* only what is evaluated by itself, a unit further down, may have */
} RpPlaceKind;

/* A step of a place that waits for its read. */
typedef struct RpWaitingStep {
    uint32_t step;
    uint32_t read;
    uint32_t place; /* index */
} RpWaitingStep;

typedef struct RpWalk {
    bool is_forward;
    RpPairSet met;         /* places: state * 2 + kind, and the node */
    uint32_t walked_count; /* of those met */
    RpWaitingStep *waiting;
    uint32_t waiting_count;
    uint32_t waiting_capacity;

    /* Backwards. A unit is a shape with a node that may have other results by it. These stand in
     * the report as they are if the unit is below a focus node (units.h). */
    uint32_t *units; /* covered places at starts of shapes */
    uint32_t unit_count;
    uint32_t unit_capacity;
    RpGraph below; /* covered place → those whose results are part of its own; indexes + 1 */
} RpWalk;

void rp_walk_init(RpWalk *walk, RpJudging *judging, bool is_forward);

/* Begin at a node in a state. */
RpStatus rp_walk_add(RpJudging *judging, RpWalk *walk, uint32_t state, RpTermId node);

/* Go on as far as what was read allows, and ask for more. */
RpStatus rp_walk_on(RpJudging *judging, RpWalk *walk);

/* The covered place at the start of a shape: its index + 1; 0: it was not met. */
uint32_t rp_walk_covered(const RpJudging *judging, const RpWalk *walk, uint32_t shape,
                         RpTermId node);

#endif
