/*
 * Hints about names of policies, made where an error is about to be raised anyway. The rows are
 * read under the snapshot of the statement, without a lock but the table's ACCESS SHARE.
 */
#include "pg/catalog/policy_hint.h"

#include "utils/snapmgr.h"

#include "base/nearest.h"

static Snapshot
current_snapshot(void)
{
    return ActiveSnapshotSet() ? GetActiveSnapshot() : GetLatestSnapshot();
}

/* The name of a policy that is nearest to one that there is none of; NULL: none is near. */
static const char *
nearest_name(const RpCatalog *catalog, RpText policy)
{
    RpNearest nearest;
    RpCatalogScan scan;
    HeapTuple tuple;

    rp_nearest_begin(&nearest, policy);
    rp_catalog_scan_begin(&scan, catalog->policy, current_snapshot());
    while ((tuple = rp_catalog_scan_next(&scan)) != NULL) {
        RpText name;

        if (!rp_catalog_bool(&scan, tuple, RP_POLICY_IS_DROPPED) &&
            rp_catalog_text(&scan, tuple, RP_POLICY_NAME, &name)) {
            /* The row goes when the scan goes on. */
            rp_nearest_offer(&nearest, (RpText){pnstrdup(name.data, name.length), name.length});
        }
    }
    rp_catalog_scan_end(&scan);
    return nearest.name.length > 0 ? nearest.name.data : NULL;
}

const char *
rp_policy_hint(const RpCatalog *catalog, RpText policy, int32 version)
{
    RpPolicyVersions versions = {0};
    const char *name;

    if (!rp_policy_versions_find(catalog, current_snapshot(), policy, &versions)) {
        name = nearest_name(catalog, policy);
        return name == NULL  ? "rdf_policies lists the policies."
               : version > 0 ? psprintf("Did you mean \"%s@%d\"?", name, version)
                             : psprintf("Did you mean \"%s\"?", name);
    }
    if (versions.staged > 0 && (version == versions.staged || versions.active == 0)) {
        return psprintf("rdf_policy_reload('%.*s') puts version %d in force.", (int)policy.length,
                        policy.data, versions.staged);
    }
    if (versions.active > 0) {
        return psprintf("Version %d is in force: \"%.*s@%d\". rdf_policy_versions lists the "
                        "versions.",
                        versions.active, (int)policy.length, policy.data, versions.active);
    }
    return "rdf_policy_versions lists the versions of each policy.";
}

void
rp_policy_raise_unknown(const RpCatalog *catalog, RpText policy)
{
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                    errmsg("policy \"%.*s\" does not exist", (int)policy.length, policy.data),
                    errhint("%s", rp_policy_hint(catalog, policy, 0))));
}

void
rp_policy_raise_inactive(const RpCatalog *catalog, RpText policy)
{
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                    errmsg("policy \"%.*s\" is not active", (int)policy.length, policy.data),
                    errhint("%s", rp_policy_hint(catalog, policy, 0))));
}

void
rp_policy_raise_unknown_version(const RpCatalog *catalog, RpText policy, int32 version)
{
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                    errmsg("policy version \"%.*s@%d\" does not exist", (int)policy.length,
                           policy.data, version),
                    errhint("%s", rp_policy_hint(catalog, policy, version))));
}

void
rp_policy_versions_require(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                           RpPolicyVersions *versions)
{
    if (!rp_policy_versions_find(catalog, snapshot, policy, versions)) {
        rp_policy_raise_unknown(catalog, policy);
    }
}
