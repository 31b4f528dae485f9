/* The loaded versions of this backend's mappings. Private memory, no locks. */
#include "pg/pg.h"

#include "pg/shared/loaded_version.h"

enum { RP_LOADED_VERSION_LIMIT = 16 /* of a mapping, besides those that call sites hold */ };

RpLoadedVersion *
rp_loaded_version_find(RpMapping *mapping, RpText policy, int32 version)
{
    dlist_iter iterator;

    dlist_foreach(iterator, &mapping->loaded_versions)
    {
        RpLoadedVersion *loaded = dlist_container(RpLoadedVersion, node, iterator.cur);

        if (loaded->version == version && rp_text_equals(loaded->policy, policy)) {
            dlist_move_head(&mapping->loaded_versions, &loaded->node);
            return loaded;
        }
    }
    return NULL;
}

/* Let the oldest go that nobody holds, where there are as many as a mapping keeps. */
static void
make_room(RpMapping *mapping)
{
    RpLoadedVersion *oldest = NULL;
    uint32 idle_count = 0;
    dlist_iter iterator;

    dlist_foreach(iterator, &mapping->loaded_versions)
    {
        RpLoadedVersion *loaded = dlist_container(RpLoadedVersion, node, iterator.cur);

        if (loaded->use_count == 0) {
            oldest = loaded;
            idle_count++;
        }
    }
    if (idle_count >= RP_LOADED_VERSION_LIMIT) {
        dlist_delete(&oldest->node);
        MemoryContextDelete(oldest->context);
    }
}

RpLoadedVersion *
rp_loaded_version_add(RpMapping *mapping, RpText policy, int32 version, const RpImage *image)
{
    MemoryContext context =
        AllocSetContextCreate(mapping->context, "rdfpolicy version", ALLOCSET_SMALL_SIZES);
    RpLoadedVersion *loaded = MemoryContextAllocZero(context, sizeof(RpLoadedVersion));
    char *name = MemoryContextAlloc(context, policy.length + 1);
    char *bytes = MemoryContextAllocHuge(context, rp_image_indexed_size(image));
    const RpHashKey *hash_key = &mapping->directory->hash_key;

    memcpy(name, policy.data, policy.length);
    rp_image_write_indexed(image, hash_key, bytes);
    loaded->context = context;
    loaded->policy = (RpText){name, policy.length};
    loaded->version = version;
    rp_image_open_indexed(bytes, hash_key, &loaded->image);
    make_room(mapping);
    dlist_push_head(&mapping->loaded_versions, &loaded->node);
    return loaded;
}

void
rp_loaded_version_retain(RpLoadedVersion *loaded)
{
    loaded->use_count++;
}

void
rp_loaded_version_release(RpLoadedVersion *loaded)
{
    Assert(loaded->use_count > 0);
    loaded->use_count--;
}
