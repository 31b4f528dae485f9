/* See enforcement_problem.h. */
#include "pg/enforce/enforcement_problem.h"

#include "access/htup_details.h"
#include "catalog/pg_event_trigger.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "commands/trigger.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "pg/enforce/capture_trigger.h"
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

/* A table of each persistence among a relation and its partitions, where there is one. */
typedef struct Persistence {
    Oid logged;
    Oid unlogged;
} Persistence;

static void
look_at(Oid relation, Persistence *found)
{
    ListCell *cell;

    foreach (cell, find_all_inheritors(relation, NoLock, NULL)) {
        Oid table = lfirst_oid(cell);

        if (get_rel_relkind(table) != RELKIND_RELATION) {
            continue;
        }
        if (get_rel_persistence(table) == RELPERSISTENCE_UNLOGGED) {
            found->unlogged = table;
        } else {
            found->logged = table;
        }
    }
}

static const char *
name_of(Oid relation)
{
    return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
                                      get_rel_name(relation));
}

/* After a crash the server empties tables that are unlogged, and no trigger sees it. A graph of
 * these is empty then; one of which a part stays may be none that was judged. So the server itself
 * has no foreign key from a table that stays to one that does not. */
static char *
unlogged_problem(const RpStoredGraph *graph)
{
    Persistence triples = {InvalidOid, InvalidOid};
    Persistence terms = {InvalidOid, InvalidOid};
    Oid emptied;

    for (uint32 i = 0; i < graph->source_count; i++) {
        const RpGraphSource *source = &graph->sources[i];

        look_at(source->rows.relation, &triples);
        if (source->dictionary != NULL) {
            look_at(source->dictionary->rows.relation, &terms);
        }
        if (source->graph_dictionary != NULL) {
            look_at(source->graph_dictionary->rows.relation, &terms);
        }
    }
    emptied = OidIsValid(triples.unlogged) ? triples.unlogged : terms.unlogged;
    return OidIsValid(triples.logged) && OidIsValid(emptied)
               ? psprintf("table %s is unlogged, and %s is not: a crash of the server empties only "
                          "the one",
                          name_of(emptied), name_of(triples.logged))
               : NULL;
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
    note(look, unlogged_problem(graph), "ALTER TABLE … SET LOGGED");
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
