/* Expressions over whole tables: conditions, new columns, and the answers to EXISTS. */
#include "query/expression.h"
#include "query/query_run.h"

/* The columns of rows that an EXISTS is correlated by, and the different tuples of these. */
typedef struct Correlation {
    RpSolutions tuples; /* the key is the number of the tuple */
    uint32_t *tuple_of; /* by row */
} Correlation;

static RpStatus
find_tuple(RpRowIndex *index, RpSolutions *tuples, const RpTermId *row, const uint32_t *columns,
           uint32_t *tuple)
{
    uint32_t width = tuples->width;
    uint64_t hash = rp_row_hash(index->key, row, columns + 1, width - 1);
    RpTermId *added;

    for (uint32_t next = rp_row_index_first(index, hash); next != 0; next = index->next[next - 1]) {
        const RpTermId *other = rp_solutions_row(tuples, next - 1);
        uint32_t i = 1;

        while (i < width && other[i] == row[columns[i]]) {
            i++;
        }
        if (i == width) {
            *tuple = next - 1;
            return RP_OK;
        }
    }
    RP_TRY(rp_solutions_append(tuples, &added));
    *tuple = tuples->count - 1;
    added[0] = *tuple;
    for (uint32_t i = 1; i < width; i++) {
        added[i] = row[columns[i]];
    }
    rp_row_index_put(index, hash, *tuple);
    return RP_OK;
}

static RpStatus
correlate(RpQueryRun *run, const RpOp *exists, const RpSolutions *rows, Correlation *correlation)
{
    size_t columns_size = sizeof(uint32_t) * rows->width;
    uint32_t *columns = rp_pool_take(run->pool, columns_size);
    RpSolutions *tuples = &correlation->tuples;
    RpRowIndex index;

    correlation->tuple_of = rp_pool_take(run->pool, sizeof(uint32_t) * ((size_t)rows->count + 1));
    if (!columns || !correlation->tuple_of) {
        return rp_arena_failure(&run->arena, run->error);
    }
    RP_TRY(rp_solutions_make(tuples, &run->home, rows->width));
    for (uint32_t i = 1; i < rows->width; i++) {
        if (rows->variables[i] < run->plan->named_count &&
            rp_set_has(exists->context_possible, rows->variables[i])) {
            columns[tuples->width] = i;
            rp_solutions_add_column(tuples, rows->variables[i], rows->is_certain[i]);
        }
    }
    RP_TRY(rp_row_index_make(&index, run->pool, rp_dictionary_key(&run->computed), rows->count,
                             run->error));
    for (uint32_t i = 0; i < rows->count; i++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(find_tuple(&index, tuples, rp_solutions_row(rows, i), columns,
                          &correlation->tuple_of[i]));
    }
    rp_row_index_drop(&index);
    rp_pool_give(run->pool, columns, columns_size);
    return RP_OK;
}

/* Whether the context of the rows binds what they do not, and an EXISTS is to be joined with: a
 * sub-SELECT has hidden it. */
static bool
hides_context(const RpQueryRun *run, const RpOp *exists, const RpSolutions *rows)
{
    const RpSolutions *tuples = run->context.tuples;

    for (uint32_t i = 1; i < tuples->width; i++) {
        uint32_t column = rp_solutions_column(rows, tuples->variables[i]);

        if (rp_set_has(exists->context_possible, tuples->variables[i]) &&
            (column == RP_NO_COLUMN || !rows->is_certain[column])) {
            return true;
        }
    }
    return false;
}

/* A copy of rows, with all that their context binds. */
static RpStatus
uncover_context(RpQueryRun *run, const RpSolutions *rows, RpSolutions *uncovered)
{
    const RpSolutions *tuples = run->context.tuples;

    RP_TRY(rp_solutions_make_like(uncovered, rows, tuples->width));
    for (uint32_t i = 1; i < tuples->width; i++) {
        uint32_t column = rp_solutions_column(uncovered, tuples->variables[i]);

        if (column == RP_NO_COLUMN) {
            rp_solutions_add_column(uncovered, tuples->variables[i], tuples->is_certain[i]);
        } else {
            uncovered->is_certain[column] |= tuples->is_certain[i];
        }
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        const RpTermId *from = rp_solutions_row(rows, i);
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(uncovered, &row));
        memset(row, 0, sizeof(RpTermId) * uncovered->width);
        memcpy(row, from, sizeof(RpTermId) * rows->width);
        for (uint32_t j = 1; j < tuples->width; j++) {
            RpTermId *cell = row + rp_solutions_column(uncovered, tuples->variables[j]);

            *cell = *cell != RP_TERM_NONE ? *cell : rp_solutions_row(tuples, row[0])[j];
        }
    }
    return RP_OK;
}

/* Evaluate the pattern for all rows at once, as the rows' context. */
static RpStatus
ask_one(RpQueryRun *run, const RpOp *exists, const RpSolutions *rows)
{
    RpContext context = run->context;
    Correlation correlation;
    RpSolutions found;
    uint8_t *answers = rp_pool_take(run->pool, (size_t)rows->count + 1);
    uint8_t *of_tuple;

    if (hides_context(run, exists, rows)) {
        RpSolutions uncovered;

        RP_TRY(uncover_context(run, rows, &uncovered));
        RP_TRY(correlate(run, exists, &uncovered, &correlation));
        rp_solutions_drop(&uncovered);
    } else {
        RP_TRY(correlate(run, exists, rows, &correlation));
    }
    run->context = (RpContext){&correlation.tuples, exists->context_possible};
    RP_TRY(rp_query_join(run, exists->children[0], &correlation.tuples, &found));
    run->context = context;
    of_tuple = rp_pool_take(run->pool, (size_t)correlation.tuples.count + 1);
    if (!answers || !of_tuple) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(of_tuple, exists->detail == 1, (size_t)correlation.tuples.count + 1);
    for (uint32_t i = 0; i < found.count; i++) {
        of_tuple[rp_solutions_row(&found, i)[0]] = exists->detail != 1;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        answers[i] = of_tuple[correlation.tuple_of[i]];
    }
    run->exists[exists->number] = answers;
    rp_solutions_drop(&found);
    rp_pool_give(run->pool, of_tuple, (size_t)correlation.tuples.count + 1);
    rp_pool_give(run->pool, correlation.tuple_of, sizeof(uint32_t) * ((size_t)rows->count + 1));
    rp_solutions_drop(&correlation.tuples);
    return RP_OK;
}

RpStatus
rp_query_ask_exists(RpQueryRun *run, RpOp *const *expressions, uint32_t count,
                    const RpSolutions *rows)
{
    for (uint32_t i = 0; i < count; i++) {
        const RpOp *expression = expressions[i];

        if (expression->kind == RP_ALGEBRA_EXISTS) {
            RP_TRY(ask_one(run, expression, rows));
        } else if (expression->has_exists) {
            RP_TRY(rp_query_ask_exists(run, expression->children, expression->child_count, rows));
        }
    }
    return RP_OK;
}

void
rp_query_end_exists(RpQueryRun *run, RpOp *const *expressions, uint32_t count, uint32_t row_count)
{
    for (uint32_t i = 0; i < count; i++) {
        const RpOp *expression = expressions[i];

        if (expression->kind == RP_ALGEBRA_EXISTS) {
            rp_pool_give(run->pool, (void *)run->exists[expression->number], (size_t)row_count + 1);
            run->exists[expression->number] = NULL;
        } else if (expression->has_exists) {
            rp_query_end_exists(run, expression->children, expression->child_count, row_count);
        }
    }
}

static RpStatus
holds_all(RpQueryRun *run, RpOp *const *conditions, uint32_t count, const RpSolutions *rows,
          uint32_t row, bool *holds)
{
    *holds = true;
    for (uint32_t i = 0; i < count && *holds; i++) {
        RP_TRY(rp_expression_holds(run, conditions[i], rows, row, holds));
    }
    return RP_OK;
}

RpStatus
rp_query_filter(RpQueryRun *run, RpOp *const *conditions, uint32_t count, RpSolutions *rows)
{
    uint32_t row_count = rows->count;
    uint32_t kept = 0;
    bool holds;

    if (count == 0) {
        return RP_OK;
    }
    RP_TRY(rp_query_ask_exists(run, conditions, count, rows));
    for (uint32_t i = 0; i < row_count; i++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(holds_all(run, conditions, count, rows, i, &holds));
        if (holds) {
            memmove(rp_solutions_row(rows, kept++), rp_solutions_row(rows, i),
                    sizeof(RpTermId) * rows->width);
        }
    }
    rp_query_end_exists(run, conditions, count, row_count);
    rp_solutions_truncate(rows, kept);
    return RP_OK;
}

RpStatus
rp_query_add_column(RpQueryRun *run, RpOp *const *expression, uint32_t variable, RpSolutions *rows)
{
    uint32_t column = rp_solutions_column(rows, variable);
    RpSolutions extended;

    RP_TRY(rp_query_ask_exists(run, expression, 1, rows));
    RP_TRY(rp_solutions_make_like(&extended, rows, 1));
    if (column == RP_NO_COLUMN) {
        column = extended.width;
        rp_solutions_add_column(&extended, variable, false);
    }
    extended.is_certain[column] = false;
    for (uint32_t i = 0; i < rows->count; i++) {
        RpTermId id;
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_expression_id(run, *expression, rows, i, &id));
        RP_TRY(rp_solutions_append(&extended, &row));
        memcpy(row, rp_solutions_row(rows, i), sizeof(RpTermId) * rows->width);
        row[column] = id;
    }
    rp_query_end_exists(run, expression, 1, rows->count);
    rp_solutions_drop(rows);
    *rows = extended;
    return RP_OK;
}

RpStatus
rp_query_extend(RpQueryRun *run, const RpOp *op, RpSolutions *rows)
{
    const RpOp *base;

    if (!rp_set_has(op->needed, op->value)) {
        return RP_OK;
    }
    /* Several variables made of one pattern's solutions, whose order stays, are of one table. */
    for (base = op; base->kind == RP_ALGEBRA_EXTEND; base = base->children[0]) {
    }
    run->table = base->serial;
    return rp_query_add_column(run, &op->children[1], op->value, rows);
}
