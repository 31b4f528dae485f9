/* One row of the policy table: which versions of a policy play a part. */
#ifndef RP_PG_POLICY_VERSIONS_H
#define RP_PG_POLICY_VERSIONS_H

#include "pg/catalog/catalog.h"

typedef struct RpPolicyVersions {
    int32 active; /* in force; 0: none */
    int32 staged; /* to be put in force by the next reload; 0: none */
} RpPolicyVersions;

/* False: no such policy, or it was dropped. */
bool rp_policy_versions_find(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                             RpPolicyVersions *versions);

#endif
