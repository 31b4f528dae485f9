/* How many triples a pattern will match: statistics of the frozen graph. */
#ifndef RP_QUERY_ESTIMATE_H
#define RP_QUERY_ESTIMATE_H

#include "query/query_run.h"

/*
 * Estimate how many solutions a triple or path has for each row of a table: constants are counted
 * exactly, columns by how many different terms the predicate has.
 */
RpStatus rp_estimate_pattern(RpQueryRun *run, const RpOp *pattern, const RpSolutions *rows,
                             double *estimate);

/* How many triples fit the constants of a triple pattern. */
RpStatus rp_estimate_range(RpQueryRun *run, const RpOp *pattern, RpTripleRange *range);

#endif
