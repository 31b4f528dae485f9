/* What becomes of a transaction that violates a policy. */
#ifndef RP_PG_GRAPH_VIOLATION_H
#define RP_PG_GRAPH_VIOLATION_H

#include "pg/enforce/enforcement.h"
#include "pg/graph/stored_graph.h"
#include "pg/enforce/capture.h"
#include "pg/judge/judgement.h"

#define RP_GRAPH_VALUES_HINT "Values are shown to roles that may read the graph's tables."

/* How many results are needed of a judgement. */
uint64 rp_graph_violation_limit(RpEnforcementMode mode);

/*
 * Refuse the transaction (ERROR 23514), warn, or record the results, as the mode has it. The
 * judgement is of the capture (NULL: of the whole graph), and has results that are not allowed. Who
 * may not read the graph is told no more of the data than which of the nodes that he wrote violate
 * what.
 */
void rp_graph_violation_tell(const RpStoredGraph *graph, const RpEnforcement *enforcement,
                             const RpCapture *capture, RpJudgement *judgement);

#endif
