/* See graph_relations.h. */
#include "pg/pg.h"

#include "pg/graph/graph_relations.h"

#include "catalog/pg_inherits.h"
#include "utils/snapmgr.h"

#include "pg/graph/registered_source.h"

/* A relation that is gone, or has another name by now, is passed over. With its partitions and
 * children. Nothing is locked: the caller only compares OIDs. */
static void
append_relation(List **relations, const char *name)
{
    Oid relation = name == NULL ? InvalidOid : rp_registered_relation(name);

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
    ListCell *cell;

    PushActiveSnapshot(GetLatestSnapshot());
    foreach (cell, rp_registered_sources(catalog, GetActiveSnapshot(), &graph)) {
        const RpRegisteredSource *source = lfirst(cell);

        append_relation(&relations, source->relation);
        append_relation(&relations, source->options.texts[RP_OPTION_TERMS]);
        append_relation(&relations, source->options.texts[RP_OPTION_GRAPH_TERMS]);
    }
    PopActiveSnapshot();
    return relations;
}
