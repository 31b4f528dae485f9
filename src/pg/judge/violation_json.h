/* The violations of refused data for programs: the report as JSON, in an error's DETAIL. */
#ifndef RP_PG_VIOLATION_JSON_H
#define RP_PG_VIOLATION_JSON_H

#include "pg/judge/judgement.h"

enum { RP_VIOLATION_JSON_RESULTS = 100 /* at most, and as many nested ones */ };

/*
 * The report of rdf_validation_report_jsonb as text, bounded: at most 100 results and 64 kB, and
 * texts cut at 200 characters, as messages cut values; "truncated" says that something is left out
 * or cut. shows_values false: nothing that the data has, but counts: what would tell it is null.
 * Judges anew, counting nothing. In the current memory context. Raises what goes wrong.
 */
char *rp_violation_json(const RpPolicySelection *selection, const RpDataSource *source,
                        bool shows_values);

/* The same of a judgement that has its results, up to that limit, and their details: its texts are
 * cut from now on, and hidden. */
char *rp_violation_json_of(RpJudgement *judgement, bool shows_values);

#endif
