/* What keeps the changes of a graph from being judged, though policies are enforced on it. */
#ifndef RP_PG_ENFORCEMENT_PROBLEM_H
#define RP_PG_ENFORCEMENT_PROBLEM_H

#include "pg/enforce/enforcement.h"

/*
 * Triggers that are missing, disabled or others; tables of which a crash empties some; a graph that
 * cannot be read, which refuses every change that is seen. NULL: nothing. In the current memory
 * context.
 */
char *rp_enforcement_problem(const RpCatalog *catalog, RpText graph, RpTiming timing);

/* WARNING where there is a problem: to whoever enforces a policy, or puts one in force. */
void rp_enforcement_warn(const RpCatalog *catalog, RpText graph, RpTiming timing);

/* ERROR 55000 where there is one: a proof says of what will be stored, too, that it conforms. */
void rp_enforcement_require_judged(const RpCatalog *catalog, RpText graph, RpTiming timing);

#endif
