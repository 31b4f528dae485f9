/*
 * See row_scan.h. A table's pages are read by the table's access method, which costs a third of
 * what a query costs; a partitioned table's one partition after the other.
 */
#include "pg/graph/row_scan.h"

#include "access/genam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/tupconvert.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_index.h"
#include "executor/executor.h"
#include "nodes/makefuncs.h"
#include "optimizer/plancat.h"
#include "storage/bufmgr.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "pg/graph/row_error.h"
#include "pg/graph/row_relation.h"

enum { ROWS_OF_A_FETCH = 1000, UNKNOWN_ROWS = 1000000 };

struct RpRowScan {
    const RpRowRelation *rows;
    MemoryContext context; /* of the scan: callers read rows in memory that they reset */
    RpOwnerScope scope;
    Datum *values; /* of the columns */
    bool *nulls;
    AttrNumber last_column; /* of those that are read */

    /* From pages. */
    List *leaves; /* OIDs of the tables that are still to be read */
    Relation root;
    Relation leaf; /* the one that is being read; NULL: none */
    TableScanDesc pages;
    TupleTableSlot *leaf_slot;
    TupleTableSlot *root_slot; /* where a partition's columns stand otherwise than the root's */
    TupleConversionMap *map;
    TupleTableSlot *slot; /* the current row as the root has it */
    EState *state;
    ExprState *filter;

    /* By a query. */
    Portal portal;
    SPITupleTable *table;
    /* Rows of SPI's table: how many it has, and which is the next. */
    uint64 fetched; /* of the table */
    uint64 next;
};

/* A partitioned table's partitions, in all levels, but for one that is leaving. */
static List *
partitions_of(const RpRowRelation *rows)
{
    List *all = find_all_inheritors(rows->relation, AccessShareLock, NULL);

    return OidIsValid(rows->leaving)
               ? list_difference_oid(all, find_all_inheritors(rows->leaving, AccessShareLock, NULL))
               : all;
}

/* The tables whose pages have the rows, all of them. False: some rows come otherwise. */
static bool
find_tables(const RpRowRelation *rows, List **tables)
{
    ListCell *cell;

    *tables = NIL;
    if (rows->has_virtual) {
        return false;
    }
    if (rows->kind == RELKIND_MATVIEW || (rows->kind == RELKIND_RELATION && !rows->has_children)) {
        *tables = list_make1_oid(rows->relation);
        return true;
    }
    if (rows->kind != RELKIND_PARTITIONED_TABLE) {
        return false;
    }
    foreach (cell, partitions_of(rows)) {
        char kind = get_rel_relkind(lfirst_oid(cell));

        if (kind == RELKIND_RELATION) {
            *tables = lappend_oid(*tables, lfirst_oid(cell));
        } else if (kind != RELKIND_PARTITIONED_TABLE) {
            return false;
        }
    }
    return true;
}

static void
begin_pages(RpRowScan *scan, Expr *filter)
{
    scan->root = table_open(scan->rows->relation, NoLock);
    scan->root_slot = MakeSingleTupleTableSlot(RelationGetDescr(scan->root), &TTSOpsVirtual);
    if (filter != NULL) {
        scan->state = CreateExecutorState();
        scan->filter = ExecPrepareQual(make_ands_implicit(filter), scan->state);
    }
}

/* Columns in the order of rows->columns, so that a row is taken as it comes. */
static char *
query_of(const RpRowRelation *rows, const char *filter)
{
    StringInfoData query;

    initStringInfo(&query);
    rp_row_append_select(&query, rows);
    if (filter != NULL) {
        appendStringInfo(&query, " WHERE %s", filter);
    }
    return query.data;
}

/* For views, foreign tables, parents of inheritance and computed columns. Planned and run in the
 * owner's name. SPI stays connected to the end of the scan. */
static void
begin_query(RpRowScan *scan, const char *filter)
{
    MemoryContext caller = CurrentMemoryContext;
    SPIPlanPtr plan;

    if (SPI_connect() != SPI_OK_CONNECT) {
        elog(ERROR, "SPI_connect failed");
    }
    plan = SPI_prepare(query_of(scan->rows, filter), 0, NULL);
    if (plan == NULL) {
        elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
    }
    scan->portal = SPI_cursor_open(NULL, plan, NULL, NULL, true);
    MemoryContextSwitchTo(caller); /* SPI leaves its own */
}

RpRowScan *
rp_row_scan_begin(const RpRowRelation *rows, Expr *filter, const char *filter_text)
{
    RpRowScan *scan = palloc0(sizeof(RpRowScan));
    bool has_pages;

    scan->rows = rows;
    scan->context = CurrentMemoryContext;
    scan->values = palloc(sizeof(Datum) * (rows->column_count + 1));
    scan->nulls = palloc(sizeof(bool) * (rows->column_count + 1));
    for (uint32 i = 0; i < rows->column_count; i++) {
        scan->last_column = Max(scan->last_column, rows->columns[i].number);
    }
    has_pages = find_tables(rows, &scan->leaves);
    rp_owner_scope_begin(&scan->scope, rows->owner);
    if (has_pages) {
        begin_pages(scan, filter);
    } else {
        begin_query(scan, filter_text);
    }
    return scan;
}

/* The lock of a partition stays to the end of the transaction. */
static void
end_leaf(RpRowScan *scan)
{
    if (scan->leaf != NULL) {
        table_endscan(scan->pages);
        ExecDropSingleTupleTableSlot(scan->leaf_slot);
        table_close(scan->leaf, NoLock);
        scan->leaf = NULL;
    }
}

/* Scans are not synchronised with others': results come in the same order each time. */
static bool
begin_leaf(RpRowScan *scan)
{
    MemoryContext caller;

    end_leaf(scan);
    if (scan->leaves == NIL) {
        return false;
    }
    caller = MemoryContextSwitchTo(scan->context);
    scan->leaf = table_open(linitial_oid(scan->leaves), NoLock);
    scan->leaves = list_delete_first(scan->leaves);
    scan->leaf_slot = table_slot_create(scan->leaf, NULL);
    scan->map = convert_tuples_by_name(RelationGetDescr(scan->leaf), RelationGetDescr(scan->root));
    scan->pages = table_beginscan_strat(scan->leaf, GetActiveSnapshot(), 0, NULL, true, false);
    MemoryContextSwitchTo(caller);
    return true;
}

/* In the owner's name, as all of the scan is: the filter may call functions. */
static bool
passes(RpRowScan *scan)
{
    ExprContext *context;

    if (scan->filter == NULL) {
        return true;
    }
    context = GetPerTupleExprContext(scan->state);
    ResetExprContext(context);
    context->ecxt_scantuple = scan->slot;
    return ExecQual(scan->filter, context);
}

/* Interrupts are looked for where the filter drops many rows in turn; the caller polls at each row
 * that it gets. */
static bool
next_of_pages(RpRowScan *scan)
{
    for (;;) {
        if (scan->leaf == NULL ||
            !table_scan_getnextslot(scan->pages, ForwardScanDirection, scan->leaf_slot)) {
            if (!begin_leaf(scan)) {
                return false;
            }
            continue;
        }
        scan->slot = scan->map == NULL ? scan->leaf_slot
                                       : execute_attr_map_slot(scan->map->attrMap, scan->leaf_slot,
                                                               scan->root_slot);
        if (passes(scan)) {
            break;
        }
        CHECK_FOR_INTERRUPTS();
    }
    slot_getsomeattrs(scan->slot, scan->last_column);
    for (uint32 i = 0; i < scan->rows->column_count; i++) {
        int attribute = scan->rows->columns[i].number - 1;

        scan->values[i] = scan->slot->tts_values[attribute];
        scan->nulls[i] = scan->slot->tts_isnull[attribute];
    }
    return true;
}

/* Some rows at a time: a view may have as many as a table. */
static bool
next_of_query(RpRowScan *scan)
{
    HeapTuple row;

    if (scan->next == scan->fetched) {
        MemoryContext caller = CurrentMemoryContext;

        SPI_freetuptable(scan->table);
        SPI_cursor_fetch(scan->portal, true, ROWS_OF_A_FETCH);
        MemoryContextSwitchTo(caller);
        scan->table = SPI_tuptable;
        scan->fetched = SPI_processed;
        scan->next = 0;
        if (scan->fetched == 0) {
            return false;
        }
    }
    row = scan->table->vals[scan->next++];
    heap_deform_tuple(row, scan->table->tupdesc, scan->values, scan->nulls);
    return true;
}

bool
rp_row_scan_next(RpRowScan *scan, const Datum **values, const bool **nulls)
{
    *values = scan->values;
    *nulls = scan->nulls;
    return scan->portal != NULL ? next_of_query(scan) : next_of_pages(scan);
}

RpRowPlace
rp_row_scan_place(const RpRowScan *scan)
{
    return scan->leaf == NULL
               ? (RpRowPlace){.table = InvalidOid}
               : (RpRowPlace){RelationGetRelid(scan->leaf), scan->leaf_slot->tts_tid};
}

bool
rp_row_scan_is_of_new_table(const RpRowScan *scan)
{
    return scan->leaf != NULL && scan->leaf->rd_createSubid != InvalidSubTransactionId;
}

/* The owner's rights end last: the scan is his until it is closed. */
void
rp_row_scan_end(RpRowScan *scan)
{
    if (scan->portal != NULL) {
        MemoryContext caller = CurrentMemoryContext;

        SPI_cursor_close(scan->portal);
        SPI_finish();
        MemoryContextSwitchTo(caller);
    } else {
        end_leaf(scan);
        ExecDropSingleTupleTableSlot(scan->root_slot);
        table_close(scan->root, NoLock);
        if (scan->state != NULL) {
            FreeExecutorState(scan->state);
        }
    }
    rp_owner_scope_end(&scan->scope);
}

/* (id)=(5), as the server's own messages name a row. False: the table has no primary key. */
static bool
describe_key(const RpRowScan *scan, StringInfo out)
{
    TupleDesc descriptor = RelationGetDescr(scan->leaf);
    StringInfoData values;
    Relation index;
    Oid oid;

    list_free(RelationGetIndexList(scan->leaf));
    oid = scan->leaf->rd_pkindex;
    if (!OidIsValid(oid)) {
        return false;
    }
    index = index_open(oid, AccessShareLock);
    initStringInfo(&values);
    for (int i = 0; i < index->rd_index->indnkeyatts; i++) {
        AttrNumber number = index->rd_index->indkey.values[i];
        Form_pg_attribute attribute = TupleDescAttr(descriptor, number - 1);
        bool is_null;
        Datum value = slot_getattr(scan->leaf_slot, number, &is_null);

        appendStringInfo(out, "%s%s", i > 0 ? ", " : "(", NameStr(attribute->attname));
        appendStringInfoString(&values, i > 0 ? ", " : "(");
        rp_row_append_value(&values, value, is_null, attribute->atttypid);
    }
    appendStringInfo(out, ")=%s)", values.data);
    index_close(index, AccessShareLock);
    return true;
}

/* Rows of a query have no key that is known: all that was read of them is shown. */
char *
rp_row_scan_describe(const RpRowScan *scan)
{
    StringInfoData out;

    if (scan->portal != NULL) {
        return rp_row_describe(scan->rows, scan->values, scan->nulls);
    }
    initStringInfo(&out);
    if (!describe_key(scan, &out)) {
        appendStringInfo(&out, "(ctid)=((%u,%u))",
                         ItemPointerGetBlockNumberNoCheck(&scan->leaf_slot->tts_tid),
                         ItemPointerGetOffsetNumberNoCheck(&scan->leaf_slot->tts_tid));
    }
    appendStringInfo(
        &out, " of relation %s",
        RelationGetRelid(scan->leaf) == scan->rows->relation
            ? scan->rows->name
            : quote_qualified_identifier(get_namespace_name(RelationGetNamespace(scan->leaf)),
                                         RelationGetRelationName(scan->leaf)));
    return out.data;
}

/* Of the pages as they are now: statistics may be missing, or of another time. */
double
rp_row_relation_estimate(const RpRowRelation *rows)
{
    double sum = 1;
    List *tables;
    ListCell *cell;

    if (!find_tables(rows, &tables)) {
        return UNKNOWN_ROWS;
    }
    foreach (cell, tables) {
        Relation table = table_open(lfirst_oid(cell), NoLock);
        BlockNumber pages;
        double count;
        double visible;

        estimate_rel_size(table, NULL, &pages, &count, &visible);
        table_close(table, NoLock);
        sum += count;
    }
    return sum;
}

/* A table that was emptied is shorter than it was. */
static bool
table_has_row(Relation table, const ItemPointerData *row)
{
    TupleTableSlot *slot = table_slot_create(table, NULL);
    ItemPointerData place = *row;
    bool has_row = ItemPointerGetBlockNumber(&place) < RelationGetNumberOfBlocks(table) &&
                   table_tuple_fetch_row_version(table, &place, GetActiveSnapshot(), slot);

    ExecDropSingleTupleTableSlot(slot);
    return has_row;
}

bool
rp_row_relation_has_row(const RpRowRelation *rows, const RpRowPlace *place)
{
    List *tables;
    Relation table;
    bool has_row;

    if (!OidIsValid(place->table) || !find_tables(rows, &tables) ||
        !list_member_oid(tables, place->table)) {
        return false;
    }
    table = table_open(place->table, NoLock);
    has_row = table_has_row(table, &place->row);
    table_close(table, NoLock);
    return has_row;
}
