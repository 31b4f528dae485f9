/* See query_batch.h. */
#include "validate/query_batch.h"

#include "shacl/component.h"
#include "validate/evaluation.h"

enum {
    FIRST_SIZE = 16, /* focus nodes of the first batch */
    SIZE_FACTOR = 8,
    SIZE_LIMIT = 1 << 16
};

void
rp_query_batches_end(RpEvaluation *evaluation)
{
    RpQueries *queries = evaluation->queries;

    if (queries == NULL) {
        return;
    }
    for (uint32_t i = 0; i < evaluation->image->query_count; i++) {
        if (queries->batches[i] != NULL) {
            queries->batches[i]->constraint = 0;
            rp_arena_free(&queries->batches[i]->arena);
        }
    }
    if (queries->run != NULL) {
        rp_query_end(queries->run);
    }
    evaluation->queries = NULL; /* its memory is the arena's */
}

/* Where the data graph comes with plans, those; else plans for this evaluation alone. */
static RpStatus
begin_queries(RpEvaluation *evaluation)
{
    const RpImage *image = evaluation->image;
    RpArena *arena = evaluation->arena;
    RpQueries *queries = rp_arena_allocate_zero(arena, sizeof *queries);
    RpQueryPlans *plans;

    if (queries == NULL) {
        return rp_arena_failure(arena, evaluation->error);
    }
    queries->plans = evaluation->data->plans;
    queries->batches = rp_arena_allocate_zero(arena, image->query_count * sizeof *queries->batches);
    if (queries->batches == NULL) {
        return rp_arena_failure(arena, evaluation->error);
    }
    if (queries->plans == NULL) {
        RP_TRY(rp_query_plans_make(image, arena, &plans, evaluation->error));
        queries->plans = plans;
    }
    rp_graph_init_sorted(&queries->shapes_graph, arena, evaluation->dictionary, image->triples,
                         image->triple_count);
    queries->options = (RpQueryOptions){
        .data = evaluation->graph,
        .shapes = image->triple_count > 0 ? &queries->shapes_graph : NULL,
        .row_limit = arena->host->row_limit != 0 ? arena->host->row_limit : UINT64_MAX,
        .row_limit_name = arena->host->row_limit_name,
        .now = arena->host->now != NULL ? arena->host->now(arena->host->state) : (RpText){0},
    };
    evaluation->queries = queries;
    return RP_OK;
}

static RpStatus
find_batch(RpEvaluation *evaluation, uint32_t query, RpQueryBatch **found)
{
    RpArena *arena = evaluation->arena;
    RpQueryBatch *batch;

    if (evaluation->queries == NULL) {
        RP_TRY(begin_queries(evaluation));
    }
    batch = evaluation->queries->batches[query];
    if (batch == NULL) {
        batch = rp_arena_allocate_zero(arena, sizeof *batch);
        if (batch == NULL) {
            return rp_arena_failure(arena, evaluation->error);
        }
        batch->algebra = &evaluation->queries->plans->algebra[query];
        batch->plan = evaluation->queries->plans->plans[query];
        batch->dictionary = evaluation->dictionary;
        batch->size = FIRST_SIZE;
        rp_arena_init(&batch->arena, arena->host, arena->limit_bytes);
        evaluation->queries->batches[query] = batch;
    }
    *found = batch;
    return RP_OK;
}

/* Terms of results that were kept may have made the dictionary longer, which a run notices. */
static RpStatus
begin_run(RpEvaluation *evaluation)
{
    RpQueries *queries = evaluation->queries;
    const RpArena *arena = evaluation->arena;

    queries->end = rp_dictionary_end(evaluation->dictionary);
    if (queries->run != NULL) {
        return RP_OK;
    }
    queries->options.memory_bytes = arena->limit_bytes - arena->used_bytes;
    return rp_query_run_begin(&queries->run, evaluation->arena, &queries->options,
                              evaluation->error);
}

bool
rp_query_variable_is(const RpImage *image, const RpAlgebra *algebra, uint32_t variable, RpText name)
{
    uint32_t term = algebra->variables[variable];

    return term != 0 &&
           rp_text_equals(rp_term_table_get(&image->terms, algebra->terms[term - 1]).lexical, name);
}

static uint32_t
find_column(const RpEvaluation *evaluation, const RpQueryBatch *batch, RpText name)
{
    for (uint32_t i = 0; i < batch->rows.width; i++) {
        if (rp_query_variable_is(evaluation->image, batch->algebra, batch->rows.variables[i],
                                 name)) {
            return i;
        }
    }
    return RP_NO_SOLUTION_COLUMN;
}

/* Room for so many rows of the same width. */
static RpStatus
make_room(RpEvaluation *evaluation, RpSolutionTable *rows, const RpQueryResult *result)
{
    RpArena *arena = evaluation->arena;
    uint64_t cell_count = (uint64_t)result->count * result->width;
    uint32_t *variables = rp_arena_regrow(arena, rows->variables, 0, result->width + 1,
                                          &rows->variable_capacity, sizeof *variables);
    uint32_t *keys =
        rp_arena_regrow(arena, rows->keys, 0, result->count + 1, &rows->key_capacity, sizeof *keys);
    RpTermId *cells = cell_count >= UINT32_MAX
                          ? NULL
                          : rp_arena_regrow(arena, rows->cells, 0, (uint32_t)cell_count + 1,
                                            &rows->cell_capacity, sizeof *cells);

    if (cell_count >= UINT32_MAX) {
        return rp_error_set(evaluation->error, RP_TOO_LARGE, "a query has too many solutions");
    }
    rows->variables = variables != NULL ? variables : rows->variables;
    rows->keys = keys != NULL ? keys : rows->keys;
    rows->cells = cells != NULL ? cells : rows->cells;
    return variables != NULL && keys != NULL && cells != NULL
               ? RP_OK
               : rp_arena_failure(arena, evaluation->error);
}

/* A cell as it is kept: terms that functions made are the run's until its next call. */
static RpStatus
copy_cell(RpEvaluation *evaluation, RpQueryBatch *batch, RpTermId *cell)
{
    RpTerm term;

    if (*cell < batch->end) {
        return RP_OK;
    }
    if (batch->made.arena == NULL) {
        rp_dictionary_init(&batch->made, &batch->arena, &batch->dictionary->own);
    }
    term = rp_query_term(evaluation->queries->run, *cell);
    return rp_dictionary_add(&batch->made, &term, cell, evaluation->error);
}

static RpStatus
copy_result(RpEvaluation *evaluation, RpQueryBatch *batch, const RpQueryResult *result)
{
    RpSolutionTable *rows = &batch->rows;

    RP_TRY(make_room(evaluation, rows, result));
    rp_arena_free(&batch->arena);
    batch->made = (RpDictionary){0};
    batch->end = evaluation->queries->end;
    rows->count = result->count;
    rows->width = result->width;
    if (result->width > 0) { /* an ASK has none */
        memcpy(rows->variables, result->variables, result->width * sizeof *rows->variables);
    }
    if (result->count > 0) {
        memcpy(rows->keys, result->keys, result->count * sizeof *rows->keys);
    }
    for (size_t i = 0; i < (size_t)result->count * result->width; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        rows->cells[i] = result->cells[i];
        RP_TRY(copy_cell(evaluation, batch, &rows->cells[i]));
    }
    batch->columns = (RpSolutionColumns){
        .this = find_column(evaluation, batch, RP_TEXT("this")),
        .value = find_column(evaluation, batch, RP_TEXT("value")),
        .path = find_column(evaluation, batch, RP_TEXT("path")),
        .message = find_column(evaluation, batch, RP_TEXT("message")),
        .failure = find_column(evaluation, batch, RP_TEXT("failure")),
    };
    return RP_OK;
}

/* Solve for the tuples of the evaluation's. */
static RpStatus
solve(RpEvaluation *evaluation, RpQueryBatch *batch, uint32_t tuple_count)
{
    RpQueries *queries = evaluation->queries;
    RpQueryResult result;

    batch->constraint = 0;
    RP_TRY(begin_run(evaluation));
    RP_TRY(rp_query_run_solve(queries->run, batch->plan, queries->tuples, tuple_count, &result,
                              evaluation->error));
    return copy_result(evaluation, batch, &result);
}

/* What is bound before for one node: SHACL Recommendation, sections 5.3.1 and 6.2.3. */
static void
fill_tuple(const RpEvaluation *evaluation, const RpQueryBatch *batch, const RpCheck *check,
           RpTermId focus, RpTermId value, RpTermId *tuple)
{
    uint32_t parameter = RP_QUERY_PARAMETERS;

    tuple[RP_QUERY_THIS] = focus;
    tuple[RP_QUERY_CURRENT_SHAPE] = evaluation->image->shapes[check->shape].node;
    tuple[RP_QUERY_SHAPES_GRAPH] = RP_VOCABULARY_sh_shapesGraph;
    if (rp_algebra_is_ask(batch->algebra)) {
        tuple[parameter++] = value;
    }
    for (uint32_t i = RP_QUERY_OPERANDS; i < check->operand_count; i++) {
        tuple[parameter++] = (RpTermId)check->operands[i].value;
    }
}

/* Solve for nodes: focus nodes, or where focus is one, value nodes of it. */
static RpStatus
solve_nodes(RpEvaluation *evaluation, RpQueryBatch *batch, const RpCheck *check, RpTermId focus,
            RpValues nodes)
{
    RpQueries *queries = evaluation->queries;
    uint32_t width = batch->algebra->header->prebound_count;
    RpTermId *tuples = rp_arena_regrow(evaluation->arena, queries->tuples, 0, nodes.count * width,
                                       &queries->tuple_capacity, sizeof *tuples);

    if (tuples == NULL) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    queries->tuples = tuples;
    for (uint32_t i = 0; i < nodes.count; i++) {
        RpTermId node = nodes.ids[i];

        fill_tuple(evaluation, batch, check, focus != RP_TERM_NONE ? focus : node, node,
                   tuples + (size_t)i * width);
    }
    RP_TRY(solve(evaluation, batch, nodes.count));
    batch->constraint = check->constraint + 1;
    batch->round = evaluation->round;
    batch->nodes = nodes;
    batch->focus = focus;
    return RP_OK;
}

/* The constraint, or the component of it, and its shape: the query itself knows neither. */
static RpStatus
name_constraint(RpEvaluation *evaluation, const RpCheck *check, RpStatus status)
{
    RpTermId shape = evaluation->image->shapes[check->shape].node;
    RpShown shown_shape;
    RpShown shown_node;

    if (status == RP_INTERRUPTED) {
        return status;
    }
    rp_error_detail(
        evaluation->error, "It is the query of %s, for the shape %s.",
        rp_text_show(
            rp_dictionary_lexical(evaluation->dictionary, (RpTermId)check->operands[1].value),
            &shown_node),
        rp_text_show(rp_dictionary_lexical(evaluation->dictionary, shape), &shown_shape));
    return status;
}

/* The focus nodes of the moment from a check's on, or that alone. */
static RpValues
nodes_from(const RpEvaluation *evaluation, const RpCheck *check)
{
    RpValues nodes = evaluation->focus_nodes;
    uint32_t low = 0;
    uint32_t high = nodes.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (nodes.ids[middle] < check->focus) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == nodes.count || nodes.ids[low] != check->focus) {
        return (RpValues){&check->focus, 1};
    }
    return (RpValues){nodes.ids + low, nodes.count - low};
}

/* Solve for the first of some nodes, and others behind it. Where these are too many, for fewer:
 * what is refused is refused for one node. */
static RpStatus
solve_batch(RpEvaluation *evaluation, RpQueryBatch *batch, const RpCheck *check, RpTermId focus,
            RpValues all)
{
    while (true) {
        RpValues nodes = {all.ids, all.count < batch->size ? all.count : batch->size};
        RpStatus status;

        if (nodes.count == 1) { /* its own copy: check is the caller's */
            batch->node = nodes.ids[0];
            nodes.ids = &batch->node;
        }
        status = solve_nodes(evaluation, batch, check, focus, nodes);
        if (status == RP_OK) {
            batch->size = nodes.count < batch->size || batch->size >= SIZE_LIMIT
                              ? batch->size
                              : batch->size * SIZE_FACTOR;
            return RP_OK;
        }
        if (status != RP_TOO_LARGE || nodes.count == 1) {
            return status;
        }
        batch->size = nodes.count / SIZE_FACTOR + 1;
    }
}

/* The index of the check's focus node in the batch's; false: it is not there. */
static bool
find_node(const RpEvaluation *evaluation, const RpQueryBatch *batch, const RpCheck *check,
          uint32_t *index)
{
    uint32_t low = 0;
    uint32_t high = batch->nodes.count;

    if (batch->constraint != check->constraint + 1 || batch->round != evaluation->round ||
        batch->focus != RP_TERM_NONE) {
        return false;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (batch->nodes.ids[middle] < check->focus) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *index = low;
    return low < batch->nodes.count && batch->nodes.ids[low] == check->focus;
}

/* The first row whose key is not below one. */
static uint32_t
find_row(const RpQueryBatch *batch, uint32_t key)
{
    uint32_t low = 0;
    uint32_t high = batch->rows.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (batch->rows.keys[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Have the solutions for a check's focus node, which has this key. */
static RpStatus
have_node(RpEvaluation *evaluation, RpQueryBatch *batch, const RpCheck *check, uint32_t *key)
{
    RpStatus status = RP_OK;

    if (!find_node(evaluation, batch, check, key)) {
        status = solve_batch(evaluation, batch, check, RP_TERM_NONE, nodes_from(evaluation, check));
        *key = 0;
    }
    return status == RP_OK ? RP_OK : name_constraint(evaluation, check, status);
}

/* Have the solution for one of the check's value nodes, which has this key. A new focus node begins
 * with the first one. */
static RpStatus
have_value(RpEvaluation *evaluation, RpQueryBatch *batch, const RpCheck *check, uint32_t value,
           uint32_t *key)
{
    RpValues left = {check->values.ids + value, check->values.count - value};
    RpStatus status = RP_OK;

    if (value == 0 || value - batch->first_value >= batch->nodes.count) {
        status = solve_batch(evaluation, batch, check, check->focus, left);
        batch->first_value = value;
    }
    *key = value - batch->first_value;
    return status == RP_OK ? RP_OK : name_constraint(evaluation, check, status);
}

RpStatus
rp_query_batch_select(RpEvaluation *evaluation, const RpCheck *check, RpSolutionRange *range)
{
    RpQueryBatch *batch;
    uint32_t key;

    RP_TRY(find_batch(evaluation, rp_check_query_index(check), &batch));
    RP_TRY(have_node(evaluation, batch, check, &key));
    *range = (RpSolutionRange){batch, find_row(batch, key), find_row(batch, key + 1)};
    return RP_OK;
}

RpStatus
rp_query_batch_ask(RpEvaluation *evaluation, const RpCheck *check, uint32_t value,
                   const RpQueryBatch **found, bool *is_true)
{
    bool is_of_node = evaluation->image->shapes[check->shape].path == 0;
    RpQueryBatch *batch;
    uint32_t key;
    uint32_t row;

    RP_TRY(find_batch(evaluation, rp_check_query_index(check), &batch));
    RP_TRY(is_of_node ? have_node(evaluation, batch, check, &key)
                      : have_value(evaluation, batch, check, value, &key));
    row = find_row(batch, key);
    *found = batch;
    *is_true = row < batch->rows.count && batch->rows.keys[row] == key;
    return RP_OK;
}

RpStatus
rp_solution_keep(RpEvaluation *evaluation, const RpQueryBatch *batch, RpTermId *id)
{
    RpTerm term;

    if (*id < batch->end) {
        return RP_OK;
    }
    term = rp_solution_term(batch, *id);
    return rp_dictionary_add(evaluation->dictionary, &term, id, evaluation->error);
}

RpStatus
rp_query_batch_push_targets(RpEvaluation *evaluation, uint32_t query)
{
    RpQueryBatch *batch;

    RP_TRY(find_batch(evaluation, query, &batch));
    RP_TRY(solve(evaluation, batch, 1));
    for (uint32_t i = 0; i < batch->rows.count; i++) {
        RpTermId node = rp_solution_cell(batch, i, batch->columns.this);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (node != RP_TERM_NONE) {
            RP_TRY(rp_solution_keep(evaluation, batch, &node));
            RP_TRY(rp_scratch_push(&evaluation->scratch, node, evaluation->error));
        }
    }
    rp_scratch_set_limit(&evaluation->scratch, rp_dictionary_end(evaluation->dictionary));
    return RP_OK;
}
