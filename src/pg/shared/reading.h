/* How documents in JSON-LD are read: by which contexts, as the statement's snapshot shows them. */
#ifndef RP_PG_READING_H
#define RP_PG_READING_H

#include "pg/pg.h"
#include "image/directory.h"
#include "pg/catalog/catalog.h"

/* Of a policy; or of no policy, where only the directory is set. Valid as long as the mapping. */
typedef struct RpReading {
    const RpDirectoryHeader *directory; /* whose contexts documents name */
    RpText context;                     /* IRI of the one for documents without; empty: none */
    /*
     * The policy's version was asked for by its number: that IRI means, for documents that name it
     * too, what it meant when the version was registered.
     */
    bool is_pinned;
    RpText pinned;        /* that, compiled; empty: it is not there */
    bool refuses_dropped; /* what a document says without being a triple is an error */
} RpReading;

/* How an entry's policy reads them, asked for by name or by number. */
RpReading rp_reading_of_entry(const RpDirectoryHeader *directory, const RpDirectoryEntry *entry,
                              bool is_by_number);

/*
 * The same of any version that is kept, staged ones included, from its row, with the contexts of a
 * directory. What is pinned is compiled into the current memory context. Of a version that is not
 * there as of no policy. Raises only for lack of resources, or a cancel.
 */
RpReading rp_reading_of_version(const RpCatalog *catalog, Snapshot snapshot,
                                const RpDirectoryHeader *directory, RpText policy, int32 version,
                                bool is_by_number);

/* The same of what a version's row has, or is to have. */
RpReading rp_reading_of_input(const RpCatalog *catalog, Snapshot snapshot,
                              const RpDirectoryHeader *directory, const RpDirectoryInput *input,
                              bool is_by_number);

#endif
