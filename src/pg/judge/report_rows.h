/* The validation report as rows. */
#ifndef RP_PG_REPORT_ROWS_H
#define RP_PG_REPORT_ROWS_H

#include "pg/judge/report.h"

/* Put the results of a report into a set of rows with the report's columns. */
void rp_report_rows_put(const RpWholeReport *report, ReturnSetInfo *result_set);

#endif
