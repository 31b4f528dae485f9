/* What the forms of the validation report share: their arguments and their limit. */
#ifndef RP_PG_REPORT_ROWS_H
#define RP_PG_REPORT_ROWS_H

#include "pg/judge/judgement.h"

enum {
    RP_REPORT_ARGUMENT_POLICY = 1,
    RP_REPORT_ARGUMENT_MAX_RESULTS = 2,
    RP_REPORT_ARGUMENT_BASE_IRI = 3
};

/* How many results a report lists: the lower of max_results and rdfpolicy.max_results. ERROR 22023
 * for a max_results below 1. */
uint64 rp_report_limit(FunctionCallInfo fcinfo);

/*
 * Put the results of a judgement into a set of rows with the report's columns, and take their
 * number from *room. False: there are more than *room.
 */
bool rp_report_rows_put(const RpJudgement *judgement, ReturnSetInfo *result_set, uint64 *room);

/* NOTICE that a report lists its first results only. */
void rp_report_limit_notice(uint64 limit);

#endif
