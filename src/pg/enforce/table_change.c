/* See table_change.h. Sources name their relations: which table that is may change. */
#include "pg/enforce/table_change.h"

#include "executor/spi.h"
#include "nodes/parsenodes.h"
#include "utils/lsyscache.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/capture.h"
#include "pg/enforce/capture_trigger.h"
#include "pg/graph/graph_relations.h"
#include "pg/server/bridge.h"
#include "pg/server/savepoint.h"

/* A graph that policies of a timing are enforced on. */
typedef struct EnforcedGraph {
    const RpCatalog *catalog;
    char *name;
    RpTiming timing;
    const RpStoredGraph *graph;
} EnforcedGraph;

/* The OIDs of what the command was about: tables and schemas. */
static List *
changed_objects(void)
{
    MemoryContext context = CurrentMemoryContext;
    List *objects = NIL;

    if (SPI_connect() != SPI_OK_CONNECT) {
        elog(ERROR, "SPI_connect failed");
    }
    if (SPI_execute("SELECT objid FROM pg_catalog.pg_event_trigger_ddl_commands()", true, 0) !=
        SPI_OK_SELECT) {
        elog(ERROR, "SPI_execute failed");
    }
    MemoryContextSwitchTo(context);
    for (uint64 i = 0; i < SPI_processed; i++) {
        bool is_null;
        Datum object = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &is_null);

        objects = lappend_oid(objects, DatumGetObjectId(object));
    }
    SPI_finish();
    return objects;
}

/* Modes do not matter: triggers are there also where a policy is off. */
static List *
enforced_graphs(const RpCatalog *catalog)
{
    MemoryContext context = CurrentMemoryContext;
    List *graphs = NIL;
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_read_latest(
        &writer, "SELECT DISTINCT graph, timing FROM @.rdf_catalog_enforcement ORDER BY 1, 2", 0,
        NULL);
    MemoryContextSwitchTo(context);
    for (uint64 i = 0; i < count; i++) {
        EnforcedGraph *graph = palloc(sizeof(EnforcedGraph));

        *graph = (EnforcedGraph){
            .catalog = catalog,
            .name = rp_catalog_result_string(i, 1, context),
            .timing = rp_timing_parse(rp_text_from(rp_catalog_result_string(i, 2, context)))};
        graphs = lappend(graphs, graph);
    }
    rp_catalog_writer_end(&writer);
    return graphs;
}

/* Whether one of the objects is a relation that a graph names, or the schema of one. */
static bool
is_concerned(const EnforcedGraph *graph, const List *objects)
{
    ListCell *cell;

    foreach (cell, rp_graph_relations(graph->catalog, rp_text_from(graph->name))) {
        Oid relation = lfirst_oid(cell);

        if (list_member_oid(objects, relation) ||
            list_member_oid(objects, get_rel_namespace(relation))) {
            return true;
        }
    }
    return false;
}

/* rp_savepoint_run */
static void
find_graph(void *argument)
{
    EnforcedGraph *graph = argument;

    graph->graph = rp_stored_graph_get(graph->catalog, rp_text_from(graph->name));
}

/* A graph that cannot be read by now is left: its tables may be replaced one by one. */
static bool
is_readable(EnforcedGraph *graph)
{
    ErrorData *error = rp_savepoint_run(find_graph, graph);

    if (error != NULL && !rp_error_is_local(error)) {
        ReThrowError(error);
    }
    return error == NULL;
}

/* A table that is new may be one that pg_restore fills: its text makes the triggers later, and here
 * they would be in its way. */
static void
complete(const EnforcedGraph *graph, bool is_new)
{
    for (uint32 i = 0; i < graph->graph->source_count; i++) {
        const RpGraphSource *source = &graph->graph->sources[i];

        if (is_new ? rp_capture_triggers_exist(source, graph->timing)
                   : rp_capture_triggers_fit(source, graph->timing)) {
            continue;
        }
        if (is_new) {
            ereport(WARNING,
                    (errmsg("changes of %s are not judged", source->rows.name),
                     errdetail("It has a name that graph \"%s\" is registered with, and no "
                               "triggers of rdf_graph_enforce.",
                               graph->name),
                     errhint("rdf_graph_unenforce and rdf_graph_enforce make them.")));
            continue;
        }
        rp_capture_triggers_move(source, graph->timing);
        rp_capture_note_table(
            rp_capture_of(graph->catalog, rp_text_from(graph->name), graph->timing));
    }
}

/* Only tables have triggers of ours, and only their names, their columns' and schemas' say whose
 * they are. A column that is added may have the name of one that was dropped. */
static bool
gives_a_name(Node *command)
{
    ListCell *cell;

    if (IsA(command, AlterTableStmt)) {
        foreach (cell, ((const AlterTableStmt *)command)->cmds) {
            if (lfirst_node(AlterTableCmd, cell)->subtype == AT_AddColumn) {
                return true;
            }
        }
    }
    return (IsA(command, RenameStmt) &&
            (castNode(RenameStmt, command)->renameType == OBJECT_TABLE ||
             castNode(RenameStmt, command)->renameType == OBJECT_COLUMN ||
             castNode(RenameStmt, command)->renameType == OBJECT_SCHEMA)) ||
           (IsA(command, AlterObjectSchemaStmt) &&
            castNode(AlterObjectSchemaStmt, command)->objectType == OBJECT_TABLE);
}

/* Asked after every command of DDL: most end at the first question. */
void
rp_table_change_note(Oid function, Node *command)
{
    const RpCatalog *catalog = rp_catalog_of_function(function);
    bool is_new = IsA(command, CreateStmt) || IsA(command, CreateTableAsStmt);
    List *objects;
    ListCell *cell;

    if ((!is_new && !gives_a_name(command)) || !rp_enforcement_is_anywhere(catalog)) {
        return;
    }
    objects = changed_objects();
    foreach (cell, enforced_graphs(catalog)) {
        EnforcedGraph *graph = lfirst(cell);

        if (is_concerned(graph, objects) && is_readable(graph)) {
            complete(graph, is_new);
        }
    }
}
