/*
 * The extension's own tables: which they are, and reading them under a given snapshot without SPI,
 * privileges, search_path or SIREAD locks.
 */
#ifndef RP_PG_CATALOG_H
#define RP_PG_CATALOG_H

#include "pg/pg.h"
#include "access/heapam.h"
#include "access/htup_details.h"
#include "utils/rel.h"
#include "base/text.h"

/* The tables' columns, as 05_catalog.sql has them. */
enum {
    RP_GENERATION_NUMBER = 2,
    RP_GENERATION_EPOCH,
    RP_GENERATION_STAMP,

    RP_POLICY_NAME = 1,
    RP_POLICY_ACTIVE_VERSION,
    RP_POLICY_STAGED_VERSION,
    RP_POLICY_NEXT_VERSION,
    RP_POLICY_IS_DROPPED,
    RP_POLICY_SHADOW_VERSION = 10,

    RP_VERSION_POLICY = 1,
    RP_VERSION_NUMBER,
    RP_VERSION_FORM,
    RP_VERSION_SOURCE,
    RP_VERSION_BASE_IRI,
    RP_VERSION_ILL_FORMED,
    RP_VERSION_SUBCLASS_FROM_SHAPES,
    RP_VERSION_SIGNATURE,
    RP_VERSION_WAS_ACTIVE,
    RP_VERSION_IMAGE
};

/* The extension in this database. */
typedef struct RpCatalog {
    Oid namespace;
    Oid generation; /* rdf_catalog_generation and so on */
    Oid policy;
    Oid version;
} RpCatalog;

/*
 * The catalog of the extension that a function of ours belongs to. Remembered until one of its
 * tables changes. ERROR 55000 where the tables are missing.
 */
const RpCatalog *rp_catalog_of_function(Oid function);
const RpCatalog *rp_catalog_of_namespace(Oid namespace);

/* To be told of changes: called by the relcache callback with the table, or InvalidOid for "any".
 */
void rp_catalog_forget(void);

/*
 * A scan of all rows of one table that a snapshot shows. The scan itself runs with SnapshotAny and
 * asks for the visibility of each row, since a scan with an MVCC snapshot would take SIREAD locks
 * for something that the user never asked to read.
 */
typedef struct RpCatalogScan {
    Relation relation;
    TableScanDesc scan;
    Snapshot snapshot;
    TupleDesc columns;
} RpCatalogScan;

void rp_catalog_scan_begin(RpCatalogScan *scan, Oid table, Snapshot snapshot);
/* The next visible row, valid until the next call; NULL at the end. */
HeapTuple rp_catalog_scan_next(RpCatalogScan *scan);
void rp_catalog_scan_end(RpCatalogScan *scan);

/* Whether a tuple in a pinned, not locked buffer is visible. */
bool rp_catalog_is_visible(HeapTuple tuple, Snapshot snapshot, Buffer buffer);

/* A column that is text, as a view in the current memory context; an empty view with data NULL
 * where it is NULL. */

bool rp_catalog_text(const RpCatalogScan *scan, HeapTuple tuple, int column, RpText *value);
int32 rp_catalog_int32(const RpCatalogScan *scan, HeapTuple tuple, int column);
bool rp_catalog_bool(const RpCatalogScan *scan, HeapTuple tuple, int column);

#endif
