/*
 * By which triple a focus node's path comes to a value: of p/q, the one of q that leads to it from
 * where p leads. Told for one result after the other: what is found out of a path and a focus node
 * serves the results of both that come next to each other.
 */
#ifndef RP_VALIDATE_LAST_STEP_H
#define RP_VALIDATE_LAST_STEP_H

#include "validate/evaluation.h"
#include "validate/path_walk.h"

/* Nodes from which a predicate, or its inverse, is the last step. */
typedef struct RpDeparture {
    RpTermId predicate;
    bool is_inverse;
    RpNodeSet from;
} RpDeparture;

typedef struct RpLastSteps {
    RpEvaluation evaluation; /* for its scratch, which holds the departures' nodes */
    RpReport report;         /* the evaluation's; nothing is reported */
    uint32_t path;
    RpTermId focus; /* 0: no departures yet */
    RpDeparture *departures;
    uint32_t count;
    uint32_t capacity;
} RpLastSteps;

/* Of a frozen graph. The memory is the arena's; not to be moved. */
RpStatus rp_last_steps_init(RpLastSteps *steps, RpDataGraph *data, RpArena *arena, RpError *error);

/*
 * One of the triples by which a path, an index into the image's, comes from the focus node to a
 * value. *step is all 0 where there is none, since the value is the focus node itself, or where
 * finding it would take more than a bounded look at many.
 */
RpStatus rp_last_step_find(RpLastSteps *steps, uint32_t path, RpTermId focus, RpTermId value,
                           RpTriple *step, RpError *error);

#endif
