/* See query_plans.h. */
#include "validate/query_plans.h"

#include "shacl/component.h"

/* The algebra of the image in memory of the plans'. */
static RpStatus
copy_algebra(const RpImage *image, RpArena *arena, RpQueryPlans *plans, RpError *error)
{
    size_t size = image->algebra_unit_count * sizeof *image->algebra;
    RpAlgebraUnit *copy = rp_arena_allocate(arena, size + 1);

    if (copy == NULL) {
        return rp_arena_failure(arena, error);
    }
    memcpy(copy, image->algebra, size);
    for (uint32_t i = 0; i < image->query_count; i++) {
        rp_algebra_open(copy + image->queries[i].start, &plans->algebra[i]);
    }
    return RP_OK;
}

/* Parameters that a constraint has no value for are not bound (SHACL, 6.2.1: sh:optional). */
static RpStatus
plan_constraint(const RpImage *image, const RpImageConstraint *constraint, RpArena *arena,
                RpQueryPlans *plans, RpError *error)
{
    const RpImageOperand *operands = image->operands + constraint->first_operand;
    uint32_t query = (uint32_t)operands[0].value;
    const RpAlgebra *algebra = &plans->algebra[query];
    uint32_t count = algebra->header->prebound_count;
    uint32_t first = count - (constraint->operand_count - RP_QUERY_OPERANDS);
    bool *is_bound = rp_arena_allocate(arena, count);

    if (is_bound == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < count; i++) {
        is_bound[i] = i < first || operands[RP_QUERY_OPERANDS + i - first].value != RP_TERM_NONE;
    }
    return rp_query_plan_make(&plans->plans[query], arena, algebra, is_bound, error);
}

RpStatus
rp_query_plans_make(const RpImage *image, RpArena *arena, RpQueryPlans **made, RpError *error)
{
    RpQueryPlans *plans = rp_arena_allocate(arena, sizeof *plans);

    *made = plans;
    if (plans == NULL) {
        return rp_arena_failure(arena, error);
    }
    plans->algebra = rp_arena_allocate(arena, image->query_count * sizeof *plans->algebra);
    plans->plans = rp_arena_allocate_zero(arena, image->query_count * sizeof *plans->plans);
    if (plans->algebra == NULL || plans->plans == NULL) {
        return rp_arena_failure(arena, error);
    }
    RP_TRY(copy_algebra(image, arena, plans, error));
    for (uint32_t i = 0; i < image->constraint_count; i++) {
        const RpImageConstraint *constraint = &image->constraints[i];

        RP_TRY(rp_arena_poll(arena, error));
        if (rp_component_table[constraint->component].flags & RP_COMPONENT_ASKS_QUERY) {
            RP_TRY(plan_constraint(image, constraint, arena, plans, error));
        }
    }
    for (uint32_t i = 0; i < image->target_count; i++) {
        uint32_t query = image->targets[i].term - 1;

        if (image->targets[i].kind == RP_TARGET_QUERY) {
            RP_TRY(rp_query_plan_make(&plans->plans[query], arena, &plans->algebra[query], NULL,
                                      error));
        }
    }
    return RP_OK;
}
