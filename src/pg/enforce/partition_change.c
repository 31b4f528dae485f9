/*
 * The event trigger rdf_graph_partitions_changed: partitions that come to a graph's table or leave
 * it bring triples or take them away, and no row trigger sees it (README.md, "Capture"). The same
 * event tells of tables that come to be a graph's by their name (table_change.h).
 *
 * DETACH … CONCURRENTLY takes the rows away in a transaction that commits before that event. So it
 * is judged when the command begins, by the event trigger rdf_graph_partitions_leaving, with the
 * partition passed over; the graph's strong lock is held until the rows are gone.
 */
#include "pg/pg.h"

#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "commands/event_trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"

#include "pg/enforce/capture.h"
#include "pg/enforce/capture_trigger.h"
#include "pg/enforce/child_table.h"
#include "pg/enforce/table_change.h"
#include "pg/enforce/transaction_judge.h"
#include "pg/graph/registered_source.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_graph_partitions_changed);

/* The table at the top of a relation's tree of partitions. */
static Oid
root_of(Oid relation)
{
    List *ancestors = get_rel_relispartition(relation) ? get_partition_ancestors(relation) : NIL;

    return ancestors == NIL ? relation : llast_oid(ancestors);
}

/* The relations that a source names: its own, and its dictionaries'. */
static uint32
names_of(const RpRegisteredSource *source, const char *names[3])
{
    static const RpSourceOption dictionaries[] = {RP_OPTION_TERMS, RP_OPTION_GRAPH_TERMS};
    uint32 count = 0;

    names[count++] = source->relation;
    for (uint32 i = 0; i < lengthof(dictionaries); i++) {
        if (source->options.texts[dictionaries[i]] != NULL) {
            names[count++] = source->options.texts[dictionaries[i]];
        }
    }
    return count;
}

static List *
registered_sources(const RpCatalog *catalog)
{
    List *sources;

    PushActiveSnapshot(GetLatestSnapshot());
    sources = rp_registered_sources(catalog, GetActiveSnapshot(), NULL);
    PopActiveSnapshot();
    return sources;
}

/* The ids of the sources whose relation, or dictionary, it is. Nothing is raised because of one
 * that is not what it was: it may be none of what the command is about. */
static List *
sources_of(const RpCatalog *catalog, Oid table)
{
    List *ids = NIL;
    ListCell *cell;

    foreach (cell, registered_sources(catalog)) {
        const RpRegisteredSource *source = lfirst(cell);
        const char *names[3];
        uint32 count = names_of(source, names);

        for (uint32 i = 0; i < count; i++) {
            if (rp_registered_relation(names[i]) == table) {
                ids = list_append_unique_int(ids, source->id);
            }
        }
    }
    return ids;
}

/* Whether there is a source of the id whose relations are still there: a table that is dropped as a
 * whole leaves a graph that cannot be read, which is said to whoever reads it. */
static bool
has_relations(const RpCatalog *catalog, int32 id)
{
    ListCell *cell;

    foreach (cell, registered_sources(catalog)) {
        const RpRegisteredSource *source = lfirst(cell);
        const char *names[3];
        uint32 there = 0;
        uint32 count;

        if (source->id != id) {
            continue;
        }
        count = names_of(source, names);
        for (uint32 i = 0; i < count; i++) {
            there += OidIsValid(rp_registered_relation(names[i]));
        }
        return there == count;
    }
    return false;
}

/* Done at the DDL command's end, and judged with the rest of the transaction. */
static void
note_whole(Oid function, const RpGraphSource *source, RpTiming timing)
{
    rp_capture_note_table(
        rp_capture_of(rp_catalog_of_function(function), rp_text_from(source->graph->name), timing));
}

/* Have every graph that a table is a source of judged as a whole, where is_change; and see to the
 * triggers of its partitions. */
static void
note_table(Oid function, Oid table, bool is_change)
{
    const RpCatalog *catalog = rp_catalog_of_function(function);
    ListCell *cell;

    foreach (cell, sources_of(catalog, table)) {
        const RpGraphSource *source = rp_graph_source_get(catalog, lfirst_int(cell));

        for (RpTiming timing = RP_TIMING_DEFERRED; timing <= RP_TIMING_IMMEDIATE; timing++) {
            if (rp_capture_triggers_exist(source, timing)) {
                rp_capture_triggers_complete(source, timing);
                if (is_change) {
                    note_whole(function, source, timing);
                }
            }
        }
    }
}

/* A partition that has left a table of a graph is no part of it, when it is emptied or dropped. */
static void
forget_partition(Oid function, Oid root, const RangeVar *partition)
{
    const RpCatalog *catalog = rp_catalog_of_function(function);
    Oid table = RangeVarGetRelid(partition, NoLock, true);
    ListCell *cell;

    foreach (cell, OidIsValid(table) ? sources_of(catalog, root) : NIL) {
        rp_capture_triggers_forget(rp_graph_source_get(catalog, lfirst_int(cell)), table);
    }
}

/* Whether rows leave by the command only now. DETACH … CONCURRENTLY has taken them away before, and
 * was judged then; when it was interrupted, FINALIZE ends it. */
static bool
changes_rows(const AlterTableCmd *command)
{
    return command->subtype != AT_DetachPartitionFinalize &&
           (command->subtype != AT_DetachPartition ||
            !castNode(PartitionCmd, command->def)->concurrent);
}

static void
on_alter_table(Oid function, const AlterTableStmt *statement)
{
    ListCell *cell;

    foreach (cell, statement->cmds) {
        const AlterTableCmd *command = lfirst_node(AlterTableCmd, cell);
        bool is_detach = command->subtype == AT_DetachPartition ||
                         command->subtype == AT_DetachPartitionFinalize;

        if (is_detach || command->subtype == AT_AttachPartition || RP_SETS_EXPRESSION(command)) {
            Oid table = RangeVarGetRelid(statement->relation, NoLock, true);

            if (OidIsValid(table)) {
                note_table(function, root_of(table), changes_rows(command));
            }
            if (OidIsValid(table) && is_detach) {
                forget_partition(function, root_of(table),
                                 castNode(PartitionCmd, command->def)->name);
            }
        }
    }
}

/* What the ids of a dictionary mean is asked of its indexes, partitions that leave among them. */
static void
require_triples(const RpGraphSource *source, Oid root)
{
    if (source->rows.relation != root) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("no partition can be detached concurrently from a dictionary while "
                               "policies are enforced on graph \"%s\"",
                               source->graph->name),
                        errdetail("Its rows would be gone before that is judged."),
                        errhint("Detach it without CONCURRENTLY.")));
    }
}

/* Judge what a partition leaves behind, once for all sources of a graph. */
static void
judge_leaving(Oid function, Oid root, Oid partition)
{
    const RpCatalog *catalog = rp_catalog_of_function(function);
    ListCell *cell;

    foreach (cell, sources_of(catalog, root)) {
        const RpGraphSource *source = rp_graph_source_get(catalog, lfirst_int(cell));

        for (RpTiming timing = RP_TIMING_DEFERRED; timing <= RP_TIMING_IMMEDIATE; timing++) {
            RpCapture *capture;

            if (!rp_capture_triggers_exist(source, timing)) {
                continue;
            }
            capture = rp_capture_of(catalog, rp_text_from(source->graph->name), timing);
            rp_capture_note_table(capture);
            if (rp_capture_is_pending(capture)) {
                require_triples(source, root);
                rp_transaction_judge_without(capture, partition);
            }
        }
    }
}

/* What the server will refuse is not judged: it asks for ownership, and for no transaction around
 * it, only after this. */
static void
on_alter_table_start(Oid function, const AlterTableStmt *statement)
{
    ListCell *cell;

    foreach (cell, IsTransactionBlock() ? NIL : statement->cmds) {
        const AlterTableCmd *command = lfirst_node(AlterTableCmd, cell);
        const PartitionCmd *detach;
        Oid table;
        Oid partition;

        if (command->subtype != AT_DetachPartition || changes_rows(command)) {
            continue;
        }
        detach = castNode(PartitionCmd, command->def);
        table = RangeVarGetRelid(statement->relation, NoLock, true);
        partition = RangeVarGetRelid(detach->name, NoLock, true);
        if (OidIsValid(table) && OidIsValid(partition) && RP_OWNS_RELATION(table, GetUserId()) &&
            get_rel_relispartition(partition) && get_partition_parent(partition, true) == table) {
            judge_leaving(function, root_of(table), partition);
        }
    }
}

/* A partition that is made is empty. */
static void
on_create_table(Oid function, const CreateStmt *statement)
{
    if (statement->partbound != NULL) {
        Oid table =
            RangeVarGetRelid(linitial_node(RangeVar, statement->inhRelations), NoLock, true);

        if (OidIsValid(table)) {
            note_table(function, root_of(table), false);
        }
    }
}

/* Of what is dropped there is nothing left but its name: a trigger's tells which source it was
 * on. */
static void
on_drop(Oid function)
{
    const RpCatalog *catalog = rp_catalog_of_function(function);

    if (SPI_connect() != SPI_OK_CONNECT) {
        elog(ERROR, "SPI_connect failed");
    }
    if (SPI_execute("SELECT address_names[array_upper(address_names, 1)]"
                    " FROM pg_catalog.pg_event_trigger_dropped_objects()"
                    " WHERE object_type OPERATOR(pg_catalog.=) 'trigger' AND NOT original",
                    true, 0) != SPI_OK_SELECT) {
        elog(ERROR, "SPI_execute failed");
    }
    for (uint64 i = 0; i < SPI_processed; i++) {
        char *name = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
        RpTiming timing;
        int32 source = rp_capture_trigger_source(name, &timing);

        if (source != 0 && has_relations(catalog, source)) {
            note_whole(function, rp_graph_source_get(catalog, source), timing);
        }
    }
    SPI_finish();
}

/* Runs as whoever gives the command, in his transaction: what it refuses, the command has not done.
 */
Datum
rdf_graph_partitions_changed(PG_FUNCTION_ARGS)
{
    const EventTriggerData *data = (EventTriggerData *)fcinfo->context;
    Oid function = fcinfo->flinfo->fn_oid;

    if (!CALLED_AS_EVENT_TRIGGER(fcinfo)) {
        ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                        errmsg("rdf_graph_partitions_changed must be called as an event trigger")));
    }
    if (strcmp(data->event, "sql_drop") == 0) {
        on_drop(function);
        PG_RETURN_NULL();
    }
    if (strcmp(data->event, "ddl_command_start") == 0) {
        if (IsA(data->parsetree, AlterTableStmt)) {
            on_alter_table_start(function, castNode(AlterTableStmt, data->parsetree));
        }
        PG_RETURN_NULL();
    }
    rp_child_tables_refuse(rp_catalog_of_function(function), data->parsetree);
    if (IsA(data->parsetree, AlterTableStmt)) {
        on_alter_table(function, castNode(AlterTableStmt, data->parsetree));
    } else if (IsA(data->parsetree, CreateStmt)) {
        on_create_table(function, castNode(CreateStmt, data->parsetree));
    }
    rp_table_change_note(function, data->parsetree);
    PG_RETURN_NULL();
}
