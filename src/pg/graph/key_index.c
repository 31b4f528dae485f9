/* See key_index.h. No function of a user runs: operators of btrees are a superuser's. */
#include "pg/graph/key_index.h"

#include "access/genam.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/transam.h"
#include "catalog/pg_index.h"
#include "executor/tuptable.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

struct RpKeyScan {
    const RpRowRelation *rows;
    const RpKeyIndex *by;
    Relation table;
    Relation index;
    IndexScanDesc scan;
    TupleTableSlot *slot;
    ScanKeyData keys[RP_KEY_LIMIT];
};

/* The subscript of the column that an index has at a place; -1: none of them. */
static int
column_at(Relation index, int place, const RpKeyColumn *columns, int column_count)
{
    for (int i = 0; place < index->rd_index->indnkeyatts && i < column_count; i++) {
        if (index->rd_index->indkey.values[place] == columns[i].number) {
            return i;
        }
    }
    return -1;
}

/* The function that compares a place of an index with values of a type. */
static RegProcedure
equality_of(Relation index, int place, Oid type)
{
    Oid operator= get_opfamily_member(index->rd_opfamily[place], index->rd_opcintype[place], type,
                                      BTEqualStrategyNumber);

    return OidIsValid(operator) ? get_opcode(operator) : InvalidOid;
}

/* From the index's first column on, as long as they are known: a btree is searched by the beginning
 * of its key. */
static void
add_keys(RpKeyIndex *by, Relation index, const RpKeyColumn *columns, int column_count)
{
    for (int place = 0; place < column_count; place++) {
        int source = column_at(index, place, columns, column_count);
        RegProcedure equality =
            source < 0 ? InvalidOid : equality_of(index, place, columns[source].type);

        if (!OidIsValid(equality)) {
            break;
        }
        ScanKeyEntryInitialize(&by->keys[place], 0, (AttrNumber)(place + 1), BTEqualStrategyNumber,
                               columns[source].type, index->rd_indcollation[place], equality,
                               (Datum)0);
        by->sources[place] = source;
        by->key_count++;
    }
}

/* In the current memory context, for as long as the source is known. The lock of the index stays to
 * the end of the transaction. */
RpKeyIndex *
rp_key_index_make(Oid index, const RpKeyColumn *columns, int column_count)
{
    RpKeyIndex *by = palloc0(sizeof(RpKeyIndex));

    if (OidIsValid(index)) {
        Relation opened = index_open(index, AccessShareLock);

        add_keys(by, opened, columns, column_count);
        index_close(opened, NoLock);
        by->index = by->key_count > 0 ? index : InvalidOid;
    }
    return by;
}

/* As the planner asks: an index that was made beside older versions of its rows is of no use to
 * snapshots that may see these. */
static bool
is_usable(Relation index)
{
    return index->rd_index->indisvalid &&
           !(index->rd_index->indcheckxmin &&
             !TransactionIdPrecedes(HeapTupleHeaderGetXmin(index->rd_indextuple->t_data),
                                    TransactionXmin));
}

/* An index may have been dropped when nobody held a lock on its table, and concurrently while we
 * do: so it is looked for each time. NULL: it is gone, or of no use. */
static Relation
open_index(Relation table, Oid oid)
{
    List *indexes = RelationGetIndexList(table);
    Relation index = list_member_oid(indexes, oid) ? index_open(oid, AccessShareLock) : NULL;

    list_free(indexes);
    if (index != NULL && !is_usable(index)) {
        index_close(index, NoLock);
        index = NULL;
    }
    return index;
}

/* NULL: a query has to find the rows. The snapshot is the active one of now: a scan is begun anew
 * for each layer. */
RpKeyScan *
rp_key_scan_begin(const RpRowRelation *rows, const RpKeyIndex *by)
{
    Relation table = table_open(rows->relation, NoLock);
    Relation index = open_index(table, by->index);
    RpKeyScan *scan;

    if (index == NULL) {
        table_close(table, NoLock);
        return NULL;
    }
    scan = palloc(sizeof(RpKeyScan));
    *scan = (RpKeyScan){.rows = rows, .by = by, .table = table, .index = index};
    memcpy(scan->keys, by->keys, sizeof(scan->keys));
    scan->slot = table_slot_create(table, NULL);
    scan->scan = RP_INDEX_BEGIN_SCAN(table, index, GetActiveSnapshot(), by->key_count);
    return scan;
}

void
rp_key_scan_find(RpKeyScan *scan, const Datum *values)
{
    for (int i = 0; i < scan->by->key_count; i++) {
        scan->keys[i].sk_argument = values[scan->by->sources[i]];
    }
    index_rescan(scan->scan, scan->keys, scan->by->key_count, NULL, 0);
}

/* Values point into the slot, and so into a pinned page: the next call may take them away. */
bool
rp_key_scan_next(RpKeyScan *scan, Datum *values, bool *nulls)
{
    if (!index_getnext_slot(scan->scan, ForwardScanDirection, scan->slot)) {
        return false;
    }
    for (uint32 i = 0; i < scan->rows->column_count; i++) {
        values[i] = slot_getattr(scan->slot, scan->rows->columns[i].number, &nulls[i]);
    }
    return true;
}

/* The lock of the index stays to the end of the transaction, as that of the table does. */
void
rp_key_scan_end(RpKeyScan *scan)
{
    index_endscan(scan->scan);
    ExecDropSingleTupleTableSlot(scan->slot);
    index_close(scan->index, NoLock);
    table_close(scan->table, NoLock);
    pfree(scan);
}
