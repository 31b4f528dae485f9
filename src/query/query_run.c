/* What query.h offers: one query over one graph, for tuples. */
#include "query/query.h"

#include "query/query_run.h"

/* No function has made a term yet: ids are those of the data's dictionary. */
static void
begin_terms(RpQueryRun *run)
{
    rp_dictionary_init(&run->computed, &run->arena, &run->options->data->dictionary->own);
    memset(run->small_integers, 0, sizeof(run->small_integers));
}

RpStatus
rp_query_run_begin(RpQueryRun **run, RpArena *arena, const RpQueryOptions *options, RpError *error)
{
    RpQueryRun *made = rp_arena_allocate_zero(arena, sizeof(RpQueryRun));

    *run = made;
    if (!made) {
        return rp_arena_failure(arena, error);
    }
    made->options = options;
    rp_arena_init(&made->kept, arena->host, options->memory_bytes);
    rp_arena_init(&made->arena, arena->host, options->memory_bytes);
    rp_arena_init(&made->texts, arena->host, options->memory_bytes);
    rp_arena_init(&made->last_regex.arena, arena->host, options->memory_bytes);
    made->pool = &made->home.pool;
    rp_query_run_forget(made);
    return RP_OK;
}

void
rp_query_run_forget(RpQueryRun *run)
{
    rp_arena_free(&run->kept);
    run->own_plan = NULL;
    run->predicate_counts = NULL;
    run->predicate_count = 0;
    run->predicate_capacity = 0;
    begin_terms(run);
}

void
rp_query_end(RpQueryRun *run)
{
    rp_arena_free(&run->kept);
    rp_arena_free(&run->arena);
    rp_arena_free(&run->texts);
    rp_arena_free(&run->last_regex.arena);
}

RpStatus
rp_query_begin(RpQueryRun **run, RpArena *arena, const RpAlgebra *algebra,
               const RpQueryOptions *options, RpError *error)
{
    RP_TRY(rp_query_run_begin(run, arena, options, error));
    (*run)->algebra = algebra;
    (*run)->is_bound = rp_arena_allocate_zero(arena, (size_t)algebra->header->prebound_count + 1);
    if (!(*run)->is_bound) {
        *run = NULL;
        return rp_arena_failure(arena, error);
    }
    return RP_OK;
}

RpTerm
rp_query_term(const RpQueryRun *run, RpTermId id)
{
    return rp_dictionary_term(&run->computed, id);
}

/* A plan for tuples that bind what the first one binds. */
static RpStatus
make_own_plan(RpQueryRun *run, const RpTermId *tuples, RpError *error)
{
    uint32_t count = run->algebra->header->prebound_count;
    bool is_other = !run->own_plan;

    for (uint32_t i = 0; i < count; i++) {
        bool is_bound = tuples != NULL && tuples[i] != RP_TERM_NONE;

        is_other = is_other || is_bound != run->is_bound[i];
        run->is_bound[i] = is_bound;
    }
    if (!is_other) {
        return RP_OK;
    }
    run->own_plan = NULL;
    return rp_query_plan_make(&run->own_plan, &run->kept, run->algebra, run->is_bound, error);
}

RpStatus
rp_query_solve(RpQueryRun *run, const RpTermId *tuples, uint32_t tuple_count, RpQueryResult *result,
               RpError *error)
{
    RP_TRY(make_own_plan(run, tuples, error));
    return rp_query_run_solve(run, run->own_plan, tuples, tuple_count, result, error);
}

/* What evaluating the plan's parts keeps. */
static RpStatus
make_states(RpQueryRun *run)
{
    const RpQueryPlan *plan = run->plan;
    size_t count = (size_t)plan->exists_count + plan->closure_count + plan->finder_count;
    void **states;

    if (count == 0) {
        return RP_OK;
    }
    states = rp_arena_allocate_zero(&run->arena, sizeof(void *) * count);
    if (!states) {
        return rp_arena_failure(&run->arena, run->error);
    }
    run->exists = (const uint8_t **)states;
    run->closures = (RpClosure **)(states + plan->exists_count);
    run->finders = (RpPatternFinder **)(states + plan->exists_count + plan->closure_count);
    return RP_OK;
}

/* The tuples as a table: their keys are their numbers. */
static RpStatus
make_tuples(RpQueryRun *run, const RpTermId *tuples, uint32_t tuple_count, RpSolutions *table)
{
    const RpQueryPlan *plan = run->plan;
    uint32_t prebound_count = plan->algebra.header->prebound_count;

    RP_TRY(rp_solutions_make(table, &run->home, prebound_count));
    for (uint32_t i = 0; i < prebound_count; i++) {
        if (plan->is_bound[i]) {
            rp_solutions_add_column(table, plan->algebra.prebound[i], true);
        }
    }
    for (uint32_t i = 0; i < tuple_count; i++) {
        uint32_t column = 1;
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(table, &row));
        row[0] = i;
        for (uint32_t j = 0; j < prebound_count; j++) {
            if (plan->is_bound[j]) {
                row[column++] = tuples[(size_t)i * prebound_count + j];
            }
        }
    }
    return RP_OK;
}

/* Rows key by key, each in its order: a counting sort into arrays of the result. */
static RpStatus
give_rows(RpQueryRun *run, const RpSolutions *rows, uint32_t tuple_count, RpQueryResult *result,
          const uint32_t *columns)
{
    size_t starts_size = sizeof(uint32_t) * ((size_t)tuple_count + 2);
    uint32_t *starts = rp_pool_take(run->pool, starts_size);
    uint32_t *keys = rp_arena_allocate(&run->arena, sizeof(uint32_t) * ((size_t)rows->count + 1));
    RpTermId *cells = rp_arena_allocate(&run->arena, sizeof(RpTermId) *
                                                         ((size_t)rows->count * result->width + 1));

    if (!starts || !keys || !cells) {
        return rp_arena_failure(&run->arena, run->error);
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
    const RpQueryPlan *plan = run->plan;
    size_t size = sizeof(uint32_t) * ((size_t)plan->width + 1);
    uint32_t *columns = rp_pool_take(run->pool, size);

    if (!columns) {
        return rp_arena_failure(&run->arena, run->error);
    }
    for (uint32_t i = 0; i < plan->width; i++) {
        columns[i] = rp_solutions_column(rows, plan->variables[i]);
    }
    *result = (RpQueryResult){.width = plan->width, .variables = plan->variables};
    RP_TRY(give_rows(run, rows, tuple_count, result, columns));
    rp_pool_give(run->pool, columns, size);
    return RP_OK;
}

static RpStatus
solve(RpQueryRun *run, const RpTermId *tuples, uint32_t tuple_count, RpQueryResult *result)
{
    RpSolutions table;
    RpSolutions rows;

    RP_TRY(make_states(run));
    RP_TRY(make_tuples(run, tuples, tuple_count, &table));
    run->context = (RpContext){&table, run->plan->root->possible};
    RP_TRY(rp_query_join(run, run->plan->root, &table, &rows));
    if (rp_algebra_is_ask(&run->plan->algebra)) {
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

/* Forget the last call's tables, also those that it left when it failed; and its terms, whose
 * memory is there as soon as one was tried. */
static void
begin_call(RpQueryRun *run, const RpQueryPlan *plan, RpError *error)
{
    rp_arena_reset(&run->arena);
    rp_arena_reset(&run->texts);
    if (run->computed.own.slot_count > 0 ||
        run->computed.own.first_id != rp_dictionary_end(run->options->data->dictionary)) {
        begin_terms(run);
    }
    run->home = (RpSolutionsHome){.pool = {.arena = &run->arena},
                                  .row_limit = run->options->row_limit,
                                  .row_limit_name = run->options->row_limit_name,
                                  .error = error};
    run->plan = plan;
    run->error = error;
    run->graph = run->options->data;
    run->solve_count++;
}

RpStatus
rp_query_run_solve(RpQueryRun *run, const RpQueryPlan *plan, const RpTermId *tuples,
                   uint32_t tuple_count, RpQueryResult *result, RpError *error)
{
    uint32_t prebound_count = plan->algebra.header->prebound_count;

    begin_call(run, plan, error);
    return solve(run, tuples, prebound_count > 0 ? tuple_count : 1, result);
}
