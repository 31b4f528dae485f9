/* A violated policy as an error, or a WARNING: rdf_assert_valid and rdf_policy_check. */
#ifndef RP_PG_VIOLATION_ERROR_H
#define RP_PG_VIOLATION_ERROR_H

#include "pg/judge/judgement.h"

enum {
    RP_VIOLATION_SHOWN = 5,
    RP_VIOLATION_DETAILS = 100 /* nested results that messages are made of, of each policy */
};

/* What an error about violations says, in the memory context that was current when it was made. */
typedef struct RpViolationText {
    bool shows_values; /* set by the caller: else nothing of the data is told, but counts … */
    const bool *may_be_told; /* … and focus nodes of which it is true, by id; NULL: none */
    StringInfoData policies; /* policy "p" version 2: 3 violations; … */
    StringInfoData
        detail;         /* one line for each of the first violations, and the count of the rest */
    const char *policy; /* the first that is violated */
    uint32_t line_count;
    uint64_t violation_count; /* of all policies; 0: the data conforms */
} RpViolationText;

/* Judge the source by every policy of a selection, in scratch memory that is gone at return. What
 * goes wrong is raised, and may tell of the data. */
void rp_violation_text_make(const RpPolicySelection *selection, const RpDataSource *source,
                            RpViolationText *text);

/*
 * The same piece by piece, for who judges himself: add each judgement that has results, their
 * details found, in the text's memory context; then finish.
 */
void rp_violation_text_add(RpViolationText *text, const RpJudgement *judgement);
void rp_violation_text_finish(RpViolationText *text);

#endif
