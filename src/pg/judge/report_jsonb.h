/* Validation results as jsonb: the guide's report form, and the detail column of the row form. */
#ifndef RP_PG_REPORT_JSONB_H
#define RP_PG_REPORT_JSONB_H

#include "pg/judge/report.h"
#include "pg/term/json_writer.h"

/*
 * One result as {type, message, severity, context: {focusNode, path, value, shape, component}},
 * with details: […] where it has nested results, and detailsTruncated: true where there was no room
 * for some. Terms are in N-Triples form, severity and component IRIs without brackets; what a
 * result lacks is null.
 */
void rp_report_jsonb_result(RpJsonWriter *writer, const RpJudgement *judgement,
                            const RpResult *result);

/* The nested results of a result as an array, with {detailsTruncated: true} as its last element
 * where there was no room for some. */
Jsonb *rp_report_jsonb_details(const RpJudgement *judgement, const RpResult *result);

/* The whole report; of its results the first ones, up to a limit, which must be all unless
 * report->is_cut. In the memory context given. */
Jsonb *rp_report_jsonb_write(const RpWholeReport *report, uint64 limit, MemoryContext context);

#endif
