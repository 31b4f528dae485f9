/* What to do where a name of a policy, or a version, is not there. */
#ifndef RP_PG_POLICY_HINT_H
#define RP_PG_POLICY_HINT_H

#include "pg/catalog/policy_versions.h"

/*
 * The HINT for a policy (version 0) or a version that is not in force, or not there: how it comes
 * into force, the version that is in force, or the nearest name. In the current memory context.
 * Names of policies are for everyone to read (view rdf_policies).
 */
const char *rp_policy_hint(const RpCatalog *catalog, RpText policy, int32 version);

/* ERROR 42704: there is no policy of that name. */
RP_NORETURN void rp_policy_raise_unknown(const RpCatalog *catalog, RpText policy);

/* ERROR 42704: no version of that policy is in force. */
RP_NORETURN void rp_policy_raise_inactive(const RpCatalog *catalog, RpText policy);

/* ERROR 42704: there is no such version of a policy, or the policy is not there. */
RP_NORETURN void rp_policy_raise_unknown_version(const RpCatalog *catalog, RpText policy,
                                                 int32 version);

/* rp_policy_versions_find, with ERROR 42704 where there is no such policy. */
void rp_policy_versions_require(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                                RpPolicyVersions *versions);

#endif
