/*
 * Which compiled policies a call is judged by: the generation that the active snapshot shows. See
 * README.md, "Life of a generation".
 */
#ifndef RP_PG_POLICY_CACHE_H
#define RP_PG_POLICY_CACHE_H

#include "pg/pg.h"
#include "validate/data_graph.h"
#include "pg/shared/reading.h"

/* One policy to judge by. */
typedef struct RpPolicyUse {
    RpText policy;
    int32 version;
    const RpImage *image;
    const RpImage *shadow_image; /* of a candidate to be judged by beside it; NULL: none */
    int32 shadow_version;
    RpReading reading;
    RpReading shadow_reading;
    RpRecentPredicates *predicates; /* of the image: kept with the call site; NULL: none are */
} RpPolicyUse;

/* What a policy argument names, under one snapshot. */
typedef struct RpPolicySelection {
    const RpPolicyUse *uses; /* in order of policy name */
    uint32_t use_count; /* 0 only where rdfpolicy.no_policy = pass let an unknown policy through */
    int64 generation;
} RpPolicySelection;

/*
 * The policies that a call must use: policy is a name, name@version, or NULL for every active
 * policy. The answer is kept in fcinfo->flinfo->fn_extra (which the caller must not use for
 * anything else), holds its images mapped until the FmgrInfo's memory context ends, and is valid
 * for this call: call again at the next one, which is cheap (4 ns) while the snapshot is the same
 * view.
 *
 * ERROR 42704 for an unknown policy or version, 55000 where no policy is active or the generation
 * row is gone, XX001 for a policy that does not compile, 22023 for a text that is no policy name.
 */
const RpPolicySelection *rp_policy_select(FunctionCallInfo fcinfo, const text *policy);

/* The same for who is no function that was called: place stands for the call site, of which only
 * fn_mcxt must be set; namespace is the extension's schema. */
const RpPolicySelection *rp_policy_select_at(FmgrInfo *place, Oid namespace, const text *policy);

#endif
