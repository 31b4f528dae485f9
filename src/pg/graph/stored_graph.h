/*
 * A graph in tables, as this backend knows it: its sources, and how a row of each reads as a
 * triple. Made of the rows of the catalog and of the relations as they are by now, and remembered
 * until one of these changes. Like the definitions of relations, a graph belongs to no snapshot:
 * the newest committed one holds.
 */
#ifndef RP_PG_STORED_GRAPH_H
#define RP_PG_STORED_GRAPH_H

#include "pg/catalog/catalog.h"
#include "pg/graph/graph_source.h"

struct RpStoredGraph {
    const char *name;
    MemoryContext context; /* holds all of it */
    Oid namespace;         /* of the extension, and its two tables */
    Oid catalog_graph;
    Oid catalog_source;
    uint32 source_count;
    RpGraphSource *sources; /* in order of id */
    bool is_stale;          /* something has changed since: ask again */
    RpStoredGraph *next;
};

/*
 * The graph of a name, whose relations are locked (ACCESS SHARE) to the end of the transaction or
 * savepoint. It is valid to the end of the transaction, as it was then; ask again for each
 * statement. ERROR 42704 for a graph that is not registered; what is wrong with its sources
 * by now, as registering them would say it.
 */
const RpStoredGraph *rp_stored_graph_get(const RpCatalog *catalog, RpText name);

/* The graph as it is when a partition has left its tables, for reading all of it (row_scan); in the
 * current memory context. */
const RpStoredGraph *rp_stored_graph_without(const RpStoredGraph *graph, Oid partition);

/* The source of an id, in its graph: how its rows read. Its relations may not be locked, so rows
 * must not be read by it. ERROR 42704 where there is none; as rp_stored_graph_get. */
const RpGraphSource *rp_graph_source_get(const RpCatalog *catalog, int32 id);

/* The same of a graph that this backend knows as it is; NULL: it knows none. namespace: the
 * extension's. Valid to the end of the transaction. */
const RpGraphSource *rp_graph_source_known(Oid namespace, int32 id);

/* ERROR 42704: there is no graph of that name. */
RP_NORETURN void rp_stored_graph_raise_unknown(RpText name);

/* Once, when the library is loaded. */
void rp_stored_graph_init(void);

#endif
