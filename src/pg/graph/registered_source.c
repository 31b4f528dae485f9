/* See registered_source.h. */
#include "pg/graph/registered_source.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "nodes/makefuncs.h"
#include "utils/varlena.h"

#include "pg/server/bridge.h"

/* Sources are read in the order in which they were registered, whatever the table's order is. */
static int
compare_sources(const ListCell *a, const ListCell *b)
{
    const RpRegisteredSource *first = lfirst(a);
    const RpRegisteredSource *second = lfirst(b);

    return (first->id > second->id) - (first->id < second->id);
}

/* Copies all: the row may go. */
static RpRegisteredSource *
read_source(RpCatalogScan *scan, HeapTuple row, RpText graph)
{
    RpRegisteredSource *source = palloc(sizeof(RpRegisteredSource));
    RpText relation;
    bool is_null;

    (void)rp_catalog_text(scan, row, RP_GRAPH_SOURCE_RELATION, &relation);
    source->id = rp_catalog_int32(scan, row, RP_GRAPH_SOURCE_ID);
    source->graph = rp_text_cstring(graph);
    source->relation = rp_text_cstring(relation);
    rp_source_options_read(
        DatumGetJsonbPCopy(heap_getattr(row, RP_GRAPH_SOURCE_OPTIONS, scan->columns, &is_null)),
        &source->options);
    return source;
}

List *
rp_registered_sources(const RpCatalog *catalog, Snapshot snapshot, const RpText *graph)
{
    List *sources = NIL;
    RpCatalogScan scan;
    HeapTuple row;
    RpText text;

    rp_catalog_scan_begin(&scan, catalog->graph_source, snapshot);
    while ((row = rp_catalog_scan_next(&scan)) != NULL) {
        if (rp_catalog_text(&scan, row, RP_GRAPH_SOURCE_GRAPH, &text) &&
            (graph == NULL || rp_text_equals(text, *graph))) {
            sources = lappend(sources, read_source(&scan, row, text));
        }
    }
    rp_catalog_scan_end(&scan);
    list_sort(sources, compare_sources);
    return sources;
}

/* The table is small: a row for each source of each graph. */
const RpRegisteredSource *
rp_registered_source(const RpCatalog *catalog, Snapshot snapshot, int32 id)
{
    ListCell *cell;

    foreach (cell, rp_registered_sources(catalog, snapshot, NULL)) {
        const RpRegisteredSource *source = lfirst(cell);

        if (source->id == id) {
            return source;
        }
    }
    return NULL;
}

/* How a name is quoted depends on a setting of whoever registered it, so names are not compared. */
Oid
rp_registered_relation(const char *name)
{
    List *names = textToQualifiedNameList(cstring_to_text(name));

    return RangeVarGetRelid(makeRangeVarFromNameList(names), NoLock, true);
}
