/*
 * A version that a mapping's directory lacks (name@version of one that is not in force), loaded for
 * this backend alone. A mapping keeps the last few, and those that call sites judge by.
 */
#ifndef RP_PG_FORMER_VERSION_H
#define RP_PG_FORMER_VERSION_H

#include "pg/catalog/catalog.h"
#include "pg/shared/mapping.h"
#include "pg/shared/reading.h"

typedef struct RpFormerVersion {
    dlist_node node; /* in the mapping's list, the one used last first */
    MemoryContext context;
    RpText policy;
    int32 version;
    RpImage image;
    RpReading reading;
    uint32 use_count; /* call sites that hold it */
} RpFormerVersion;

/* The version as the mapping has it, or NULL. */
RpFormerVersion *rp_former_version_find(RpMapping *mapping, RpText policy, int32 version);

/*
 * Read a version that the directory lacks from its row, and keep it with the mapping; the oldest
 * that nobody holds goes where there are many. The control block is told of it, so that the next
 * generation carries it for all. NULL: no such version, or its policy was dropped, or it was never
 * in force. ERROR XX001 where it does not compile.
 */
RpFormerVersion *rp_former_version_load(const RpCatalog *catalog, Snapshot snapshot,
                                        RpMapping *mapping, RpText policy, int32 version);

/* Hold a version, and let it go. It must be let go before the mapping is released. */
void rp_former_version_retain(RpFormerVersion *former);
void rp_former_version_release(RpFormerVersion *former);

#endif
