/* What keeps the changes of a graph from being judged, though policies are enforced on it. */
#ifndef RP_PG_ENFORCEMENT_PROBLEM_H
#define RP_PG_ENFORCEMENT_PROBLEM_H

#include "pg/enforce/enforcement.h"

/*
 * Triggers that are missing, disabled or others; a graph that cannot be read, which refuses every
 * change that is seen. NULL: nothing. In the current memory context.
 */
char *rp_enforcement_problem(const RpCatalog *catalog, RpText graph, RpTiming timing);

#endif
