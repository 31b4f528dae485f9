/* See bgp_step.h. */
#include "query/bgp_step.h"

#include "query/estimate.h"
#include "query/expression.h"
#include "query/path.h"

enum {
    HASH_ROWS = 64,    /* rows from which on a hash join can be the shorter way */
    GROUPED_ROWS = 16, /* rows from which on paths are followed node by node */
    HASH_FACTOR = 8    /* triples for each row up to which it is: a search costs about as much */
};

/* The cell of a row for a term; 0: free. */
static RpTermId
known_cell(const RpStep *step, uint32_t term)
{
    const RpStepTerm *read = &step->terms[term];

    if (read->constant != RP_TERM_NONE) {
        return read->constant;
    }
    return read->from_column != RP_NO_COLUMN ? step->row[read->from_column] : RP_TERM_NONE;
}

/* Whether a match agrees with the row of the moment and with itself: subject, predicate (0 of a
 * path), object. */
static bool
fits(const RpStep *step, const RpTermId *ids)
{
    for (uint32_t i = 0; i < step->joined_count; i++) {
        uint32_t term = step->joined[i];
        RpTermId known = step->row[step->terms[term].from_column];

        if (known != ids[term] && known != RP_TERM_NONE) {
            return false;
        }
    }
    for (uint32_t i = 1; i < 3 && step->has_repeats; i++) {
        if (ids[step->terms[i].same_as] != ids[i]) {
            return false;
        }
    }
    return true;
}

/* A match that fits the constants of the pattern. */
static RpStatus
emit(RpStep *step, const RpTermId *ids)
{
    RpSolutions *to = step->to;
    RpTermId *row;
    bool is_kept = true;

    if (!fits(step, ids)) {
        return RP_OK;
    }
    RP_TRY(rp_solutions_append(to, &row));
    for (uint32_t i = 0; i < step->kept_count; i++) {
        row[i] = step->row[step->kept[i]];
    }
    for (uint32_t i = 0; i < step->added_count; i++) {
        row[step->terms[step->added[i]].to_column] = ids[step->added[i]];
    }
    for (uint32_t i = 0; i < step->filter_count && is_kept; i++) {
        RP_TRY(rp_expression_holds(step->run, step->filters[i], to, to->count - 1, &is_kept));
    }
    if (!is_kept) {
        rp_solutions_remove_last(to);
    } else if (step->takes_first) {
        step->row_is_done = true;
    }
    return RP_OK;
}

/* Whether a term is a node of the graph. */
static RpStatus
is_node(RpQueryRun *run, RpTermId term, bool *result)
{
    RpTripleRange range = rp_graph_subject(run->graph, term);

    if (range.first == range.end) {
        RP_TRY(rp_graph_match(run->graph, RP_TERM_NONE, RP_TERM_NONE, term, &range, run->error));
    }
    *result = range.first < range.end;
    return RP_OK;
}

/* A path's matches. */
typedef struct StepSink {
    RpPathSink sink;
    RpStep *step;
} StepSink;

static RpStatus
emit_path(void *state, RpTermId subject, RpTermId object)
{
    StepSink *sink = state;
    RpTermId ids[3] = {subject, RP_TERM_NONE, object};
    bool is_there = true;

    if (sink->step->checks_nodes && subject == object) {
        RP_TRY(is_node(sink->step->run, subject, &is_there));
    }
    if (!is_there) {
        return RP_OK;
    }
    RP_TRY(emit(sink->step, ids));
    sink->sink.is_done = sink->step->row_is_done;
    return RP_OK;
}

/* Search the graph for one row. */
static RpStatus
search_row(RpStep *step)
{
    RpQueryRun *run = step->run;
    StepSink sink = {{.state = &sink, .found = emit_path}, step};
    RpTripleRange range;

    step->row_is_done = false;
    if (step->pattern->kind == RP_ALGEBRA_PATH) {
        return rp_path_match(run, step->pattern->children[1], known_cell(step, 0),
                             known_cell(step, 2), &sink.sink);
    }
    RP_TRY(rp_graph_match(run->graph, known_cell(step, 0), known_cell(step, 1), known_cell(step, 2),
                          &range, run->error));
    for (const RpTriple *triple = range.first; triple < range.end && !step->row_is_done; triple++) {
        RpTermId ids[3] = {triple->subject, triple->predicate, triple->object};

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(emit(step, ids));
    }
    return RP_OK;
}

/* The terms by which rows and triples are joined: columns that are bound in all rows. */
static uint32_t
join_terms(const RpStep *step, uint32_t *terms)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < 3; i++) {
        if (step->terms[i].from_column != RP_NO_COLUMN && step->terms[i].is_certain) {
            terms[count++] = i;
        }
    }
    return count;
}

/* All rows by the hash of some columns; those of one hash in their order. */
static RpStatus
index_rows(RpQueryRun *run, const RpSolutions *rows, const uint32_t *columns, uint32_t column_count,
           RpRowIndex *index)
{
    RP_TRY(rp_row_index_make(index, run->pool, rp_dictionary_key(&run->computed), rows->count,
                             run->error));
    for (uint32_t i = rows->count; i > 0; i--) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        rp_row_index_put(
            index, rp_row_hash(index->key, rp_solutions_row(rows, i - 1), columns, column_count),
            i - 1);
    }
    return RP_OK;
}

/* Read the pattern's triples once, and look for the rows of each. */
static RpStatus
join_by_hash(RpStep *step, RpTripleRange range, const uint32_t *terms, uint32_t term_count)
{
    RpQueryRun *run = step->run;
    const RpSolutions *from = step->from;
    RpRowIndex index;
    uint32_t columns[3];
    bool *is_done = rp_pool_take(run->pool, (size_t)from->count + 1);

    if (!is_done) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(is_done, 0, (size_t)from->count + 1);
    for (uint32_t i = 0; i < term_count; i++) {
        columns[i] = step->terms[terms[i]].from_column;
    }
    RP_TRY(index_rows(run, from, columns, term_count, &index));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RpTermId ids[3] = {triple->subject, triple->predicate, triple->object};
        uint32_t next = rp_row_index_first(&index, rp_row_hash(index.key, ids, terms, term_count));

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        for (; next != 0; next = index.next[next - 1]) {
            RP_TRY(rp_arena_poll(&run->arena, run->error));
            step->row = rp_solutions_row(from, next - 1);
            step->row_is_done = is_done[next - 1];
            if (!step->row_is_done) {
                RP_TRY(emit(step, ids));
                is_done[next - 1] = step->row_is_done;
            }
        }
    }
    rp_row_index_drop(&index);
    rp_pool_give(run->pool, is_done, (size_t)from->count + 1);
    return RP_OK;
}

/* What is done for each match, once for all. */
static void
prepare(RpStep *step)
{
    for (uint32_t i = 0; i < 3; i++) {
        const RpStepTerm *term = &step->terms[i];

        if (term->from_column != RP_NO_COLUMN) {
            step->joined[step->joined_count++] = i;
        }
        if (term->to_column != RP_NO_COLUMN) {
            step->added[step->added_count++] = i;
        }
        step->has_repeats = step->has_repeats || term->same_as != i;
    }
}

static RpStatus
search_rows(RpStep *step)
{
    for (uint32_t i = 0; i < step->from->count; i++) {
        RP_TRY(rp_arena_poll(&step->run->arena, step->run->error));
        step->row = rp_solutions_row(step->from, i);
        RP_TRY(search_row(step));
    }
    return RP_OK;
}

/* The next row of an index from one on (plus 1, as there; 0: none) that has a node in a column. */
static uint32_t
next_of_start(const RpRowIndex *index, const RpSolutions *rows, uint32_t next, uint32_t column,
              RpTermId start)
{
    while (next != 0 && rp_solutions_row(rows, next - 1)[column] != start) {
        next = index->next[next - 1];
    }
    return next;
}

/*
 * Search for each row; those of one node one behind the other, so that a walk serves them all.
 * Nodes come in the order of their first rows, not in that of the index, which is secret: no order
 * of results may depend on it.
 */
static RpStatus
search_by_start(RpStep *step, uint32_t column)
{
    RpQueryRun *run = step->run;
    const RpSolutions *from = step->from;
    RpRowIndex index;

    RP_TRY(index_rows(run, from, &column, 1, &index));
    for (uint32_t i = 0; i < from->count; i++) {
        const RpTermId *row = rp_solutions_row(from, i);
        RpTermId start = row[column];
        uint32_t next = rp_row_index_first(&index, rp_row_hash(index.key, row, &column, 1));

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        next = next_of_start(&index, from, next, column, start);
        if (next - 1 != i) {
            continue; /* it was served with the first row of its node */
        }
        for (; next != 0; next = next_of_start(&index, from, index.next[next - 1], column, start)) {
            RP_TRY(rp_arena_poll(&run->arena, run->error));
            step->row = rp_solutions_row(from, next - 1);
            RP_TRY(search_row(step));
        }
    }
    rp_row_index_drop(&index);
    return RP_OK;
}

static RpStatus
follow_paths(RpStep *step)
{
    uint32_t column = step->terms[2].from_column;

    if (column == RP_NO_COLUMN) {
        column = step->terms[0].from_column;
    }
    return column != RP_NO_COLUMN && step->from->count >= GROUPED_ROWS
               ? search_by_start(step, column)
               : search_rows(step);
}

RpStatus
rp_step_run(RpStep *step)
{
    RpQueryRun *run = step->run;
    RpTripleRange range;
    uint32_t terms[3];
    uint32_t term_count = join_terms(step, terms);

    prepare(step);
    if (step->pattern->kind == RP_ALGEBRA_PATH) {
        return follow_paths(step);
    }
    if (step->from->count >= HASH_ROWS && term_count > 0) {
        RP_TRY(rp_estimate_range(run, step->pattern, &range));
        if (rp_triple_range_count(range) / HASH_FACTOR <= step->from->count) {
            return join_by_hash(step, range, terms, term_count);
        }
    }
    return search_rows(step);
}
