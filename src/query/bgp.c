/*
 * Basic graph patterns: joined to a table triple by triple, always next the one that is expected to
 * have the fewest solutions for each row. Each is joined with the tuples of the context too.
 */
#include "query/bgp_step.h"
#include "query/estimate.h"
#include "query/expression.h"

/* One basic graph pattern as it is evaluated. */
typedef struct Bgp {
    RpQueryRun *run;
    const RpOp *op;
    uint32_t input_width;   /* columns that came in stay */
    RpSolutions rows;       /* so far */
    bool *is_done;          /* by pattern */
    bool *is_asked;         /* by filter */
    RpVariableSet *pending; /* variables of what is still to be done */
    RpVariableSet *wanted;  /* those, and what filters or others ask for */
} Bgp;

/* Something was done or asked: see what is left. */
static void
update_sets(Bgp *bgp)
{
    const RpOp *op = bgp->op;
    uint32_t words = bgp->run->plan->words;

    memset(bgp->pending, 0, sizeof(RpVariableSet) * words);
    for (uint32_t i = 0; i < op->child_count; i++) {
        if (!bgp->is_done[i]) {
            rp_set_unite(bgp->pending, op->children[i]->used, words);
        }
    }
    memcpy(bgp->wanted, bgp->pending, sizeof(RpVariableSet) * words);
    rp_set_unite(bgp->wanted, op->needed, words);
    for (uint32_t i = 0; i < op->filter_count; i++) {
        if (!bgp->is_asked[i]) {
            rp_set_unite(bgp->wanted, op->filters[i]->used, words);
        }
    }
}

/* Whether all that a filter can ever know here is in columns: a cell that is empty may yet be
 * filled. */
static bool
can_be_asked(const Bgp *bgp, const RpOp *filter, const RpSolutions *rows)
{
    for (uint32_t word = 0; word < bgp->run->plan->words; word++) {
        RpVariableSet left = filter->used[word] & bgp->op->possible[word];

        for (; left != 0; left &= left - 1) {
            uint32_t variable = word * 64 + (uint32_t)__builtin_ctzll(left);
            uint32_t column = rp_solutions_column(rows, variable);

            if (column == RP_NO_COLUMN ||
                (!rows->is_certain[column] && rp_set_has(bgp->pending, variable))) {
                return false;
            }
        }
    }
    return true;
}

/* The filters that can be asked of rows with these columns, noted as asked. */
static RpStatus
take_filters(Bgp *bgp, const RpSolutions *rows, RpOp ***filters, uint32_t *count)
{
    *count = 0;
    if (bgp->op->filter_count == 0) {
        return RP_OK;
    }
    *filters = rp_arena_allocate(&bgp->run->arena, sizeof(RpOp *) * bgp->op->filter_count);
    if (!*filters) {
        return rp_arena_failure(&bgp->run->arena, bgp->run->error);
    }
    for (uint32_t i = 0; i < bgp->op->filter_count; i++) {
        if (!bgp->is_asked[i] && can_be_asked(bgp, bgp->op->filters[i], rows)) {
            bgp->is_asked[i] = true;
            (*filters)[(*count)++] = bgp->op->filters[i];
        }
    }
    update_sets(bgp);
    return RP_OK;
}

/* Put the cells of the context into a row. False: the row says otherwise. */
static bool
join_tuple(const RpSolutions *tuples, const RpTermId *tuple, const RpSolutions *rows, RpTermId *row)
{
    for (uint32_t i = 1; i < tuples->width; i++) {
        uint32_t column = rp_solutions_column(rows, tuples->variables[i]);

        if (column == RP_NO_COLUMN || tuple[i] == RP_TERM_NONE) {
            continue;
        }
        if (row[column] != RP_TERM_NONE && row[column] != tuple[i]) {
            return false;
        }
        row[column] = tuple[i];
    }
    return true;
}

/* The input, joined with the tuples of the context as far as somebody asks for them. */
static RpStatus
begin_rows(Bgp *bgp, const RpSolutions *input)
{
    const RpSolutions *tuples = bgp->run->context.tuples;
    RpSolutions *rows = &bgp->rows;

    RP_TRY(rp_solutions_make_like(rows, input, tuples->width));
    for (uint32_t i = 1; i < tuples->width; i++) {
        uint32_t column = rp_solutions_column(rows, tuples->variables[i]);

        if (column != RP_NO_COLUMN) {
            rows->is_certain[column] = rows->is_certain[column] || tuples->is_certain[i];
        } else if (rp_set_has(bgp->wanted, tuples->variables[i])) {
            rp_solutions_add_column(rows, tuples->variables[i], tuples->is_certain[i]);
        }
    }
    for (uint32_t i = 0; i < input->count; i++) {
        const RpTermId *from = rp_solutions_row(input, i);
        RpTermId *row;

        RP_TRY(rp_arena_poll(&bgp->run->arena, bgp->run->error));
        RP_TRY(rp_solutions_append(rows, &row));
        memset(row, 0, sizeof(RpTermId) * rows->width);
        memcpy(row, from, sizeof(RpTermId) * input->width);
        if (input != tuples && !join_tuple(tuples, rp_solutions_row(tuples, row[0]), rows, row)) {
            rp_solutions_remove_last(rows);
        }
    }
    return RP_OK;
}

static RpStatus
choose(const Bgp *bgp, uint32_t left, uint32_t *chosen)
{
    double least = 0;

    *chosen = UINT32_MAX;
    if (left == 1) {
        for (*chosen = 0; bgp->is_done[*chosen]; (*chosen)++) {
        }
        return RP_OK;
    }
    for (uint32_t i = 0; i < bgp->op->child_count; i++) {
        double estimate;

        if (bgp->is_done[i]) {
            continue;
        }
        RP_TRY(rp_arena_poll(&bgp->run->arena, bgp->run->error));
        RP_TRY(rp_estimate_pattern(bgp->run, bgp->op->children[i], &bgp->rows, &estimate));
        if (*chosen == UINT32_MAX || estimate < least) {
            *chosen = i;
            least = estimate;
        }
    }
    return RP_OK;
}

/* A term of the pattern, whose variable gets a column where somebody asks for it. */
static void
prepare_term(const Bgp *bgp, RpStep *step, uint32_t index)
{
    const RpOp *part = step->pattern->children[index];
    RpStepTerm *term = &step->terms[index];

    *term = (RpStepTerm){.from_column = RP_NO_COLUMN, .to_column = RP_NO_COLUMN, .same_as = index};
    if (part->kind == RP_ALGEBRA_CONSTANT) {
        term->constant = part->value;
    }
    if (part->kind != RP_ALGEBRA_VARIABLE) {
        return;
    }
    for (uint32_t i = 0; i < index; i++) {
        const RpOp *other = step->pattern->children[i];

        if (other->kind == RP_ALGEBRA_VARIABLE && other->value == part->value) {
            term->same_as = i;
        }
    }
    term->from_column = rp_solutions_column(step->from, part->value);
    term->is_certain =
        term->from_column != RP_NO_COLUMN && step->from->is_certain[term->from_column];
    term->to_column = rp_solutions_column(step->to, part->value);
    if (term->from_column == RP_NO_COLUMN && term->to_column == RP_NO_COLUMN &&
        rp_set_has(bgp->wanted, part->value)) {
        term->to_column = step->to->width;
        rp_solutions_add_column(step->to, part->value, true);
    } else if (term->to_column != RP_NO_COLUMN) {
        step->to->is_certain[term->to_column] = true;
    }
}

/* The columns of the new rows: what came in, and what is still asked for. */
static RpStatus
prepare_step(Bgp *bgp, RpStep *step, RpSolutions *to)
{
    const RpSolutions *from = step->from;
    bool adds_wanted = false;

    step->kept = rp_arena_allocate(&bgp->run->arena, sizeof(uint32_t) * from->width);
    if (!step->kept) {
        return rp_arena_failure(&bgp->run->arena, bgp->run->error);
    }
    RP_TRY(rp_solutions_make(to, &bgp->run->home, from->width + 3));
    step->to = to;
    step->kept[step->kept_count++] = 0;
    for (uint32_t i = 1; i < from->width; i++) {
        if (i < bgp->input_width || rp_set_has(bgp->wanted, from->variables[i])) {
            step->kept[step->kept_count++] = i;
            rp_solutions_add_column(to, from->variables[i], from->is_certain[i]);
        }
    }
    for (uint32_t i = 0; i < 3; i++) {
        prepare_term(bgp, step, i);
    }
    RP_TRY(take_filters(bgp, to, &step->filters, &step->filter_count));
    for (uint32_t i = 0; i < 3; i++) { /* now that some filters are asked, fewer are wanted */
        const RpOp *part = step->pattern->children[i];

        if (part->kind == RP_ALGEBRA_VARIABLE && !step->terms[i].is_certain &&
            (step->terms[i].from_column != RP_NO_COLUMN || rp_set_has(bgp->wanted, part->value))) {
            adds_wanted = true;
        }
    }
    step->checks_nodes = rp_plan_is_loose_path(bgp->op, step->pattern);
    step->takes_first = bgp->op->ignores_count && !adds_wanted;
    return RP_OK;
}

static RpStatus
add_pattern(Bgp *bgp, uint32_t pattern)
{
    RpStep step = {.run = bgp->run, .pattern = bgp->op->children[pattern], .from = &bgp->rows};
    RpSolutions to;

    bgp->is_done[pattern] = true;
    update_sets(bgp);
    RP_TRY(prepare_step(bgp, &step, &to));
    RP_TRY(rp_step_run(&step));
    rp_solutions_drop(&bgp->rows);
    bgp->rows = to;
    return RP_OK;
}

/* Columns that only the pattern itself asked for. */
static RpStatus
drop_unwanted(Bgp *bgp)
{
    RpSolutions *rows = &bgp->rows;
    bool *is_kept = rp_pool_take(bgp->run->pool, rows->width);
    uint32_t width = rows->width;

    if (!is_kept) {
        return rp_arena_failure(&bgp->run->arena, bgp->run->error);
    }
    for (uint32_t i = 1; i < width; i++) {
        is_kept[i] = i < bgp->input_width || rp_set_has(bgp->op->needed, rows->variables[i]);
    }
    rp_solutions_keep_columns(rows, is_kept);
    rp_pool_give(bgp->run->pool, is_kept, width);
    return RP_OK;
}

RpStatus
rp_query_join_bgp(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    size_t sets_size = sizeof(RpVariableSet) * 2 * run->plan->words;
    size_t flags_size = (size_t)op->child_count + op->filter_count;
    Bgp bgp = {.run = run, .op = op, .input_width = input->width};
    RpOp **filters;
    uint32_t filter_count;

    bgp.pending = rp_pool_take(run->pool, sets_size + flags_size);
    if (!bgp.pending) {
        return rp_arena_failure(&run->arena, run->error);
    }
    bgp.wanted = bgp.pending + run->plan->words;
    bgp.is_done = (bool *)(bgp.wanted + run->plan->words);
    bgp.is_asked = bgp.is_done + op->child_count;
    memset(bgp.is_done, 0, flags_size);
    update_sets(&bgp);
    RP_TRY(begin_rows(&bgp, input));
    RP_TRY(take_filters(&bgp, &bgp.rows, &filters, &filter_count));
    RP_TRY(rp_query_filter(run, filters, filter_count, &bgp.rows));
    for (uint32_t left = op->child_count; left > 0; left--) {
        uint32_t chosen;

        RP_TRY(choose(&bgp, left, &chosen));
        RP_TRY(add_pattern(&bgp, chosen));
    }
    RP_TRY(drop_unwanted(&bgp));
    rp_pool_give(run->pool, bgp.pending, sets_size + flags_size);
    *result = bgp.rows;
    return RP_OK;
}
