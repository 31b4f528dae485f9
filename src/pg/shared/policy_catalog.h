/* From the rows of the policy tables to compiled policies. */
#ifndef RP_PG_POLICY_CATALOG_H
#define RP_PG_POLICY_CATALOG_H

#include "pg/catalog/catalog.h"
#include "pg/catalog/generation.h"
#include "pg/shared/loaded_version.h"

/*
 * Make the mapping of the generation whose rows a snapshot shows: every active version, its shadow,
 * and the former versions that calls have named. Images of rows that base was made from, too, are
 * copied from there; base: any mapping of this database, or NULL. A version
 * whose stored image is of another format is compiled from its source; one that does not compile,
 * or is damaged, is carried as broken. One reference is the caller's. Raises only for lack of
 * resources, or a cancel.
 */
RpMapping *rp_policy_catalog_build(const RpCatalog *catalog, Snapshot snapshot,
                                   const RpGenerationRow *row, const RpMapping *base,
                                   bool is_shared);

/*
 * One version that the directory lacks, loaded into the mapping. NULL: no such version, or its
 * policy was dropped, or it was never in force. ERROR XX001 where it does not compile.
 */
RpLoadedVersion *rp_policy_catalog_load(const RpCatalog *catalog, Snapshot snapshot,
                                        RpMapping *mapping, RpText policy, int32 version);

/* Which versions of a policy play a part; 0: none. */
typedef struct RpPolicyVersions {
    int32 active;
    int32 staged;
} RpPolicyVersions;

/* False: no such policy, or it was dropped. */
bool rp_policy_catalog_versions(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                                RpPolicyVersions *versions);

/* The same, with ERROR 42704 for false. */
void rp_policy_catalog_require(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                               RpPolicyVersions *versions);

/*
 * The image of any version that is kept, staged ones included, in the current memory context. ERROR
 * 42704: no such version. Raises where it does not compile.
 */
void rp_policy_catalog_read(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                            int32 version, RpImage *image);

#endif
