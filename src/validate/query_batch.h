/*
 * The solutions of one query for many focus nodes at once (query/query.h). Evaluation asks for one
 * focus node after the other; what is solved is the query for this one and for those behind it
 * among the focus nodes of the moment, more of them each time, so that a query costs next to
 * nothing for each, and little is done in vain where the first result is enough. An ASK of a
 * property shape is solved for its value nodes so.
 *
 * A batch belongs to one evaluation, and its solutions are right until it is asked for a node that
 * they do not have. One run of the engine solves all batches of an evaluation.
 */
#ifndef RP_VALIDATE_QUERY_BATCH_H
#define RP_VALIDATE_QUERY_BATCH_H

#include "validate/evaluation.h"
#include "validate/query_plans.h"

#define RP_NO_SOLUTION_COLUMN UINT32_MAX

/* The variables of a query that mean something in a result (SHACL Recommendation, section 5.3.2),
 * as columns of its solutions; RP_NO_SOLUTION_COLUMN: it returns none of that name. */
typedef struct RpSolutionColumns {
    uint32_t this;
    uint32_t value;
    uint32_t path;
    uint32_t message;
    uint32_t failure;
} RpSolutionColumns;

/* Solutions, as in RpQueryResult, kept until the next ones. */
typedef struct RpSolutionTable {
    uint32_t count;
    uint32_t width;
    uint32_t *variables; /* width of them */
    uint32_t *keys;
    RpTermId *cells;
    uint32_t variable_capacity;
    uint32_t key_capacity;
    uint32_t cell_capacity;
} RpSolutionTable;

struct RpQueryBatch {
    const RpAlgebra *algebra;
    const RpQueryPlan *plan;
    uint32_t constraint;  /* that it was asked for last, + 1; 0: none */
    uint32_t round;       /* of the evaluation then */
    RpValues nodes;       /* what the keys of the solutions are, in their order */
    RpTermId node;        /* where there is one of them alone */
    RpTermId focus;       /* whose value nodes they are; RP_TERM_NONE: they are focus nodes */
    uint32_t first_value; /* which of the value nodes is the first of nodes */
    uint32_t size;        /* of the next batch, in nodes */
    RpSolutionTable rows;
    RpSolutionColumns columns;
    RpDictionary *dictionary; /* of the evaluation */
    RpTermId end;             /* of it, when the batch was solved: terms behind are of made */
    RpDictionary made;        /* terms that functions made, over the evaluation's */
    RpArena arena;            /* of made */
};

/* What the queries of an evaluation share. */
struct RpQueries {
    const RpQueryPlans *plans;
    RpQueryBatch **batches; /* by query; NULL: not asked yet */
    RpQueryRun *run;        /* NULL: none */
    RpQueryOptions options; /* of the run */
    RpTermId end;           /* of the dictionary as the run knows it */
    RpGraph shapes_graph;   /* the image's triples */
    RpTermId *tuples;
    uint32_t tuple_capacity;
};

/* Solutions in a row of one batch. */
typedef struct RpSolutionRange {
    const RpQueryBatch *batch;
    uint32_t first;
    uint32_t end;
} RpSolutionRange;

/* The query of a check's constraint. */
static inline uint32_t
rp_check_query_index(const RpCheck *check)
{
    return (uint32_t)check->operands[0].value;
}

/*
 * The solutions for a check's focus node, of a SELECT. Errors name the constraint: RP_TOO_LARGE
 * over a limit, and others of rp_query_run_solve.
 */
RpStatus rp_query_batch_select(RpEvaluation *evaluation, const RpCheck *check,
                               RpSolutionRange *range);

/* Whether an ASK is true for one of the check's value nodes, the one with this index: they are
 * asked for in order. */
RpStatus rp_query_batch_ask(RpEvaluation *evaluation, const RpCheck *check, uint32_t value,
                            const RpQueryBatch **batch, bool *is_true);

/* Push the nodes that a target's query finds: not sorted. SHACL Advanced Features, section 3.1. */
RpStatus rp_query_batch_push_targets(RpEvaluation *evaluation, uint32_t query);

/* A cell of a row; RP_TERM_NONE: not bound, or there is no such column. */
static inline RpTermId
rp_solution_cell(const RpQueryBatch *batch, uint32_t row, uint32_t column)
{
    return column == RP_NO_SOLUTION_COLUMN
               ? RP_TERM_NONE
               : batch->rows.cells[row * (size_t)batch->rows.width + column];
}

/* The term of a cell, valid until a term is added to the evaluation's dictionary. */
static inline RpTerm
rp_solution_term(const RpQueryBatch *batch, RpTermId id)
{
    return rp_dictionary_term(id < batch->end ? batch->dictionary : &batch->made, id);
}

/* Make an id of the evaluation's dictionary of a cell's: a term that a function made is added. */
RpStatus rp_solution_keep(RpEvaluation *evaluation, const RpQueryBatch *batch, RpTermId *id);

/* Whether a variable of a query has a name. */
bool rp_query_variable_is(const RpImage *image, const RpAlgebra *algebra, uint32_t variable,
                          RpText name);

/* End what queries of an evaluation hold beside its arena. It may go on, and begin anew. */
void rp_query_batches_end(RpEvaluation *evaluation);

#endif
