/* sh:minCount and sh:maxCount. SHACL Recommendation, section 4.2. */
#include "components/components.h"

RpStatus
rp_check_min_count(RpEvaluation *evaluation, const RpCheck *check)
{
    if ((int64_t)check->values.count >= check->operands[0].value) {
        return RP_OK;
    }
    return rp_evaluation_report(evaluation, check, RP_TERM_NONE, check->values.count);
}

RpStatus
rp_check_max_count(RpEvaluation *evaluation, const RpCheck *check)
{
    if ((int64_t)check->values.count <= check->operands[0].value) {
        return RP_OK;
    }
    return rp_evaluation_report(evaluation, check, RP_TERM_NONE, check->values.count);
}
