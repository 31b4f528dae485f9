/* Why a value does not conform to other shapes, for people: the details of a result as lines. */
#ifndef RP_PG_REASONS_H
#define RP_PG_REASONS_H

#include "pg/judge/judgement.h"

/* A text cut as messages cut values (doc/sql.md, "Ground rules"). */
void rp_shown_append(StringInfo out, RpText text);

/* " (shape <…>)", or nothing where the result is of none. */
void rp_shape_append(StringInfo out, const RpJudgement *judgement, const RpResult *result);

/* What a result says, without those that are its details: focus node, path, value: message (shape).
 * parent: the result that it is a detail of, whose value is no news; NULL: none. */
void rp_result_append(StringInfo out, const RpJudgement *judgement, const RpResult *result,
                      const RpResult *parent);

/*
 * The details of a result, each on an indented line of its own, those of details deeper: which
 * alternative of sh:or failed, and why. A bounded number of lines, in which every detail of one
 * result comes before those of one of them; … stands for what is left out.
 */
void rp_reasons_append(StringInfo out, const RpJudgement *judgement, const RpResult *result);

#endif
