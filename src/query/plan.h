/* A compiled query as a tree of pointers, with what is known of each part's variables. */
#ifndef RP_QUERY_PLAN_H
#define RP_QUERY_PLAN_H

#include "base/arena.h"
#include "query/variable_set.h"
#include "sparql/algebra.h"
#include "sparql/function.h"

typedef struct RpOp RpOp;

struct RpOp {
    RpAlgebraKind kind;
    uint32_t detail;
    uint32_t value; /* as in the algebra; of a constant, the term's id */
    uint32_t child_count;
    RpOp **children;
    /*
     * Of patterns. possible: variables that a solution may bind; certain: those that each one
     * binds; needed: those that something else asks for. What the context binds (solutions.h) is
     * among them.
     */
    RpVariableSet *possible;
    RpVariableSet *certain;
    RpVariableSet *needed;
    bool ignores_count;    /* only whether there is a solution matters, not how many are the same */
    uint32_t row_variable; /* of LEFT_JOIN: a variable of its own, that numbers its left rows */
    RpOp **filters;        /* of a BGP: conditions that can be asked as soon as they are bound */
    uint32_t filter_count;
    /* Of expressions. */
    RpVariableSet *used; /* variables, those within EXISTS included */
    bool has_exists;
    /* Of EXISTS: what the context of its pattern binds. */
    RpVariableSet *context_possible;
    RpVariableSet *context_certain;
    uint32_t number; /* of EXISTS: which one it is */
    uint32_t serial; /* of all: no two have the same */
    void *state; /* what evaluating it keeps: an automaton, a pattern's tree; NULL: nothing yet */
};

typedef struct RpPlan {
    RpArena *arena;
    const RpAlgebra *algebra;
    RpOp *root;
    uint32_t variable_count; /* those of the algebra, and row variables */
    uint32_t words;          /* of a set */
    uint32_t exists_count;
    uint32_t op_count;
} RpPlan;

/*
 * Make the plan. is_bound, by position in the algebra's prebound: whether the tuples bind it.
 * Recursion is bounded by the algebra's depth.
 */
RpStatus rp_plan_make(RpPlan *plan, RpArena *arena, const RpAlgebra *algebra, const bool *is_bound,
                      RpError *error);

/* An empty set. */
RpStatus rp_plan_make_set(RpPlan *plan, RpVariableSet **set, RpError *error);

#endif
