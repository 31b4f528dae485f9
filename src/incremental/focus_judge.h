/* Candidates → results of those that are focus nodes. */
#ifndef RP_INCREMENTAL_FOCUS_JUDGE_H
#define RP_INCREMENTAL_FOCUS_JUDGE_H

#include "incremental/judging.h"
#include "validate/report.h"

/* Decide which candidates are focus nodes, fetch all that evaluating them reads, evaluate. */
RpStatus rp_focus_judge(RpJudging *judging, RpReport *report);

#endif
