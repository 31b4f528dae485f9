/*
 * The mappings of this backend: from bytes of a generation, shared or private, to images that can
 * be judged by.
 *
 * Locking. None of ours is held or taken, but for the moment in which rp_mapping_publish enters the
 * control block. The list and the reference counts are the backend's own. The bytes of a segment
 * are written before anybody else can find it and never after, so they are read without a lock;
 * that they stay is PostgreSQL's reference count (dsm.c), under its own lock.
 *
 * Who owns what. A mapping has a memory context of its own, below TopMemoryContext, since it
 * outlives statements; with the context go its views and former versions, and the bytes where they
 * are private. Its segment is taken from the resource owner at once (dsm_pin_mapping), for the same
 * reason. Each reference is owned by whoever took it: the cache (current_generation.c), a call site
 * (policy_cache.c), a transaction that is to publish it (publication.c). The last one to be given
 * back frees all. A generation for which there is no shared memory is kept in private memory:
 * slower to come by, and just as right.
 */
#include "pg/shared/mapping.h"

#include "utils/resowner.h"

#include "pg/shared/backend.h"
#include "pg/shared/control.h"

/* Newest first. A handful: what is open, cached and pending; so it is searched from end to end. */
static dlist_head mappings = DLIST_STATIC_INIT(mappings);

/* Show others what is mapped now (backend.c): so they know whom to wake, and rdf_policy_backends
 * what to say. */
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
    rp_backend_show(generation, count, bytes);
}

/* By identity, never by number: a number can mean two generations, after ROLLBACK TO say. */
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
    dlist_init(&mapping->former_versions);
    mapping->images = MemoryContextAllocZero(context, sizeof(RpImage) * (image_count + 1));
    return mapping;
}

/*
 * Open the directory's images and enter the mapping into the list, with one reference for the
 * caller. The images are not checked: they were, by whoever wrote them there. Does not raise: from
 * here on the mapping is known, and its context no longer goes with the caller's.
 */
static void
enter_mapping(RpMapping *mapping, const RpDirectoryHeader *directory)
{
    const RpDirectoryEntry *entries = rp_directory_entries(directory);

    mapping->directory = directory;
    for (uint32 i = 0; i < directory->entry_count; i++) {
        if (!(entries[i].flags & RP_DIRECTORY_BROKEN)) {
            rp_directory_open_image(directory, &entries[i], &mapping->images[i]);
        }
    }
    MemoryContextSetParent(mapping->context, TopMemoryContext);
    mapping->reference_count = 1;
    dlist_push_head(&mappings, &mapping->node);
    show_mappings();
}

/*
 * Why a segment's bytes are not a directory that this library reads; NULL: they are. Nothing is
 * followed before this is known: an offset of another format would lead anywhere.
 */
static const char *
reason_unreadable(const RpDirectoryHeader *directory, dsm_segment *segment)
{
    if (dsm_segment_map_length(segment) < sizeof(RpDirectoryHeader) ||
        directory->magic != RP_DIRECTORY_MAGIC) {
        return "it holds none";
    }
    if (directory->format != RP_DIRECTORY_FORMAT) {
        return psprintf("they have format %u, not %d", directory->format, RP_DIRECTORY_FORMAT);
    }
    if (directory->size > dsm_segment_map_length(segment)) {
        return "they are longer than the segment";
    }
    return NULL;
}

/*
 * Between finding the handle and attaching it no lock is held, so the segment may be gone, or,
 * after 2^32 others, be another one of the same handle: hence the identity in its header.
 * dsm_attach can raise (no more files, no more addresses): that is the statement's error, as it
 * would be anywhere.
 */
RpMapping *
rp_mapping_attach(dsm_handle handle, const RpIdentity *identity)
{
    dsm_segment *segment = dsm_attach(handle);
    const RpDirectoryHeader *directory;
    const char *reason;
    RpMapping *mapping;

    if (segment == NULL) {
        return NULL; /* pushed out, and nobody maps it any more */
    }
    /* Until dsm_pin_mapping the segment belongs to the resource owner, which detaches it on an
     * error. */
    directory = dsm_segment_address(segment);
    reason = reason_unreadable(directory, segment);
    if (reason != NULL) {
        ereport(LOG, (errcode(ERRCODE_DATA_CORRUPTED),
                      errmsg("rdfpolicy: the policies in a segment of shared memory cannot be "
                             "read: %s",
                             reason),
                      errdetail("This process uses a copy of its own until the next reload.")));
    }
    if (reason != NULL || !rp_identity_equals(&directory->identity, identity)) {
        dsm_detach(segment);
        return NULL;
    }
    /* Its memory may lack; then the segment is detached as said above. */
    mapping = allocate_mapping(directory->entry_count);
    enter_mapping(mapping, directory);
    mapping->segment = segment;
    mapping->is_published = true;
    dsm_pin_mapping(segment);
    return mapping;
}

/* Say in the server log why a generation is not shared. LOG, not WARNING: it is the operator who
 * can do something about it; to the session nothing is different. */
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
        /* The statement was cancelled, or the backend is to end: that is no lack of memory. */
        if (ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_OPERATOR_INTERVENTION) {
            interrupt = error;
        } else {
            log_segment_failure(size, error->sqlerrcode, error->message);
            FreeErrorData(error);
        }
    }
    PG_END_TRY();
    CurrentResourceOwner = caller_owner;
    /* As if a savepoint were rolled back: what dsm_create had half made is detached, and so goes. A
     * segment that was made was taken from the owner above. */
    ResourceOwnerRelease(owner, RESOURCE_RELEASE_BEFORE_LOCKS, false, false);
    ResourceOwnerRelease(owner, RESOURCE_RELEASE_LOCKS, false, false);
    ResourceOwnerRelease(owner, RESOURCE_RELEASE_AFTER_LOCKS, false, false);
    ResourceOwnerDelete(owner);
    if (interrupt != NULL) {
        ReThrowError(interrupt);
    }
    return segment;
}

/* The bytes are written in place: in shared memory too nobody else sees them before the control
 * block has their handle, and its lock is the barrier between the two. */
RpMapping *
rp_mapping_make(const RpIdentity *identity, const RpHashKey *hash_key, int64 generation,
                const RpDirectoryContents *contents, bool is_shared)
{
    uint64 size = rp_directory_size(contents);
    RpMapping *mapping = allocate_mapping(contents->count);
    void *bytes;

    /* The segment is nobody's until the mapping is entered: between the two nothing raises. (Where
     * there is no segment the allocation may, and then the context goes with the caller's.) */
    mapping->segment = is_shared ? make_segment(size) : NULL;
    bytes = mapping->segment != NULL ? dsm_segment_address(mapping->segment)
                                     : MemoryContextAllocHuge(mapping->context, size);
    rp_directory_write(bytes, identity, hash_key, generation, contents);
    enter_mapping(mapping, bytes);
    return mapping;
}

void
rp_mapping_publish(RpMapping *mapping)
{
    /* What is shared by others already would be pinned a second time. */
    if (mapping->segment != NULL && !mapping->is_published) {
        rp_control_publish(&mapping->directory->identity, mapping->segment);
        mapping->is_published = true;
    }
}

/* Private copies do not count: they are this backend's own memory, and go with its references. */
uint32
rp_mapping_unpublished_count(void)
{
    uint32 count = 0;
    dlist_iter iterator;

    dlist_foreach(iterator, &mappings)
    {
        const RpMapping *mapping = dlist_container(RpMapping, node, iterator.cur);

        count += mapping->segment != NULL && !mapping->is_published;
    }
    return count;
}

/* Counts of one process: no atomics. */
void
rp_mapping_retain(RpMapping *mapping)
{
    mapping->reference_count++;
}

/*
 * Called by resource owners and memory contexts as they go, so it must not raise. The shared bytes
 * outlive this where the control block pins them or another backend maps them; this backend's views
 * of them do not.
 */
void
rp_mapping_release(RpMapping *mapping)
{
    Assert(mapping->reference_count > 0);
    if (--mapping->reference_count > 0) {
        return;
    }
    /* Out of sight first; then the bytes, and the views of them last. dsm_detach destroys a segment
     * that nobody else maps and the control block does not pin. */
    dlist_delete(&mapping->node);
    show_mappings();
    if (mapping->segment != NULL) {
        dsm_detach(mapping->segment);
    }
    MemoryContextDelete(mapping->context);
}
