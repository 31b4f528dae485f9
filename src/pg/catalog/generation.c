/*
 * Reading the generation row. One row is visible to each snapshot, so a row that is visible is the
 * row, whoever wrote it there: the place of the row last read is tried first (about 200 ns), and
 * only where that is not visible is the table scanned.
 *
 * The row is fetched with SnapshotAny and judged by the caller's snapshot: no SIREAD lock, no
 * privileges, no search_path.
 */
#include "pg/catalog/generation.h"

#include "access/heapam.h"
#include "access/table.h"
#include "access/transam.h"
#include "access/xact.h"
#include "executor/spi.h"
#include "storage/bufmgr.h"
#include "storage/itemptr.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/guc.h"
#include "utils/uuid.h"

#include "pg/server/guc.h"

StaticAssertDecl(UUID_LEN == RP_IDENTITY_PART_SIZE, "an identity is two uuids");

static ItemPointerData last_place;
static bool has_last_place = false;

void
rp_generation_forget(void)
{
    has_last_place = false;
}

/*
 * Whether a visible row has a newer version, or a writer at work on one. Called with the buffer
 * locked. What is only locked (a reloader that waits, SELECT FOR UPDATE) or was given up has none.
 */
static bool
row_has_successor(HeapTupleHeader header)
{
    TransactionId writer;

    if ((header->t_infomask & HEAP_XMAX_INVALID) || HEAP_XMAX_IS_LOCKED_ONLY(header->t_infomask)) {
        return false;
    }
    writer = HeapTupleHeaderGetUpdateXid(header);
    return TransactionIdIsInProgress(writer) || TransactionIdDidCommit(writer);
}

/* All columns are NOT NULL. Who made the row is its xmin: rdf_policy_wait asks for the snapshots
 * that are older. */
static void
decode_row(HeapTuple tuple, TupleDesc columns, RpGenerationRow *row)
{
    bool is_null;
    Datum epoch;
    Datum stamp;

    row->number = DatumGetInt64(heap_getattr(tuple, RP_GENERATION_NUMBER, columns, &is_null));
    epoch = heap_getattr(tuple, RP_GENERATION_EPOCH, columns, &is_null);
    stamp = heap_getattr(tuple, RP_GENERATION_STAMP, columns, &is_null);
    memcpy(row->identity.epoch, DatumGetUUIDP(epoch)->data, UUID_LEN);
    memcpy(row->identity.stamp, DatumGetUUIDP(stamp)->data, UUID_LEN);
    row->maker = HeapTupleHeaderGetXmin(tuple->t_data);
    row->is_own = TransactionIdIsCurrentTransactionId(row->maker);
}

/* Decode a tuple in a pinned buffer if the snapshot shows it. */
static bool
read_if_visible(HeapTuple tuple, Buffer buffer, TupleDesc columns, Snapshot snapshot,
                RpGenerationRow *row)
{
    bool is_visible;

    LockBuffer(buffer, BUFFER_LOCK_SHARE);
    is_visible = HeapTupleSatisfiesVisibility(tuple, snapshot, buffer);
    if (is_visible) {
        row->has_successor = row_has_successor(tuple->t_data);
    }
    LockBuffer(buffer, BUFFER_LOCK_UNLOCK);
    if (is_visible) {
        decode_row(tuple, columns, row);
        last_place = tuple->t_self;
        has_last_place = true;
    }
    return is_visible;
}

/* Try the place of the row last read. */
static bool
read_last_place(Relation relation, Snapshot snapshot, RpGenerationRow *row)
{
    HeapTupleData tuple;
    Buffer buffer;
    bool is_read = false;

    if (!has_last_place ||
        ItemPointerGetBlockNumber(&last_place) >= RelationGetNumberOfBlocks(relation)) {
        return false;
    }
    tuple.t_self = last_place;
    if (heap_fetch(relation, SnapshotAny, &tuple, &buffer, false)) {
        is_read = read_if_visible(&tuple, buffer, RelationGetDescr(relation), snapshot, row);
        ReleaseBuffer(buffer);
    }
    return is_read;
}

/* Counted to the end: more than one row that is visible would be a table that somebody has written
 * by hand. */
static uint32
scan_rows(Oid table, Snapshot snapshot, RpGenerationRow *row)
{
    RpCatalogScan scan;
    HeapTuple tuple;
    uint32 count = 0;

    rp_catalog_scan_begin(&scan, table, snapshot);
    while ((tuple = rp_catalog_scan_next(&scan)) != NULL) {
        count += read_if_visible(tuple, rp_catalog_scan_buffer(&scan), scan.columns, snapshot, row);
    }
    rp_catalog_scan_end(&scan);
    return count;
}

/* On the path of every statement that judges: the row is mostly where it was read last, so no scan
 * is begun. ERROR 55000. */
void
rp_generation_read(const RpCatalog *catalog, Snapshot snapshot, RpGenerationRow *row)
{
    Relation relation = rp_catalog_open(catalog->generation, AccessShareLock);
    bool is_read = read_last_place(relation, snapshot, row);
    uint32 count;

    table_close(relation, AccessShareLock);
    if (is_read) {
        return;
    }
    count = scan_rows(catalog->generation, snapshot, row);
    if (count != 1) {
        rp_generation_forget();
        ereport(
            ERROR,
            (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
             errmsg("the generation of policies is not known"),
             errdetail("Table rdf_catalog_generation shows %u rows to this snapshot, not one.",
                       count),
             errhint(
                 "Call rdf_policy_reload() as a role that may, or create the extension again.")));
    }
}

/* Somebody emptied the table: start again after the highest number known, as another epoch. */
static void
start_anew(const RpCatalogWriter *writer, const RpParameter *caller)
{
    rp_catalog_run(writer,
                   "INSERT INTO @.rdf_catalog_generation SELECT true, coalesce(max(generation), 0),"
                   " gen_random_uuid(), gen_random_uuid(), clock_timestamp(), $1"
                   " FROM @.rdf_catalog_policy ON CONFLICT DO NOTHING",
                   1, caller);
}

/* The role that called, and not the owner in whose name it is written. */
static RpParameter
caller_name(const RpCatalogWriter *writer)
{
    return RP_STRING_OF(GetUserNameFromId(writer->caller, false));
}

/* rdfpolicy.reload_timeout bounds the waiting, as lock_timeout for this statement alone. Held to
 * the end of the transaction. */
int64
rp_generation_lock(const RpCatalogWriter *writer)
{
    static const char *const lock = "SELECT number FROM @.rdf_catalog_generation FOR UPDATE";
    int setting_level = NewGUCNestLevel();
    char timeout[32];

    snprintf(timeout, sizeof(timeout), "%d", rp_guc_reload_timeout_ms);
    rp_guc_set_for_level("lock_timeout", timeout);
    if (rp_catalog_run(writer, lock, 0, NULL) == 0) {
        RpParameter caller = caller_name(writer);

        start_anew(writer, &caller);
        rp_catalog_run(writer, lock, 0, NULL);
    }
    AtEOXact_GUC(false, setting_level);
    return rp_catalog_result_int(0, 1);
}

/*
 * Where this transaction wrote the row last. It has locked it, so nobody else can have moved it;
 * but each of its own versions stays in the table to its end, and a transaction of many statements
 * must not go through all of them for each.
 */
static struct {
    LocalTransactionId local_transaction;
    ItemPointerData place;
} written;

/* Update the row where this transaction wrote it last, or wherever it is. False: it is not there.
 */
static bool
update_at(const RpCatalogWriter *writer, const char *assignments, int64 at_least, bool is_at_place)
{
    RpParameter parameters[] = {caller_name(writer),
                                RP_BIGINT_OF(at_least),
                                {TIDOID, PointerGetDatum(&written.place), !is_at_place}};
    bool is_null;

    if (rp_catalog_run(writer,
                       psprintf("UPDATE @.rdf_catalog_generation SET changed_by = $1, %s%s"
                                " RETURNING number, ctid",
                                assignments, is_at_place ? " WHERE ctid = $3" : ""),
                       lengthof(parameters), parameters) == 0) {
        return false;
    }
    written.local_transaction = RP_MY_LXID;
    written.place = *(ItemPointer)DatumGetPointer(
        SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &is_null));
    return true;
}

/* Update the generation row, which is made where there is none. Returns its number. */
static int64
update_row(const RpCatalogWriter *writer, const char *assignments, int64 at_least)
{
    bool is_done =
        written.local_transaction == RP_MY_LXID && update_at(writer, assignments, at_least, true);

    if (!is_done && !update_at(writer, assignments, at_least, false)) {
        RpParameter caller = caller_name(writer);

        start_anew(writer, &caller);
        (void)update_at(writer, assignments, at_least, false);
    }
    return rp_catalog_result_int(0, 1);
}

void
rp_generation_take(const RpCatalogWriter *writer)
{
    update_row(writer, "stamp = gen_random_uuid()", 0);
}

int64
rp_generation_bump(const RpCatalogWriter *writer, int64 at_least)
{
    return update_row(writer,
                      "stamp = gen_random_uuid(), number = greatest(number + 1, $2),"
                      " changed_at = clock_timestamp()",
                      at_least);
}
