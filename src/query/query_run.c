/* What query.h offers: one query over one graph, for tuples. */
#include "query/query.h"

#include "query/query_run.h"

RpStatus
rp_query_begin(RpQueryRun **run, RpArena *arena, const RpAlgebra *algebra,
               const RpQueryOptions *options, RpError *error)
{
    RpQueryRun *made = rp_arena_allocate_zero(arena, sizeof(RpQueryRun));

    *run = made;
    if (!made) {
        return rp_arena_failure(arena, error);
    }
    made->algebra = algebra;
    made->options = options;
    made->graph = options->data;
    made->error = error;
    rp_arena_init(&made->arena, arena->host, options->memory_bytes);
    rp_arena_init(&made->texts, arena->host, options->memory_bytes);
    rp_arena_init(&made->results, arena->host, options->memory_bytes);
    made->home = (RpSolutionsHome){
        .pool = {.arena = &made->arena}, .row_limit = options->row_limit, .error = error};
    made->pool = &made->home.pool;
    rp_dictionary_init(&made->computed, &made->arena, &options->data->dictionary->own);
    made->is_bound =
        rp_arena_allocate_zero(&made->arena, (size_t)algebra->header->prebound_count + 1);
    if (!made->is_bound) {
        rp_arena_failure(&made->arena, error);
        rp_query_end(made);
        *run = NULL;
        return error->status;
    }
    return RP_OK;
}

void
rp_query_end(RpQueryRun *run)
{
    rp_arena_free(&run->arena);
    rp_arena_free(&run->texts);
    rp_arena_free(&run->results);
}

RpTerm
rp_query_term(const RpQueryRun *run, RpTermId id)
{
    return rp_dictionary_term(&run->computed, id);
}

/* A plan for tuples that bind what the first one binds. */
static RpStatus
make_plan(RpQueryRun *run, const RpTermId *tuples)
{
    uint32_t count = run->algebra->header->prebound_count;
    bool is_other = !run->has_plan;

    for (uint32_t i = 0; i < count; i++) {
        bool is_bound = tuples != NULL && tuples[i] != RP_TERM_NONE;

        is_other = is_other || is_bound != run->is_bound[i];
        run->is_bound[i] = is_bound;
    }
    if (!is_other) {
        return RP_OK;
    }
    run->has_plan = true;
    RP_TRY(rp_plan_make(&run->plan, &run->arena, run->algebra, run->is_bound, run->error));
    run->exists = rp_arena_allocate_zero(&run->arena, sizeof(const uint8_t *) *
                                                          ((size_t)run->plan.exists_count + 1));
    return run->exists ? RP_OK : rp_arena_failure(&run->arena, run->error);
}

/* The tuples as a table: their keys are their numbers. */
static RpStatus
make_tuples(RpQueryRun *run, const RpTermId *tuples, uint32_t tuple_count, RpSolutions *table)
{
    uint32_t prebound_count = run->algebra->header->prebound_count;

    RP_TRY(rp_solutions_make(table, &run->home, prebound_count));
    for (uint32_t i = 0; i < prebound_count; i++) {
        if (run->is_bound[i]) {
            rp_solutions_add_column(table, run->algebra->prebound[i], true);
        }
    }
    for (uint32_t i = 0; i < tuple_count; i++) {
        uint32_t column = 1;
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(table, &row));
        row[0] = i;
        for (uint32_t j = 0; j < prebound_count; j++) {
            if (run->is_bound[j]) {
                row[column++] = tuples[(size_t)i * prebound_count + j];
            }
        }
    }
    return RP_OK;
}

/* The variables that the query returns: those of its topmost projection. */
static const RpOp *
find_projection(const RpOp *op)
{
    while (op->kind != RP_ALGEBRA_PROJECT && op->child_count > 0) {
        op = op->children[0];
    }
    return op;
}

/* Rows key by key, each in its order: a counting sort into arrays of the result. */
static RpStatus
give_rows(RpQueryRun *run, const RpSolutions *rows, uint32_t tuple_count, RpQueryResult *result,
          const uint32_t *columns)
{
    size_t starts_size = sizeof(uint32_t) * ((size_t)tuple_count + 2);
    uint32_t *starts = rp_pool_take(run->pool, starts_size);
    uint32_t *keys = rp_arena_allocate(&run->results, sizeof(uint32_t) * ((size_t)rows->count + 1));
    RpTermId *cells = rp_arena_allocate(
        &run->results, sizeof(RpTermId) * ((size_t)rows->count * result->width + 1));

    if (!starts || !keys || !cells) {
        return rp_arena_failure(starts ? &run->results : &run->arena, run->error);
    }
    memset(starts, 0, starts_size);
    for (uint32_t i = 0; i < rows->count; i++) {
        starts[rp_solutions_row(rows, i)[0] + 1]++;
    }
    for (uint32_t i = 0; i < tuple_count; i++) {
        starts[i + 1] += starts[i];
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        const RpTermId *row = rp_solutions_row(rows, i);
        uint32_t place = starts[row[0]]++;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        keys[place] = row[0];
        for (uint32_t j = 0; j < result->width; j++) {
            cells[(size_t)place * result->width + j] =
                columns[j] != RP_NO_COLUMN ? row[columns[j]] : RP_TERM_NONE;
        }
    }
    rp_pool_give(run->pool, starts, starts_size);
    result->count = rows->count;
    result->keys = keys;
    result->cells = cells;
    return RP_OK;
}

static RpStatus
give_result(RpQueryRun *run, const RpSolutions *rows, uint32_t tuple_count, RpQueryResult *result)
{
    const RpOp *projection = find_projection(run->plan.root);
    uint32_t width = rp_algebra_is_ask(run->algebra) ? 0 : projection->child_count - 1;
    uint32_t *variables =
        rp_arena_allocate(&run->results, sizeof(uint32_t) * 2 * ((size_t)width + 1));
    uint32_t *columns = variables + width + 1;

    if (!variables) {
        return rp_arena_failure(&run->results, run->error);
    }
    for (uint32_t i = 0; i < width; i++) {
        variables[i] = projection->children[i + 1]->value;
        columns[i] = rp_solutions_column(rows, variables[i]);
    }
    *result = (RpQueryResult){.width = width, .variables = variables};
    return give_rows(run, rows, tuple_count, result, columns);
}

static RpStatus
solve(RpQueryRun *run, const RpTermId *tuples, uint32_t tuple_count, RpQueryResult *result)
{
    RpSolutions table;
    RpSolutions rows;

    RP_TRY(make_plan(run, tuples));
    RP_TRY(make_tuples(run, tuples, tuple_count, &table));
    run->context = (RpContext){&table, run->plan.root->possible};
    RP_TRY(rp_query_join(run, run->plan.root, &table, &rows));
    if (rp_algebra_is_ask(run->algebra)) {
        const uint32_t key = 0;
        RpSolutions keys;

        RP_TRY(rp_query_distinct(run, &rows, &key, 1, &keys));
        rp_solutions_drop(&rows);
        rows = keys;
    }
    RP_TRY(give_result(run, &rows, tuple_count, result));
    rp_solutions_drop(&rows);
    rp_solutions_drop(&table);
    return RP_OK;
}

RpStatus
rp_query_solve(RpQueryRun *run, const RpTermId *tuples, uint32_t tuple_count, RpQueryResult *result,
               RpError *error)
{
    run->error = error;
    run->home.error = error;
    run->graph = run->options->data;
    run->home.row_count = 0; /* what an evaluation that failed has left counts no more */
    run->solve_count++;
    rp_arena_free(&run->results);
    if (run->algebra->header->prebound_count == 0) {
        return solve(run, NULL, 1, result);
    }
    return solve(run, tuples, tuple_count, result);
}
