/* A stable merge sort of numbers by an order of the caller's, which polls the host. */
#ifndef RP_QUERY_SORT_H
#define RP_QUERY_SORT_H

#include "query/query_run.h"

/* Negative where a stands before b, 0 where their order stays. */
typedef int (*RpSortOrder)(const void *state, uint32_t a, uint32_t b);

RpStatus rp_query_sort(RpQueryRun *run, uint32_t *numbers, uint32_t count, RpSortOrder order,
                       const void *state);

/* Poll for a comparison of terms, whose texts may be long. */
RpStatus rp_query_poll_compared(RpQueryRun *run);

#endif
