/* ORDER BY, LIMIT and OFFSET (SPARQL 1.1, 15), for each key by itself. What is equal, or has no
 * order, follows the order of terms, variable by
 * variable, so that no outcome depends on ids or on the way to it. */
#include "query/expression.h"
#include "query/sort.h"

/* Rows that are sorted, by columns of another table with a row for each. */
typedef struct Ordering {
    RpQueryRun *run;
    const RpSolutions *rows;
    RpOp *const *keys; /* of ORDER BY; their columns are the last of rows */
    uint32_t key_count;
    uint32_t *columns; /* of the query's variables, in the order of these */
    uint32_t column_count;
} Ordering;

static int
compare_rows(const void *state, uint32_t a, uint32_t b)
{
    const Ordering *ordering = state;
    const RpTermId *a_row = rp_solutions_row(ordering->rows, a);
    const RpTermId *b_row = rp_solutions_row(ordering->rows, b);
    uint32_t width = ordering->rows->width - ordering->key_count;
    int order = 0;

    if (a_row[0] != b_row[0]) {
        return a_row[0] < b_row[0] ? -1 : 1;
    }
    for (uint32_t i = 0; i < ordering->key_count && order == 0; i++) {
        order = rp_scalar_order(ordering->run, a_row[width + i], b_row[width + i]);
        order = ordering->keys[i]->detail == 1 ? -order : order;
    }
    for (uint32_t i = 0; i < ordering->column_count && order == 0; i++) {
        uint32_t column = ordering->columns[i];

        order = rp_scalar_term_order(ordering->run, a_row[column], b_row[column]);
    }
    return order;
}

/* Find the columns of terms: others count rows. How the table has them follows from statistics of
 * the graph, and may not decide. */
static void
find_columns(Ordering *ordering)
{
    for (uint32_t variable = 0; variable < ordering->run->plan->named_count; variable++) {
        uint32_t column = rp_solutions_column(ordering->rows, variable);

        if (column != RP_NO_COLUMN) {
            ordering->columns[ordering->column_count++] = column;
        }
    }
}

/* Bring rows in an order, by a table that has their columns and more. */
static RpStatus
sort_rows(Ordering *ordering, RpSolutions *rows)
{
    RpQueryRun *run = ordering->run;
    size_t size = sizeof(uint32_t) * ((size_t)rows->count + 1);
    size_t columns_size = sizeof(uint32_t) * rows->width;
    uint32_t *numbers = rp_pool_take(run->pool, size);
    RpSolutions sorted;

    ordering->columns = rp_pool_take(run->pool, columns_size);
    if (!numbers || !ordering->columns) {
        return rp_arena_failure(&run->arena, run->error);
    }
    find_columns(ordering);
    for (uint32_t i = 0; i < rows->count; i++) {
        numbers[i] = i;
    }
    RP_TRY(rp_query_sort(run, numbers, rows->count, compare_rows, ordering));
    RP_TRY(rp_solutions_make_like(&sorted, rows, 0));
    for (uint32_t i = 0; i < rows->count; i++) {
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(&sorted, &row));
        memcpy(row, rp_solutions_row(rows, numbers[i]), sizeof(RpTermId) * rows->width);
    }
    rp_pool_give(run->pool, numbers, size);
    rp_pool_give(run->pool, ordering->columns, columns_size);
    rp_solutions_drop(rows);
    *rows = sorted;
    return RP_OK;
}

/* A copy of rows with the keys of ORDER BY as further columns. */
static RpStatus
add_keys(RpQueryRun *run, const RpOp *op, const RpSolutions *rows, RpSolutions *keyed)
{
    uint32_t count = op->child_count - 1;

    RP_TRY(rp_query_ask_exists(run, op->children + 1, count, rows));
    RP_TRY(rp_solutions_make_like(keyed, rows, count));
    for (uint32_t i = 0; i < count; i++) {
        rp_solutions_add_column(keyed, RP_KEY_COLUMN, false);
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(keyed, &row));
        memcpy(row, rp_solutions_row(rows, i), sizeof(RpTermId) * rows->width);
        for (uint32_t key = 0; key < count; key++) {
            RP_TRY(rp_expression_id(run, op->children[key + 1]->children[0], rows, i,
                                    &row[rows->width + key]));
        }
    }
    rp_query_end_exists(run, op->children + 1, count, rows->count);
    return RP_OK;
}

RpStatus
rp_query_order(RpQueryRun *run, const RpOp *op, RpSolutions *rows)
{
    RpSolutions keyed;
    Ordering ordering = {
        .run = run, .rows = &keyed, .keys = op->children + 1, .key_count = op->child_count - 1};

    RP_TRY(add_keys(run, op, rows, &keyed));
    RP_TRY(sort_rows(&ordering, rows));
    rp_solutions_drop(&keyed);
    return RP_OK;
}

static bool
is_ordered(const RpOp *op)
{
    while (op->kind == RP_ALGEBRA_LIMIT || op->kind == RP_ALGEBRA_OFFSET ||
           op->kind == RP_ALGEBRA_DISTINCT || op->kind == RP_ALGEBRA_PROJECT) {
        op = op->children[0];
    }
    return op->kind == RP_ALGEBRA_ORDER;
}

RpStatus
rp_query_slice(RpQueryRun *run, const RpOp *op, RpSolutions *rows)
{
    bool is_limit = op->kind == RP_ALGEBRA_LIMIT;
    uint32_t number = 0; /* of a row among those of its key */
    uint32_t kept = 0;
    RpTermId key = 0;

    if (!is_ordered(op)) {
        RpSolutions copy = *rows;
        Ordering ordering = {.run = run, .rows = &copy};

        RP_TRY(sort_rows(&ordering, rows));
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        RpTermId *row = rp_solutions_row(rows, i);

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        number = i == 0 || row[0] != key ? 0 : number + 1;
        key = row[0];
        if ((number < op->value) == is_limit) {
            memmove(rp_solutions_row(rows, kept++), row, sizeof(RpTermId) * rows->width);
        }
    }
    rp_solutions_truncate(rows, kept);
    return RP_OK;
}
