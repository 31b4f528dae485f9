/*
 * The mappings of this backend. The list and the reference counts are private to the backend and
 * need no lock; segments are PostgreSQL's (dsm.c). A mapping is detached from resource owners at
 * once (dsm_pin_mapping), since it outlives statements. A generation for which there is no shared
 * memory is kept in private memory: slower to come by, and just as right.
 */
#include "pg/pg.h"

#include "utils/resowner.h"

#include "pg/shared/control.h"
#include "pg/shared/mapping.h"

/* Newest first. */
static dlist_head mappings = DLIST_STATIC_INIT(mappings);

/* Show others what is mapped now. */
static void
show_mappings(void)
{
    int64 generation = 0;
    int32 count = 0;
    int64 bytes = 0;
    dlist_iter iterator;

    dlist_foreach(iterator, &mappings)
    {
        const RpMapping *mapping = dlist_container(RpMapping, node, iterator.cur);

        if (count == 0) {
            generation = mapping->directory->generation;
        }
        count++;
        bytes += (int64)mapping->directory->size;
    }
    rp_control_show(generation, count, bytes);
}

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

RpMapping *
rp_mapping_newest(void)
{
    return dlist_is_empty(&mappings) ? NULL : dlist_head_element(RpMapping, node, &mappings);
}

/* An empty mapping with room for the views of so many images, in a context of its own, which is the
 * caller's until enter_mapping: an error before loses nothing. */
static RpMapping *
allocate_mapping(uint32 image_count)
{
    MemoryContext context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy generation", ALLOCSET_SMALL_SIZES);
    RpMapping *mapping = MemoryContextAllocZero(context, sizeof(RpMapping));

    mapping->context = context;
    dlist_init(&mapping->loaded_versions);
    mapping->images = MemoryContextAllocZero(context, sizeof(RpImage) * (image_count + 1));
    return mapping;
}

/* Open the directory's images and enter the mapping into the list, with one reference for the
 * caller. Does not raise. */
static void
enter_mapping(RpMapping *mapping, const RpDirectoryHeader *directory)
{
    const RpDirectoryEntry *entries = rp_directory_entries(directory);

    mapping->directory = directory;
    for (uint32 i = 0; i < directory->entry_count; i++) {
        if (!(entries[i].flags & RP_DIRECTORY_BROKEN)) {
            rp_image_open((const char *)directory + entries[i].image_offset, &mapping->images[i]);
        }
    }
    MemoryContextSetParent(mapping->context, TopMemoryContext);
    mapping->reference_count = 1;
    dlist_push_head(&mappings, &mapping->node);
    show_mappings();
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
    mapping = allocate_mapping(directory->entry_count);
    enter_mapping(mapping, directory);
    mapping->segment = segment;
    dsm_pin_mapping(segment);
    return mapping;
}

/* Say in the server log why a generation is not shared. */
static void
log_segment_failure(uint64 size, int sqlstate, const char *reason)
{
    ereport(LOG, (errcode(sqlstate),
                  errmsg("rdfpolicy: no shared memory for %llu bytes of policies: %s",
                         (unsigned long long)size, reason),
                  errdetail("This process uses a copy of its own until the next reload.")));
}

/*
 * A segment pinned to this backend, or NULL where shared memory is full or fails. The error is
 * caught without a savepoint, which a parallel worker may not have: all that dsm_create leaves
 * behind is an entry in the resource owner, so it gets an owner of its own. No lock of ours is held
 * and interrupts are not held off. A cancel is raised.
 */
static dsm_segment *
make_segment(uint64 size)
{
    MemoryContext context = CurrentMemoryContext;
    ResourceOwner caller_owner = CurrentResourceOwner;
    ResourceOwner owner = ResourceOwnerCreate(caller_owner, "rdfpolicy segment");
    dsm_segment *volatile segment = NULL;
    ErrorData *volatile interrupt = NULL;

    CurrentResourceOwner = owner;
    PG_TRY();
    {
        segment = dsm_create(size, DSM_CREATE_NULL_IF_MAXSEGMENTS);
        if (segment == NULL) {
            log_segment_failure(size, ERRCODE_INSUFFICIENT_RESOURCES, "too many segments");
        } else {
            dsm_pin_mapping(segment);
        }
    }
    PG_CATCH();
    {
        ErrorData *error;

        MemoryContextSwitchTo(context);
        error = CopyErrorData();
        FlushErrorState();
        if (ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_OPERATOR_INTERVENTION) {
            interrupt = error;
        } else {
            log_segment_failure(size, error->sqlerrcode, error->message);
            FreeErrorData(error);
        }
    }
    PG_END_TRY();
    CurrentResourceOwner = caller_owner;
    ResourceOwnerRelease(owner, RESOURCE_RELEASE_BEFORE_LOCKS, false, false);
    ResourceOwnerRelease(owner, RESOURCE_RELEASE_LOCKS, false, false);
    ResourceOwnerRelease(owner, RESOURCE_RELEASE_AFTER_LOCKS, false, false);
    ResourceOwnerDelete(owner);
    if (interrupt != NULL) {
        ReThrowError(interrupt);
    }
    return segment;
}

RpMapping *
rp_mapping_make(const RpIdentity *identity, int64 generation, const RpDirectoryInput *inputs,
                uint32 count, bool is_shared)
{
    uint64 size = rp_directory_size(inputs, count);
    RpMapping *mapping = allocate_mapping(count);
    void *bytes;

    /* The segment is nobody's until the mapping is entered: between the two nothing raises. */
    mapping->segment = is_shared ? make_segment(size) : NULL;
    bytes = mapping->segment != NULL ? dsm_segment_address(mapping->segment)
                                     : MemoryContextAllocHuge(mapping->context, size);
    rp_directory_write(bytes, identity, generation, inputs, count);
    enter_mapping(mapping, bytes);
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
    show_mappings();
    if (mapping->segment != NULL) {
        dsm_detach(mapping->segment);
    }
    MemoryContextDelete(mapping->context);
}
