/* One query as it is evaluated: what the files of this room share. Not for others: see query.h. */
#ifndef RP_QUERY_QUERY_RUN_H
#define RP_QUERY_QUERY_RUN_H

#include "query/plan.h"
#include "query/query.h"
#include "query/row_index.h"
#include "query/solutions.h"
#include "rdf/graph.h"
#include "xsd/pattern_find.h"

/* The tuples that a pattern is evaluated for: those of the query, or the rows around an EXISTS.
 * Their keys are their numbers, and each basic graph pattern is joined with them (SHACL, appendix
 * A). */
typedef struct RpContext {
    const RpSolutions *tuples;
    const RpVariableSet *possible; /* variables that they bind */
} RpContext;

/* How many terms a predicate's triples have. */
typedef struct RpPredicateCount {
    RpTermId predicate;
    uint32_t triples;
    uint32_t subjects; /* different ones */
    uint32_t objects;
} RpPredicateCount;

typedef struct RpClosure RpClosure; /* path.c */

/* The last pattern of REGEX that is no constant, compiled: it is most often the next one too. */
typedef struct RpLastRegex {
    RpArena arena; /* its texts */
    RpText pattern;
    RpText flags;
    RpText program; /* empty: none */
} RpLastRegex;

enum { RP_SMALL_INTEGERS = 64 }; /* what most counts are */

struct RpQueryRun {
    const RpQueryPlan *plan; /* of the moment */
    const RpQueryOptions *options;
    RpGraph *graph; /* of the moment: the data, or within GRAPH the shapes */
    RpArena kept;   /* what outlives a call */
    RpArena arena;  /* of one call, but texts */
    RpArena texts;  /* of the expressions of one row: freed now and then */
    RpPool *pool;   /* that of home */
    RpSolutionsHome home;
    RpContext context;
    RpDictionary computed; /* terms that functions made, over the data's dictionary */
    RpTermId small_integers[RP_SMALL_INTEGERS]; /* ids; 0: not looked for yet */
    RpPredicateCount *predicate_counts;         /* of the data */
    uint32_t predicate_count;
    uint32_t predicate_capacity;
    RpError *error;
    uint64_t compared_bytes; /* of texts, by orders, since the last poll */
    /* By the numbers of the plan's parts. */
    const uint8_t **exists;    /* answers to EXISTS, a byte for each row; NULL: not asked now */
    RpClosure **closures;      /* paths that are walked; NULL: not yet */
    RpPatternFinder **finders; /* of REPLACE, where its pattern is constant; NULL: not yet */
    RpLastRegex last_regex;
    /* What BNODE labels its nodes by: how many it has made, and the solution of the moment. */
    uint64_t blank_count;
    uint32_t solve_count; /* calls of rp_query_solve */
    uint32_t table;       /* the pattern whose solutions are extended */
    uint32_t row;
    /* Of rp_query_begin. */
    const RpAlgebra *algebra;
    const RpQueryPlan *own_plan; /* NULL: not made yet */
    bool *is_bound;              /* that it was made for */
};

/* evaluate.c: join a table with a pattern's solutions. result is made here; drop it. */
RpStatus rp_query_join(RpQueryRun *run, const RpOp *op, const RpSolutions *input,
                       RpSolutions *result);
/* Whether that may be done with the columns as they are: what an expression of the pattern, or an
 * optional part of it, must not see, it does not. */
bool rp_query_joins_directly(const RpQueryRun *run, const RpOp *op, const RpSolutions *input);

/* bgp.c */
RpStatus rp_query_join_bgp(RpQueryRun *run, const RpOp *op, const RpSolutions *input,
                           RpSolutions *result);

/* left_join.c */
RpStatus rp_query_left_join(RpQueryRun *run, const RpOp *op, const RpSolutions *input,
                            RpSolutions *result);

/* hash_join.c: join two tables on what both bind. The rows follow the right one's order. */
RpStatus rp_query_hash_join(RpQueryRun *run, const RpSolutions *left, const RpSolutions *right,
                            RpSolutions *result);
/* The different rows of some columns (the key is one of them). */
RpStatus rp_query_distinct(RpQueryRun *run, const RpSolutions *input, const uint32_t *columns,
                           uint32_t column_count, RpSolutions *result);

/* filter.c: keep the rows that all conditions are true for, from the first on. */
RpStatus rp_query_filter(RpQueryRun *run, RpOp *const *conditions, uint32_t count,
                         RpSolutions *rows);
RpStatus rp_query_extend(RpQueryRun *run, const RpOp *op, RpSolutions *rows);
/* The values of an expression (one) as a column; where there is an error, the cell is empty. */
RpStatus rp_query_add_column(RpQueryRun *run, RpOp *const *expression, uint32_t variable,
                             RpSolutions *rows);
/* Answer each EXISTS within expressions for all rows, before they are evaluated; end afterwards. */
RpStatus rp_query_ask_exists(RpQueryRun *run, RpOp *const *expressions, uint32_t count,
                             const RpSolutions *rows);
void rp_query_end_exists(RpQueryRun *run, RpOp *const *expressions, uint32_t count,
                         uint32_t row_count);

/* group.c */
RpStatus rp_query_group(RpQueryRun *run, const RpOp *op, const RpSolutions *seeds,
                        RpSolutions *result);

/* order.c */
RpStatus rp_query_order(RpQueryRun *run, const RpOp *op, RpSolutions *rows);
/* LIMIT and OFFSET, for each key. */
RpStatus rp_query_slice(RpQueryRun *run, const RpOp *op, RpSolutions *rows);

#endif
