/* Building a generation: from the rows of the policy tables to one block of compiled policies. */
#ifndef RP_PG_GENERATION_BUILDER_H
#define RP_PG_GENERATION_BUILDER_H

#include "pg/catalog/catalog.h"
#include "pg/catalog/generation.h"
#include "pg/shared/mapping.h"

/*
 * Make the mapping of the generation whose rows a snapshot shows: every active version, its shadow,
 * and the former versions that calls have named. Images of rows that base was made from, too, are
 * copied from there; base: any mapping of this database, or NULL. A version whose stored image is
 * of another format is compiled from its source; one that does not compile, or is damaged, is
 * carried as broken. is_shared: in a segment that can be published, where one is to be had. One
 * reference is the caller's. Raises only for lack of resources, or a cancel.
 */
RpMapping *rp_generation_build(const RpCatalog *catalog, Snapshot snapshot,
                               const RpGenerationRow *row, const RpMapping *base, bool is_shared);

#endif
