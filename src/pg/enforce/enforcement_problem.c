/* See enforcement_problem.h. */
#include "pg/enforce/enforcement_problem.h"

#include "access/htup_details.h"
#include "catalog/pg_event_trigger.h"
#include "catalog/pg_class.h"
#include "commands/trigger.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "pg/enforce/capture_trigger.h"
#include "pg/graph/graph_relations.h"
#include "pg/graph/stored_graph.h"
#include "pg/server/bridge.h"
#include "pg/server/savepoint.h"

/* The event triggers of the extension. */
static const char *const event_triggers[] = {
    "rdf_graph_partitions_changed", "rdf_graph_partitions_dropped", "rdf_graph_partitions_leaving"};

typedef struct Look {
    const RpCatalog *catalog;
    RpText graph;
    RpTiming timing;
    char *problem; /* in the caller's memory context */
    const char *hint;
} Look;

/* A superuser may have disabled it, or a restore left it out. */
static char *
event_trigger_problem(const char *name)
{
    HeapTuple row = SearchSysCache1(EVENTTRIGGERNAME, CStringGetDatum(name));
    char *problem = NULL;

    if (!HeapTupleIsValid(row)) {
        return psprintf("event trigger \"%s\" is missing", name);
    }
    if (((Form_pg_event_trigger)GETSTRUCT(row))->evtenabled == TRIGGER_DISABLED ||
        ((Form_pg_event_trigger)GETSTRUCT(row))->evtenabled == TRIGGER_FIRES_ON_REPLICA) {
        problem = psprintf("event trigger \"%s\" is disabled", name);
    }
    ReleaseSysCache(row);
    return problem;
}

/* A table that the server empties when it comes up after a crash, and no trigger sees: the rest of
 * the graph, or nodes that shapes name, may need what it had. */
static char *
unlogged_problem(const RpCatalog *catalog, RpText graph)
{
    ListCell *cell;

    foreach (cell, rp_graph_relations(catalog, graph)) {
        Oid relation = lfirst_oid(cell);

        if (get_rel_persistence(relation) == RELPERSISTENCE_UNLOGGED) {
            return psprintf(
                "table %s is unlogged: a crash of the server empties it",
                quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
                                           get_rel_name(relation)));
        }
    }
    return NULL;
}

/* Note what is wrong, the first that is found. */
static void
note(Look *look, char *problem, const char *hint)
{
    if (look->problem == NULL && problem != NULL) {
        look->problem = problem;
        look->hint = hint;
    }
}

/* rp_savepoint_run */
static void
look(void *argument)
{
    Look *look = argument;
    const RpStoredGraph *graph = rp_stored_graph_get(look->catalog, look->graph);

    for (uint32 i = 0; i < graph->source_count; i++) {
        note(look, rp_capture_triggers_problem(&graph->sources[i], look->timing),
             "rdf_graph_unenforce, and then rdf_graph_enforce, make the triggers anew.");
    }
    for (uint32 i = 0; i < lengthof(event_triggers); i++) {
        note(look, event_trigger_problem(event_triggers[i]), "ALTER EVENT TRIGGER … ENABLE");
    }
    note(look, unlogged_problem(look->catalog, look->graph), "ALTER TABLE … SET LOGGED");
}

/* In a savepoint: a graph that cannot be read is an answer here, and no error. */
static void
find(Look *at)
{
    ErrorData *error = rp_savepoint_run(look, at);

    if (error == NULL) {
        return;
    }
    if (!rp_error_is_local(error)) {
        ReThrowError(error);
    }
    at->problem = error->message;
    at->hint = error->hint;
}

char *
rp_enforcement_problem(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    Look at = {.catalog = catalog, .graph = graph, .timing = timing};

    find(&at);
    return at.problem;
}

void
rp_enforcement_warn(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    Look at = {.catalog = catalog, .graph = graph, .timing = timing};

    find(&at);
    if (at.problem != NULL) {
        ereport(WARNING,
                (errmsg("changes of graph \"%s\" are not all judged", rp_text_cstring(graph)),
                 errdetail_internal("%s", at.problem),
                 at.hint == NULL ? 0 : errhint("%s", at.hint)));
    }
}

void
rp_enforcement_require_judged(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    Look at = {.catalog = catalog, .graph = graph, .timing = timing};

    find(&at);
    if (at.problem != NULL) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("graph \"%s\" cannot be proven while its changes are not all judged",
                               rp_text_cstring(graph)),
                        errdetail_internal("%s", at.problem),
                        at.hint == NULL ? 0 : errhint("%s", at.hint)));
    }
}
