/* sh:equals, sh:disjoint, sh:lessThan and sh:lessThanOrEquals: the value nodes against the objects
 * of another predicate of the focus node. SHACL Recommendation, section 4.5. */
#include "components/components.h"

#include "components/sorted_values.h"

static RpTripleRange
other_objects(RpEvaluation *evaluation, const RpCheck *check)
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
            RP_TRY(rp_evaluation_report(evaluation, check, value < object ? value : object, 0));
        }
        i += value <= object;
        other += object <= value;
    }
    return RP_OK;
}

/*
 * 4.5.2. One result for each value that both have; the range of the other predicate's objects has
 * no object twice.
 */
RpStatus
rp_check_disjoint(RpEvaluation *evaluation, const RpCheck *check)
{
    RpTripleRange others = other_objects(evaluation, check);

    for (const RpTriple *other = others.first; other < others.end && !evaluation->is_finished;
         other++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (rp_values_contain(check->values, other->object)) {
            RP_TRY(rp_evaluation_report(evaluation, check, other->object, 0));
        }
    }
    return RP_OK;
}

/*
 * One result for each pair that is not in order. Results of one value are all alike, so that it is
 * enough to know how many there are.
 */
static RpStatus
check_pairs(RpEvaluation *evaluation, const RpCheck *check, bool may_be_equal)
{
    uint32_t mark = evaluation->scratch.count;
    RpSortedValues others;

    if (check->values.count == 0) {
        return RP_OK;
    }
    RP_TRY(rp_sorted_values_make(evaluation, other_objects(evaluation, check), check->values.count,
                                 &others));
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        uint64_t in_order = 0;

        RP_TRY(rp_sorted_values_count_above(evaluation, &others, check->values.ids[i], may_be_equal,
                                            &in_order));
        RP_TRY(rp_evaluation_report_times(evaluation, check, check->values.ids[i],
                                          others.count - in_order));
    }
    rp_scratch_release(&evaluation->scratch, mark);
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
