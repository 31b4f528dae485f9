/* The contexts of a generation: what the rows say, read and compared. */
#ifndef RP_PG_GENERATION_CONTEXTS_H
#define RP_PG_GENERATION_CONTEXTS_H

#include "pg/catalog/catalog.h"
#include "pg/shared/contents_difference.h"
#include "pg/shared/mapping.h"

/*
 * Add the contexts that a snapshot shows to contents whose entries are read: those in force, and
 * the former ones that an entry's version was registered with. Nothing is compiled.
 */
void rp_generation_contexts_read(const RpCatalog *catalog, Snapshot snapshot,
                                 RpDirectoryContents *contents);

/*
 * Compile them by the key of the generation; where base (a mapping with the same key, or NULL) has
 * one of the very row, it is taken from there. What does not compile is marked as broken. Raises
 * only for lack of resources, or a cancel.
 */
void rp_generation_contexts_compile(const RpCatalog *catalog, Snapshot snapshot,
                                    const RpHashKey *hash_key, const RpMapping *base,
                                    RpDirectoryContents *contents);

/* Whether an entry is to read documents by the context that an input has. */
bool rp_generation_contexts_entry_is_same(const RpDirectoryHeader *directory,
                                          const RpDirectoryEntry *entry,
                                          const RpDirectoryInput *input);

/* Put each context of which the rows say something else than a mapping behind differences, where
 * there is room for all. Returns how many. */
uint32 rp_generation_contexts_compare(const RpCatalog *catalog, Snapshot snapshot,
                                      const RpMapping *mapping, const RpDirectoryContents *contents,
                                      RpContentsDifference *differences);

#endif
