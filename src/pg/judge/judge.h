/*
 * Judging live data, for everybody who asks in SQL: a verdict, what it adds to the counts, and what
 * a policy's shadow says of the same data.
 */
#ifndef RP_PG_JUDGE_H
#define RP_PG_JUDGE_H

#include "pg/judge/judgement.h"

/*
 * Judge the source by a policy. Everything is allocated in the arena. Raises what goes wrong: a
 * failure is never a verdict. Where the policy has a shadow, or rdfpolicy.track is on, the shadow
 * judges too, and both are counted (shadow.h).
 */
void rp_judge(const RpPolicyUse *use, const RpDataSource *source, const RpJudgementOptions *options,
              RpArena *arena, RpJudgement *judgement);

/*
 * Whether the source conforms to every policy of a selection: ends at the first result that says
 * no. Uses scratch memory that is gone at return.
 */
bool rp_judge_conforms(const RpPolicySelection *selection, const RpDataSource *source);

#endif
