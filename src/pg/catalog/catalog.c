/*
 * Finding and reading the extension's tables. Rows are read with the active snapshot's eyes, so
 * what is read belongs to that snapshot; a table's lock (ACCESS SHARE) is held only while a scan
 * runs.
 */
#include "pg/pg.h"

#include "access/table.h"
#include "access/tableam.h"
#include "storage/bufmgr.h"
#include "utils/lsyscache.h"

#include "pg/server/bridge.h"
#include "pg/catalog/catalog.h"

static RpCatalog catalog;
static bool is_known = false;

void
rp_catalog_forget(void)
{
    is_known = false;
}

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

const RpCatalog *
rp_catalog_of_namespace(Oid namespace)
{
    if (!is_known || catalog.namespace != namespace) {
        is_known = false;
        catalog.namespace = namespace;
        catalog.generation = table_of(namespace, "rdf_catalog_generation");
        catalog.policy = table_of(namespace, "rdf_catalog_policy");
        catalog.version = table_of(namespace, "rdf_catalog_version");
        is_known = true;
    }
    return &catalog;
}

const RpCatalog *
rp_catalog_of_function(Oid function)
{
    return rp_catalog_of_namespace(get_func_namespace(function));
}

bool
rp_catalog_is_visible(HeapTuple tuple, Snapshot snapshot, Buffer buffer)
{
    bool is_visible;

    LockBuffer(buffer, BUFFER_LOCK_SHARE);
    is_visible = HeapTupleSatisfiesVisibility(tuple, snapshot, buffer);
    LockBuffer(buffer, BUFFER_LOCK_UNLOCK);
    return is_visible;
}

void
rp_catalog_scan_begin(RpCatalogScan *scan, Oid table, Snapshot snapshot)
{
    scan->relation = table_open(table, AccessShareLock);
    scan->snapshot = snapshot;
    scan->columns = RelationGetDescr(scan->relation);
    scan->scan = table_beginscan(scan->relation, SnapshotAny, 0, NULL);
}

HeapTuple
rp_catalog_scan_next(RpCatalogScan *scan)
{
    HeapTuple tuple;

    while ((tuple = heap_getnext(scan->scan, ForwardScanDirection)) != NULL) {
        Buffer buffer = ((HeapScanDesc)scan->scan)->rs_cbuf;

        CHECK_FOR_INTERRUPTS();
        if (rp_catalog_is_visible(tuple, scan->snapshot, buffer)) {
            return tuple;
        }
    }
    return NULL;
}

void
rp_catalog_scan_end(RpCatalogScan *scan)
{
    table_endscan(scan->scan);
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
