/*
 * What the rows say: the entries that the directory of a generation has, as the policy tables have
 * them under one snapshot. The tables are the truth; a directory that says otherwise is out of
 * date, which can only be where somebody wrote the tables with their triggers disabled.
 */
#ifndef RP_PG_GENERATION_CONTENTS_H
#define RP_PG_GENERATION_CONTENTS_H

#include "pg/catalog/catalog.h"
#include "pg/shared/contents_difference.h"
#include "pg/shared/control.h"
#include "pg/shared/mapping.h"

/*
 * Read every active version, its shadow, and those of the named versions that were in force once,
 * and the contexts that are in force or that one of these was registered with, into the current
 * memory context. Images and compiled contexts are not read. A version in force whose row is
 * missing has no origin.
 */
void rp_generation_contents_read(const RpCatalog *catalog, Snapshot snapshot,
                                 const RpNamedVersion *named, uint32 named_count,
                                 RpDirectoryContents *contents);

/* Compare the rows with a mapping. Returns how many policies and contexts differ; differences, by
 * name, are in the current memory context. */
uint32 rp_generation_contents_compare(const RpCatalog *catalog, Snapshot snapshot,
                                      const RpMapping *mapping, RpContentsDifference **differences);

#endif
