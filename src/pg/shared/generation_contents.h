/*
 * What the rows say: the entries that the directory of a generation has, as the policy tables have
 * them under one snapshot. The tables are the truth; a directory that says otherwise is out of
 * date, which can only be where somebody wrote the tables with their triggers disabled.
 */
#ifndef RP_PG_GENERATION_CONTENTS_H
#define RP_PG_GENERATION_CONTENTS_H

#include "pg/catalog/catalog.h"
#include "pg/shared/control.h"
#include "pg/shared/mapping.h"

typedef struct RpGenerationContents {
    RpDirectoryInput *inputs; /* sorted by name, then version; images are not read */
    uint32 count;
    uint32 capacity;
} RpGenerationContents;

/*
 * Read every active version, its shadow, and those of the named versions that were in force once,
 * into the current memory context. A version in force whose row is missing has no origin.
 */
void rp_generation_contents_read(const RpCatalog *catalog, Snapshot snapshot,
                                 const RpNamedVersion *named, uint32 named_count,
                                 RpGenerationContents *contents);

/* A policy of which the rows say something else than a mapping. */
typedef struct RpContentsDifference {
    RpText policy;
    int32 stored_version; /* in force by the rows; 0: none */
    int32
        mapped_version; /* in force by the mapping; the same: its text is another, or its shadow */
} RpContentsDifference;

/* Compare the rows with a mapping. Returns how many policies differ; differences, by name, are in
 * the current memory context. */
uint32 rp_generation_contents_compare(const RpCatalog *catalog, Snapshot snapshot,
                                      const RpMapping *mapping, RpContentsDifference **differences);

/* A difference in words, such as "people: version 3 is stored, version 2 is in force". */
char *rp_contents_difference_text(const RpContentsDifference *difference);

#endif
