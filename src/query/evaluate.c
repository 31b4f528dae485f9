/*
 * Evaluating patterns (SPARQL 1.1, 18.5). A pattern is always joined to a table: so what is known
 * already narrows what is looked for. The algebra is bottom-up, though: where an expression or an
 * optional part within the pattern would see what it must not, or where solutions are counted, cut
 * or grouped, the pattern is evaluated by itself, for those terms of the table that may narrow it
 * (the seeds), and the results are joined.
 */
#include "query/query_run.h"

#include <limits.h>

static RpStatus join_directly(RpQueryRun *run, const RpOp *op, const RpSolutions *input,
                              RpSolutions *result);

/* Whether a variable that a table binds may be seen within a pattern as if it were bound there. */
static bool
may_be_seen(const RpOp *op, uint32_t variable)
{
    const RpOp *first = op->child_count > 0 ? op->children[0] : NULL;
    bool is_used = false;

    switch (op->kind) {
    case RP_ALGEBRA_EXTEND:
        if (op->value == variable) {
            return false; /* which only a context may have bound in the pattern, too */
        }
        break;
    case RP_ALGEBRA_LEFT_JOIN:
        is_used = rp_set_has(op->children[1]->possible, variable);
        break;
    case RP_ALGEBRA_FILTER:
    case RP_ALGEBRA_ORDER:
        break;
    default:
        return true;
    }
    for (uint32_t i = op->kind == RP_ALGEBRA_LEFT_JOIN ? 2 : 1; i < op->child_count; i++) {
        is_used = is_used || rp_set_has(op->children[i]->used, variable);
    }
    return !is_used || rp_set_has(first->certain, variable);
}

/* Solutions are counted, cut or grouped. */
static bool
is_closed(const RpOp *op)
{
    return op->kind == RP_ALGEBRA_DISTINCT || op->kind == RP_ALGEBRA_GROUP ||
           op->kind == RP_ALGEBRA_OFFSET || op->kind == RP_ALGEBRA_LIMIT;
}

bool
rp_query_joins_directly(const RpQueryRun *run, const RpOp *op, const RpSolutions *input)
{
    if (is_closed(op) || op->makes_nodes) {
        return false;
    }
    for (uint32_t i = 1; i < input->width; i++) {
        if (input->variables[i] < run->plan->named_count && !may_be_seen(op, input->variables[i])) {
            return false;
        }
    }
    return true;
}

/* Whether a pattern that is evaluated by itself may be narrowed to some terms of a variable. */
static bool
may_narrow(const RpOp *op, uint32_t variable)
{
    switch (op->kind) {
    case RP_ALGEBRA_OFFSET:
    case RP_ALGEBRA_LIMIT:
        return false;
    case RP_ALGEBRA_GROUP:
        return rp_set_has(op->certain, variable);
    default:
        return rp_set_has(op->children[0]->certain, variable) &&
               !(op->kind == RP_ALGEBRA_EXTEND && op->value == variable);
    }
}

static RpStatus
make_seeds(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *seeds)
{
    size_t size = sizeof(uint32_t) * input->width;
    uint32_t *columns = rp_pool_take(run->pool, size);
    uint32_t count = 1;

    if (!columns) {
        return rp_arena_failure(&run->arena, run->error);
    }
    columns[0] = 0;
    for (uint32_t i = 1; i < input->width && !run->options->is_bottom_up; i++) {
        if (input->variables[i] < run->plan->named_count && input->is_certain[i] &&
            may_narrow(op, input->variables[i])) {
            columns[count++] = i;
        }
    }
    RP_TRY(rp_query_distinct(run, input, columns, count, seeds));
    rp_pool_give(run->pool, columns, size);
    return RP_OK;
}

/* DISTINCT of all columns; the first of equal rows stays where it is. */
static RpStatus
make_distinct(RpQueryRun *run, RpSolutions *rows)
{
    size_t size = sizeof(uint32_t) * rows->width;
    uint32_t *columns = rp_pool_take(run->pool, size);
    RpSolutions distinct;

    if (!columns) {
        return rp_arena_failure(&run->arena, run->error);
    }
    for (uint32_t i = 0; i < rows->width; i++) {
        columns[i] = i;
    }
    RP_TRY(rp_query_distinct(run, rows, columns, rows->width, &distinct));
    rp_pool_give(run->pool, columns, size);
    rp_solutions_drop(rows);
    *rows = distinct;
    return RP_OK;
}

/* Evaluate a pattern by itself, for seeds. */
static RpStatus
evaluate_alone(RpQueryRun *run, const RpOp *op, const RpSolutions *seeds, RpSolutions *result)
{
    switch (op->kind) {
    case RP_ALGEBRA_GROUP:
        return rp_query_group(run, op, seeds, result);
    case RP_ALGEBRA_DISTINCT:
        RP_TRY(rp_query_join(run, op->children[0], seeds, result));
        return make_distinct(run, result);
    case RP_ALGEBRA_OFFSET:
    case RP_ALGEBRA_LIMIT:
        RP_TRY(rp_query_join(run, op->children[0], seeds, result));
        return rp_query_slice(run, op, result);
    default:
        return join_directly(run, op, seeds, result);
    }
}

RpStatus
rp_query_join(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    RpSolutions seeds;
    RpSolutions alone;

    if (!run->options->is_bottom_up && rp_query_joins_directly(run, op, input)) {
        return join_directly(run, op, input, result);
    }
    RP_TRY(make_seeds(run, op, input, &seeds));
    RP_TRY(evaluate_alone(run, op, &seeds, &alone));
    rp_solutions_drop(&seeds);
    RP_TRY(rp_query_hash_join(run, input, &alone, result));
    rp_solutions_drop(&alone);
    return RP_OK;
}

/* How well a part of a join goes on from what is bound: less is better. */
static unsigned
distance(const RpOp *op, const RpSolutions *rows)
{
    unsigned distance = op->kind == RP_ALGEBRA_BGP ? 2 : 3;

    if (op->kind == RP_ALGEBRA_VALUES) {
        return 0;
    }
    for (uint32_t i = 1; i < rows->width; i++) {
        if (rp_set_has(op->used, rows->variables[i])) {
            return distance - 2;
        }
    }
    return distance;
}

/* The first of the nearest parts that are left. */
static RpStatus
choose_part(RpQueryRun *run, const RpOp *op, const RpSolutions *rows, const bool *is_done,
            uint32_t *chosen)
{
    unsigned least = UINT_MAX;

    *chosen = UINT32_MAX;
    for (uint32_t i = 0; i < op->child_count && least > 0; i++) {
        if (!is_done[i]) {
            unsigned found = distance(op->children[i], rows);

            RP_TRY(rp_arena_poll(&run->arena, run->error));
            if (found < least) {
                *chosen = i;
                least = found;
            }
        }
    }
    return RP_OK;
}

/* Parts of a join in an order of our own: joins are commutative. */
static RpStatus
join_parts(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    size_t size = op->child_count;
    bool *is_done = rp_pool_take(run->pool, size);
    RpSolutions next;

    if (!is_done) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(is_done, 0, size);
    for (uint32_t turn = 0; turn < op->child_count; turn++) {
        const RpSolutions *rows = turn == 0 ? input : result;
        uint32_t chosen;

        RP_TRY(choose_part(run, op, rows, is_done, &chosen));
        is_done[chosen] = true;
        RP_TRY(rp_query_join(run, op->children[chosen], rows, &next));
        if (turn > 0) {
            rp_solutions_drop(result);
        }
        *result = next;
    }
    rp_pool_give(run->pool, is_done, size);
    return RP_OK;
}

static RpStatus
join_union(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    RpSolutions branch;

    RP_TRY(rp_solutions_make_like(result, input, run->plan->variable_count));
    for (uint32_t variable = 0; variable < run->plan->variable_count; variable++) {
        if (rp_set_has(op->needed, variable) &&
            rp_solutions_column(input, variable) == RP_NO_COLUMN) {
            rp_solutions_add_column(result, variable, rp_set_has(op->certain, variable));
        }
    }
    for (uint32_t i = 0; i < op->child_count; i++) {
        RP_TRY(rp_query_join(run, op->children[i], input, &branch));
        RP_TRY(rp_solutions_append_all(result, &branch, &run->arena));
        rp_solutions_drop(&branch);
    }
    return RP_OK;
}

/* A row of VALUES joined to a row. */
static RpStatus
join_value_row(const RpOp *op, uint32_t value_row, const RpSolutions *input, const RpTermId *from,
               RpSolutions *result)
{
    RpOp *const *cells = op->children + (size_t)op->value * (value_row + 1);
    RpTermId *row;

    RP_TRY(rp_solutions_append(result, &row));
    memset(row, 0, sizeof(RpTermId) * result->width);
    memcpy(row, from, sizeof(RpTermId) * input->width);
    for (uint32_t i = 0; i < op->value; i++) {
        uint32_t column = rp_solutions_column(result, op->children[i]->value);
        RpTermId cell = cells[i]->kind == RP_ALGEBRA_CONSTANT ? cells[i]->value : RP_TERM_NONE;

        if (column == RP_NO_COLUMN || cell == RP_TERM_NONE) {
            continue;
        }
        if (row[column] != RP_TERM_NONE && row[column] != cell) {
            rp_solutions_remove_last(result);
            return RP_OK;
        }
        row[column] = cell;
    }
    return RP_OK;
}

static RpStatus
join_values(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    uint32_t row_count = op->value > 0 ? op->child_count / op->value - 1 : op->detail;

    RP_TRY(rp_solutions_make_like(result, input, op->value));
    for (uint32_t i = 0; i < op->value; i++) {
        uint32_t variable = op->children[i]->value;
        uint32_t column = rp_solutions_column(result, variable);
        bool is_certain = rp_set_has(op->certain, variable);

        if (column == RP_NO_COLUMN) {
            rp_solutions_add_column(result, variable, is_certain);
        } else if (is_certain) {
            result->is_certain[column] = true;
        }
    }
    for (uint32_t i = 0; i < input->count; i++) {
        for (uint32_t j = 0; j < row_count; j++) {
            RP_TRY(rp_arena_poll(&run->arena, run->error));
            RP_TRY(join_value_row(op, j, input, rp_solutions_row(input, i), result));
        }
    }
    return RP_OK;
}

/* The columns that came in, and what is projected. */
static RpStatus
project(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *rows)
{
    uint32_t width = rows->width;
    bool *is_kept = rp_pool_take(run->pool, width);

    if (!is_kept) {
        return rp_arena_failure(&run->arena, run->error);
    }
    for (uint32_t i = 1; i < width; i++) {
        is_kept[i] = rp_solutions_column(input, rows->variables[i]) != RP_NO_COLUMN ||
                     rp_set_has(op->needed, rows->variables[i]);
    }
    rp_solutions_keep_columns(rows, is_kept);
    rp_pool_give(run->pool, is_kept, width);
    return RP_OK;
}

static RpStatus
join_graph(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    RpGraph *graph = run->graph;

    if (!run->options->shapes) {
        return rp_error_set(run->error, RP_UNSUPPORTED, "the shapes graph is not at hand");
    }
    run->graph = run->options->shapes;
    RP_TRY(rp_query_join(run, op->children[0], input, result));
    run->graph = graph;
    return RP_OK;
}

static RpStatus
join_directly(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    const RpHost *host = run->arena.host;
    uint32_t pushed;

    RP_TRY(rp_arena_poll(&run->arena, run->error));
    if (host->stack_is_deep(host->state)) {
        return rp_error_set(run->error, RP_TOO_DEEP, "a query is nested too deep");
    }
    switch (op->kind) {
    case RP_ALGEBRA_BGP:
        return rp_query_join_bgp(run, op, input, result);
    case RP_ALGEBRA_JOIN:
        return join_parts(run, op, input, result);
    case RP_ALGEBRA_UNION:
        return join_union(run, op, input, result);
    case RP_ALGEBRA_LEFT_JOIN:
        return rp_query_left_join(run, op, input, result);
    case RP_ALGEBRA_VALUES:
        return join_values(run, op, input, result);
    case RP_ALGEBRA_GRAPH:
        return join_graph(run, op, input, result);
    case RP_ALGEBRA_PROJECT:
        RP_TRY(rp_query_join(run, op->children[0], input, result));
        return project(run, op, input, result);
    case RP_ALGEBRA_EXTEND:
        RP_TRY(rp_query_join(run, op->children[0], input, result));
        return rp_query_extend(run, op, result);
    case RP_ALGEBRA_ORDER:
        RP_TRY(rp_query_join(run, op->children[0], input, result));
        return rp_query_order(run, op, result);
    case RP_ALGEBRA_FILTER:
        pushed = op->children[0]->filter_count;
        RP_TRY(rp_query_join(run, op->children[0], input, result));
        return rp_query_filter(run, op->children + 1 + pushed, op->child_count - 1 - pushed,
                               result);
    default:
        return rp_error_set(run->error, RP_CORRUPT, "a query has an unknown pattern %d",
                            (int)op->kind);
    }
}
