/* See enforcement_problem.h. */
#include "pg/enforce/enforcement_problem.h"

#include "access/htup_details.h"
#include "catalog/pg_event_trigger.h"
#include "commands/trigger.h"
#include "utils/syscache.h"

#include "pg/enforce/capture_trigger.h"
#include "pg/graph/stored_graph.h"
#include "pg/server/bridge.h"
#include "pg/server/savepoint.h"

/* The event triggers of the extension. */
static const char *const event_triggers[] = {"rdf_graph_partitions_changed",
                                             "rdf_graph_partitions_dropped"};

typedef struct Look {
    const RpCatalog *catalog;
    RpText graph;
    RpTiming timing;
    char *problem; /* in the caller's memory context */
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

/* rp_savepoint_run */
static void
look(void *argument)
{
    Look *look = argument;
    const RpStoredGraph *graph = rp_stored_graph_get(look->catalog, look->graph);

    for (uint32 i = 0; look->problem == NULL && i < graph->source_count; i++) {
        look->problem = rp_capture_triggers_problem(&graph->sources[i], look->timing);
    }
    for (uint32 i = 0; look->problem == NULL && i < lengthof(event_triggers); i++) {
        look->problem = event_trigger_problem(event_triggers[i]);
    }
}

/* In a savepoint: a graph that cannot be read is an answer here, and no error. */
char *
rp_enforcement_problem(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    Look at = {.catalog = catalog, .graph = graph, .timing = timing};
    ErrorData *error = rp_savepoint_run(look, &at);

    if (error == NULL) {
        return at.problem;
    }
    if (!rp_error_is_local(error)) {
        ReThrowError(error);
    }
    return error->message;
}
