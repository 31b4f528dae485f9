/* The nodes that a path reaches from a node: pairs of a state of its automaton and a node, each
 * once, breadth first. */
#ifndef RP_QUERY_WALK_H
#define RP_QUERY_WALK_H

#include "query/automaton.h"
#include "query/query_run.h"

typedef struct RpPathPair {
    uint32_t state;
    RpTermId node;
} RpPathPair;

/* A place of the hash table of pairs; one of an earlier walk is empty. */
typedef struct RpVisit {
    uint32_t walk;
    uint32_t pair; /* in the queue */
} RpVisit;

/* The last walk; zeros before the first one. */
typedef struct RpWalk {
    RpTermId from;        /* 0: none, or it was left before its end */
    uint32_t number;      /* of the walk */
    RpVisit *visits;      /* linear probing */
    uint32_t visit_count; /* of places: a power of two, at least twice the pairs */
    RpPathPair *queue;    /* all pairs, in order of arrival */
    uint32_t queue_count;
    uint32_t queue_capacity;
    RpTermId *reached; /* nodes in the last state, each once */
    uint32_t reached_count;
    uint32_t reached_capacity;
} RpWalk;

/* Walk from a node until target is reached; 0: to the end. */
RpStatus rp_walk_from(RpQueryRun *run, const RpAutomaton *automaton, RpWalk *walk, RpTermId from,
                      RpTermId target);

/* Whether the last walk reached a node. */
bool rp_walk_reached(const RpQueryRun *run, const RpWalk *walk, RpTermId node);

#endif
