/* See plan.h: a compiled query as a tree, and which variables its parts may and must bind. */
#include "query/plan.h"

#include "query/automaton.h"

/* While a plan is made. */
typedef struct Planner {
    RpQueryPlan *plan;
    RpError *error;
    /* Of the context around the pattern of the moment. */
    const RpVariableSet *context_possible;
    const RpVariableSet *context_certain;
} Planner;

static RpStatus build(Planner *planner, uint32_t node, RpOp **op);

RpStatus
rp_plan_make_set(RpQueryPlan *plan, RpVariableSet **set, RpError *error)
{
    *set = rp_arena_allocate_zero(plan->arena, sizeof(RpVariableSet) * plan->words);
    return *set ? RP_OK : rp_arena_failure(plan->arena, error);
}

static RpStatus
copy_set(RpQueryPlan *plan, const RpVariableSet *from, RpVariableSet **set, RpError *error)
{
    RP_TRY(rp_plan_make_set(plan, set, error));
    memcpy(*set, from, sizeof(RpVariableSet) * plan->words);
    return RP_OK;
}

/* A part without its parts, and the nodes of these: all in one block, as plans are made for small
 * documents too. */
static RpStatus
make_op(Planner *planner, uint32_t node, RpOp **op, uint32_t **children)
{
    RpQueryPlan *plan = planner->plan;
    const RpAlgebraNode *read = &plan->algebra.nodes[node];
    size_t set_size = sizeof(RpVariableSet) * plan->words;
    char *block = rp_arena_allocate_zero(plan->arena, sizeof(RpOp) + 4 * set_size +
                                                          (sizeof(RpOp *) + sizeof(uint32_t)) *
                                                              (size_t)read->child_count);

    if (!block) {
        return rp_arena_failure(plan->arena, planner->error);
    }
    *op = (RpOp *)block;
    block += sizeof(RpOp);
    **op = (RpOp){.kind = (RpAlgebraKind)read->kind,
                  .detail = read->detail,
                  .value = read->kind == RP_ALGEBRA_CONSTANT ? plan->algebra.terms[read->value]
                                                             : read->value,
                  .child_count = read->child_count,
                  .serial = plan->op_count++,
                  .possible = (RpVariableSet *)block,
                  .certain = (RpVariableSet *)(block + set_size),
                  .used = (RpVariableSet *)(block + 2 * set_size),
                  .needed = (RpVariableSet *)(block + 3 * set_size),
                  .children = (RpOp **)(block + 4 * set_size)};
    *children = (uint32_t *)((*op)->children + read->child_count);
    rp_algebra_children(&plan->algebra, node, *children);
    return RP_OK;
}

static bool
is_pattern(RpAlgebraKind kind)
{
    return (kind >= RP_ALGEBRA_BGP && kind <= RP_ALGEBRA_GROUP) || kind == RP_ALGEBRA_ORDER ||
           (kind >= RP_ALGEBRA_PROJECT && kind <= RP_ALGEBRA_LIMIT);
}

/* What repeats within a path, or is a sequence within an alternative, is walked. */
static RpStatus
make_automata(Planner *planner, RpOp *path)
{
    RpQueryPlan *plan = planner->plan;

    switch (path->kind) {
    case RP_ALGEBRA_INVERSE:
    case RP_ALGEBRA_ALTERNATIVE:
        for (uint32_t i = 0; i < path->child_count; i++) {
            RP_TRY(make_automata(planner, path->children[i]));
        }
        return RP_OK;
    case RP_ALGEBRA_CONSTANT:
    case RP_ALGEBRA_NEGATED:
        return RP_OK;
    default:
        path->number = plan->closure_count++;
        RP_TRY(rp_automaton_make(plan->arena, path, false, &path->forward, planner->error));
        return rp_automaton_make(plan->arena, path, true, &path->backward, planner->error);
    }
}

/* EXISTS: its pattern's context is what is bound around the expression, and what that is joined
 * with itself. */
static RpStatus
build_exists(Planner *planner, RpOp *op, uint32_t child, const RpOp *around)
{
    RpQueryPlan *plan = planner->plan;
    Planner inner = *planner;

    RP_TRY(copy_set(plan, around->possible, &op->context_possible, planner->error));
    RP_TRY(copy_set(plan, around->certain, &op->context_certain, planner->error));
    rp_set_unite(op->context_possible, planner->context_possible, plan->words);
    rp_set_unite(op->context_certain, planner->context_certain, plan->words);
    inner.context_possible = op->context_possible;
    inner.context_certain = op->context_certain;
    RP_TRY(build(&inner, child, &op->children[0]));
    rp_set_unite(op->used, op->children[0]->used, plan->words);
    rp_set_intersect(op->context_possible, op->used, plan->words);
    rp_set_intersect(op->context_certain, op->used, plan->words);
    op->has_exists = true;
    op->number = plan->exists_count++;
    return RP_OK;
}

/* An expression, or what holds one: around says which variables are bound there. */
static RpStatus
build_expression(Planner *planner, uint32_t node, const RpOp *around, RpOp **op)
{
    RpQueryPlan *plan = planner->plan;
    uint32_t *children;

    RP_TRY(make_op(planner, node, op, &children));
    if ((*op)->kind == RP_ALGEBRA_EXISTS) {
        return build_exists(planner, *op, children[0], around);
    }
    if ((*op)->kind == RP_ALGEBRA_VARIABLE) {
        rp_set_add((*op)->used, (*op)->value);
    }
    for (uint32_t i = 0; i < (*op)->child_count; i++) {
        RP_TRY(build_expression(planner, children[i], around, &(*op)->children[i]));
        rp_set_unite((*op)->used, (*op)->children[i]->used, plan->words);
        (*op)->has_exists = (*op)->has_exists || (*op)->children[i]->has_exists;
        (*op)->makes_nodes = (*op)->makes_nodes || (*op)->children[i]->makes_nodes;
    }
    (*op)->makes_nodes =
        (*op)->makes_nodes || ((*op)->kind == RP_ALGEBRA_CALL && (*op)->value == RP_FUNCTION_bnode);
    if ((*op)->kind == RP_ALGEBRA_CALL && (*op)->value == RP_FUNCTION_replace) {
        (*op)->number = plan->finder_count++;
    }
    return (*op)->kind == RP_ALGEBRA_PATH ? make_automata(planner, (*op)->children[1]) : RP_OK;
}

/* Terms, triples and paths: all variables are bound. */
static void
add_terms(RpOp *op, const RpOp *part)
{
    if (part->kind == RP_ALGEBRA_VARIABLE) {
        rp_set_add(op->possible, part->value);
        rp_set_add(op->certain, part->value);
        rp_set_add(op->used, part->value);
    }
    for (uint32_t i = 0; i < part->child_count; i++) {
        add_terms(op, part->children[i]);
    }
}

static void
add_values(RpOp *op)
{
    for (uint32_t column = 0; column < op->value; column++) {
        uint32_t variable = op->children[column]->value;

        rp_set_add(op->possible, variable);
        rp_set_add(op->certain, variable);
        rp_set_add(op->used, variable);
        for (uint32_t i = op->value + column; i < op->child_count; i += op->value) {
            if (op->children[i]->kind == RP_ALGEBRA_UNDEFINED) {
                rp_set_remove(op->certain, variable);
            }
        }
    }
}

static void
set_projected(RpOp *op)
{
    RpOp *child = op->children[0];

    for (uint32_t i = 1; i < op->child_count; i++) {
        uint32_t variable = op->children[i]->value;

        rp_set_add(op->used, variable);
        if (rp_set_has(child->possible, variable)) {
            rp_set_add(op->possible, variable);
        }
        if (rp_set_has(child->certain, variable)) {
            rp_set_add(op->certain, variable);
        }
    }
}

/* Keys that are variables, certain in the pattern, are certain. */
static void
set_grouped(RpOp *op)
{
    for (uint32_t i = 1; i < op->child_count; i++) {
        const RpOp *part = op->children[i];

        rp_set_add(op->possible, part->value);
        if (part->kind == RP_ALGEBRA_BINDING && part->children[0]->kind == RP_ALGEBRA_VARIABLE &&
            part->children[0]->value == part->value &&
            rp_set_has(op->children[0]->certain, part->value)) {
            rp_set_add(op->certain, part->value);
        }
    }
}

/* What a pattern binds, by what its parts do. */
static void
set_bound(Planner *planner, RpOp *op)
{
    RpQueryPlan *plan = planner->plan;
    RpOp *first = op->child_count > 0 ? op->children[0] : NULL;
    uint32_t words = plan->words;

    for (uint32_t i = 0; i < op->child_count; i++) {
        rp_set_unite(op->used, op->children[i]->used, words);
    }
    switch (op->kind) {
    case RP_ALGEBRA_BGP:
        add_terms(op, op);
        rp_set_unite(op->possible, planner->context_possible, words);
        rp_set_unite(op->certain, planner->context_certain, words);
        return;
    case RP_ALGEBRA_VALUES:
        add_values(op);
        return;
    case RP_ALGEBRA_JOIN:
        for (uint32_t i = 0; i < op->child_count; i++) {
            rp_set_unite(op->possible, op->children[i]->possible, words);
            rp_set_unite(op->certain, op->children[i]->certain, words);
        }
        return;
    case RP_ALGEBRA_LEFT_JOIN:
        rp_set_unite(op->possible, first->possible, words);
        rp_set_unite(op->possible, op->children[1]->possible, words);
        rp_set_unite(op->certain, first->certain, words);
        op->row_variable = plan->variable_count++;
        return;
    case RP_ALGEBRA_UNION:
        rp_set_unite(op->certain, first->certain, words);
        for (uint32_t i = 0; i < op->child_count; i++) {
            rp_set_unite(op->possible, op->children[i]->possible, words);
            rp_set_intersect(op->certain, op->children[i]->certain, words);
        }
        return;
    case RP_ALGEBRA_PROJECT:
        set_projected(op);
        return;
    case RP_ALGEBRA_GROUP:
        set_grouped(op);
        return;
    default:
        rp_set_unite(op->possible, first->possible, words);
        rp_set_unite(op->certain, first->certain, words);
        if (op->kind == RP_ALGEBRA_EXTEND) {
            rp_set_add(op->possible, op->value);
            rp_set_remove(op->certain, op->value); /* which the context may have bound */
            rp_set_add(op->used, op->value);
        }
        return;
    }
}

/* What is bound around the conditions of a left join: what either side binds. */
static RpStatus
make_around(Planner *planner, const RpOp *op, RpOp *around)
{
    RpQueryPlan *plan = planner->plan;

    RP_TRY(copy_set(plan, op->children[0]->possible, &around->possible, planner->error));
    RP_TRY(copy_set(plan, op->children[0]->certain, &around->certain, planner->error));
    rp_set_unite(around->possible, op->children[1]->possible, plan->words);
    rp_set_unite(around->certain, op->children[1]->certain, plan->words);
    return RP_OK;
}

/* Conditions that do not ask for patterns go down into a basic graph pattern. */
static void
push_filters(RpOp *op)
{
    RpOp *bgp;
    uint32_t kept = 1;

    if (op->kind != RP_ALGEBRA_FILTER || op->children[0]->kind != RP_ALGEBRA_BGP) {
        return;
    }
    bgp = op->children[0];
    bgp->filters = op->children + 1;
    for (uint32_t i = 1; i < op->child_count; i++) { /* those that go down first */
        RpOp *filter = op->children[i];

        if (!filter->has_exists) {
            memmove(op->children + kept + 1, op->children + kept, sizeof(RpOp *) * (i - kept));
            op->children[kept++] = filter;
        }
    }
    bgp->filter_count = kept - 1;
}

/* The variables of one group's solutions are made together: the topmost EXTEND stands for all. */
static void
set_makes_nodes(RpOp *op)
{
    if (op->kind == RP_ALGEBRA_EXTEND) {
        op->makes_nodes = op->children[0]->makes_nodes || op->children[1]->makes_nodes;
        op->children[0]->makes_nodes = false;
    }
}

static RpStatus
build(Planner *planner, uint32_t node, RpOp **op)
{
    RpQueryPlan *plan = planner->plan;
    uint32_t *children;
    RpOp around;

    RP_TRY(make_op(planner, node, op, &children));
    for (uint32_t i = 0; i < (*op)->child_count; i++) {
        RpOp **child = &(*op)->children[i];

        if (is_pattern((RpAlgebraKind)plan->algebra.nodes[children[i]].kind)) {
            RP_TRY(build(planner, children[i], child));
            continue;
        }
        around = is_pattern((*op)->kind) && i > 0 && is_pattern((*op)->children[0]->kind)
                     ? *(*op)->children[0]
                     : **op;
        if ((*op)->kind == RP_ALGEBRA_LEFT_JOIN) {
            RP_TRY(make_around(planner, *op, &around));
        }
        RP_TRY(build_expression(planner, children[i], &around, child));
    }
    set_bound(planner, *op);
    set_makes_nodes(*op);
    push_filters(*op);
    return RP_OK;
}

/* COUNT(DISTINCT *) looks at all that a solution binds. */
static bool
counts_solutions(const RpOp *aggregate)
{
    return aggregate->kind == RP_ALGEBRA_AGGREGATE &&
           aggregate->detail == (RP_AGGREGATE_COUNT | RP_AGGREGATE_DISTINCT) &&
           aggregate->child_count == 0;
}

/* What each part of a join may share with the others, patterns and conditions: with those before
 * it, then, from the last one on, with those behind it. */
static RpStatus
need_of_others(RpQueryPlan *plan, RpOp *op, RpError *error)
{
    uint32_t count = op->child_count;

    for (int backwards = 0; backwards < 2; backwards++) {
        RpVariableSet *passed;

        RP_TRY(rp_plan_make_set(plan, &passed, error));
        for (uint32_t i = 0; i < count; i++) {
            RpOp *child = op->children[backwards ? count - 1 - i : i];

            rp_set_unite(child->needed, passed, plan->words);
            rp_set_unite(passed, is_pattern(child->kind) ? child->possible : child->used,
                         plan->words);
        }
    }
    return RP_OK;
}

/* Hand down what is needed: from what stands around a part to the part. */
static RpStatus
hand_down(RpQueryPlan *plan, RpOp *op, RpError *error)
{
    RpOp *first = op->child_count > 0 ? op->children[0] : NULL;
    uint32_t words = plan->words;
    bool counts_all = false;

    for (uint32_t i = 0; i < op->child_count; i++) {
        RpOp *child = op->children[i];

        if (!is_pattern(child->kind)) {
            continue;
        }
        rp_set_unite(child->needed, op->needed, words);
        child->ignores_count = op->ignores_count;
    }
    switch (op->kind) {
    case RP_ALGEBRA_JOIN:
    case RP_ALGEBRA_LEFT_JOIN:
        RP_TRY(need_of_others(plan, op, error));
        break;
    case RP_ALGEBRA_FILTER:
    case RP_ALGEBRA_EXTEND:
    case RP_ALGEBRA_ORDER:
    case RP_ALGEBRA_GROUP:
        for (uint32_t i = 1 + first->filter_count; i < op->child_count; i++) {
            rp_set_unite(first->needed, op->children[i]->used, words);
            counts_all = counts_all || counts_solutions(op->children[i]);
        }
        if (op->kind == RP_ALGEBRA_GROUP) {
            first->ignores_count = false;
        }
        if (op->kind == RP_ALGEBRA_ORDER || counts_all) {
            rp_set_unite(first->needed, first->possible, words);
        }
        break;
    case RP_ALGEBRA_DISTINCT:
    case RP_ALGEBRA_OFFSET:
    case RP_ALGEBRA_LIMIT:
        rp_set_unite(first->needed, first->possible, words);
        first->ignores_count = op->kind == RP_ALGEBRA_DISTINCT;
        break;
    case RP_ALGEBRA_PROJECT: /* what is not projected is not to be had */
        rp_set_intersect(first->needed, op->possible, words);
        break;
    default:
        break;
    }
    return RP_OK;
}

/* The whole tree; EXISTS begins anew: it asks for what its solutions are joined by. */
static RpStatus
set_needed(RpQueryPlan *plan, RpOp *op, RpError *error)
{
    rp_set_intersect(op->needed, op->possible, plan->words);
    RP_TRY(hand_down(plan, op, error));
    for (uint32_t i = 0; i < op->child_count; i++) {
        if (op->kind == RP_ALGEBRA_EXISTS) {
            op->children[0]->ignores_count = true;
            rp_set_unite(op->children[0]->needed, op->context_possible, plan->words);
        }
        RP_TRY(set_needed(plan, op->children[i], error));
    }
    return RP_OK;
}

/* Whether a variable is the subject or object of a triple. */
static bool
has_end(const RpOp *triple, uint32_t variable)
{
    const RpOp *subject = triple->children[0];
    const RpOp *object = triple->children[2];

    return (subject->kind == RP_ALGEBRA_VARIABLE && subject->value == variable) ||
           (object->kind == RP_ALGEBRA_VARIABLE && object->value == variable);
}

bool
rp_plan_is_loose_path(const RpOp *bgp, const RpOp *pattern)
{
    const RpOp *subject = pattern->children[0];
    const RpOp *object = pattern->children[2];

    if (pattern->kind != RP_ALGEBRA_PATH || subject->kind != RP_ALGEBRA_VARIABLE ||
        object->kind != RP_ALGEBRA_VARIABLE) {
        return false;
    }
    for (uint32_t i = 0; i < bgp->child_count; i++) {
        const RpOp *other = bgp->children[i];

        if (other->kind == RP_ALGEBRA_TRIPLE &&
            (has_end(other, subject->value) || has_end(other, object->value))) {
            return false;
        }
    }
    return true;
}

/* The variables that the query returns: those of its topmost projection. */
static RpStatus
set_returned(RpQueryPlan *plan, RpError *error)
{
    const RpOp *op = plan->root;
    uint32_t *variables;

    if (rp_algebra_is_ask(&plan->algebra)) {
        return RP_OK;
    }
    while (op->kind != RP_ALGEBRA_PROJECT && op->child_count > 0) {
        op = op->children[0];
    }
    variables = rp_arena_allocate(plan->arena, sizeof(uint32_t) * op->child_count);
    if (!variables) {
        return rp_arena_failure(plan->arena, error);
    }
    for (uint32_t i = 1; i < op->child_count; i++) {
        variables[i - 1] = op->children[i]->value;
    }
    plan->width = op->child_count - 1;
    plan->variables = variables;
    return RP_OK;
}

/* Build the tree, for a context of what the tuples bind. */
static RpStatus
make_tree(RpQueryPlan *plan, RpError *error)
{
    const RpAlgebra *algebra = &plan->algebra;
    Planner planner = {.plan = plan, .error = error};
    RpVariableSet *bound;
    RpOp *root;
    uint32_t left_joins = 0;

    for (uint32_t i = 0; i < algebra->header->node_count; i++) {
        left_joins += algebra->nodes[i].kind == RP_ALGEBRA_LEFT_JOIN;
    }
    plan->words = (plan->named_count + left_joins) / 64 + 1;
    RP_TRY(rp_plan_make_set(plan, &bound, error));
    for (uint32_t i = 0; i < algebra->header->prebound_count; i++) {
        if (plan->is_bound[i]) {
            rp_set_add(bound, algebra->prebound[i]);
        }
    }
    planner.context_possible = bound;
    planner.context_certain = bound;
    RP_TRY(build(&planner, rp_algebra_root(algebra), &root));
    if (rp_algebra_is_ask(algebra)) {
        root->ignores_count = true;
    } else {
        rp_set_unite(root->needed, root->possible, plan->words);
    }
    plan->root = root;
    return set_needed(plan, root, error);
}

RpStatus
rp_query_plan_make(const RpQueryPlan **plan, RpArena *arena, const RpAlgebra *algebra,
                   const bool *is_bound, RpError *error)
{
    uint32_t prebound_count = algebra->header->prebound_count;
    RpQueryPlan *made = rp_arena_allocate(arena, sizeof(RpQueryPlan) + prebound_count + 1);
    bool *bound;

    if (!made) {
        return rp_arena_failure(arena, error);
    }
    bound = (bool *)(made + 1);
    for (uint32_t i = 0; i < prebound_count; i++) {
        bound[i] = !is_bound || is_bound[i];
    }
    *made = (RpQueryPlan){.arena = arena,
                          .algebra = *algebra,
                          .is_bound = bound,
                          .named_count = algebra->header->variable_count,
                          .variable_count = algebra->header->variable_count};
    RP_TRY(make_tree(made, error));
    RP_TRY(set_returned(made, error));
    *plan = made;
    return RP_OK;
}
