/*
 * See query_reads.h. A walk through the query's plan: each pattern is told which variables are
 * found around it, and tells which are found within it and may be relied on by what stands beside
 * it.
 */
#include "incremental/query_reads.h"

#include "incremental/query_path.h"
#include "query/plan.h"
#include "validate/query_batch.h"

typedef struct Reading {
    RpReadMapBuilder *builder;
    RpArena *arena; /* of the plan, and of sets */
    RpError *error;
    const RpQueryPlan *plan;
    uint32_t query; /* its index + 1 */
    uint32_t start;
    uint32_t whole;            /* the state of any node; 0: not needed yet */
    RpQueryBinding *variables; /* by variable: its state, which is made when it is first found */
    RpVariableSet *given;      /* those that have a binding before */
} Reading;

/* Patterns that are joined with each other, in any order: triples, and all others. */
typedef struct Group {
    const RpOp **triples;
    const RpOp **blocks; /* by triple: the basic graph pattern that it stands in */
    uint32_t triple_count;
    const RpOp **others;
    uint32_t other_count;
    bool *is_done; /* by triple, then by other */
    RpVariableSet *found;
} Group;

static RpStatus read_pattern(Reading *reading, const RpOp *op, const RpVariableSet *around,
                             const RpVariableSet *context, RpVariableSet *found);

static RpStatus
make_set(Reading *reading, RpVariableSet **set)
{
    *set = rp_arena_allocate_zero(reading->arena, sizeof(RpVariableSet) * reading->plan->words);
    return *set ? RP_OK : rp_arena_failure(reading->arena, reading->error);
}

static bool
intersects(const Reading *reading, const RpVariableSet *a, const RpVariableSet *b)
{
    for (uint32_t i = 0; i < reading->plan->words; i++) {
        if ((a[i] & b[i]) != 0) {
            return true;
        }
    }
    return false;
}

/* The term that a part of a pattern is; RP_TERM_NONE: a variable that is none. */
static RpTermId
constant_of(const Reading *reading, const RpOp *term, const RpVariableSet *found)
{
    if (term->kind == RP_ALGEBRA_CONSTANT) {
        return term->value;
    }
    return rp_set_has(found, term->value) ? reading->variables[term->value].constant : RP_TERM_NONE;
}

/* The state of a variable that is found; 0: it is not, or it is a constant. */
static uint32_t
anchor_of(const Reading *reading, const RpOp *term, const RpVariableSet *found)
{
    return term->kind == RP_ALGEBRA_VARIABLE && rp_set_has(found, term->value)
               ? reading->variables[term->value].state
               : 0;
}

/* Where a pattern leads to at an end: nowhere if that is found already, as then it is read from
 * where it was found. What is bound before may be out of sight, as in a condition of a group that
 * has no triples: then it is another variable, which is not gone on from. */
static uint32_t
end_of(Reading *reading, const RpOp *term, RpVariableSet *found)
{
    RpQueryBinding *variable;

    if (term->kind != RP_ALGEBRA_VARIABLE || rp_set_has(found, term->value) ||
        rp_set_has(reading->given, term->value)) {
        return 0;
    }
    variable = &reading->variables[term->value];
    if (variable->state == 0) {
        variable->state = rp_read_map_add_state(reading->builder->map);
    }
    rp_set_add(found, term->value);
    return variable->state;
}

/* What a triple or path reads from one end on, which is in a state. */
static RpStatus
lead(Reading *reading, const RpOp *pattern, const RpOp *block, uint32_t from, bool is_inverse,
     RpVariableSet *found)
{
    RpReadMapBuilder *builder = reading->builder;
    const RpOp *verb = pattern->children[1];
    RpTermId predicate =
        verb->kind == RP_ALGEBRA_VARIABLE ? constant_of(reading, verb, found) : RP_TERM_NONE;
    uint32_t to = end_of(reading, pattern->children[is_inverse ? 0 : 2], found);
    RpStep all = {.from = from, .violates_by = RP_BY_ADDITION | RP_BY_REMOVAL};

    if (verb->kind == RP_ALGEBRA_VARIABLE && predicate == RP_TERM_NONE) {
        all.to = to;
        all.kind = is_inverse ? RP_STEP_ALL_INVERSE : RP_STEP_ALL;
        return rp_read_map_add_all(builder, all, NULL, 0);
    }
    if (rp_plan_is_loose_path(block, pattern) && rp_query_path_may_be_empty(verb)) {
        /* Whether the node is one of the graph: any triple of it says so. */
        all.kind = RP_STEP_ALL;
        RP_TRY(rp_read_map_add_all(builder, all, NULL, 0));
        all.kind = RP_STEP_ALL_INVERSE;
        RP_TRY(rp_read_map_add_all(builder, all, NULL, 0));
    }
    return predicate != RP_TERM_NONE
               ? rp_query_path_add_predicate(builder, predicate, is_inverse, from, to)
               : rp_query_path_add(builder, verb, is_inverse, from, to);
}

/* A triple or path none of whose ends is found: it may be anywhere. */
static RpStatus
read_whole(Reading *reading, const RpOp *pattern, const RpVariableSet *found)
{
    RpReadMapBuilder *builder = reading->builder;
    const RpOp *verb = pattern->children[1];
    RpTermId predicate;

    if (reading->whole == 0) {
        reading->whole = rp_read_map_add_state(builder->map);
        RP_TRY(rp_read_map_add_step(builder, (RpStep){.from = reading->start,
                                                      .to = reading->whole,
                                                      .query = reading->query,
                                                      .kind = RP_STEP_WHOLE}));
    }
    if (verb->kind != RP_ALGEBRA_VARIABLE) {
        return rp_query_path_add_whole(builder, verb, reading->whole);
    }
    predicate = constant_of(reading, verb, found);
    if (predicate != RP_TERM_NONE) {
        return rp_query_path_add_predicate(builder, predicate, false, reading->whole, 0);
    }
    return rp_read_map_add_all(builder,
                               (RpStep){.from = reading->whole,
                                        .kind = RP_STEP_ALL,
                                        .violates_by = RP_BY_ADDITION | RP_BY_REMOVAL},
                               NULL, 0);
}

/* All triples that lead on from variables. First from subjects: a node may be the object of
 * millions. */
static RpStatus
follow_triples(Reading *reading, Group *group)
{
    bool goes_on = true;

    while (goes_on) {
        goes_on = false;
        for (uint32_t i = 0; i < 2 * group->triple_count; i++) {
            bool is_inverse = i >= group->triple_count;
            uint32_t at = i % group->triple_count;
            uint32_t from =
                anchor_of(reading, group->triples[at]->children[is_inverse ? 2 : 0], group->found);

            RP_TRY(rp_arena_poll(reading->arena, reading->error));
            if (is_inverse && goes_on) {
                break;
            }
            if (group->is_done[at] || from == 0) {
                continue;
            }
            group->is_done[at] = goes_on = true;
            RP_TRY(lead(reading, group->triples[at], group->blocks[at], from, is_inverse,
                        group->found));
        }
    }
    return RP_OK;
}

/* One of the others, rather one that something found leads into. */
static RpStatus
read_other(Reading *reading, Group *group, const RpVariableSet *context, bool *is_read)
{
    bool *is_done = group->is_done + group->triple_count;
    uint32_t chosen = UINT32_MAX;
    RpVariableSet *found;

    for (uint32_t i = group->other_count; i > 0; i--) {
        bool is_near = intersects(reading, group->others[i - 1]->used, group->found);

        RP_TRY(rp_arena_poll(reading->arena, reading->error));
        if (!is_done[i - 1] && (chosen == UINT32_MAX || is_near ||
                                !intersects(reading, group->others[chosen]->used, group->found))) {
            chosen = i - 1;
        }
    }
    *is_read = chosen != UINT32_MAX;
    if (!*is_read) {
        return RP_OK;
    }
    is_done[chosen] = true;
    RP_TRY(make_set(reading, &found));
    RP_TRY(read_pattern(reading, group->others[chosen], group->found, context, found));
    rp_set_unite(group->found, found, reading->plan->words);
    return RP_OK;
}

/* One triple with a constant. Whatever comes from there concerns all focus nodes: so it is a last
 * resort. */
static RpStatus
begin_at_constant(Reading *reading, Group *group, bool *is_read)
{
    *is_read = false;
    for (uint32_t i = 0; i < 2 * group->triple_count && !*is_read; i++) {
        bool is_inverse = i >= group->triple_count;
        uint32_t at = i % group->triple_count;
        RpTermId constant =
            constant_of(reading, group->triples[at]->children[is_inverse ? 2 : 0], group->found);
        uint32_t state;

        RP_TRY(rp_arena_poll(reading->arena, reading->error));
        if (group->is_done[at] || constant == RP_TERM_NONE) {
            continue;
        }
        *is_read = group->is_done[at] = true;
        state = rp_read_map_add_state(reading->builder->map);
        RP_TRY(rp_read_map_add_step(reading->builder, (RpStep){.from = reading->start,
                                                               .to = state,
                                                               .query = reading->query,
                                                               .kind = RP_STEP_TERM,
                                                               .term = constant}));
        RP_TRY(
            lead(reading, group->triples[at], group->blocks[at], state, is_inverse, group->found));
    }
    return RP_OK;
}

/* How many patterns a join, or what stands in it, has: an upper bound of both kinds. */
static uint32_t
count_patterns(const RpOp *op)
{
    uint32_t count = 0;

    if (op->kind == RP_ALGEBRA_BGP) {
        return op->child_count;
    }
    for (uint32_t i = 0; op->kind == RP_ALGEBRA_JOIN && i < op->child_count; i++) {
        count += count_patterns(op->children[i]);
    }
    return op->kind == RP_ALGEBRA_JOIN ? count : 1;
}

/* Joins are associative and commutative, and a basic graph pattern is a join of its triples. */
static void
collect(Group *group, const RpOp *op)
{
    for (uint32_t i = 0; i < op->child_count && op->kind == RP_ALGEBRA_BGP; i++) {
        group->blocks[group->triple_count] = op;
        group->triples[group->triple_count++] = op->children[i];
    }
    for (uint32_t i = 0; i < op->child_count && op->kind == RP_ALGEBRA_JOIN; i++) {
        collect(group, op->children[i]);
    }
    if (op->kind != RP_ALGEBRA_BGP && op->kind != RP_ALGEBRA_JOIN) {
        group->others[group->other_count++] = op;
    }
}

static RpStatus
read_group(Reading *reading, const RpOp *op, const RpVariableSet *around,
           const RpVariableSet *context, RpVariableSet *found)
{
    size_t size = (sizeof(RpOp *) * 3 + sizeof(bool)) * ((size_t)count_patterns(op) + 1);
    Group group = {.found = found};
    bool goes_on = true;

    group.triples = rp_arena_allocate_zero(reading->arena, size);
    if (!group.triples) {
        return rp_arena_failure(reading->arena, reading->error);
    }
    group.blocks = group.triples + count_patterns(op);
    group.others = group.blocks + count_patterns(op);
    group.is_done = (bool *)(group.others + count_patterns(op));
    collect(&group, op);
    rp_set_unite(found, around, reading->plan->words);
    rp_set_unite(found, context, reading->plan->words);
    while (goes_on) {
        RP_TRY(follow_triples(reading, &group));
        RP_TRY(read_other(reading, &group, context, &goes_on));
        if (!goes_on) {
            RP_TRY(begin_at_constant(reading, &group, &goes_on));
        }
    }
    for (uint32_t i = 0; i < group.triple_count; i++) {
        if (!group.is_done[i]) {
            RP_TRY(read_whole(reading, group.triples[i], found));
        }
    }
    return RP_OK;
}

/* The patterns of an expression: what each solution binds around it is bound in them. */
static RpStatus
read_expression(Reading *reading, const RpOp *expression, const RpVariableSet *around)
{
    RpVariableSet *nothing;
    RpVariableSet *found;

    if (expression->kind != RP_ALGEBRA_EXISTS) {
        for (uint32_t i = 0; i < expression->child_count; i++) {
            RP_TRY(read_expression(reading, expression->children[i], around));
        }
        return RP_OK;
    }
    RP_TRY(make_set(reading, &nothing));
    RP_TRY(make_set(reading, &found));
    return read_pattern(reading, expression->children[0], nothing, around, found);
}

static RpStatus
read_expressions(Reading *reading, const RpOp *op, uint32_t first, const RpVariableSet *around)
{
    for (uint32_t i = first; i < op->child_count; i++) {
        RP_TRY(read_expression(reading, op->children[i], around));
    }
    return RP_OK;
}

/* The optional part sees what each solution of the other has, and no more: what stands around the
 * whole may be bound there alone, and then each solution without it counts too. */
static RpStatus
read_left_join(Reading *reading, const RpOp *op, const RpVariableSet *around,
               const RpVariableSet *context, RpVariableSet *found)
{
    RpVariableSet *both;

    RP_TRY(make_set(reading, &both));
    RP_TRY(read_pattern(reading, op->children[0], around, context, found));
    RP_TRY(read_pattern(reading, op->children[1], found, context, both));
    rp_set_unite(both, found, reading->plan->words);
    return read_expressions(reading, op, 2, both);
}

/* What each of them finds. */
static RpStatus
read_union(Reading *reading, const RpOp *op, const RpVariableSet *around,
           const RpVariableSet *context, RpVariableSet *found)
{
    for (uint32_t i = 0; i < op->child_count; i++) {
        RpVariableSet *branch;

        RP_TRY(make_set(reading, &branch));
        RP_TRY(read_pattern(reading, op->children[i], around, context, branch));
        if (i == 0) {
            rp_set_unite(found, branch, reading->plan->words);
        } else {
            rp_set_intersect(found, branch, reading->plan->words);
        }
    }
    return RP_OK;
}

/* A pattern with one within it. A slice is one of all of its solutions, so nothing around it
 * narrows it. What a sub-SELECT does not return has other variables within it (rp_scope_hide; names
 * that may be bound before are returned by all), and what is given a value stands in no pattern
 * within: so all the others see what stands around. */
static RpStatus
read_inner(Reading *reading, const RpOp *op, const RpVariableSet *around,
           const RpVariableSet *context, RpVariableSet *found)
{
    bool is_slice = op->kind == RP_ALGEBRA_LIMIT || op->kind == RP_ALGEBRA_OFFSET;
    RpVariableSet *nothing;

    RP_TRY(make_set(reading, &nothing));
    RP_TRY(read_pattern(reading, op->children[0], is_slice ? nothing : around, context, found));
    return read_expressions(reading, op, 1, found);
}

/*
 * around: variables that are found beside the pattern, by which it is joined; context: those that
 * are bound in each of its basic graph patterns. found, at first empty: what of them each of its
 * solutions binds by then. A graph pattern is matched in the shapes graph.
 */
static RpStatus
read_pattern(Reading *reading, const RpOp *op, const RpVariableSet *around,
             const RpVariableSet *context, RpVariableSet *found)
{
    RP_TRY(rp_arena_poll(reading->arena, reading->error));
    switch (op->kind) {
    case RP_ALGEBRA_BGP:
    case RP_ALGEBRA_JOIN:
        RP_TRY(read_group(reading, op, around, context, found));
        break;
    case RP_ALGEBRA_LEFT_JOIN:
        RP_TRY(read_left_join(reading, op, around, context, found));
        break;
    case RP_ALGEBRA_UNION:
        RP_TRY(read_union(reading, op, around, context, found));
        break;
    case RP_ALGEBRA_VALUES:
        return RP_OK;
    case RP_ALGEBRA_GRAPH:
        rp_set_unite(found, context, reading->plan->words);
        break;
    default:
        RP_TRY(read_inner(reading, op, around, context, found));
        break;
    }
    rp_set_intersect(found, op->certain, reading->plan->words);
    return RP_OK;
}

/* Of a target's query only solutions with one node as ?this matter: as if it stood beside them. */
static void
ask_for_this(Reading *reading, const RpAlgebra *algebra, RpVariableSet *around)
{
    for (uint32_t i = 0; i < algebra->header->variable_count; i++) {
        if (rp_query_variable_is(reading->builder->image, algebra, i, RP_TEXT("this"))) {
            reading->variables[i].state = reading->start;
            rp_set_add(around, i);
            rp_set_add(reading->given, i);
        }
    }
}

/* bindings NULL: of a target. */
static RpStatus
read_query(Reading *reading, const RpAlgebra *algebra, const RpQueryBinding *bindings)
{
    const RpAlgebraHeader *header = algebra->header;
    bool *is_bound = rp_arena_allocate_zero(reading->arena, (size_t)header->prebound_count + 1);
    RpVariableSet *context;
    RpVariableSet *around;
    RpVariableSet *found;

    if (!is_bound) {
        return rp_arena_failure(reading->arena, reading->error);
    }
    for (uint32_t i = 0; i < header->prebound_count; i++) {
        is_bound[i] = bindings[i].state != 0 || bindings[i].constant != RP_TERM_NONE;
    }
    RP_TRY(rp_query_plan_make(&reading->plan, reading->arena, algebra, is_bound, reading->error));
    reading->variables = rp_arena_allocate_zero(
        reading->arena, sizeof(RpQueryBinding) * ((size_t)reading->plan->variable_count + 1));
    if (!reading->variables) {
        return rp_arena_failure(reading->arena, reading->error);
    }
    RP_TRY(make_set(reading, &context));
    RP_TRY(make_set(reading, &around));
    RP_TRY(make_set(reading, &found));
    RP_TRY(make_set(reading, &reading->given));
    if (!bindings) {
        ask_for_this(reading, algebra, around);
    }
    for (uint32_t i = 0; i < header->prebound_count; i++) {
        if (is_bound[i]) {
            reading->variables[algebra->prebound[i]] = bindings[i];
            rp_set_add(context, algebra->prebound[i]);
            rp_set_add(reading->given, algebra->prebound[i]);
        }
    }
    return read_pattern(reading, reading->plan->root, around, context, found);
}

/* The plan and the sets are given back: the map is kept for long. */
RpStatus
rp_query_reads_add(RpReadMapBuilder *builder, uint32_t query, uint32_t start,
                   const RpQueryBinding *bindings)
{
    Reading reading = {
        .builder = builder, .error = builder->error, .query = query + 1, .start = start};
    RpAlgebra algebra;
    RpArena arena;
    RpStatus status;

    rp_image_query(builder->image, query, &algebra);
    rp_arena_init(&arena, builder->arena->host, builder->arena->limit_bytes);
    reading.arena = &arena;
    status = read_query(&reading, &algebra, bindings);
    if (reading.whole != 0) {
        builder->map->whole_query = query + 1;
    }
    rp_arena_free(&arena);
    return status;
}

RpStatus
rp_query_reads_add_target(RpReadMapBuilder *builder, uint32_t query, uint32_t state)
{
    return rp_query_reads_add(builder, query, state, NULL);
}
