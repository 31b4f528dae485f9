/*
 * Finding and reading the extension's tables. Rows are read with the active snapshot's eyes, so
 * what is read belongs to that snapshot; a table's lock (ACCESS SHARE) is held only while a scan
 * runs.
 */
#include "pg/catalog/catalog.h"

#include "access/heapam.h"
#include "access/relscan.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "executor/tuptable.h"
#include "storage/bufmgr.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "pg/server/bridge.h"

static RpCatalog known;
static bool is_known = false;

void
rp_catalog_forget(void)
{
    is_known = false;
}

/* ERROR 55000. */
static Oid
table_of(Oid namespace, const char *name)
{
    Oid table = get_relname_relid(name, namespace);

    if (!OidIsValid(table)) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("table %s of extension rdfpolicy is missing", name),
                        errhint("Drop the extension and create it again.")));
    }
    return table;
}

/* Kept until a message about one of the tables makes it forget (current_generation.c). Of one
 * schema at a time: a database has one extension of the name. */
const RpCatalog *
rp_catalog_of_namespace(Oid namespace)
{
    if (!is_known || known.namespace != namespace) {
        is_known = false;
        known.namespace = namespace;
        known.generation = table_of(namespace, "rdf_catalog_generation");
        known.policy = table_of(namespace, "rdf_catalog_policy");
        known.version = table_of(namespace, "rdf_catalog_version");
        known.context = table_of(namespace, "rdf_catalog_context");
        known.graph = table_of(namespace, "rdf_catalog_graph");
        known.graph_source = table_of(namespace, "rdf_catalog_graph_source");
        known.enforcement = table_of(namespace, "rdf_catalog_enforcement");
        is_known = true;
    }
    return &known;
}

const RpCatalog *
rp_catalog_of_function(Oid function)
{
    return rp_catalog_of_namespace(get_func_namespace(function));
}

/* By its OID, so that whoever owns the schema cannot put a table of his own in the place. Dropped
 * meanwhile: ERROR 55000, and not the server's message about an OID. */
Relation
rp_catalog_open(Oid table, LOCKMODE mode)
{
    Relation relation = try_table_open(table, mode);

    if (relation == NULL) {
        rp_catalog_forget();
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("extension rdfpolicy has been dropped"),
                        errhint("Create it again with CREATE EXTENSION rdfpolicy.")));
    }
    return relation;
}

static void
begin(RpCatalogScan *scan, Oid table, Snapshot snapshot, ScanKey keys, int key_count)
{
    Oid index = InvalidOid;

    scan->relation = rp_catalog_open(table, AccessShareLock);
    scan->snapshot = snapshot;
    scan->columns = RelationGetDescr(scan->relation);
    if (key_count > 0) {
        list_free(RelationGetIndexList(scan->relation));
        index = scan->relation->rd_pkindex;
    }
    /* Without the index the keys are compared with every row. */
    scan->scan =
        systable_beginscan(scan->relation, index, OidIsValid(index), SnapshotAny, key_count, keys);
}

void
rp_catalog_scan_begin(RpCatalogScan *scan, Oid table, Snapshot snapshot)
{
    begin(scan, table, snapshot, NULL, 0);
}

void
rp_catalog_find_policy(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                       RpText policy)
{
    ScanKeyData key;

    ScanKeyInit(&key, RP_POLICY_NAME, BTEqualStrategyNumber, F_TEXTEQ,
                PointerGetDatum(rp_text_datum(policy)));
    begin(scan, catalog->policy, snapshot, &key, 1);
}

void
rp_catalog_find_version(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                        RpText policy, int32 version)
{
    ScanKeyData keys[2];

    ScanKeyInit(&keys[0], RP_VERSION_POLICY, BTEqualStrategyNumber, F_TEXTEQ,
                PointerGetDatum(rp_text_datum(policy)));
    ScanKeyInit(&keys[1], RP_VERSION_NUMBER, BTEqualStrategyNumber, F_INT4EQ,
                Int32GetDatum(version));
    begin(scan, catalog->version, snapshot, keys, lengthof(keys));
}

void
rp_catalog_find_context(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                        RpText iri, RpText signature)
{
    ScanKeyData keys[2];

    ScanKeyInit(&keys[0], RP_CONTEXT_IRI, BTEqualStrategyNumber, F_TEXTEQ,
                PointerGetDatum(rp_text_datum(iri)));
    ScanKeyInit(&keys[1], RP_CONTEXT_SIGNATURE, BTEqualStrategyNumber, F_TEXTEQ,
                PointerGetDatum(rp_text_datum(signature)));
    begin(scan, catalog->context, snapshot, keys, lengthof(keys));
}

/* By the first column of the primary key: a graph may have several. */
void
rp_catalog_find_enforcements(RpCatalogScan *scan, const RpCatalog *catalog, Snapshot snapshot,
                             RpText graph)
{
    ScanKeyData key;

    ScanKeyInit(&key, RP_ENFORCEMENT_GRAPH, BTEqualStrategyNumber, F_TEXTEQ,
                PointerGetDatum(rp_text_datum(graph)));
    begin(scan, catalog->enforcement, snapshot, &key, 1);
}

Buffer
rp_catalog_scan_buffer(const RpCatalogScan *scan)
{
    return ((BufferHeapTupleTableSlot *)scan->scan->slot)->buffer;
}

/* Under the buffer's content lock, as hint bits may be set. */
static bool
is_visible(const RpCatalogScan *scan, HeapTuple tuple)
{
    Buffer buffer = rp_catalog_scan_buffer(scan);
    bool is_visible;

    LockBuffer(buffer, BUFFER_LOCK_SHARE);
    is_visible = HeapTupleSatisfiesVisibility(tuple, scan->snapshot, buffer);
    LockBuffer(buffer, BUFFER_LOCK_UNLOCK);
    return is_visible;
}

HeapTuple
rp_catalog_scan_next(RpCatalogScan *scan)
{
    HeapTuple tuple;

    while ((tuple = systable_getnext(scan->scan)) != NULL) {
        CHECK_FOR_INTERRUPTS();
        if (is_visible(scan, tuple)) {
            return tuple;
        }
    }
    return NULL;
}

void
rp_catalog_scan_end(RpCatalogScan *scan)
{
    systable_endscan(scan->scan);
    table_close(scan->relation, AccessShareLock);
}

bool
rp_catalog_text(const RpCatalogScan *scan, HeapTuple tuple, int column, RpText *value)
{
    bool is_null;
    Datum datum = heap_getattr(tuple, column, scan->columns, &is_null);

    *value = (RpText){NULL, 0};
    if (!is_null) {
        *value = rp_text_of(DatumGetTextPP(datum));
    }
    return !is_null;
}

int32
rp_catalog_int32(const RpCatalogScan *scan, HeapTuple tuple, int column)
{
    bool is_null;
    Datum datum = heap_getattr(tuple, column, scan->columns, &is_null);

    return is_null ? 0 : DatumGetInt32(datum);
}

bool
rp_catalog_bool(const RpCatalogScan *scan, HeapTuple tuple, int column)
{
    bool is_null;
    Datum datum = heap_getattr(tuple, column, scan->columns, &is_null);

    return !is_null && DatumGetBool(datum);
}
