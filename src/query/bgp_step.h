/* One triple or path of a basic graph pattern joined to the rows so far. */
#ifndef RP_QUERY_BGP_STEP_H
#define RP_QUERY_BGP_STEP_H

#include "query/query_run.h"

/* A subject, predicate or object. */
typedef struct RpStepTerm {
    RpTermId constant;    /* 0: a variable */
    uint32_t from_column; /* of the rows so far; RP_NO_COLUMN: none */
    uint32_t to_column;   /* of the new rows; RP_NO_COLUMN: nobody asks for it */
    uint32_t same_as; /* an earlier term of the pattern that is the same variable; else itself */
    bool is_certain;  /* the column's cells are all bound */
} RpStepTerm;

typedef struct RpStep {
    RpQueryRun *run;
    const RpOp *pattern;
    const RpSolutions *from;
    RpSolutions *to;
    RpStepTerm terms[3];
    uint32_t *kept; /* columns of from, in the order of to's first ones */
    uint32_t kept_count;
    RpOp **filters; /* that can be asked of the new rows */
    uint32_t filter_count;
    uint32_t joined[3]; /* terms that are columns of from */
    uint32_t joined_count;
    uint32_t added[3]; /* terms that are written to new rows */
    uint32_t added_count;
    bool has_repeats;  /* one variable is two terms */
    bool checks_nodes; /* a path of zero length between variables is one of a node of the graph */
    bool takes_first;  /* one new row for each row is enough */
    /* Of the row of the moment. */
    const RpTermId *row;
    bool row_is_done;
} RpStep;

/* Fill to, whose columns are made. */
RpStatus rp_step_run(RpStep *step);

#endif
