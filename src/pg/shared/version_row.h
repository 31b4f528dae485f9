/* One row of the version table: a version of a policy, its text and its compiled form. */
#ifndef RP_PG_VERSION_ROW_H
#define RP_PG_VERSION_ROW_H

#include "image/directory.h"
#include "pg/catalog/catalog.h"

typedef struct RpVersionRow {
    RpCatalogScan scan; /* stands on the row */
    HeapTuple tuple;    /* NULL: the snapshot shows none */
} RpVersionRow;

/* Find a version's row by the primary key. False: none. To be closed in either case. */
bool rp_version_row_open(RpVersionRow *row, const RpCatalog *catalog, Snapshot snapshot,
                         RpText policy, int32 version);
void rp_version_row_close(RpVersionRow *row);

/* Whether the version was ever in force. */
bool rp_version_row_was_active(const RpVersionRow *row);

/*
 * Add how the version reads documents in JSON-LD: the IRI of the context for those without one and
 * the signature of its text when the version was registered (copies in the current memory context;
 * empty: none), and whether what is dropped is refused.
 */
void rp_version_row_reading(const RpVersionRow *row, RpDirectoryInput *input);

/*
 * The version's image in the current context, indexed by a key: the stored one; or, where that is
 * of another format (after an upgrade of the extension), the source compiled anew: *is_recompiled.
 * Returns what is wrong with it; the caller raises what is no fault of the policy.
 */
RpStatus rp_version_row_image(const RpVersionRow *row, const RpHashKey *hash_key, RpImage *image,
                              bool *is_recompiled, RpError *error);

/*
 * The image of any version that is kept, staged ones included, in the current memory context. ERROR
 * 42704: no such version. Raises where it does not compile.
 */
void rp_version_image(const RpCatalog *catalog, Snapshot snapshot, RpText policy, int32 version,
                      RpImage *image);

#endif
