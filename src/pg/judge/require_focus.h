/*
 * What a call asks of the focus nodes of its data: where a policy was registered with
 * require_focus, or the call itself asks, data without any violates. It is asked of documents: a
 * graph in tables may hold what it likes.
 */
#ifndef RP_PG_REQUIRE_FOCUS_H
#define RP_PG_REQUIRE_FOCUS_H

#include "validate/report.h"
#include "pg/judge/data_source.h"
#include "pg/shared/policy_cache.h"

typedef struct RpRequireFocus {
    const RpPolicySelection *selection; /* one focus node by any of its policies is enough */
    bool is_needed;                     /* some policy asks for one */
    bool is_found;                      /* a policy has a focus node */
    bool is_reported;                   /* none has, and a result says so */
} RpRequireFocus;

/* What the policies of a call ask, before the first is judged. */
RpRequireFocus rp_require_focus_begin(const RpPolicySelection *selection);

/*
 * Add a result to the report of a judgement where a focus node is asked for, by the policy or with
 * the source, and there is none: one for all policies of a call, which are judged in their order.
 * Nothing is done where nobody asks, or the report has what its reader wanted. The report is one of
 * rp_validate.
 */
RpStatus rp_require_focus(RpRequireFocus *call, const RpPolicyUse *use, const RpDataSource *source,
                          RpReport *report, RpError *error);

/* Whether the data has a focus node by the policy whose report this is. */
RpStatus rp_focus_is_found(const RpPolicyUse *use, const RpDataSource *source, RpReport *report,
                           bool *is_found, RpError *error);

#endif
