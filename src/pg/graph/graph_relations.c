/* See graph_relations.h. */
#include "pg/pg.h"

#include "pg/graph/graph_relations.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_inherits.h"
#include "utils/snapmgr.h"
#include "utils/varlena.h"

#include "pg/graph/source_options.h"
#include "pg/server/bridge.h"

/* A relation that is gone, or has another name by now, is passed over. With its partitions and
 * children. Nothing is locked: the caller only compares OIDs. */
static void
append_relation(List **relations, const char *name)
{
    List *names;
    Oid relation;

    if (name == NULL) {
        return;
    }
    names = textToQualifiedNameList(cstring_to_text(name));
    relation = RangeVarGetRelid(makeRangeVarFromNameList(names), NoLock, true);
    if (OidIsValid(relation)) {
        *relations = list_concat(*relations, find_all_inheritors(relation, NoLock, NULL));
    }
}

/* From the catalog's newest rows, and not from the compiled graph: that cannot be made while one of
 * its relations is missing. */
List *
rp_graph_relations(const RpCatalog *catalog, RpText graph)
{
    List *relations = NIL;
    RpCatalogScan scan;
    HeapTuple row;
    RpText text;

    PushActiveSnapshot(GetLatestSnapshot());
    rp_catalog_scan_begin(&scan, catalog->graph_source, GetActiveSnapshot());
    while ((row = rp_catalog_scan_next(&scan)) != NULL) {
        RpSourceOptions options;
        bool is_null;

        if (!rp_catalog_text(&scan, row, RP_GRAPH_SOURCE_GRAPH, &text) ||
            !rp_text_equals(text, graph)) {
            continue;
        }
        (void)rp_catalog_text(&scan, row, RP_GRAPH_SOURCE_RELATION, &text);
        append_relation(&relations, rp_text_cstring(text));
        rp_source_options_read(
            DatumGetJsonbPCopy(heap_getattr(row, RP_GRAPH_SOURCE_OPTIONS, scan.columns, &is_null)),
            &options);
        append_relation(&relations, options.texts[RP_OPTION_TERMS]);
        append_relation(&relations, options.texts[RP_OPTION_GRAPH_TERMS]);
    }
    rp_catalog_scan_end(&scan);
    PopActiveSnapshot();
    return relations;
}
