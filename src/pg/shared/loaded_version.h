/*
 * A version that a mapping's directory lacks (name@version of one that is not in force), loaded for
 * this backend alone. A mapping keeps the last few, and those that call sites judge by.
 */
#ifndef RP_PG_LOADED_VERSION_H
#define RP_PG_LOADED_VERSION_H

#include "pg/shared/mapping.h"

typedef struct RpLoadedVersion {
    dlist_node node; /* in the mapping's list, the one used last first */
    MemoryContext context;
    RpText policy;
    int32 version;
    RpImage image;
    uint32 use_count; /* call sites that hold it */
} RpLoadedVersion;

/* The version as the mapping has it, or NULL. */
RpLoadedVersion *rp_loaded_version_find(RpMapping *mapping, RpText policy, int32 version);

/* Copy a version's image, which is indexed, into the mapping; the oldest that nobody holds goes
 * where there are many. */
RpLoadedVersion *rp_loaded_version_add(RpMapping *mapping, RpText policy, int32 version,
                                       const RpImage *image);

/* Hold a version, and let it go. It must be let go before the mapping is released. */
void rp_loaded_version_retain(RpLoadedVersion *loaded);
void rp_loaded_version_release(RpLoadedVersion *loaded);

#endif
