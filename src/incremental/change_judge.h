/* Judging changes of a stored graph over exactly what they touch. */
#ifndef RP_INCREMENTAL_CHANGE_JUDGE_H
#define RP_INCREMENTAL_CHANGE_JUDGE_H

#include "incremental/change.h"
#include "incremental/judge_outcome.h"
#include "incremental/store.h"
#include "validate/report.h"

/*
 * Judge changes that have been made: the store shows the graph after them. Every result that
 * validating the whole graph finds now, and would not have found before, is in the report; and
 * none that validating the whole would not find. Of a focus node that was one before, only what may
 * have changed is evaluated: results that it had may be there or not. Each result has the content
 * that it has in validating the whole; they come by shape, then node, of what is evaluated.
 *
 * The changes may be more than was changed in the end: what was added and removed again, in any
 * order, is given as both, and a triple that is still there, or never was, does no harm. data is a
 * graph without triples, whose dictionary has the changes' ids; it holds the fetched triples
 * afterwards. The map is that of its image. Errors as rp_validate, and those of the store. Details
 * of results are to be found afterwards (validate/details.h).
 */
RpStatus rp_change_judge(RpDataGraph *data, const RpReadMap *map, const RpChange *changes,
                         uint32_t count, const RpStore *store, const RpJudgeLimits *limits,
                         uint32_t depth_limit, RpReport *report, RpJudgeOutcome *outcome,
                         RpError *error);

#endif
