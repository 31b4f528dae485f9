/*
 * The mappings of this backend. The list and the reference counts are private to the backend and
 * need no lock; segments are PostgreSQL's (dsm.c). A mapping is detached from resource owners at
 * once (dsm_pin_mapping), since it outlives statements.
 */
#include "pg/pg.h"

#include "pg/mapping.h"

static dlist_head mappings = DLIST_STATIC_INIT(mappings);

RpMapping *
rp_mapping_find(const RpIdentity *identity)
{
    dlist_iter iterator;

    dlist_foreach(iterator, &mappings)
    {
        RpMapping *mapping = dlist_container(RpMapping, node, iterator.cur);

        if (rp_identity_equals(&mapping->directory->identity, identity)) {
            return mapping;
        }
    }
    return NULL;
}

/* An empty mapping in a context of its own, which is the caller's until enter_mapping: an error
 * before loses nothing. */
static RpMapping *
allocate_mapping(void)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy generation", ALLOCSET_SMALL_SIZES);
    RpMapping *mapping = MemoryContextAllocZero(context, sizeof(RpMapping));

    mapping->context = context;
    return mapping;
}

/* Open the directory's images and enter the mapping into the list, with one reference for the
 * caller. */
static void
enter_mapping(RpMapping *mapping, const RpDirectoryHeader *directory)
{
    const RpDirectoryEntry *entries = rp_directory_entries(directory);

    mapping->directory = directory;
    mapping->images =
        MemoryContextAllocZero(mapping->context, sizeof(RpImage) * (directory->entry_count + 1));
    for (uint32 i = 0; i < directory->entry_count; i++) {
        if (!(entries[i].flags & RP_DIRECTORY_BROKEN)) {
            rp_image_open((const char *)directory + entries[i].image_offset, &mapping->images[i]);
        }
    }
    MemoryContextSetParent(mapping->context, TopMemoryContext);
    mapping->reference_count = 1;
    dlist_push_head(&mappings, &mapping->node);
}

RpMapping *
rp_mapping_attach(dsm_handle handle, const RpIdentity *identity)
{
    dsm_segment *segment = dsm_attach(handle);
    const RpDirectoryHeader *directory;
    RpMapping *mapping;

    if (segment == NULL) {
        return NULL;
    }
    directory = dsm_segment_address(segment);
    if (directory->magic != RP_DIRECTORY_MAGIC || directory->format != RP_DIRECTORY_FORMAT ||
        !rp_identity_equals(&directory->identity, identity)) {
        dsm_detach(segment);
        return NULL;
    }
    /* Until dsm_pin_mapping the segment belongs to the resource owner, which detaches it on an
     * error. */
    mapping = allocate_mapping();
    enter_mapping(mapping, directory);
    mapping->segment = segment;
    dsm_pin_mapping(segment);
    return mapping;
}

RpMapping *
rp_mapping_make(const RpIdentity *identity, int64 generation, const RpDirectoryInput *inputs,
                uint32 count, bool is_shared)
{
    uint64 size = rp_directory_size(inputs, count);
    dsm_segment *segment = NULL;
    RpMapping *mapping;
    void *bytes;

    if (is_shared) {
        segment = dsm_create(size, DSM_CREATE_NULL_IF_MAXSEGMENTS);
    }
    mapping = allocate_mapping();
    bytes = segment != NULL ? dsm_segment_address(segment)
                            : MemoryContextAllocHuge(mapping->context, size);
    rp_directory_write(bytes, identity, generation, inputs, count);
    enter_mapping(mapping, bytes);
    mapping->segment = segment;
    if (segment != NULL) {
        dsm_pin_mapping(segment);
    }
    return mapping;
}

void
rp_mapping_retain(RpMapping *mapping)
{
    mapping->reference_count++;
}

void
rp_mapping_release(RpMapping *mapping)
{
    Assert(mapping->reference_count > 0);
    if (--mapping->reference_count > 0) {
        return;
    }
    dlist_delete(&mapping->node);
    if (mapping->segment != NULL) {
        dsm_detach(mapping->segment);
    }
    MemoryContextDelete(mapping->context);
}
