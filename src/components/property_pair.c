/* sh:equals, sh:disjoint, sh:lessThan and sh:lessThanOrEquals: the value nodes against the objects
 * of another predicate of the focus node. SHACL Recommendation, section 4.5. */
#include "components/components.h"

#include "xsd/compare.h"

static RpTripleRange
other_objects(const RpEvaluation *evaluation, const RpCheck *check)
{
    return rp_subject_index_objects(&evaluation->subjects, check->focus,
                                    (RpTermId)check->operands[0].value);
}

/* Report each term that only one of the two sets has; both are sorted. */
RpStatus
rp_check_equals(RpEvaluation *evaluation, const RpCheck *check)
{
    RpTripleRange others = other_objects(evaluation, check);
    const RpTriple *other = others.first;
    uint32_t i = 0;

    while ((i < check->values.count || other < others.end) && !evaluation->is_finished) {
        RpTermId value = i < check->values.count ? check->values.ids[i] : UINT32_MAX;
        RpTermId object = other < others.end ? other->object : UINT32_MAX;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (value != object) {
            RP_TRY(
                rp_evaluation_report(evaluation, check, value < object ? value : object, 0, NULL));
        }
        i += value <= object;
        other += object <= value;
    }
    return RP_OK;
}

RpStatus
rp_check_disjoint(RpEvaluation *evaluation, const RpCheck *check)
{
    RpTripleRange others = other_objects(evaluation, check);

    for (const RpTriple *other = others.first; other < others.end && !evaluation->is_finished;
         other++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (rp_values_contain(check->values, other->object)) {
            RP_TRY(rp_evaluation_report(evaluation, check, other->object, 0, NULL));
        }
    }
    return RP_OK;
}

static RpOrder
compare_values(const RpDictionary *dictionary, RpTermId a, RpTermId b)
{
    RpTerm a_term = rp_dictionary_term(dictionary, a);
    RpTerm b_term = rp_dictionary_term(dictionary, b);

    return rp_value_compare(
        &a_term, rp_evaluation_known_datatype(rp_dictionary_datatype(dictionary, a)), &b_term,
        rp_evaluation_known_datatype(rp_dictionary_datatype(dictionary, b)));
}

/* One result for each pair that is not in order. */
static RpStatus
check_pairs(RpEvaluation *evaluation, const RpCheck *check, bool may_be_equal)
{
    RpTripleRange others = other_objects(evaluation, check);

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];

        for (const RpTriple *other = others.first; other < others.end && !evaluation->is_finished;
             other++) {
            RpOrder order = compare_values(evaluation->dictionary, value, other->object);

            RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
            if (order != RP_ORDER_LESS && !(may_be_equal && order == RP_ORDER_EQUAL)) {
                RP_TRY(rp_evaluation_report(evaluation, check, value, 0, NULL));
            }
        }
    }
    return RP_OK;
}

RpStatus
rp_check_less_than(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_pairs(evaluation, check, false);
}

RpStatus
rp_check_less_than_or_equals(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_pairs(evaluation, check, true);
}
