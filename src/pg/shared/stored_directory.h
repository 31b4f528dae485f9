/*
 * What the rows say: the entries that the directory of a generation has, as the policy tables have
 * them under one snapshot. The tables are the truth; a directory that says otherwise is out of
 * date, which can only be where somebody wrote the tables with their triggers disabled.
 */
#ifndef RP_PG_STORED_DIRECTORY_H
#define RP_PG_STORED_DIRECTORY_H

#include "pg/catalog/catalog.h"
#include "pg/shared/control.h"
#include "pg/shared/mapping.h"

typedef struct RpStoredDirectory {
    RpDirectoryInput *inputs; /* sorted by name, then version; images are not read */
    uint32 count;
    uint32 capacity;
} RpStoredDirectory;

/*
 * Read every active version, its shadow, and those of the named versions that were in force once,
 * into the current memory context. A version in force whose row is missing has no origin.
 */
void rp_stored_directory_read(const RpCatalog *catalog, Snapshot snapshot,
                              const RpNamedVersion *named, uint32 named_count,
                              RpStoredDirectory *stored);

/* A policy of which the rows say something else than a mapping. */
typedef struct RpStoredDifference {
    RpText policy;
    int32 stored_version; /* in force by the rows; 0: none */
    int32
        mapped_version; /* in force by the mapping; the same: its text is another, or its shadow */
} RpStoredDifference;

/* Compare the rows with a mapping. Returns how many policies differ; differences, by name, are in
 * the current memory context. */
uint32 rp_stored_directory_compare(const RpCatalog *catalog, Snapshot snapshot,
                                   const RpMapping *mapping, RpStoredDifference **differences);

/* A difference in words, such as "people: version 3 is stored, version 2 is in force". */
char *rp_stored_difference_text(const RpStoredDifference *difference);

#endif
