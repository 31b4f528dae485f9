/* The plans of the queries that this backend judges by. */
#ifndef RP_PG_QUERY_PLANS_H
#define RP_PG_QUERY_PLANS_H

#include "pg/pg.h"
#include "validate/query_plans.h"

/* The plans of an image, which are kept; NULL: it has no queries. Valid until the next call but 15.
 */
const RpQueryPlans *rp_query_plans_of(const RpImage *image);

#endif
