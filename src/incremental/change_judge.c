/* See change_judge.h. */
#include "incremental/change_judge.h"

#include "incremental/affected.h"
#include "incremental/focus_judge.h"

RpStatus
rp_change_judge(RpDataGraph *data, const RpReadMap *map, const RpChange *changes, uint32_t count,
                const RpStore *store, const RpJudgeLimits *limits, uint32_t depth_limit,
                RpReport *report, RpJudgeOutcome *outcome, RpError *error)
{
    RpJudging judging;
    RpStatus status;

    rp_judging_init(&judging, data, map, store, limits, depth_limit, outcome, error);
    status = rp_affected_find(&judging, changes, count);
    if (status == RP_OK) {
        status = rp_focus_judge(&judging, report);
    }
    return rp_judging_end(&judging, status);
}
