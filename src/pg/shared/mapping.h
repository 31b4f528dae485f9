/*
 * A mapping: the directory of one generation as this backend sees it, in a shared segment or in
 * private memory. The mapping is the pin: while a backend maps a segment, PostgreSQL's own
 * reference count keeps it alive, through ERROR, FATAL and exit. The struct is private to the
 * backend, and so are its counts: no lock.
 */
#ifndef RP_PG_MAPPING_H
#define RP_PG_MAPPING_H

#include "pg/pg.h"
#include "lib/ilist.h"
#include "storage/dsm.h"
#include "image/directory.h"

typedef struct RpMapping {
    dlist_node node; /* in the backend's list of mappings */
    MemoryContext
        context; /* holds this struct, the views, former versions, and the bytes where private */
    dsm_segment *segment; /* NULL: private */
    /* The segment is offered to others, or was: said once, by who attaches it or publishes it, and
     * not taken back when it is pushed out. */
    bool is_published;
    const RpDirectoryHeader *directory;
    RpImage *images;            /* view of each entry's image; not set for broken entries */
    dlist_head former_versions; /* see former_version.h */
    uint32 reference_count;     /* of this backend: the cache, call sites, a pending reload */
} RpMapping;

/* The live mapping of a generation, or NULL. Attaching a segment twice is an error, so this is
 * asked first. */
RpMapping *rp_mapping_find(const RpIdentity *identity);

/*
 * Map a published segment. NULL: it is gone, or holds another generation, or one in a format that
 * this library does not read, which the server log says. The caller has one reference.
 */
RpMapping *rp_mapping_attach(dsm_handle handle, const RpIdentity *identity);

/*
 * Make the mapping of a new generation from sorted contents, in a segment of its own where shared
 * is wanted and to be had, else in private memory. The caller has one reference.
 */
RpMapping *rp_mapping_make(const RpIdentity *identity, const RpHashKey *hash_key, int64 generation,
                           const RpDirectoryContents *contents, bool is_shared);

/* Offer a mapping's segment, if it has one and that is not offered yet, to the other backends of
 * the database. Cannot fail: it is called while a transaction commits. */
void rp_mapping_publish(RpMapping *mapping);

/* How many segments this backend maps that nobody else can: whoever makes many in one transaction
 * would use up what all share. */
uint32 rp_mapping_unpublished_count(void);

void rp_mapping_retain(RpMapping *mapping);

/* The mapping that this backend has made or attached last, or NULL. */
RpMapping *rp_mapping_newest(void);

/* Give a reference back; with the last one the mapping goes. Does not raise. */
void rp_mapping_release(RpMapping *mapping);

/* The image of an entry. */
static inline const RpImage *
rp_mapping_image(const RpMapping *mapping, const RpDirectoryEntry *entry)
{
    return &mapping->images[entry - rp_directory_entries(mapping->directory)];
}

#endif
