/*
 * A compiled query and a graph → solutions (SPARQL 1.1, 18.5). What may be pre-bound is bound by a
 * table of tuples: the query is evaluated once for all of them, as if it were for each alone.
 */
#ifndef RP_QUERY_QUERY_H
#define RP_QUERY_QUERY_H

#include "rdf/graph.h"
#include "sparql/algebra.h"

typedef struct RpQueryPlan RpQueryPlan;
typedef struct RpQueryRun RpQueryRun;

typedef struct RpQueryOptions {
    RpGraph *data;      /* frozen; its dictionary grows between calls alone */
    RpGraph *shapes;    /* of GRAPH $shapesGraph, over the same dictionary; NULL: there is none */
    uint64_t row_limit; /* solutions at a time, intermediate ones included */
    const char *row_limit_name; /* what the user calls it, for errors; NULL: it has no name */
    size_t memory_bytes;        /* ceiling of the run's memory */
    bool is_bottom_up; /* evaluate each pattern by itself, as the specification has it: slow, and
                            the same; tests compare the two */
    RpText now;        /* what NOW() is: an xsd:dateTime */
    RpText base_iri;   /* of IRI(); empty: relative IRIs are errors */
} RpQueryOptions;

/* What a query found. Rows of one key are together, in the query's order. */
typedef struct RpQueryResult {
    uint32_t count;
    uint32_t width;            /* variables that the query returns */
    const uint32_t *variables; /* as the algebra numbers them */
    const uint32_t *keys;      /* of the rows: which tuple each belongs to */
    const RpTermId *cells;     /* rows of width; 0: not bound */
} RpQueryResult;

/*
 * What follows from the algebra alone: the tree, which variables its parts bind and need, automata
 * of paths. Nothing changes a plan, so that one serves all data graphs, runs and processes that see
 * its memory. It is in the arena; the algebra's bytes must live as long, and the ids of its
 * constants must be those of the data graphs' dictionaries: those of the image that these stand on.
 *
 * is_bound, by position in the algebra's prebound: whether tuples bind it; NULL: all are bound.
 */
RpStatus rp_query_plan_make(const RpQueryPlan **plan, RpArena *arena, const RpAlgebra *algebra,
                            const bool *is_bound, RpError *error);

/*
 * Begin a run over a data graph, which evaluates any number of plans one after another:
 *
 *     rp_query_run_begin(&run, arena, &options, error);
 *     rp_query_run_solve(run, plan, tuples, tuple_count, &result, error);    again and again
 *     rp_query_end(run);
 *
 * The run's own memory is kept from call to call; its end gives it back. Options and data must live
 * as long. Another data graph in the options: rp_query_run_forget. *run NULL: it failed.
 */
RpStatus rp_query_run_begin(RpQueryRun **run, RpArena *arena, const RpQueryOptions *options,
                            RpError *error);
void rp_query_run_forget(RpQueryRun *run);
void rp_query_end(RpQueryRun *run);

/*
 * Evaluate for so many tuples: rows of one id for each of the algebra's prebound variables, 0 where
 * it is not bound, which is so in all tuples or in none, and as the plan was made for. Without
 * prebound variables there is one tuple. Of an ASK, the rows have no variables, and there is one
 * for each tuple that has a solution. The result, and the terms that functions made, live until
 * the next call. RP_TOO_LARGE: over a limit; RP_UNSUPPORTED: what is not taken and showed only now;
 * RP_INTERRUPTED.
 */
RpStatus rp_query_run_solve(RpQueryRun *run, const RpQueryPlan *plan, const RpTermId *tuples,
                            uint32_t tuple_count, RpQueryResult *result, RpError *error);

/* The same for one query, whose plan the run makes by itself. */
RpStatus rp_query_begin(RpQueryRun **run, RpArena *arena, const RpAlgebra *algebra,
                        const RpQueryOptions *options, RpError *error);
RpStatus rp_query_solve(RpQueryRun *run, const RpTermId *tuples, uint32_t tuple_count,
                        RpQueryResult *result, RpError *error);

/* A term of a result. Its texts are valid until the next call. */
RpTerm rp_query_term(const RpQueryRun *run, RpTermId id);

#endif
