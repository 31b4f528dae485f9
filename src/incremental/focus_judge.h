/* Nodes and shapes → results. */
#ifndef RP_INCREMENTAL_FOCUS_JUDGE_H
#define RP_INCREMENTAL_FOCUS_JUDGE_H

#include "incremental/judging.h"
#include "validate/report.h"

/* Fetch all that evaluating nodes by shapes reads, and evaluate: shape → node, frozen. */
RpStatus rp_focus_judge(RpJudging *judging, const RpGraph *nodes, RpReport *report);

#endif
