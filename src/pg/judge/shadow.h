/*
 * Judging with counts: what rdfpolicy.track and a policy's shadow add to a validation. A shadow is
 * a version that judges the same data as the active one, enforcing nothing.
 */
#ifndef RP_PG_SHADOW_H
#define RP_PG_SHADOW_H

#include "pg/judge/judgement.h"

/*
 * rp_judge, counting; then the shadow, if there is one, in memory of its own. What goes wrong with
 * the shadow is counted and not raised, unless the statement is to end (a cancel, a timeout).
 */
void rp_shadow_judge(const RpPolicyUse *use, const RpDataSource *source,
                     const RpJudgementOptions *options, RpArena *arena, RpJudgement *judgement);

#endif
