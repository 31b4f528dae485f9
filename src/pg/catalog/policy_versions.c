/*
 * Reading the row of one policy, under the snapshot that the caller says: so what it finds is of
 * the moment that the rest of the statement sees. No lock but the table's ACCESS SHARE.
 */
#include "pg/catalog/policy_versions.h"

bool
rp_policy_versions_find(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                        RpPolicyVersions *versions)
{
    RpCatalogScan scan;
    HeapTuple tuple;
    bool is_found;

    rp_catalog_find_policy(&scan, catalog, snapshot, policy);
    tuple = rp_catalog_scan_next(&scan);
    is_found = tuple != NULL && !rp_catalog_bool(&scan, tuple, RP_POLICY_IS_DROPPED);
    if (is_found) {
        versions->active = rp_catalog_int32(&scan, tuple, RP_POLICY_ACTIVE_VERSION);
        versions->staged = rp_catalog_int32(&scan, tuple, RP_POLICY_STAGED_VERSION);
    }
    rp_catalog_scan_end(&scan);
    return is_found;
}
