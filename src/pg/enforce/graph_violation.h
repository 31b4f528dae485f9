/* What becomes of a transaction that violates a policy. */
#ifndef RP_PG_GRAPH_VIOLATION_H
#define RP_PG_GRAPH_VIOLATION_H

#include "pg/enforce/enforcement.h"
#include "pg/graph/stored_graph.h"
#include "pg/judge/judgement.h"

/* How many results are needed of a judgement. */
uint64 rp_graph_violation_limit(RpEnforcementMode mode);

/* Refuse the transaction (ERROR 23514), warn, or record the results, as the mode has it. The
 * judgement has results that are not allowed. */
void rp_graph_violation_tell(const RpStoredGraph *graph, const RpEnforcement *enforcement,
                             RpJudgement *judgement);

#endif
