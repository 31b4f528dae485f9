/* See stored_graph.h. */
#include "pg/graph/stored_graph.h"

#include "access/xact.h"
#include "commands/trigger.h"
#include "storage/lmgr.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "pg/graph/registered_source.h"
#include "pg/graph/source_compile.h"
#include "pg/graph/source_index.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_catalog_graph_changed);

/* Graphs that this backend knows, and those that were replaced in this transaction. */
static RpStoredGraph *known = NULL;
static RpStoredGraph *replaced = NULL;

/* Raised with every message that may be about a graph, so that one that comes while a graph is
 * being made is noticed. */
static uint64 change_count = 0;

/* The catalog's tables too: their triggers send a message with every change of a graph or source.
 */
static bool
uses_relation(const RpStoredGraph *graph, Oid relation)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        const RpGraphSource *source = &graph->sources[i];

        if (source->rows.relation == relation ||
            (source->dictionary != NULL && source->dictionary->rows.relation == relation) ||
            (source->graph_dictionary != NULL &&
             source->graph_dictionary->rows.relation == relation)) {
            return true;
        }
    }
    return relation == graph->catalog_graph || relation == graph->catalog_source;
}

/* A relation has changed; InvalidOid: any may have. Only marks: whoever uses a graph goes on with
 * it to the end of his statement. */
static void
on_relation_change(Datum argument pg_attribute_unused(), Oid relation)
{
    change_count++;
    for (RpStoredGraph *graph = known; graph != NULL; graph = graph->next) {
        graph->is_stale =
            graph->is_stale || !OidIsValid(relation) || uses_relation(graph, relation);
    }
}

/* A function has changed, and a row filter may call it. */
static void
on_function_change(Datum argument pg_attribute_unused(), int cache pg_attribute_unused(),
                   uint32 hash pg_attribute_unused())
{
    change_count++;
    for (RpStoredGraph *graph = known; graph != NULL; graph = graph->next) {
        for (uint32 i = 0; i < graph->source_count; i++) {
            graph->is_stale = graph->is_stale || graph->sources[i].filter != NULL;
        }
    }
}

/* A schema has changed: its name may be another, and a relation's name another relation's. */
static void
on_schema_change(Datum argument, int cache pg_attribute_unused(), uint32 hash pg_attribute_unused())
{
    on_relation_change(argument, InvalidOid);
}

/* Plans are kept outside of the graph's memory context, so they are freed by themselves. */
static void
free_plans(SPIPlanPtr *plans)
{
    for (int i = 0; i < RP_PLAN_COUNT; i++) {
        if (plans[i] != NULL) {
            (void)SPI_freeplan(plans[i]);
        }
    }
}

/* The two dictionaries of a source may be one, whose plans must not be freed twice. */
static void
free_graph(RpStoredGraph *graph)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        const RpGraphSource *source = &graph->sources[i];

        free_plans(source->plans);
        if (source->dictionary != NULL) {
            free_plans(source->dictionary->plans);
        }
        if (source->graph_dictionary != NULL && source->graph_dictionary != source->dictionary) {
            free_plans(source->graph_dictionary->plans);
        }
    }
    MemoryContextDelete(graph->context);
}

/* The end of a transaction: nobody uses what was replaced in it. */
static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT && event != XACT_EVENT_PREPARE) {
        return;
    }
    while (replaced != NULL) {
        RpStoredGraph *graph = replaced;

        replaced = graph->next;
        free_graph(graph);
    }
}

void
rp_stored_graph_init(void)
{
    CacheRegisterRelcacheCallback(on_relation_change, (Datum)0);
    CacheRegisterSyscacheCallback(PROCOID, on_function_change, (Datum)0);
    CacheRegisterSyscacheCallback(NAMESPACEOID, on_schema_change, (Datum)0);
    RegisterXactCallback(on_transaction_event, NULL);
}

/* Trigger on the graphs' tables, and on that of enforcements: a relcache message of the table to
 * every backend, at commit; to standbys in the commit record. ERROR 39P01 elsewhere. */
Datum
rdf_catalog_graph_changed(PG_FUNCTION_ARGS)
{
    const RpCatalog *catalog = rp_catalog_of_function(fcinfo->flinfo->fn_oid);
    TriggerData *data = (TriggerData *)fcinfo->context;

    if (!CALLED_AS_TRIGGER(fcinfo) ||
        (RelationGetRelid(data->tg_relation) != catalog->graph &&
         RelationGetRelid(data->tg_relation) != catalog->graph_source &&
         RelationGetRelid(data->tg_relation) != catalog->enforcement)) {
        ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                        errmsg("this function can only be called as a trigger of a table of "
                               "extension rdfpolicy")));
    }
    CacheInvalidateRelcache(data->tg_relation);
    return PointerGetDatum(NULL);
}

/* Apart from the sources: a graph whose sources are not there yet is one all the same. */
static bool
is_registered(const RpCatalog *catalog, Snapshot snapshot, RpText name)
{
    RpCatalogScan scan;
    HeapTuple tuple;
    bool is_found = false;

    rp_catalog_scan_begin(&scan, catalog->graph, snapshot);
    while (!is_found && (tuple = rp_catalog_scan_next(&scan)) != NULL) {
        RpText text;

        (void)rp_catalog_text(&scan, tuple, RP_GRAPH_NAME, &text);
        is_found = rp_text_equals(text, name);
    }
    rp_catalog_scan_end(&scan);
    return is_found;
}

void
rp_stored_graph_raise_unknown(RpText name)
{
    RpShown shown;

    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                    errmsg("graph \"%s\" does not exist", rp_text_show(name, &shown)),
                    errhint("rdf_graphs lists the graphs; rdf_graph_register registers one.")));
}

/* Make a graph of the newest committed rows, in the current memory context. */
static RpStoredGraph *
make_graph(const RpCatalog *catalog, RpText name)
{
    Snapshot snapshot = RegisterSnapshot(GetLatestSnapshot());
    bool exists = is_registered(catalog, snapshot, name);
    List *rows = rp_registered_sources(catalog, snapshot, &name);
    RpStoredGraph *graph = palloc0(sizeof(RpStoredGraph));

    UnregisterSnapshot(snapshot);
    if (!exists) {
        rp_stored_graph_raise_unknown(name);
    }
    graph->name = rp_text_cstring(name);
    graph->namespace = catalog->namespace;
    graph->catalog_graph = catalog->graph;
    graph->catalog_source = catalog->graph_source;
    graph->sources = palloc0(sizeof(RpGraphSource) * (Size)(list_length(rows) + 1));
    for (int i = 0; i < list_length(rows); i++) {
        const RpRegisteredSource *row = list_nth(rows, i);
        RpGraphSource *source = &graph->sources[i];

        rp_source_compile(row->relation, &row->options, catalog->namespace, source);
        source->graph = graph;
        source->id = row->id;
        source->lacks_index = rp_source_index_missing(source) != NULL;
        graph->source_count++;
    }
    return graph;
}

/* Take a graph that is out of date off the list of those that are known. */
static RpStoredGraph *
find_known(Oid namespace, RpText name)
{
    RpStoredGraph **link = &known;

    while (*link != NULL) {
        RpStoredGraph *graph = *link;

        if (graph->is_stale) {
            *link = graph->next;
            graph->next = replaced;
            replaced = graph;
        } else if (graph->namespace == namespace &&
                   rp_text_equals(rp_text_from(graph->name), name)) {
            return graph;
        } else {
            link = &graph->next;
        }
    }
    return NULL;
}

/* What was locked when the graph was made was so to the end of that transaction. Taking a lock
 * takes in the messages of whoever had it: false, something has changed meanwhile. */
static bool
lock_again(const RpStoredGraph *graph)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        const RpGraphSource *source = &graph->sources[i];

        LockRelationOid(source->rows.relation, AccessShareLock);
        if (source->dictionary != NULL) {
            LockRelationOid(source->dictionary->rows.relation, AccessShareLock);
        }
        if (source->graph_dictionary != source->dictionary) {
            LockRelationOid(source->graph_dictionary->rows.relation, AccessShareLock);
        }
    }
    return !graph->is_stale;
}

/* ERROR 42704 where no such graph is registered; else errors of rp_source_compile. A graph that is
 * stale is made anew here, and the old one lives to the end of the transaction. */
const RpStoredGraph *
rp_stored_graph_get(const RpCatalog *catalog, RpText name)
{
    MemoryContext caller = CurrentMemoryContext;
    RpStoredGraph *graph;
    MemoryContext context;
    uint64 changes;

    while ((graph = find_known(catalog->namespace, name)) != NULL) {
        if (lock_again(graph)) {
            return graph;
        }
    }
    context = AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy graph", ALLOCSET_SMALL_SIZES);
    MemoryContextSwitchTo(context);
    changes = change_count;
    graph = make_graph(catalog, name);
    graph->context = context;
    MemoryContextSwitchTo(caller);
    /* Only now that it is whole: what an error left half made goes with the caller's memory. */
    MemoryContextSetParent(context, CacheMemoryContext);
    /* A message that came while the rows were read found no graph to mark: the next who asks makes
     * it anew. */
    graph->is_stale = change_count != changes;
    graph->next = known;
    known = graph;
    return graph;
}

const RpStoredGraph *
rp_stored_graph_without(const RpStoredGraph *graph, Oid partition)
{
    RpStoredGraph *rest = palloc(sizeof(RpStoredGraph));

    *rest = *graph;
    rest->sources = palloc(sizeof(RpGraphSource) * graph->source_count);
    for (uint32 i = 0; i < graph->source_count; i++) {
        rest->sources[i] = graph->sources[i];
        rest->sources[i].rows.leaving = partition;
    }
    return rest;
}

const RpGraphSource *
rp_graph_source_known(Oid namespace, int32 id)
{
    for (const RpStoredGraph *graph = known; graph != NULL; graph = graph->next) {
        for (uint32 i = 0; i < graph->source_count && !graph->is_stale; i++) {
            if (graph->sources[i].id == id && graph->namespace == namespace) {
                return &graph->sources[i];
            }
        }
    }
    return NULL;
}

/* A source that is known is found without reading the table, since each statement that changes rows
 * asks (capture_call.c). Else the newest committed row counts, as for a graph. */
const RpGraphSource *
rp_graph_source_get(const RpCatalog *catalog, int32 id)
{
    const RpGraphSource *found = rp_graph_source_known(catalog->namespace, id);
    const RpRegisteredSource *registered;
    Snapshot snapshot;
    const RpStoredGraph *graph;

    if (found != NULL) {
        return found;
    }
    snapshot = RegisterSnapshot(GetLatestSnapshot());
    registered = rp_registered_source(catalog, snapshot, id);
    UnregisterSnapshot(snapshot);
    graph =
        registered == NULL ? NULL : rp_stored_graph_get(catalog, rp_text_from(registered->graph));
    for (uint32 i = 0; graph != NULL && i < graph->source_count; i++) {
        if (graph->sources[i].id == id) {
            return &graph->sources[i];
        }
    }
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                    errmsg("no graph has a source with the number %d", id),
                    errhint("rdf_graph_sources lists the sources.")));
    return NULL;
}
