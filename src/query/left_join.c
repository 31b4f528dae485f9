/* OPTIONAL: the left rows are numbered, and those that find no partner stay as they are. */
#include "query/query_run.h"

/* A copy with one column more, the number of the row plus 1. */
static RpStatus
number_rows(RpQueryRun *run, const RpSolutions *rows, uint32_t variable, RpSolutions *numbered)
{
    RP_TRY(rp_solutions_make_like(numbered, rows, 1));
    rp_solutions_add_column(numbered, variable, true);
    for (uint32_t i = 0; i < rows->count; i++) {
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(numbered, &row));
        memcpy(row, rp_solutions_row(rows, i), sizeof(RpTermId) * rows->width);
        row[rows->width] = i + 1;
    }
    return RP_OK;
}

/* Append the left rows that no joined row has come from. */
static RpStatus
append_unmatched(RpQueryRun *run, const RpSolutions *left, uint32_t row_variable,
                 RpSolutions *joined)
{
    uint32_t column = rp_solutions_column(joined, row_variable);
    size_t size = (size_t)left->count + 1;
    bool *is_matched = rp_pool_take(run->pool, size);
    RpSolutions unmatched;

    if (!is_matched) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(is_matched, 0, size);
    for (uint32_t i = 0; i < joined->count; i++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        is_matched[rp_solutions_row(joined, i)[column] - 1] = true;
    }
    RP_TRY(rp_solutions_make_like(&unmatched, left, 0));
    for (uint32_t i = 0; i < left->count; i++) {
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        if (!is_matched[i]) {
            RP_TRY(rp_solutions_append(&unmatched, &row));
            memcpy(row, rp_solutions_row(left, i), sizeof(RpTermId) * left->width);
        }
    }
    rp_pool_give(run->pool, is_matched, size);
    for (uint32_t i = 1; i < joined->width; i++) {
        uint32_t from = rp_solutions_column(left, joined->variables[i]);

        joined->is_certain[i] = from != RP_NO_COLUMN && left->is_certain[from];
    }
    RP_TRY(rp_solutions_append_all(joined, &unmatched, &run->arena));
    rp_solutions_drop(&unmatched);
    return RP_OK;
}

RpStatus
rp_query_left_join(RpQueryRun *run, const RpOp *op, const RpSolutions *input, RpSolutions *result)
{
    RpSolutions left;
    RpSolutions numbered;
    bool *is_kept;

    RP_TRY(rp_query_join(run, op->children[0], input, &left));
    RP_TRY(number_rows(run, &left, op->row_variable, &numbered));
    rp_solutions_drop(&left);
    RP_TRY(rp_query_join(run, op->children[1], &numbered, result));
    RP_TRY(rp_query_filter(run, op->children + 2, op->child_count - 2, result));
    RP_TRY(append_unmatched(run, &numbered, op->row_variable, result));
    rp_solutions_drop(&numbered);
    is_kept = rp_pool_take(run->pool, result->width);
    if (!is_kept) {
        return rp_arena_failure(&run->arena, run->error);
    }
    for (uint32_t i = 0; i < result->width; i++) {
        is_kept[i] = result->variables[i] != op->row_variable;
    }
    rp_solutions_keep_columns(result, is_kept);
    rp_pool_give(run->pool, is_kept, result->width + 1);
    return RP_OK;
}
