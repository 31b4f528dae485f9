/*
 * From the tables, as one snapshot shows them, to compiled policies. No lock of ours is held; the
 * tables' ACCESS SHARE locks are held while their rows are read.
 */
#include "pg/pg.h"

#include "pg/server/bridge.h"
#include "pg/shared/control.h"
#include "pg/shared/policy_catalog.h"
#include "pg/shared/stored_directory.h"
#include "pg/shared/version_row.h"

/* What is no fault of the policy must not be remembered as one. */
static void
raise_unless_policy_fault(const RpError *error)
{
    if (error->status == RP_OUT_OF_MEMORY || error->status == RP_INTERRUPTED) {
        rp_bridge_raise(error);
    }
}

static void
mark_broken(RpDirectoryInput *input, const char *message)
{
    input->flags |= RP_DIRECTORY_BROKEN;
    input->message = rp_text_from(message);
}

/* Read the image of an entry, or why it is broken, from its version's row. */
static void
read_image(const RpCatalog *catalog, Snapshot snapshot, const RpHashKey *hash_key,
           RpDirectoryInput *input)
{
    RpImage *image = palloc(sizeof(RpImage));
    RpError error = {.status = RP_OK};
    bool is_recompiled;
    RpVersionRow row;

    if (!rp_version_row_open(&row, catalog, snapshot, input->policy, input->version)) {
        mark_broken(input, "the version's row is missing");
    } else if (rp_version_row_image(&row, hash_key, image, &is_recompiled, &error) != RP_OK) {
        raise_unless_policy_fault(&error);
        mark_broken(input, pstrdup(error.message));
    } else {
        input->image = image;
        input->flags |= is_recompiled ? RP_DIRECTORY_RECOMPILED : 0;
    }
    rp_version_row_close(&row);
}

/* Take the image that a mapping has of the very row. False: it has none. */
static bool
take_image(const RpMapping *base, RpDirectoryInput *input)
{
    const RpDirectoryEntry *entry =
        base == NULL ? NULL : rp_directory_find(base->directory, input->policy, input->version);

    if (entry == NULL || (entry->flags & RP_DIRECTORY_BROKEN) ||
        !rp_row_origin_is_known(&input->origin) ||
        !rp_row_origin_equals(&entry->origin, &input->origin)) {
        return false;
    }
    input->image = rp_mapping_image(base, entry);
    input->flags |= entry->flags & RP_DIRECTORY_RECOMPILED;
    return true;
}

RpMapping *
rp_policy_catalog_build(const RpCatalog *catalog, Snapshot snapshot, const RpGenerationRow *row,
                        const RpMapping *base, bool is_shared)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy build", ALLOCSET_DEFAULT_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    RpNamedVersion named[RP_NAMED_VERSION_LIMIT];
    uint32 named_count = rp_control_named_versions(&row->identity, named);
    RpHashKey hash_key = base == NULL ? rp_bridge_random_key() : base->directory->hash_key;
    RpStoredDirectory stored;
    RpMapping *mapping;

    rp_stored_directory_read(catalog, snapshot, named, named_count, &stored);
    for (uint32 i = 0; i < stored.count; i++) {
        RpDirectoryInput *input = &stored.inputs[i];

        if (!take_image(base, input)) {
            read_image(catalog, snapshot, &hash_key, input);
        }
    }
    mapping = rp_mapping_make(&row->identity, &hash_key, row->number, stored.inputs, stored.count,
                              is_shared);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    return mapping;
}

bool
rp_policy_catalog_versions(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
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

void
rp_policy_catalog_require(const RpCatalog *catalog, Snapshot snapshot, RpText policy,
                          RpPolicyVersions *versions)
{
    if (!rp_policy_catalog_versions(catalog, snapshot, policy, versions)) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("policy \"%.*s\" does not exist", (int)policy.length, policy.data),
                        errhint("rdf_policies lists the policies.")));
    }
}

void
rp_policy_catalog_read(const RpCatalog *catalog, Snapshot snapshot, RpText policy, int32 version,
                       RpImage *image)
{
    const RpHashKey *hash_key = &rp_bridge_arena(CurrentMemoryContext, 0)->host->hash_key;
    RpError error = {.status = RP_OK};
    bool is_recompiled;
    bool is_found;
    RpVersionRow row;

    is_found = rp_version_row_open(&row, catalog, snapshot, policy, version);
    if (is_found) {
        RP_BRIDGE_TRY(rp_version_row_image(&row, hash_key, image, &is_recompiled, &error), &error);
    }
    rp_version_row_close(&row);
    if (!is_found) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("policy version \"%.*s@%d\" does not exist", (int)policy.length,
                               policy.data, version),
                        errhint("rdf_policy_versions lists the versions.")));
    }
}

RpLoadedVersion *
rp_policy_catalog_load(const RpCatalog *catalog, Snapshot snapshot, RpMapping *mapping,
                       RpText policy, int32 version)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy load", ALLOCSET_DEFAULT_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    RpError error = {.status = RP_OK};
    RpLoadedVersion *loaded = NULL;
    RpPolicyVersions versions;
    bool is_recompiled;
    RpVersionRow row;
    RpImage image;

    if (rp_policy_catalog_versions(catalog, snapshot, policy, &versions)) {
        if (rp_version_row_open(&row, catalog, snapshot, policy, version) &&
            rp_version_row_was_active(&row)) {
            RP_BRIDGE_TRY(rp_version_row_image(&row, &mapping->directory->hash_key, &image,
                                               &is_recompiled, &error),
                          &error);
            loaded = rp_loaded_version_add(mapping, policy, version, &image);
        }
        rp_version_row_close(&row);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    if (loaded != NULL) {
        rp_control_remember_version(&mapping->directory->identity, policy, version);
    }
    return loaded;
}
