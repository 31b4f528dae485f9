/* See change_judge.h. */
#include "incremental/change_judge.h"

#include "incremental/affected.h"
#include "incremental/focus_judge.h"
#include "incremental/focus_nodes.h"
#include "incremental/units.h"

/* In this order: what changed → what may be affected → for whom → the least to evaluate →
 * evaluated. */
static RpStatus
judge(RpJudging *judging, const RpChange *changes, uint32_t count, RpReport *report)
{
    RpGraph focus_nodes;
    RpGraph nodes;
    RpWalk walk;

    rp_walk_init(&walk, judging, false);
    RP_TRY(rp_affected_find(judging, &walk, changes, count));
    RP_TRY(rp_focus_nodes_find(judging, &focus_nodes));
    RP_TRY(rp_units_find(judging, &walk, &focus_nodes, &nodes));
    return rp_focus_judge(judging, &nodes, report);
}

RpStatus
rp_change_judge(RpDataGraph *data, const RpReadMap *map, const RpChange *changes, uint32_t count,
                const RpStore *store, const RpJudgeLimits *limits, uint32_t depth_limit,
                RpReport *report, RpJudgeOutcome *outcome, RpError *error)
{
    RpJudging judging;

    rp_judging_init(&judging, data, map, store, limits, depth_limit, outcome, error);
    return rp_judging_end(&judging, judge(&judging, changes, count, report));
}
