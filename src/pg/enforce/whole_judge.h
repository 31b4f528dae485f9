/* All that is stored judged as an enforcement has it: the union, or each named graph by itself. */
#ifndef RP_PG_WHOLE_JUDGE_H
#define RP_PG_WHOLE_JUDGE_H

#include "pg/enforce/enforcement.h"
#include "pg/graph/stored_graph.h"
#include "pg/judge/judgement.h"

/*
 * Judge under the active snapshot. Whatever does not conform goes to tell (NULL: nobody). Returns
 * whether all conforms. Raises as rp_graph_judge_whole.
 */
bool rp_whole_judge(const RpStoredGraph *graph, const RpEnforcement *enforcement,
                    const RpPolicyUse *use, const RpJudgementOptions *options,
                    void (*tell)(const RpStoredGraph *graph, const RpEnforcement *enforcement,
                                 RpJudgement *judgement));

#endif
