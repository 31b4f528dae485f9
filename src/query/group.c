/* GROUP BY (SPARQL 1.1, 11 and 18.5.1): for each key by itself. */
#include "query/aggregate.h"
#include "query/expression.h"

/* The rows of a pattern, and which group each belongs to. */
typedef struct Grouping {
    RpSolutions rows;
    RpSolutions groups; /* the key, then the terms that the rows of a group share */
    uint32_t *group_of; /* by row */
    uint32_t *members;  /* rows, group by group */
    uint32_t *starts;   /* by group, and one more: where its members start */
} Grouping;

static bool
is_plain_key(const RpOp *binding)
{
    return binding->children[0]->kind == RP_ALGEBRA_VARIABLE &&
           binding->children[0]->value == binding->value;
}

/* The keys as columns of groups, those that are computed also of rows. */
static RpStatus
make_keys(RpQueryRun *run, const RpOp *op, Grouping *grouping)
{
    RP_TRY(rp_solutions_make(&grouping->groups, &run->home, op->child_count));
    for (uint32_t i = 1; i < op->child_count && op->children[i]->kind == RP_ALGEBRA_BINDING; i++) {
        const RpOp *key = op->children[i];

        if (!is_plain_key(key)) {
            RP_TRY(rp_query_add_column(run, &key->children[0], key->value, &grouping->rows));
        }
        rp_solutions_add_column(&grouping->groups, key->value, rp_set_has(op->certain, key->value));
    }
    return RP_OK;
}

static RpStatus
find_group(Grouping *grouping, RpRowIndex *index, const uint32_t *columns, const RpTermId *row,
           uint32_t *group)
{
    RpSolutions *groups = &grouping->groups;
    uint64_t hash = rp_row_hash_begin(index->key);
    RpTermId *added;

    for (uint32_t i = 0; i < groups->width; i++) {
        hash = rp_row_hash_id(index->key, hash,
                              columns[i] != RP_NO_COLUMN ? row[columns[i]] : RP_TERM_NONE);
    }
    for (uint32_t next = rp_row_index_first(index, hash); next != 0; next = index->next[next - 1]) {
        const RpTermId *other = rp_solutions_row(groups, next - 1);
        uint32_t i = 0;

        while (i < groups->width &&
               other[i] == (columns[i] != RP_NO_COLUMN ? row[columns[i]] : 0)) {
            i++;
        }
        if (i == groups->width) {
            *group = next - 1;
            return RP_OK;
        }
    }
    RP_TRY(rp_solutions_append(groups, &added));
    for (uint32_t i = 0; i < groups->width; i++) {
        added[i] = columns[i] != RP_NO_COLUMN ? row[columns[i]] : RP_TERM_NONE;
    }
    *group = groups->count - 1;
    rp_row_index_put(index, hash, *group);
    return RP_OK;
}

/* Find the group of each row. Without GROUP BY, each key of the seeds has one, with rows or not. */
static RpStatus
assign(RpQueryRun *run, const RpOp *op, const RpSolutions *seeds, Grouping *grouping)
{
    RpSolutions *rows = &grouping->rows;
    size_t columns_size = sizeof(uint32_t) * grouping->groups.width;
    uint32_t *columns = rp_pool_take(run->pool, columns_size);
    RpRowIndex index;
    uint32_t group;

    grouping->group_of = rp_pool_take(run->pool, sizeof(uint32_t) * ((size_t)rows->count + 1));
    if (!columns || !grouping->group_of) {
        return rp_arena_failure(&run->arena, run->error);
    }
    for (uint32_t i = 0; i < grouping->groups.width; i++) {
        columns[i] = rp_solutions_column(rows, grouping->groups.variables[i]);
    }
    RP_TRY(rp_row_index_make(&index, run->pool, rp_dictionary_key(&run->computed),
                             rows->count + seeds->count, run->error));
    for (uint32_t i = 0; i < seeds->count && op->detail == 0; i++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(find_group(grouping, &index, columns, rp_solutions_row(seeds, i), &group));
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(find_group(grouping, &index, columns, rp_solutions_row(rows, i),
                          &grouping->group_of[i]));
    }
    rp_row_index_drop(&index);
    rp_pool_give(run->pool, columns, columns_size);
    return RP_OK;
}

/* The rows group by group: a counting sort. */
static RpStatus
collect_members(RpQueryRun *run, Grouping *grouping)
{
    uint32_t group_count = grouping->groups.count;
    uint32_t row_count = grouping->rows.count;

    grouping->starts = rp_pool_take(run->pool, sizeof(uint32_t) * ((size_t)group_count + 2));
    grouping->members = rp_pool_take(run->pool, sizeof(uint32_t) * ((size_t)row_count + 1));
    if (!grouping->starts || !grouping->members) {
        return rp_arena_failure(&run->arena, run->error);
    }
    memset(grouping->starts, 0, sizeof(uint32_t) * ((size_t)group_count + 2));
    for (uint32_t i = 0; i < row_count; i++) {
        grouping->starts[grouping->group_of[i] + 2]++;
    }
    for (uint32_t i = 0; i < group_count; i++) {
        grouping->starts[i + 2] += grouping->starts[i + 1];
    }
    for (uint32_t i = 0; i < row_count; i++) {
        RP_TRY(rp_arena_poll(&run->arena, run->error));
        grouping->members[grouping->starts[grouping->group_of[i] + 1]++] = i;
    }
    return RP_OK;
}

/* Groups with their aggregates. */
static RpStatus
make_result(RpQueryRun *run, const RpOp *op, const Grouping *grouping, RpSolutions *result)
{
    uint32_t first = grouping->groups.width;

    RP_TRY(rp_solutions_make_like(result, &grouping->groups, op->child_count));
    for (uint32_t i = first; i < op->child_count; i++) {
        rp_solutions_add_column(result, op->children[i]->value, false);
    }
    for (uint32_t group = 0; group < grouping->groups.count; group++) {
        const uint32_t *members = grouping->members + grouping->starts[group];
        uint32_t count = grouping->starts[group + 1] - grouping->starts[group];
        RpTermId *row;

        RP_TRY(rp_arena_poll(&run->arena, run->error));
        RP_TRY(rp_solutions_append(result, &row));
        memcpy(row, rp_solutions_row(&grouping->groups, group), sizeof(RpTermId) * first);
        for (uint32_t i = first; i < op->child_count; i++) {
            RP_TRY(
                rp_aggregate_value(run, op->children[i], &grouping->rows, members, count, &row[i]));
        }
    }
    return RP_OK;
}

/* The first child is the pattern, then keys, then aggregates: the width of groups, whose first
 * column is the key, is where the aggregates begin. */
RpStatus
rp_query_group(RpQueryRun *run, const RpOp *op, const RpSolutions *seeds, RpSolutions *result)
{
    Grouping grouping = {0};
    uint32_t first;

    RP_TRY(rp_query_join(run, op->children[0], seeds, &grouping.rows));
    RP_TRY(make_keys(run, op, &grouping));
    first = grouping.groups.width;
    RP_TRY(assign(run, op, seeds, &grouping));
    RP_TRY(collect_members(run, &grouping));
    RP_TRY(rp_query_ask_exists(run, op->children + first, op->child_count - first, &grouping.rows));
    RP_TRY(make_result(run, op, &grouping, result));
    rp_query_end_exists(run, op->children + first, op->child_count - first, grouping.rows.count);
    rp_pool_give(run->pool, grouping.group_of,
                 sizeof(uint32_t) * ((size_t)grouping.rows.count + 1));
    rp_pool_give(run->pool, grouping.members, sizeof(uint32_t) * ((size_t)grouping.rows.count + 1));
    rp_pool_give(run->pool, grouping.starts,
                 sizeof(uint32_t) * ((size_t)grouping.groups.count + 2));
    rp_solutions_drop(&grouping.rows);
    rp_solutions_drop(&grouping.groups);
    return RP_OK;
}
