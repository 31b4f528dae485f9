/* See solutions.h. */
#include "query/solutions.h"

enum { FIRST_CAPACITY = 16 /* rows */ };

static size_t
columns_size(const RpSolutions *solutions)
{
    return (sizeof(uint32_t) + sizeof(bool)) * solutions->width_limit;
}

static size_t
cells_size(const RpSolutions *solutions)
{
    return sizeof(RpTermId) * solutions->width_limit * (size_t)solutions->capacity;
}

RpStatus
rp_solutions_make(RpSolutions *solutions, RpSolutionsHome *home, uint32_t column_limit)
{
    *solutions = (RpSolutions){.home = home, .width_limit = column_limit + 1};
    solutions->variables = rp_pool_take(&home->pool, columns_size(solutions));
    if (!solutions->variables) {
        return rp_arena_failure(home->pool.arena, home->error);
    }
    solutions->is_certain = (bool *)(solutions->variables + solutions->width_limit);
    rp_solutions_add_column(solutions, RP_KEY_COLUMN, true);
    return RP_OK;
}

void
rp_solutions_add_column(RpSolutions *solutions, uint32_t variable, bool is_certain)
{
    solutions->variables[solutions->width] = variable;
    solutions->is_certain[solutions->width++] = is_certain;
}

RpStatus
rp_solutions_make_like(RpSolutions *solutions, const RpSolutions *other, uint32_t more_columns)
{
    RP_TRY(rp_solutions_make(solutions, other->home, other->width + more_columns));
    for (uint32_t i = 1; i < other->width; i++) {
        rp_solutions_add_column(solutions, other->variables[i], other->is_certain[i]);
    }
    return RP_OK;
}

void
rp_solutions_drop(RpSolutions *solutions)
{
    if (solutions->home) {
        rp_pool_give(&solutions->home->pool, solutions->variables, columns_size(solutions));
        rp_pool_give(&solutions->home->pool, solutions->cells, cells_size(solutions));
        solutions->home->row_count -= solutions->count;
    }
    *solutions = (RpSolutions){0};
}

uint32_t
rp_solutions_column(const RpSolutions *solutions, uint32_t variable)
{
    for (uint32_t i = 0; i < solutions->width; i++) {
        if (solutions->variables[i] == variable) {
            return i;
        }
    }
    return RP_NO_COLUMN;
}

RpStatus
rp_solutions_refuse(const RpSolutionsHome *home, const char *what, const char *hint)
{
    const char *name = home->row_limit_name;

    rp_error_set(home->error, RP_TOO_LARGE, "a query has more than %llu %s",
                 (unsigned long long)home->row_limit, what);
    return name ? rp_error_hint(home->error, "%s%sThe limit is %s.", hint,
                                hint[0] != '\0' ? " " : "", name)
                : rp_error_hint(home->error, "%s", hint);
}

/* A gigabyte takes so long to copy that it is asked along the way whether to stop. */
static RpStatus
copy_cells(RpTermId *cells, const RpTermId *from, size_t size, const RpSolutionsHome *home)
{
    enum { PIECE_BYTES = 1 << 22 };

    for (size_t start = 0; start < size; start += PIECE_BYTES) {
        size_t piece = size - start < PIECE_BYTES ? size - start : PIECE_BYTES;

        memcpy((char *)cells + start, (const char *)from + start, piece);
        RP_TRY(rp_arena_poll_bytes(home->pool.arena, piece, home->error));
    }
    return RP_OK;
}

RpStatus
rp_solutions_append_slowly(RpSolutions *solutions, RpTermId **row)
{
    RpSolutionsHome *home = solutions->home;

    if (home->row_count >= home->row_limit || solutions->count >= INT32_MAX) {
        return rp_solutions_refuse(home, "solutions at a time",
                                   "What it joins may have no variable in common.");
    }
    if (solutions->count == solutions->capacity) {
        size_t old_size = cells_size(solutions);
        uint32_t old_capacity = solutions->capacity;
        RpTermId *cells;

        solutions->capacity = old_capacity > 0 ? old_capacity * 2 : FIRST_CAPACITY;
        cells = rp_pool_take(&home->pool, cells_size(solutions));
        if (!cells) {
            solutions->capacity = old_capacity;
            return rp_arena_failure(home->pool.arena, home->error);
        }
        RP_TRY(copy_cells(cells, solutions->cells,
                          sizeof(RpTermId) * solutions->width * (size_t)solutions->count, home));
        rp_pool_give(&home->pool, solutions->cells, old_size);
        solutions->cells = cells;
    }
    home->row_count++;
    *row = rp_solutions_row(solutions, solutions->count++);
    return RP_OK;
}

void
rp_solutions_truncate(RpSolutions *solutions, uint32_t count)
{
    solutions->home->row_count -= solutions->count - count;
    solutions->count = count;
}

void
rp_solutions_remove_last(RpSolutions *solutions)
{
    rp_solutions_truncate(solutions, solutions->count - 1);
}

RpStatus
rp_solutions_append_all(RpSolutions *solutions, const RpSolutions *other, RpArena *poll)
{
    RpSolutionsHome *home = solutions->home;
    size_t size = sizeof(uint32_t) * solutions->width;
    uint32_t *from = rp_pool_take(&home->pool, size);

    if (!from) {
        return rp_arena_failure(home->pool.arena, home->error);
    }
    for (uint32_t column = 0; column < solutions->width; column++) {
        from[column] = rp_solutions_column(other, solutions->variables[column]);
    }
    for (uint32_t i = 0; i < other->count; i++) {
        const RpTermId *source = rp_solutions_row(other, i);
        RpTermId *row;

        RP_TRY(rp_arena_poll(poll, home->error));
        RP_TRY(rp_solutions_append(solutions, &row));
        for (uint32_t column = 0; column < solutions->width; column++) {
            row[column] = from[column] != RP_NO_COLUMN ? source[from[column]] : RP_TERM_NONE;
        }
    }
    rp_pool_give(&home->pool, from, size);
    return RP_OK;
}

void
rp_solutions_keep_columns(RpSolutions *solutions, const bool *is_kept)
{
    uint32_t old_width = solutions->width;
    RpTermId *to = solutions->cells;
    uint32_t kept = 1;

    while (kept < old_width && is_kept[kept]) {
        kept++;
    }
    if (kept == old_width) { /* all are */
        return;
    }
    for (uint32_t row = 0; row < solutions->count; row++) {
        const RpTermId *from = solutions->cells + (size_t)row * old_width;

        for (uint32_t column = 0; column < old_width; column++) {
            if (column == 0 || is_kept[column]) {
                *to++ = from[column];
            }
        }
    }
    solutions->width = 0;
    for (uint32_t column = 0; column < old_width; column++) {
        if (column == 0 || is_kept[column]) {
            rp_solutions_add_column(solutions, solutions->variables[column],
                                    solutions->is_certain[column]);
        }
    }
}
