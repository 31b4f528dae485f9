/* One row of the context table: a text that an IRI has or had, with all that it includes. */
#ifndef RP_PG_CONTEXT_ROW_H
#define RP_PG_CONTEXT_ROW_H

#include "base/hash.h"
#include "base/status.h"
#include "pg/catalog/catalog.h"

typedef struct RpContextRow {
    RpCatalogScan scan; /* stands on the row */
    HeapTuple tuple;    /* NULL: the snapshot shows none */
} RpContextRow;

/* Find the row of one text of an IRI by the primary key. False: none. To be closed in either case.
 */
bool rp_context_row_open(RpContextRow *row, const RpCatalog *catalog, Snapshot snapshot, RpText iri,
                         RpText signature);
void rp_context_row_close(RpContextRow *row);

/*
 * Compile it in the current memory context, hashed by a generation's key. Returns what is wrong
 * with it; the caller raises what is no fault of the context.
 */
RpStatus rp_context_row_compile(const RpContextRow *row, const RpHashKey *hash_key,
                                RpText *compiled, RpError *error);

#endif
