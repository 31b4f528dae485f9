/*
 * Finding the row that a row trigger judges. What the server hands to an AFTER trigger is the
 * version that its event made, read again by its place, whether or not it still stands. The
 * server's own deferrable constraints leave superseded versions out, since each newer one is
 * checked by an event of its own; of a user's trigger that is not known, so here the row is
 * followed.
 */
#include "pg/judge/trigger_row.h"

#include "access/tableam.h"
#include "access/xact.h"
#include "common/hashfn.h"
#include "executor/executor.h"
#include "rewrite/rewriteHandler.h"
#include "storage/proc.h"
#include "utils/datum.h"
#include "utils/rel.h"

/* The newest version of a row of which one version is at the given place; NULL: none stands. */
static HeapTuple
newest_version(Relation table, ItemPointerData place)
{
    TupleTableSlot *slot = table_slot_create(table, NULL);
    /* Follows the chain of versions, and moves on to those that the snapshot sees: what was rolled
     * back with a savepoint is none of them. Where it sees none, the place stays. */
    TableScanDesc scan = table_beginscan_tid(table, SnapshotSelf);
    HeapTuple row = NULL;

    table_tuple_get_latest_tid(scan, &place);
    table_endscan(scan);
    if (table_tuple_fetch_row_version(table, &place, SnapshotSelf, slot)) {
        row = ExecCopySlotHeapTuple(slot);
    }
    ExecDropSingleTupleTableSlot(slot);
    return row;
}

/*
 * A row that was changed n times has n events, each of which would follow it and judge the same
 * version. So the place behind a version that was followed is remembered: its event has nothing
 * more to find. Holds as long as the transaction does nothing else; a place that was overwritten
 * by another is followed again.
 */
enum { FOLLOWED_COUNT = 1024 };

typedef struct FollowedPlace {
    Oid trigger;
    ItemPointerData place;
} FollowedPlace;

static struct {
    LocalTransactionId transaction;
    SubTransactionId savepoint;
    CommandId command;
    FollowedPlace places[FOLLOWED_COUNT];
} followed;

static void
forget_followed_if_anything_happened(void)
{
    LocalTransactionId transaction = RP_MY_LXID;
    SubTransactionId savepoint = GetCurrentSubTransactionId();
    CommandId command = GetCurrentCommandId(false);

    if (followed.transaction != transaction || followed.savepoint != savepoint ||
        followed.command != command) {
        memset(&followed, 0, sizeof(followed));
        followed.transaction = transaction;
        followed.savepoint = savepoint;
        followed.command = command;
    }
}

static FollowedPlace *
followed_place(Oid trigger, const ItemPointerData *place)
{
    uint32 hash = hash_combine(murmurhash32(trigger),
                               murmurhash32(ItemPointerGetBlockNumberNoCheck(place) * 65599 +
                                            ItemPointerGetOffsetNumberNoCheck(place)));

    return &followed.places[hash % FOLLOWED_COUNT];
}

/*
 * Whether the row of a superseded version was followed from the version before it. Its next
 * version's event will be told so. Only heap tuples say where their next version is.
 */
static bool
is_followed_already(const TriggerData *data, HeapTuple row)
{
    Oid trigger = data->tg_trigger->tgoid;
    FollowedPlace *own, *next;
    bool is_followed;

    if (data->tg_relation->rd_tableam != GetHeapamTableAmRoutine()) {
        return false;
    }
    forget_followed_if_anything_happened();
    own = followed_place(trigger, &row->t_self);
    is_followed = own->trigger == trigger && ItemPointerEquals(&own->place, &row->t_self);
    next = followed_place(trigger, &row->t_data->t_ctid);
    *next = (FollowedPlace){.trigger = trigger, .place = row->t_data->t_ctid};
    return is_followed;
}

HeapTuple
rp_trigger_row(const TriggerData *data)
{
    bool is_update = TRIGGER_FIRED_BY_UPDATE(data->tg_event);
    HeapTuple row = is_update ? data->tg_newtuple : data->tg_trigtuple;
    TupleTableSlot *slot = is_update ? data->tg_newslot : data->tg_trigslot;

    /* A row that is not stored yet, or not by this server, has one version only. */
    if (TRIGGER_FIRED_BEFORE(data->tg_event) ||
        !RELKIND_HAS_TABLE_AM(data->tg_relation->rd_rel->relkind) ||
        table_tuple_satisfies_snapshot(data->tg_relation, slot, SnapshotSelf)) {
        return row;
    }
    return is_followed_already(data, row) ? NULL : newest_version(data->tg_relation, slot->tts_tid);
}

/* What SELECT shows of a column that is computed whenever it is read. */
static Datum
compute_column(Relation table, HeapTuple row, int column, bool *is_null)
{
    Form_pg_attribute attribute = TupleDescAttr(RelationGetDescr(table), column - 1);
    EState *executor = CreateExecutorState();
    ExprContext *context = GetPerTupleExprContext(executor);
    TupleTableSlot *slot = MakeSingleTupleTableSlot(RelationGetDescr(table), &TTSOpsHeapTuple);
    ExprState *expression = ExecPrepareExpr((Expr *)build_column_default(table, column), executor);
    Datum value;

    context->ecxt_scantuple = ExecStoreHeapTuple(row, slot, false);
    value = ExecEvalExprSwitchContext(expression, context, is_null);
    if (!*is_null) {
        value = datumCopy(value, attribute->attbyval, attribute->attlen);
    }
    ExecDropSingleTupleTableSlot(slot);
    FreeExecutorState(executor);
    return value;
}

Datum
rp_trigger_row_value(const TriggerData *data, HeapTuple row, int column, bool *is_null)
{
    TupleDesc columns = RelationGetDescr(data->tg_relation);

    if (RP_IS_VIRTUAL(TupleDescAttr(columns, column - 1))) {
        return compute_column(data->tg_relation, row, column, is_null);
    }
    return heap_getattr(row, column, columns, is_null);
}
