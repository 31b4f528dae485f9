/* sh:minCount and sh:maxCount. SHACL Recommendation, section 4.2. */
#include "components/components.h"

/*
 * 4.2.1. A violation is about the focus node and has no value (sh:value absent); how many there
 * were goes into the message. Value nodes are a set, so an object that two ways of a path lead to
 * counts once.
 */
RpStatus
rp_check_min_count(RpEvaluation *evaluation, const RpCheck *check)
{
    if ((int64_t)check->values.count >= check->operands[0].value) {
        return RP_OK;
    }
    return rp_evaluation_report(evaluation, check, RP_TERM_NONE, check->values.count);
}

/* 4.2.2. As above: one result for the focus node, not one for each value that is too many. */
RpStatus
rp_check_max_count(RpEvaluation *evaluation, const RpCheck *check)
{
    if ((int64_t)check->values.count <= check->operands[0].value) {
        return RP_OK;
    }
    return rp_evaluation_report(evaluation, check, RP_TERM_NONE, check->values.count);
}
