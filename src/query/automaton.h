/* A path as a finite automaton: a part of a plan, which nothing changes once it is made. */
#ifndef RP_QUERY_AUTOMATON_H
#define RP_QUERY_AUTOMATON_H

#include "base/arena.h"
#include "query/op.h"

enum { RP_FIRST_STATE = 0, RP_LAST_STATE = 1 };

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

struct RpAutomaton {
    RpLink *links;
    uint32_t link_count;
    uint32_t link_capacity;
    uint32_t *first_links; /* by state: plus 1; 0: none */
    uint32_t state_count;
    uint32_t state_capacity;
};

/* The automaton of a path from its subject, or, inverse, from its object. Recursion is bounded by
 * the algebra's depth. */
RpStatus rp_automaton_make(RpArena *arena, const RpOp *path, bool is_inverse,
                           const RpAutomaton **automaton, RpError *error);

/* Whether a negated set allows a predicate of a triple. */
bool rp_negated_allows(const RpOp *set, bool is_inverse, RpTermId predicate);
/* Whether a negated set looks at triples in a direction at all. */
bool rp_negated_has(const RpOp *set, bool is_inverse);

#endif
