/* Validation results as jsonb: the guide's report form, and the detail column of the row form. */
#ifndef RP_PG_REPORT_JSONB_H
#define RP_PG_REPORT_JSONB_H

#include "pg/judge/judgement.h"
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

#endif
