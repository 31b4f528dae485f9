/*
 * Solutions: a table of terms, a row each. The first column is the key: which of the tuples of the
 * context a solution belongs to. So one evaluation serves all focus nodes.
 */
#ifndef RP_QUERY_SOLUTIONS_H
#define RP_QUERY_SOLUTIONS_H

#include "query/pool.h"
#include "query/variable_set.h"
#include "rdf/term_table.h"

/* What stands for the key where columns are named by variables. */
#define RP_KEY_COLUMN UINT32_MAX
#define RP_NO_COLUMN UINT32_MAX

/* The tables of one evaluation share a pool and a limit. */
typedef struct RpSolutionsHome {
    RpPool pool;
    uint64_t row_count; /* of all tables that are alive */
    uint64_t row_limit;
    const char *row_limit_name;
    RpError *error;
} RpSolutionsHome;

typedef struct RpSolutions {
    RpSolutionsHome *home;
    uint32_t *variables; /* of the columns; the first is RP_KEY_COLUMN */
    bool *is_certain;    /* of the columns: no cell is empty */
    uint32_t width;
    uint32_t width_limit;
    uint32_t count;
    uint32_t capacity; /* rows */
    RpTermId *cells;   /* 0: not bound */
} RpSolutions;

/* An empty table with the key and room for so many other columns. */
RpStatus rp_solutions_make(RpSolutions *solutions, RpSolutionsHome *home, uint32_t column_limit);
void rp_solutions_add_column(RpSolutions *solutions, uint32_t variable, bool is_certain);
/* The same columns as another one's, with room for some more. */
RpStatus rp_solutions_make_like(RpSolutions *solutions, const RpSolutions *other,
                                uint32_t more_columns);
/* Give back its memory. Does nothing to a table of zeros. */
void rp_solutions_drop(RpSolutions *solutions);

/* The column of a variable; RP_NO_COLUMN: it has none. */
uint32_t rp_solutions_column(const RpSolutions *solutions, uint32_t variable);

/* The same as append, for a table that is full or over the limit. */
RpStatus rp_solutions_append_slowly(RpSolutions *solutions, RpTermId **row);

/* A new row, whose cells are not set. RP_TOO_LARGE over the limit. */
static inline RpStatus
rp_solutions_append(RpSolutions *solutions, RpTermId **row)
{
    if (solutions->count == solutions->capacity ||
        solutions->home->row_count >= solutions->home->row_limit) {
        return rp_solutions_append_slowly(solutions, row);
    }
    solutions->home->row_count++;
    *row = solutions->cells + (size_t)solutions->count++ * solutions->width;
    return RP_OK;
}

/* The limit is exceeded: says of what there is more, and a hint, which may be empty. */
RpStatus rp_solutions_refuse(const RpSolutionsHome *home, const char *what, const char *hint);
/* Take the last row away again. */
void rp_solutions_remove_last(RpSolutions *solutions);
/* Keep the first rows. */
void rp_solutions_truncate(RpSolutions *solutions, uint32_t count);

static inline RpTermId *
rp_solutions_row(const RpSolutions *solutions, uint32_t row)
{
    return solutions->cells + (size_t)row * solutions->width;
}

/* Append another table's rows: columns by variable, those that it lacks empty. */
RpStatus rp_solutions_append_all(RpSolutions *solutions, const RpSolutions *other, RpArena *poll);

/* Drop all columns but the key and those that are wanted: sets true by column. */
void rp_solutions_keep_columns(RpSolutions *solutions, const bool *is_kept);

#endif
