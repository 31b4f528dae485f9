/* Validation results as jsonb: the guide's report form, and the detail column of the row form. */
#ifndef RP_PG_REPORT_JSONB_H
#define RP_PG_REPORT_JSONB_H

#include "pg/term/json_writer.h"
#include "pg/judge/judgement.h"

/*
 * One result as {type, message, severity, context: {focusNode, path, value, shape, component}},
 * with details: […] where it has nested results. Terms are in N-Triples form, severity and
 * component IRIs without brackets; what a result lacks is null. Nesting is bounded by
 * rdfpolicy.max_depth, as validation is.
 */
void rp_report_jsonb_result(RpJsonWriter *writer, const RpJudgement *judgement,
                            const RpResult *result);

/* The nested results of a result as an array; its details must not be NULL. */
Jsonb *rp_report_jsonb_details(const RpJudgement *judgement, const RpResult *result);

#endif
