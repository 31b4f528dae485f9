/* A part of a plan: a node of a compiled query's tree, with what is known of its variables. */
#ifndef RP_QUERY_OP_H
#define RP_QUERY_OP_H

#include "query/variable_set.h"
#include "sparql/algebra.h"
#include "sparql/function.h"

typedef struct RpOp RpOp;
typedef struct RpAutomaton RpAutomaton; /* automaton.h */

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
    /* Of expressions: they call BNODE. Of EXTEND: it, or one right below it, makes such nodes, one
     * for each solution of its pattern, however many rows that is joined to. */
    bool makes_nodes;
    /* Of EXISTS: what the context of its pattern binds. */
    RpVariableSet *context_possible;
    RpVariableSet *context_certain;
    /* Of EXISTS, of a path that is walked, and of REPLACE: which one of its kind. */
    uint32_t number;
    const RpAutomaton *forward;  /* of a path that is walked: from its subject */
    const RpAutomaton *backward; /* from its object */
    uint32_t serial;             /* of all: no two have the same */
};

#endif
