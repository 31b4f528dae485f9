/* Joining two tables, and the different rows of one. */
#include "query/query_run.h"

/* What two tables have in common. */
typedef struct Shared {
    uint32_t *left; /* columns */
    uint32_t *right;
    uint32_t certain_count; /* the first ones: bound in all rows of both */
    uint32_t count;
} Shared;

static void
swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;

    *a = *b;
    *b = kept;
}

static RpStatus
find_shared(RpQueryRun *run, const RpSolutions *left, const RpSolutions *right, Shared *shared)
{
    *shared = (Shared){.left = rp_pool_take(run->pool, sizeof(uint32_t) * right->width),
                       .right = rp_pool_take(run->pool, sizeof(uint32_t) * right->width)};
    if (!shared->left || !shared->right) {
        return rp_arena_failure(&run->arena, run->error);
    }
    for (uint32_t column = 0; column < right->width; column++) {
        uint32_t other = rp_solutions_column(left, right->variables[column]);

        if (other == RP_NO_COLUMN) {
            continue;
        }
        shared->left[shared->count] = other;
        shared->right[shared->count] = column;
        if (left->is_certain[other] && right->is_certain[column]) {
            swap(&shared->left[shared->certain_count], &shared->left[shared->count]);
            swap(&shared->right[shared->certain_count], &shared->right[shared->count]);
            shared->certain_count++;
        }
        shared->count++;
    }
    return RP_OK;
}

static void
drop_shared(RpQueryRun *run, const Shared *shared, const RpSolutions *right)
{
    rp_pool_give(run->pool, shared->left, sizeof(uint32_t) * right->width);
    rp_pool_give(run->pool, shared->right, sizeof(uint32_t) * right->width);
}

/* SPARQL 18.3: compatible where both are bound. */
static bool
are_compatible(const Shared *shared, const RpTermId *left, const RpTermId *right)
{
    for (uint32_t i = 0; i < shared->count; i++) {
        RpTermId a = left[shared->left[i]];
        RpTermId b = right[shared->right[i]];

        if (a != b && ((a != RP_TERM_NONE && b != RP_TERM_NONE) || i < shared->certain_count)) {
            return false;
        }
    }
    return true;
}

static RpStatus
make_columns(const RpSolutions *left, const RpSolutions *right, RpSolutions *result)
{
    RP_TRY(rp_solutions_make_like(result, left, right->width));
    for (uint32_t column = 1; column < right->width; column++) {
        uint32_t other = rp_solutions_column(left, right->variables[column]);

        if (other == RP_NO_COLUMN) {
            rp_solutions_add_column(result, right->variables[column], right->is_certain[column]);
        } else if (right->is_certain[column]) {
            result->is_certain[other] = true;
        }
    }
    return RP_OK;
}

static RpStatus
append_merged(const RpSolutions *left, const RpTermId *left_row, const RpSolutions *right,
              const RpTermId *right_row, const Shared *shared, RpSolutions *result)
{
    uint32_t next = left->width;
    RpTermId *row;

    RP_TRY(rp_solutions_append(result, &row));
    memcpy(row, left_row, sizeof(RpTermId) * left->width);
    for (uint32_t i = shared->certain_count; i < shared->count; i++) {
        if (row[shared->left[i]] == RP_TERM_NONE) {
            row[shared->left[i]] = right_row[shared->right[i]];
        }
    }
    for (uint32_t column = 1; column < right->width && next < result->width; column++) {
        if (right->variables[column] == result->variables[next]) {
            row[next++] = right_row[column];
        }
    }
    return RP_OK;
}

RpStatus
rp_query_hash_join(RpQueryRun *run, const RpSolutions *left, const RpSolutions *right,
                   RpSolutions *result)
{
    Shared shared;
    RpRowIndex index;

    RP_TRY(find_shared(run, left, right, &shared));
    RP_TRY(make_columns(left, right, result));
    RP_TRY(rp_row_index_make(&index, run->pool, rp_dictionary_key(&run->computed), left->count,
                             run->error));
    for (uint32_t i = left->count; i > 0; i--) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        rp_row_index_put(&index,
                         rp_row_hash(index.key, rp_solutions_row(left, i - 1), shared.left,
                                     shared.certain_count),
                         i - 1);
    }
    for (uint32_t i = 0; i < right->count; i++) {
        const RpTermId *right_row = rp_solutions_row(right, i);
        uint32_t next = rp_row_index_first(
            &index, rp_row_hash(index.key, right_row, shared.right, shared.certain_count));

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        for (; next != 0; next = index.next[next - 1]) {
            const RpTermId *left_row = rp_solutions_row(left, next - 1);

            RP_TRY(rp_arena_poll(&run->arena, run->error));
            if (are_compatible(&shared, left_row, right_row)) {
                RP_TRY(append_merged(left, left_row, right, right_row, &shared, result));
            }
        }
    }
    rp_row_index_drop(&index);
    drop_shared(run, &shared, right);
    return RP_OK;
}

static bool
has_row(const RpSolutions *rows, const RpRowIndex *index, uint64_t hash, const RpTermId *row)
{
    for (uint32_t next = rp_row_index_first(index, hash); next != 0; next = index->next[next - 1]) {
        if (memcmp(rp_solutions_row(rows, next - 1), row, sizeof(RpTermId) * rows->width) == 0) {
            return true;
        }
    }
    return false;
}

RpStatus
rp_query_distinct(RpQueryRun *run, const RpSolutions *input, const uint32_t *columns,
                  uint32_t column_count, RpSolutions *result)
{
    size_t size = sizeof(RpTermId) * column_count;
    RpTermId *row = rp_pool_take(run->pool, size);
    uint32_t *all = rp_pool_take(run->pool, size);
    RpRowIndex index;

    if (!row || !all) {
        return rp_arena_failure(&run->arena, run->error);
    }
    RP_TRY(rp_solutions_make(result, &run->home, column_count));
    for (uint32_t i = 0; i < column_count; i++) {
        all[i] = i;
        if (i > 0) {
            rp_solutions_add_column(result, input->variables[columns[i]],
                                    input->is_certain[columns[i]]);
        }
    }
    RP_TRY(rp_row_index_make(&index, run->pool, rp_dictionary_key(&run->computed), input->count,
                             run->error));
    for (uint32_t i = 0; i < input->count; i++) {
        const RpTermId *from = rp_solutions_row(input, i);
        RpTermId *to;
        uint64_t hash;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        for (uint32_t column = 0; column < column_count; column++) {
            row[column] = from[columns[column]];
        }
        hash = rp_row_hash(index.key, row, all, column_count);
        if (!has_row(result, &index, hash, row)) {
            RP_TRY(rp_solutions_append(result, &to));
            memcpy(to, row, size);
            rp_row_index_put(&index, hash, result->count - 1);
        }
    }
    rp_row_index_drop(&index);
    rp_pool_give(run->pool, row, size);
    rp_pool_give(run->pool, all, size);
    return RP_OK;
}
