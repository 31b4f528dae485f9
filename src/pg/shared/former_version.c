/*
 * The former versions that this backend's mappings have besides their directories. Private memory,
 * no locks, but for the moment in which the control block notes that one was named.
 */
#include "pg/shared/former_version.h"

#include "pg/catalog/policy_versions.h"
#include "pg/server/bridge.h"
#include "pg/shared/control.h"
#include "pg/shared/version_row.h"

enum { RP_FORMER_VERSION_LIMIT = 16 /* of a mapping, besides those that call sites hold */ };

/*
 * What is found moves to the head: the list is in order of last use, so that make_room takes from
 * its end.
 */
RpFormerVersion *
rp_former_version_find(RpMapping *mapping, RpText policy, int32 version)
{
    dlist_iter iterator;

    dlist_foreach(iterator, &mapping->former_versions)
    {
        RpFormerVersion *former = dlist_container(RpFormerVersion, node, iterator.cur);

        if (former->version == version && rp_text_equals(former->policy, policy)) {
            dlist_move_head(&mapping->former_versions, &former->node);
            return former;
        }
    }
    return NULL;
}

/* Let the oldest go that nobody holds, where there are as many as a mapping keeps. */
static void
make_room(RpMapping *mapping)
{
    RpFormerVersion *oldest = NULL;
    uint32 idle_count = 0;
    dlist_iter iterator;

    dlist_foreach(iterator, &mapping->former_versions)
    {
        RpFormerVersion *former = dlist_container(RpFormerVersion, node, iterator.cur);

        if (former->use_count == 0) {
            oldest = former;
            idle_count++;
        }
    }
    if (idle_count >= RP_FORMER_VERSION_LIMIT) {
        dlist_delete(&oldest->node);
        MemoryContextDelete(oldest->context);
    }
}

static RpText
copy_into(MemoryContext context, RpText text)
{
    char *copy = MemoryContextAllocHuge(context, (Size)text.length + 1);

    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    return (RpText){copy, text.length};
}

/* Copy a version's image, which is indexed, and what it reads documents by, into the mapping: the
 * rows' memory goes with the call that loads it. */
static RpFormerVersion *
add(RpMapping *mapping, RpText policy, int32 version, const RpImage *image,
    const RpReading *reading)
{
    MemoryContext context =
        AllocSetContextCreate(mapping->context, "rdfpolicy version", ALLOCSET_SMALL_SIZES);
    RpFormerVersion *former = MemoryContextAllocZero(context, sizeof(RpFormerVersion));
    char *bytes = MemoryContextAllocHuge(context, rp_image_indexed_size(image));
    const RpHashKey *hash_key = &mapping->directory->hash_key;

    rp_image_write_indexed(image, hash_key, bytes);
    former->context = context;
    former->policy = copy_into(context, policy);
    former->version = version;
    rp_image_open_indexed(bytes, hash_key, &former->image);
    former->reading = *reading;
    former->reading.context = copy_into(context, reading->context);
    former->reading.pinned = copy_into(context, reading->pinned);
    make_room(mapping);
    dlist_push_head(&mapping->former_versions, &former->node);
    return former;
}

/* Read a version that was in force once from its row. False: there is none. */
static bool
read_image(const RpCatalog *catalog, Snapshot snapshot, const RpHashKey *hash_key, RpText policy,
           int32 version, RpImage *image)
{
    RpError error = {.status = RP_OK};
    bool is_recompiled;
    bool is_found;
    RpVersionRow row;

    is_found = rp_version_row_open(&row, catalog, snapshot, policy, version) &&
               rp_version_row_was_active(&row);
    if (is_found) {
        RP_BRIDGE_TRY(rp_version_row_image(&row, hash_key, image, &is_recompiled, &error), &error);
    }
    rp_version_row_close(&row);
    return is_found;
}

/*
 * The row is asked under the statement's snapshot, and its policy too: a version whose policy was
 * dropped, or that was pruned, is gone for who sees that. The control block is told last, when
 * nothing can fail any more; it takes only what a published generation shows.
 */
RpFormerVersion *
rp_former_version_load(const RpCatalog *catalog, Snapshot snapshot, RpMapping *mapping,
                       RpText policy, int32 version)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy load", ALLOCSET_DEFAULT_SIZES);
    MemoryContext caller = MemoryContextSwitchTo(context);
    const RpDirectoryHeader *directory = mapping->directory;
    RpFormerVersion *former = NULL;
    RpPolicyVersions versions;
    RpImage image;

    if (rp_policy_versions_find(catalog, snapshot, policy, &versions) &&
        read_image(catalog, snapshot, &directory->hash_key, policy, version, &image)) {
        RpReading reading =
            rp_reading_of_version(catalog, snapshot, directory, policy, version, true);

        former = add(mapping, policy, version, &image, &reading);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(context);
    if (former != NULL) {
        rp_control_remember_version(&mapping->directory->identity, policy, version);
    }
    return former;
}

void
rp_former_version_retain(RpFormerVersion *former)
{
    former->use_count++;
}

void
rp_former_version_release(RpFormerVersion *former)
{
    Assert(former->use_count > 0);
    former->use_count--;
}
