/* A path as a finite automaton, and the nodes that it reaches from a node. */
#ifndef RP_QUERY_AUTOMATON_H
#define RP_QUERY_AUTOMATON_H

#include "query/query_run.h"

typedef enum RpLinkKind {
    RP_LINK_EMPTY = 1,   /* to another state of the same node */
    RP_LINK_FORWARD,     /* along the triples of a predicate */
    RP_LINK_BACKWARD,    /* against them */
    RP_LINK_NOT_FORWARD, /* along the triples of all predicates but some */
    RP_LINK_NOT_BACKWARD
} RpLinkKind;

typedef struct RpLink {
    RpLinkKind kind;
    uint32_t to;        /* state */
    uint32_t next;      /* the next link of its state plus 1; 0: none */
    RpTermId predicate; /* of the first two */
    const RpOp *set;    /* of the others: the negated set, */
    bool is_inverse;    /* of which the members in inverses count */
} RpLink;

typedef struct RpPathPair {
    uint32_t state;
    RpTermId node;
} RpPathPair;

typedef struct RpAutomaton {
    RpLink *links;
    uint32_t link_count;
    uint32_t link_capacity;
    uint32_t *first_links; /* by state: plus 1; 0: none */
    uint32_t state_count;
    uint32_t state_capacity;
    /* Of the last walk. */
    RpTermId walked_from; /* 0: none, or it was left before its end */
    uint32_t walk;        /* its number */
    uint32_t *visits;     /* by state and node: the walk that was there */
    uint32_t node_limit;
    RpPathPair *queue;
    uint32_t queue_count;
    uint32_t queue_capacity;
    RpTermId *reached; /* nodes in the last state, each once */
    uint32_t reached_count;
    uint32_t reached_capacity;
} RpAutomaton;

/* The automaton of a path from its subject, or, inverse, from its object. */
RpStatus rp_automaton_make(RpQueryRun *run, const RpOp *path, bool is_inverse,
                           RpAutomaton **automaton);

/* Walk from a node until target is reached; 0: to the end. */
RpStatus rp_automaton_walk(RpQueryRun *run, RpAutomaton *automaton, RpTermId from, RpTermId target);

/* Whether the last walk reached a node. */
bool rp_automaton_reached(const RpAutomaton *automaton, RpTermId node);

/* Whether a negated set allows a predicate of a triple. */
bool rp_negated_allows(const RpOp *set, bool is_inverse, RpTermId predicate);
/* Whether a negated set looks at triples in a direction at all. */
bool rp_negated_has(const RpOp *set, bool is_inverse);

#endif
