/*
 * The extension's own tables: which they are, and reading them under a given snapshot without SPI,
 * privileges, search_path or SIREAD locks.
 */
#ifndef RP_PG_CATALOG_H
#define RP_PG_CATALOG_H

#include "pg/pg.h"
#include "access/genam.h"
#include "access/htup_details.h"
#include "storage/buf.h"
#include "utils/rel.h"
#include "base/text.h"

/* The tables' columns, as 05_catalog.sql and 40_graphs.sql have them. */
enum {
    RP_GENERATION_NUMBER = 2,
    RP_GENERATION_EPOCH,
    RP_GENERATION_STAMP,

    RP_POLICY_NAME = 1,
    RP_POLICY_ACTIVE_VERSION,
    RP_POLICY_STAGED_VERSION,
    RP_POLICY_NEXT_VERSION,
    RP_POLICY_IS_DROPPED,
    RP_POLICY_GENERATION,
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
    RP_VERSION_IMAGE,
    RP_VERSION_ONTOLOGIES = 16,
    RP_VERSION_ALLOW_VACUOUS,
    RP_VERSION_REQUIRE_FOCUS = 19,
    RP_VERSION_CONTEXT = 22,
    RP_VERSION_CONTEXT_SIGNATURE,
    RP_VERSION_DROPPED,

    RP_CONTEXT_IRI = 1,
    RP_CONTEXT_SIGNATURE,
    RP_CONTEXT_IS_IN_FORCE,
    RP_CONTEXT_BODY,
    RP_CONTEXT_INCLUDED = 6,

    RP_GRAPH_NAME = 1,

    RP_GRAPH_SOURCE_ID = 1,
    RP_GRAPH_SOURCE_GRAPH,
    RP_GRAPH_SOURCE_RELATION,
    RP_GRAPH_SOURCE_OPTIONS,

    RP_ENFORCEMENT_GRAPH = 1,
    RP_ENFORCEMENT_POLICY,
    RP_ENFORCEMENT_MODE,
    RP_ENFORCEMENT_TIMING,
    RP_ENFORCEMENT_SEVERITIES,
    RP_ENFORCEMENT_NAMED_GRAPHS,
    RP_ENFORCEMENT_IS_EACH
};

#define RP_EXTENSION_NAME "rdfpolicy"

/* The extension in this database. */
typedef struct RpCatalog {
    Oid namespace;
    Oid generation; /* rdf_catalog_generation and so on */
    Oid policy;
    Oid version;
    Oid context;
    Oid graph;
    Oid graph_source;
    Oid enforcement;
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
 * Open one of the tables. ERROR 55000 where it is gone: whoever waited for its lock while DROP
 * EXTENSION committed ends here.
 */
Relation rp_catalog_open(Oid table, LOCKMODE mode);

/*
 * A scan of rows of one table that a snapshot shows: of all, or of those that a policy's name, and
 * a version's number, find by the primary key. The scan itself runs with SnapshotAny and asks for
 * the visibility of each row, since a scan with an MVCC snapshot would take SIREAD locks for
 * something that the user never asked to read.
 */
typedef struct RpCatalogScan {
    Relation relation;
    SysScanDesc scan;
    Snapshot snapshot;
    TupleDesc columns;
} RpCatalogScan;

void rp_catalog_scan_begin(RpCatalogScan *scan, Oid table, Snapshot snapshot);
/* The row of a policy in the policy table; or, with a version, that of the version table. */
void rp_catalog_find_policy(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                            RpText policy);
void rp_catalog_find_version(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                             RpText policy, int32 version);
/* The row of one text of a context's IRI. */
void rp_catalog_find_context(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                             RpText iri, RpText signature);
/* The rows of a graph in the table of enforcements. */
void rp_catalog_find_enforcements(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                                  RpText graph);
/* The next visible row, valid until the next call; NULL at the end. */
HeapTuple rp_catalog_scan_next(RpCatalogScan *scan);
/* The buffer of that row, pinned and not locked. */
Buffer rp_catalog_scan_buffer(const RpCatalogScan *scan);
void rp_catalog_scan_end(RpCatalogScan *scan);

/* A column that is text, as a view in the current memory context; an empty view with data NULL
 * where it is NULL. */
bool rp_catalog_text(const RpCatalogScan *scan, HeapTuple tuple, int column, RpText *value);
int32 rp_catalog_int32(const RpCatalogScan *scan, HeapTuple tuple, int column);
bool rp_catalog_bool(const RpCatalogScan *scan, HeapTuple tuple, int column);

#endif
