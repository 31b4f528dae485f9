/* A compiled query as a tree of pointers, with what is known of each part's variables. */
#ifndef RP_QUERY_PLAN_H
#define RP_QUERY_PLAN_H

#include "base/arena.h"
#include "query/op.h"
#include "query/query.h"

struct RpQueryPlan {
    RpArena *arena;
    RpAlgebra algebra;
    const bool *is_bound; /* that it was made for, by position in the algebra's prebound */
    const RpOp *root;
    uint32_t named_count;    /* variables of the algebra */
    uint32_t variable_count; /* those, and row variables */
    uint32_t words;          /* of a set */
    uint32_t exists_count;
    uint32_t closure_count; /* paths that are walked */
    uint32_t finder_count;  /* calls of REPLACE */
    uint32_t op_count;
    uint32_t width; /* variables that the query returns */
    const uint32_t *variables;
};

/* Whether a pattern is a path between two variables that no triple of its basic graph pattern has:
 * of zero length it connects a term with itself only if that is a node of the graph (SPARQL 1.1,
 * 18.4). A constant is one end of such a path wherever it is. */
bool rp_plan_is_loose_path(const RpOp *bgp, const RpOp *pattern);

/* An empty set. */
RpStatus rp_plan_make_set(RpQueryPlan *plan, RpVariableSet **set, RpError *error);

#endif
