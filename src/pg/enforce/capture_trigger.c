/*
 * Making the capture triggers: see capture_trigger.h and README.md, "Capture". Their names say the
 * source and the timing:
 *
 *     rdf_graph_3_deferred_insert, …_delete, …_update    on the relation, for each row; partitions
 *                                                        get theirs from the server
 *     rdf_graph_3_deferred_truncate                      on the relation and each partition
 *     rdf_graph_3_deferred_terms_update, …_terms_delete, …_terms_truncate    on the dictionary
 *     rdf_graph_3_deferred_names_update, …    on that of graphs' names, where they have one
 */
#include "pg/enforce/capture_trigger.h"

#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/namespace.h"
#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "parser/parse_func.h"
#include "utils/rel.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "pg/catalog/catalog_writer.h"
#include "pg/enforce/capture_call.h"
#include "pg/enforce/capture_condition.h"
#include "pg/graph/graph_relations.h"
#include "pg/graph/source_index.h"
#include "pg/server/bridge.h"

/* Which of a source's tables has a trigger. */
typedef enum SourceTable {
    TABLE_OF_TRIPLES,
    TABLE_OF_TERMS, /* the dictionary */
    TABLE_OF_NAMES  /* that of graphs' names, where they have one of their own */
} SourceTable;

/* One event that is captured by rows. */
typedef struct RowEvent {
    const char *event;
    const char *function;
    bool has_old;
    bool has_new;
    SourceTable table;
} RowEvent;

/* A row that comes into a dictionary changes no triple: its id had no term before. */
static const RowEvent row_events[] = {
    {"insert", "rdf_graph_capture_insert", false, true, TABLE_OF_TRIPLES},
    {"delete", "rdf_graph_capture_delete", true, false, TABLE_OF_TRIPLES},
    {"update", "rdf_graph_capture_update", true, true, TABLE_OF_TRIPLES},
    {"delete", "rdf_graph_capture_term_delete", true, false, TABLE_OF_TERMS},
    {"update", "rdf_graph_capture_term_update", true, true, TABLE_OF_TERMS},
    {"delete", "rdf_graph_capture_term_delete", true, false, TABLE_OF_NAMES},
    {"update", "rdf_graph_capture_term_update", true, true, TABLE_OF_NAMES},
};

/* A dictionary that is a view, or is elsewhere, has no triggers: changes of what its ids mean are
 * not seen. */
static const RpRowRelation *
stored_rows(const RpGraphDictionary *dictionary)
{
    bool is_stored = dictionary != NULL && (dictionary->rows.kind == RELKIND_RELATION ||
                                            dictionary->rows.kind == RELKIND_PARTITIONED_TABLE);

    return is_stored ? &dictionary->rows : NULL;
}

/* The table of a source that has triggers; NULL: there is none, or it can have none. */
static const RpRowRelation *
table_of(const RpGraphSource *source, SourceTable table)
{
    bool has_names = source->graph_dictionary != source->dictionary;

    return table == TABLE_OF_TRIPLES ? &source->rows
           : table == TABLE_OF_TERMS ? stored_rows(source->dictionary)
                                     : stored_rows(has_names ? source->graph_dictionary : NULL);
}

/* Within the 63 bytes that a name may have. The source's number makes it unique on a table that is
 * a source of two graphs. */
static char *
trigger_name(const RpGraphSource *source, RpTiming timing, SourceTable table, const char *event)
{
    static const char *const parts[] = {"", "terms_", "names_"};

    return psprintf("rdf_graph_%d_%s_%s%s", source->id, rp_timing_name(timing), parts[table],
                    event);
}

/* By the TRUNCATE trigger, since each partition has one of its own: its drop tells that the
 * partition went. */
int32
rp_capture_trigger_source(const char *trigger, RpTiming *timing)
{
    int id;
    int end = 0;

    if (sscanf(trigger, "rdf_graph_%d%n", &id, &end) != 1) {
        return 0;
    }
    for (*timing = RP_TIMING_DEFERRED; *timing <= RP_TIMING_IMMEDIATE; (*timing)++) {
        const char *name = rp_timing_name(*timing);

        if (strcmp(trigger + end, psprintf("_%s_truncate", name)) == 0 ||
            strcmp(trigger + end, psprintf("_%s_terms_truncate", name)) == 0 ||
            strcmp(trigger + end, psprintf("_%s_names_truncate", name)) == 0) {
            return id;
        }
    }
    return 0;
}

static void
run(const char *statement)
{
    int result = SPI_execute(statement, false, 0);

    if (result < 0) {
        elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
    }
}

/* Qualified and quoted: statements run under the caller's search_path. */
static const char *
relation_name(Oid relation)
{
    return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
                                      get_rel_name(relation));
}

/* The extension may be in a schema of any name. */
static const char *
function_schema(const RpGraphSource *source)
{
    return quote_identifier(get_namespace_name(source->graph->namespace));
}

/* What every trigger's function is given. */
static const char *
trigger_arguments(const RpGraphSource *source, RpTiming timing)
{
    return psprintf("%s, %s", quote_literal_cstr(source->graph->name),
                    quote_literal_cstr(rp_timing_name(timing)));
}

static const char *const is_missing = "is missing";
static const char *const has_other_columns = "captures other columns than the graph has by now";

/* What is wrong with one of our triggers on a relation, as the predicate of its name. NULL:
 * nothing. Others may have made one of that name, and owners may disable ours. rows: what a row's
 * trigger hands to its WHEN function; NULL: it is a statement's. */
static const char *
trigger_problem(Oid relation, const char *name, Oid function, const RpRowRelation *rows)
{
    const char *problem = is_missing;
    Relation table = table_open(relation, AccessShareLock);

    for (int i = 0; table->trigdesc != NULL && i < table->trigdesc->numtriggers; i++) {
        const Trigger *trigger = &table->trigdesc->triggers[i];

        if (strcmp(trigger->tgname, name) == 0) {
            bool is_ours =
                trigger->tgfoid == function && (rows != NULL) == (trigger->tgqual != NULL);

            problem = !is_ours ? "is another than rdf_graph_enforce makes"
                      : rows != NULL && !rp_capture_condition_fits(relation, trigger->tgqual, rows)
                          ? has_other_columns
                      : trigger->tgenabled == TRIGGER_DISABLED         ? "is disabled"
                      : trigger->tgenabled == TRIGGER_FIRES_ON_REPLICA ? "fires on replicas only"
                                                                       : NULL;
        }
    }
    table_close(table, NoLock);
    return problem;
}

/* ERROR 42883 where the extension's function is not there. */
static Oid
trigger_function(const RpGraphSource *source, const char *name)
{
    List *names = list_make2(makeString(get_namespace_name(source->graph->namespace)),
                             makeString(pstrdup(name)));

    return LookupFuncName(names, 0, NULL, false);
}

/* True: the trigger is there, as it should be. One of that name that is not is dropped. */
static bool
keep_trigger(Oid relation, const char *name, Oid function, const RpRowRelation *rows)
{
    bool is_kept = trigger_problem(relation, name, function, rows) == NULL;

    if (!is_kept && OidIsValid(get_trigger_oid(relation, name, true))) {
        run(psprintf("DROP TRIGGER %s ON %s", quote_identifier(name), relation_name(relation)));
    }
    return is_kept;
}

/* The columns that reading looks at, in its order: a row that is captured is read as one that is
 * stored. */
static void
append_columns(StringInfo out, const RpRowRelation *rows, const char *row)
{
    for (uint32 i = 0; i < rows->column_count; i++) {
        appendStringInfo(out, ", %s.%s", row, quote_identifier(rows->columns[i].name));
    }
}

/* A constraint trigger, since no other can be deferred. The WHEN condition is evaluated at once all
 * the same: the server defers the function alone. */
static void
make_row_trigger(const RpGraphSource *source, RpTiming timing, const RowEvent *event)
{
    const RpRowRelation *rows = table_of(source, event->table);
    const char *name = trigger_name(source, timing, event->table, event->event);
    StringInfoData statement;

    if (rows == NULL ||
        keep_trigger(rows->relation, name, trigger_function(source, "rdf_graph_judge"), rows)) {
        return;
    }
    initStringInfo(&statement);
    appendStringInfo(
        &statement, "CREATE CONSTRAINT TRIGGER %s AFTER %s ON %s %s FOR EACH ROW WHEN (%s.%s(%s",
        name, event->event, relation_name(rows->relation),
        timing == RP_TIMING_DEFERRED ? "DEFERRABLE INITIALLY DEFERRED" : "NOT DEFERRABLE",
        function_schema(source), event->function,
        quote_literal_cstr(rp_capture_target(source, timing)));
    if (event->has_old) {
        append_columns(&statement, rows, "OLD");
    }
    if (event->has_new) {
        append_columns(&statement, rows, "NEW");
    }
    /* Of triples the source, too: prepared_condition.c. */
    appendStringInfo(&statement, ")) EXECUTE FUNCTION %s.rdf_graph_judge(%s%s)",
                     function_schema(source), trigger_arguments(source, timing),
                     event->table == TABLE_OF_TRIPLES ? psprintf(", %d", source->id) : "");
    run(statement.data);
}

/* A relation and its partitions. */
static List *
tree_of(const RpRowRelation *rows)
{
    return find_all_inheritors(rows->relation, AccessShareLock, NULL);
}

/* The server gives TRUNCATE triggers to no partition. Foreign ones cannot be truncated here. */
static void
make_truncate_triggers(const RpGraphSource *source, RpTiming timing, SourceTable table)
{
    const RpRowRelation *rows = table_of(source, table);
    const char *name = trigger_name(source, timing, table, "truncate");
    ListCell *cell;

    foreach (cell, rows == NULL ? NIL : tree_of(rows)) {
        Oid relation = lfirst_oid(cell);

        if (get_rel_relkind(relation) != RELKIND_FOREIGN_TABLE &&
            !keep_trigger(relation, name, trigger_function(source, "rdf_graph_truncated"), NULL)) {
            run(psprintf("CREATE TRIGGER %s AFTER TRUNCATE ON %s FOR EACH STATEMENT"
                         " EXECUTE FUNCTION %s.rdf_graph_truncated(%s)",
                         name, relation_name(relation), function_schema(source),
                         trigger_arguments(source, timing)));
        }
    }
}

static bool
is_owned(Oid relation)
{
    return RP_OWNS_RELATION(relation, GetUserId());
}

/* As for registering it: TRIGGER alone, with which the server would be content, is not enough.
 * ERROR 42501. */
static void
require_ownership(const RpRowRelation *rows)
{
    if (!is_owned(rows->relation)) {
        aclcheck_error(ACLCHECK_NOT_OWNER, get_relkind_objtype(rows->kind),
                       get_rel_name(rows->relation));
    }
}

static void
refuse_table(const RpRowRelation *rows, const char *kind)
{
    ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
                    errmsg("changes of %s cannot be judged", rows->name),
                    errdetail("It is a %s, for judging all that is stored only.", kind),
                    errhint("Register the tables that the changes are made in.")));
}

/* Rows of its children are its own, and written without its triggers. */
static void
require_no_children(const RpRowRelation *rows)
{
    if (rows->kind == RELKIND_RELATION && rows->has_children) {
        refuse_table(rows, "parent of inheritance");
    }
}

/* What changes without our seeing it cannot be enforced. */
static void
require_table(const RpRowRelation *rows)
{
    require_no_children(rows);
    if (rows->kind != RELKIND_RELATION && rows->kind != RELKIND_PARTITIONED_TABLE) {
        refuse_table(rows, rows->kind == RELKIND_FOREIGN_TABLE ? "foreign table"
                           : rows->kind == RELKIND_MATVIEW     ? "materialized view"
                                                               : "view");
    }
}

/* The server makes no constraint triggers on foreign tables, partitions among them. */
static void
require_local_partitions(const RpRowRelation *rows)
{
    ListCell *cell;

    foreach (cell, tree_of(rows)) {
        if (get_rel_relkind(lfirst_oid(cell)) == RELKIND_FOREIGN_TABLE) {
            ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
                            errmsg("changes of %s cannot be judged", rows->name),
                            errdetail("Its partition %s is a foreign table.",
                                      relation_name(lfirst_oid(cell)))));
        }
    }
}

/* Asked when a policy is enforced, not when one judges: a missing index makes a judgement slow, and
 * never wrong. */
static void
require_indexes(const RpGraphSource *source)
{
    const RpMissingIndex *missing = rp_source_index_missing(source);

    if (missing != NULL) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("%s lacks an index for %s", missing->relation, missing->purpose),
                        errdetail("Judging a transaction looks up what it touched; without the "
                                  "index each would read the whole table."),
                        errhint("%s", missing->statement)));
    }
}

/* ERROR 42809, 42501, 55000, with which the triggers of earlier sources go, too. */
static void
require_source(const RpGraphSource *source)
{
    require_table(&source->rows);
    require_local_partitions(&source->rows);
    require_ownership(&source->rows);
    for (SourceTable table = TABLE_OF_TERMS; table <= TABLE_OF_NAMES; table++) {
        const RpRowRelation *rows = table_of(source, table);

        if (rows != NULL) {
            require_no_children(rows);
            require_ownership(rows);
        }
    }
    require_indexes(source);
}

static void
connect(void)
{
    if (SPI_connect() != SPI_OK_CONNECT) {
        elog(ERROR, "SPI_connect failed");
    }
}

static void
make_all_truncate_triggers(const RpGraphSource *source, RpTiming timing)
{
    for (SourceTable table = TABLE_OF_TRIPLES; table <= TABLE_OF_NAMES; table++) {
        make_truncate_triggers(source, timing, table);
    }
}

static void
make_triggers(const RpGraphSource *source, RpTiming timing)
{
    for (uint32 i = 0; i < lengthof(row_events); i++) {
        make_row_trigger(source, timing, &row_events[i]);
    }
    make_all_truncate_triggers(source, timing);
}

void
rp_capture_triggers_make(const RpStoredGraph *graph, RpTiming timing)
{
    connect();
    for (uint32 i = 0; i < graph->source_count; i++) {
        require_source(&graph->sources[i]);
        make_triggers(&graph->sources[i], timing);
    }
    SPI_finish();
}

void
rp_capture_triggers_complete(const RpGraphSource *source, RpTiming timing)
{
    connect();
    make_all_truncate_triggers(source, timing);
    SPI_finish();
}

/* As the current role, with an ACCESS EXCLUSIVE lock of the table. Nothing where there is none. */
static void
drop_trigger(Oid relation, const char *name)
{
    if (OidIsValid(get_trigger_oid(relation, name, true))) {
        run(psprintf("DROP TRIGGER %s ON %s", name, relation_name(relation)));
    }
}

void
rp_capture_triggers_forget(const RpGraphSource *source, Oid partition)
{
    connect();
    for (RpTiming timing = RP_TIMING_DEFERRED; timing <= RP_TIMING_IMMEDIATE; timing++) {
        ListCell *cell;

        foreach (cell, find_all_inheritors(partition, AccessShareLock, NULL)) {
            for (SourceTable table = TABLE_OF_TRIPLES; table <= TABLE_OF_NAMES; table++) {
                drop_trigger(lfirst_oid(cell), trigger_name(source, timing, table, "truncate"));
            }
        }
    }
    SPI_finish();
}

/* Triggers of ours by their names, wherever they are by now: the graph's tables may be gone, or
 * renamed. Those of partitions go with their parents'. $1 is a graph, $2 a timing. */
static const char *const find_triggers =
    "SELECT t.tgname, t.tgrelid::bigint FROM pg_trigger t, @.rdf_catalog_graph_source s"
    " WHERE s.graph = $1 AND NOT t.tgisinternal AND t.tgparentid = 0"
    " AND t.tgname ~ concat('^rdf_graph_', s.id, '_', $2, '_')"
    " AND t.tgfoid IN (SELECT p.oid FROM pg_proc p"
    " WHERE p.proname IN ('rdf_graph_judge', 'rdf_graph_truncated')"
    " AND p.pronamespace = $3::bigint::oid)";

/* One of them. */
typedef struct FoundTrigger {
    Oid relation;
    char *name;
} FoundTrigger;

static List *
find(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    MemoryContext context = CurrentMemoryContext;
    RpParameter parameters[] = {RP_TEXT_OF(graph), RP_STRING_OF(rp_timing_name(timing)),
                                RP_BIGINT_OF(catalog->namespace)};
    List *found = NIL;
    RpCatalogWriter writer;
    uint64 count;

    rp_catalog_writer_begin(&writer, catalog);
    count = rp_catalog_run(&writer, find_triggers, lengthof(parameters), parameters);
    for (uint64 i = 0; i < count; i++) {
        MemoryContext spi = MemoryContextSwitchTo(context);
        FoundTrigger *trigger = palloc(sizeof(FoundTrigger));

        trigger->name = rp_catalog_result_string(i, 1, context);
        trigger->relation = (Oid)rp_catalog_result_int(i, 2);
        found = lappend(found, trigger);
        MemoryContextSwitchTo(spi);
    }
    rp_catalog_writer_end(&writer);
    return found;
}

/* A trigger's arguments and name say whose it is; a table that somebody else owns by now, and that
 * is the graph's no more, is left as it is. */
void
rp_capture_triggers_drop(const RpCatalog *catalog, RpText graph, RpTiming timing)
{
    List *relations = rp_graph_relations(catalog, graph);
    List *triggers = find(catalog, graph, timing);
    ListCell *cell;

    connect();
    foreach (cell, triggers) {
        const FoundTrigger *trigger = lfirst(cell);

        if (list_member_oid(relations, trigger->relation) || is_owned(trigger->relation)) {
            drop_trigger(trigger->relation, trigger->name);
        }
    }
    SPI_finish();
}

void
rp_capture_triggers_move(const RpGraphSource *source, RpTiming timing)
{
    const RpCatalog *catalog = rp_catalog_of_namespace(source->graph->namespace);
    RpText graph = rp_text_from(source->graph->name);
    List *relations = rp_graph_relations(catalog, graph);
    ListCell *cell;

    require_source(source);
    connect();
    make_triggers(source, timing);
    foreach (cell, find(catalog, graph, timing)) {
        const FoundTrigger *trigger = lfirst(cell);

        if (!list_member_oid(relations, trigger->relation) && is_owned(trigger->relation)) {
            drop_trigger(trigger->relation, trigger->name);
        }
    }
    SPI_finish();
}

/* The same of a trigger that the relation and each of its partitions should have. */
static char *
tree_problem(const RpRowRelation *rows, const char *name, Oid function, bool is_of_rows)
{
    ListCell *cell;

    foreach (cell, rows == NULL ? NIL : tree_of(rows)) {
        Oid relation = lfirst_oid(cell);
        const char *problem =
            get_rel_relkind(relation) == RELKIND_FOREIGN_TABLE
                ? NULL
                : trigger_problem(relation, name, function, is_of_rows ? rows : NULL);

        if (problem != NULL) {
            return psprintf("trigger \"%s\" on %s %s", name, relation_name(relation), problem);
        }
    }
    return NULL;
}

/* Every table is looked at: an owner may have disabled the triggers of one partition. */
char *
rp_capture_triggers_problem(const RpGraphSource *source, RpTiming timing)
{
    Oid judge = trigger_function(source, "rdf_graph_judge");
    Oid truncated = trigger_function(source, "rdf_graph_truncated");
    char *problem = NULL;

    for (SourceTable table = TABLE_OF_TRIPLES; table <= TABLE_OF_NAMES && problem == NULL;
         table++) {
        problem = tree_problem(table_of(source, table),
                               trigger_name(source, timing, table, "truncate"), truncated, false);
    }
    for (uint32 i = 0; problem == NULL && i < lengthof(row_events); i++) {
        const RowEvent *event = &row_events[i];

        problem =
            tree_problem(table_of(source, event->table),
                         trigger_name(source, timing, event->table, event->event), judge, true);
    }
    return problem;
}

/* Of each table the trigger for UPDATE stands for all. */
bool
rp_capture_triggers_exist(const RpGraphSource *source, RpTiming timing)
{
    for (SourceTable table = TABLE_OF_TRIPLES; table <= TABLE_OF_NAMES; table++) {
        const RpRowRelation *rows = table_of(source, table);

        if (rows != NULL &&
            !OidIsValid(get_trigger_oid(rows->relation,
                                        trigger_name(source, timing, table, "update"), true))) {
            return false;
        }
    }
    return true;
}

bool
rp_capture_triggers_fit(const RpGraphSource *source, RpTiming timing)
{
    Oid judge = trigger_function(source, "rdf_graph_judge");

    for (uint32 i = 0; i < lengthof(row_events); i++) {
        const RowEvent *event = &row_events[i];
        const char *name = trigger_name(source, timing, event->table, event->event);
        const RpRowRelation *rows = table_of(source, event->table);

        if (rows != NULL) {
            const char *problem = trigger_problem(rows->relation, name, judge, rows);

            if (problem == is_missing || problem == has_other_columns) {
                return false;
            }
        }
    }
    return true;
}
