/* The aggregates of one group (SPARQL 1.1, 11 and 18.5.1). */
#ifndef RP_QUERY_AGGREGATE_H
#define RP_QUERY_AGGREGATE_H

#include "query/query_run.h"

/*
 * The value of an aggregate over some rows of a table; 0: an error. For DISTINCT, and where an
 * outcome could depend on the order of the rows, values are taken in the order of terms.
 */
RpStatus rp_aggregate_value(RpQueryRun *run, const RpOp *aggregate, const RpSolutions *rows,
                            const uint32_t *numbers, uint32_t count, RpTermId *id);

#endif
