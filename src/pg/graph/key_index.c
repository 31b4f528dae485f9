/* See key_index.h. No function of a user runs: operators of btrees are a superuser's. */
#include "pg/graph/key_index.h"

#include "access/genam.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/transam.h"
#include "common/hashfn.h"
#include "catalog/pg_am.h"
#include "catalog/pg_index.h"
#include "executor/tuptable.h"
#include "storage/bufmgr.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

enum { PLACE_COUNT = 1024 }; /* a power of two */

struct RpKeyScan {
    const RpRowRelation *rows;
    const RpKeyIndex *by;
    Relation table;
    Relation index;
    IndexScanDesc scan;
    TupleTableSlot *slot;
    ScanKeyData keys[RP_KEY_LIMIT];
    bool is_begun; /* the index is being asked for the key */
    bool is_done;  /* the one row that the key may have was looked for */
    BlockNumber
        page_count; /* of the table: it shrinks under a lock that ours keeps out; 0: unknown */
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

static StrategyNumber
equal_strategy(Relation index)
{
    return index->rd_rel->relam == HASH_AM_OID ? HTEqualStrategyNumber : BTEqualStrategyNumber;
}

/* The function that compares a place of an index with values of a type. */
static RegProcedure
equality_of(Relation index, int place, Oid type)
{
    Oid operator= get_opfamily_member(index->rd_opfamily[place], index->rd_opcintype[place], type,
                                      equal_strategy(index));

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
        ScanKeyEntryInitialize(&by->keys[place], 0, (AttrNumber)(place + 1), equal_strategy(index),
                               columns[source].type, index->rd_indcollation[place], equality,
                               (Datum)0);
        by->sources[place] = source;
        by->key_count++;
    }
}

/* Whether a key has one row at most, at any moment, and is an integer. */
static bool
is_of_one_row(Relation table, Relation index, const RpKeyColumn *column)
{
    const Form_pg_index row = index->rd_index;

    return row->indisunique && row->indimmediate && row->indnkeyatts == 1 &&
           RelationGetIndexPredicate(index) == NIL && get_typbyval(column->type) &&
           table->rd_rel->relam == HEAP_TABLE_AM_OID;
}

/* In the current memory context, for as long as the source is known. The lock of the index stays to
 * the end of the transaction. */
RpKeyIndex *
rp_key_index_make(Oid index, const RpKeyColumn *columns, int column_count)
{
    RpKeyIndex *by = palloc0(sizeof(RpKeyIndex));

    if (OidIsValid(index)) {
        Relation opened = index_open(index, AccessShareLock);
        Relation table = table_open(opened->rd_index->indrelid, NoLock);

        add_keys(by, opened, columns, column_count);
        if (by->key_count > 0 && is_of_one_row(table, opened, &columns[0])) {
            by->places = palloc0(sizeof(RpKeyPlace) * PLACE_COUNT);
        }
        table_close(table, NoLock);
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

/* The index is asked with the first row that is wanted. */
void
rp_key_scan_find(RpKeyScan *scan, const Datum *values)
{
    for (int i = 0; i < scan->by->key_count; i++) {
        scan->keys[i].sk_argument = values[scan->by->sources[i]];
    }
    scan->is_begun = false;
    scan->is_done = false;
}

/* Whether the row in the slot has the first key. */
static bool
has_key(RpKeyScan *scan)
{
    ScanKey key = &scan->keys[0];
    bool is_null;
    Datum value = slot_getattr(scan->slot, scan->index->rd_index->indkey.values[0], &is_null);

    return !is_null && DatumGetBool(FunctionCall2Coll(&key->sk_func, key->sk_collation, value,
                                                      key->sk_argument));
}

/* The first of the two places that a key may be kept in. */
static RpKeyPlace *
places_of(const RpKeyScan *scan)
{
    Datum key = scan->keys[0].sk_argument;

    return &scan->by->places[murmurhash32((uint32)key) & (PLACE_COUNT - 2)];
}

/* Where the key's row was last; NULL: it is not kept. */
static RpKeyPlace *
place_of(const RpKeyScan *scan)
{
    RpKeyPlace *places = places_of(scan);

    for (int i = 0; i < 2; i++) {
        if (places[i].key == scan->keys[0].sk_argument && ItemPointerIsValid(&places[i].place)) {
            return &places[i];
        }
    }
    return NULL;
}

/* Keep where the key's row is, in place of the older of two others: keys that every transaction
 * looks for, such as predicates, do not take turns in one place. */
static void
keep_place(const RpKeyScan *scan)
{
    RpKeyPlace *places = places_of(scan);

    if (places[0].key != scan->keys[0].sk_argument) {
        places[1] = places[0];
    }
    places[0] = (RpKeyPlace){scan->keys[0].sk_argument, scan->slot->tts_tid};
}

/* Look where the key's row was last. A row that the snapshot shows there, and that has the key, is
 * the one that the index would find, whatever has been there meanwhile. */
static bool
find_in_place(RpKeyScan *scan)
{
    RpKeyPlace *place = place_of(scan);

    if (place == NULL) {
        return false;
    }
    if (scan->page_count == 0) {
        scan->page_count = RelationGetNumberOfBlocks(scan->table);
    }
    return ItemPointerGetBlockNumber(&place->place) < scan->page_count &&
           table_tuple_fetch_row_version(scan->table, &place->place, GetActiveSnapshot(),
                                         scan->slot) &&
           has_key(scan);
}

/* A hash index finds what has the same hash. */
static bool
find_by_index(RpKeyScan *scan)
{
    if (!scan->is_begun) {
        index_rescan(scan->scan, scan->keys, scan->by->key_count, NULL, 0);
        scan->is_begun = true;
    }
    do {
        if (!index_getnext_slot(scan->scan, ForwardScanDirection, scan->slot)) {
            return false;
        }
    } while (scan->scan->xs_recheck && !has_key(scan));
    return true;
}

static bool
find_one(RpKeyScan *scan)
{
    if (scan->is_done) {
        return false;
    }
    scan->is_done = true;
    if (find_in_place(scan)) {
        return true;
    }
    if (!find_by_index(scan)) {
        return false;
    }
    keep_place(scan);
    return true;
}

/* Values point into the slot, and so into a pinned page: the next call may take them away. */
bool
rp_key_scan_next(RpKeyScan *scan, Datum *values, bool *nulls)
{
    if (!(scan->by->places != NULL ? find_one(scan) : find_by_index(scan))) {
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
