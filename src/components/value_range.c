/* sh:minInclusive, sh:maxInclusive, sh:minExclusive and sh:maxExclusive. SHACL Recommendation,
 * section 4.3. A value that cannot be compared with the bound violates. */
#include "components/components.h"

#include "components/sorted_values.h"

/* Sets of orders of the bound to the value, as bits. */
enum { BOUND_IS_LESS = 1, BOUND_IS_EQUAL = 2, BOUND_IS_GREATER = 4 };

/*
 * Incomparable values have no bit: no bound allows them, as 4.3 wants it (a comparison that cannot
 * be made is a violation).
 */
static uint32_t
order_bit(RpOrder order)
{
    switch (order) {
    case RP_ORDER_LESS:
        return BOUND_IS_LESS;
    case RP_ORDER_EQUAL:
        return BOUND_IS_EQUAL;
    case RP_ORDER_GREATER:
        return BOUND_IS_GREATER;
    default:
        return 0;
    }
}

/*
 * 4.3. The bound is read once, and each value node once. Comparison is of values: "1.0" is not
 * below "1".
 */
static RpStatus
check_bound(RpEvaluation *evaluation, const RpCheck *check, uint32_t allowed)
{
    RpValue bound;

    if (check->values.count == 0) {
        return RP_OK;
    }
    rp_check_value_read(evaluation, (RpTermId)check->operands[0].value, &bound);
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpValue value;
        RpOrder order;

        rp_check_value_read(evaluation, check->values.ids[i], &value);
        order = rp_value_order(&bound, &value);
        RP_TRY(rp_evaluation_poll_value(evaluation, check->values.ids[i]));
        if ((order_bit(order) & allowed) == 0) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], 0));
        }
    }
    return RP_OK;
}

RpStatus
rp_check_min_inclusive(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_bound(evaluation, check, BOUND_IS_LESS | BOUND_IS_EQUAL);
}

RpStatus
rp_check_max_inclusive(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_bound(evaluation, check, BOUND_IS_GREATER | BOUND_IS_EQUAL);
}

RpStatus
rp_check_min_exclusive(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_bound(evaluation, check, BOUND_IS_LESS);
}

RpStatus
rp_check_max_exclusive(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_bound(evaluation, check, BOUND_IS_GREATER);
}
