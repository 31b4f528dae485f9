/*
 * From the active snapshot to compiled policies.
 *
 * The answer belongs to a snapshot, not to a backend: a snapshot can see a reload's commit before
 * this backend has read the message about it, and an older snapshot must go on seeing the older
 * generation. So an answer is trusted only for the very view it was found under, and read again
 * (the generation row, 200 ns) for any other. Relcache messages are needed besides, for the one
 * case in which the view stays equal: a savepoint rolled back under REPEATABLE READ.
 *
 * Where a generation comes from, in this order: it is mapped here already; it is published, and
 * attached; it is built from the rows that the snapshot shows. The order is of cost alone: all
 * three give the same bytes, as the identity says which they are. Only what every new snapshot will
 * want is built for all: what is superseded, or not committed yet, is of use to this snapshot
 * alone.
 *
 * Locking. All state here is private to the backend. A look-up takes ACCESS SHARE on the generation
 * table while it reads the row, the control block's LWLock (shared) for a few comparisons where the
 * generation is not mapped yet, and, only to build, a heavyweight lock on the generation's
 * identity: one builder at a time, and a builder that waits for a lock of ours is seen by the
 * deadlock detector. None of them is held when the look-up returns.
 */
#include "pg/shared/current_generation.h"

#include "access/xact.h"
#include "storage/lock.h"
#include "storage/proc.h"
#include "utils/inval.h"

#include "base/checksum.h"
#include "pg/catalog/generation.h"
#include "pg/server/debug_point.h"
#include "pg/shared/backend.h"
#include "pg/shared/control.h"
#include "pg/shared/generation_builder.h"

/*
 * Segments of one backend that nobody else maps yet. A reload needs two: what an earlier one of its
 * transaction made stays until the later one is whole. With more a single transaction could take
 * all segments of the server, or all of its memory: what savepoints, call sites and cursors keep
 * beyond these two is in private memory, which is the backend's own affair.
 */
enum { RP_UNPUBLISHED_LIMIT = 2 };

/* The backend's last answer. Its mapping is retained. */
static RpGenerationAnswer cached;
/*
 * Of relcache messages about our tables, our own of a savepoint rolled back included. An answer has
 * the count from before its row was read. It does not ask whether the row had a successor already:
 * what a view shows, it shows for as long as it is the view, but for our own undone changes.
 */
static uint64 change_count = 1;

/* The generation table that the cached answer was read from. Until there is one any message counts:
 * the first look-up may be under way. */
static Oid watched_table = InvalidOid;

/* Building reads tables whose TOAST, indexes or types could, by a superuser's doing, call what
 * looks policies up: that would go on without end. */
static bool is_building = false;

uint64
rp_generation_change_count(void)
{
    return change_count;
}

/*
 * Outside a transaction nothing refers to the cached mapping but the cache: let it go. So an idle
 * backend, once it is made to read its messages (control.c), keeps no old generation.
 */
static void
release_where_idle(void)
{
    if (cached.mapping != NULL && !IsTransactionState()) {
        rp_mapping_release(cached.mapping);
        cached.mapping = NULL;
    }
}

/*
 * A relation has changed; InvalidOid: any may have. Comes whenever this backend reads its messages,
 * which is at the start of a statement, and whenever it takes a lock on a table: so also in the
 * midst of a look-up. Only forgets: what is in use is held by its own references.
 */
static void
on_relation_change(Datum argument pg_attribute_unused(), Oid relation)
{
    if (relation == InvalidOid || relation == watched_table || watched_table == InvalidOid) {
        change_count++;
        rp_generation_forget();
        rp_catalog_forget();
        release_where_idle();
    }
}

/*
 * The end of a transaction. What was cached of its own generations and is not published now never
 * will be, so no look-up will find it current; the message that would tell so comes only with the
 * next statement. Runs after the publication's callback (module.c).
 */
static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    if ((event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE) &&
        cached.mapping != NULL && cached.mapping->segment != NULL &&
        !cached.mapping->is_published) {
        rp_mapping_release(cached.mapping);
        cached.mapping = NULL;
    }
}

void
rp_current_generation_init(void)
{
    CacheRegisterRelcacheCallback(on_relation_change, (Datum)0);
    RegisterXactCallback(on_transaction_event, NULL);
}

/* The snapshot that the look-up is for. Taking a new one where there is none would be an answer to
 * another question: which policies hold now, and not which hold for this statement. */
static Snapshot
active_snapshot(void)
{
    if (!ActiveSnapshotSet()) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("policies cannot be looked up outside a query"),
                        errdetail("No snapshot is active.")));
    }
    return GetActiveSnapshot();
}

/*
 * What the view is known by. A snapshot's pointer will not do, as the memory is used again; nor
 * will its snapXactCompletionCount, which CopySnapshot sets to 0. The command tells a transaction's
 * own changes apart, the local transaction one transaction from the next with the same xmin and
 * xmax.
 */
static void
take_view(Snapshot snapshot, RpSnapshotView *view)
{
    view->xmin = snapshot->xmin;
    view->xmax = snapshot->xmax;
    view->transaction_count = snapshot->xcnt;
    view->subtransaction_count = snapshot->subxcnt;
    view->command = snapshot->curcid;
    view->local_transaction = RP_MY_LXID;
}

static bool
is_same_view(const RpSnapshotView *view, Snapshot snapshot)
{
    return view->xmin == snapshot->xmin && view->xmax == snapshot->xmax &&
           view->transaction_count == snapshot->xcnt &&
           view->subtransaction_count == snapshot->subxcnt && view->command == snapshot->curcid &&
           view->local_transaction == RP_MY_LXID;
}

bool
rp_generation_answer_holds(const RpGenerationAnswer *answer)
{
    return answer->mapping != NULL && answer->change_count == change_count &&
           is_same_view(&answer->view, active_snapshot());
}

/* The segment that could not be attached last. It is not tried again: if it was pushed out it will
 * not be found again, and if it cannot be used it was told in the log. */
static dsm_handle refused = DSM_HANDLE_INVALID;

/*
 * A published segment of this generation, mapped; or NULL, where it is not published, or
 * (*is_refused) what is published cannot be used.
 */
static RpMapping *
attach_published(const RpIdentity *identity, bool *is_refused)
{
    for (;;) {
        dsm_handle handle = rp_control_find(identity);
        RpMapping *mapping;

        *is_refused = handle != DSM_HANDLE_INVALID && handle == refused;
        if (handle == DSM_HANDLE_INVALID || *is_refused) {
            return NULL;
        }
        RP_DEBUG_POINT("attach");
        mapping = rp_mapping_attach(handle, identity);
        if (mapping != NULL) {
            return mapping;
        }
        /* Most likely pushed out between the two steps, and perhaps published anew: look again. */
        refused = handle;
        CHECK_FOR_INTERRUPTS();
    }
}

/* The heavyweight lock under which a generation is built: an advisory tag that no SQL function can
 * make. */
static LOCKTAG
build_lock_tag(const RpIdentity *identity)
{
    enum { PRIVATE_LOCK_KIND = 0x5250 };
    uint64 sum = rp_checksum(identity, sizeof(*identity), 0); /* the same in every backend */
    LOCKTAG tag;

    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, (uint32)(sum >> 32), (uint32)sum, PRIVATE_LOCK_KIND);
    return tag;
}

/*
 * A mapping to take from what has not changed, with one reference for the caller: the one published
 * last, else the one that this backend mapped last. NULL: none. Any will do, since an image is
 * taken only where its row is the same.
 */
static RpMapping *
base_mapping(void)
{
    RpMapping *mapping = rp_mapping_newest();
    RpIdentity identity;
    bool is_refused;

    if (rp_control_newest(&identity)) {
        RpMapping *published = rp_mapping_find(&identity);

        if (published == NULL) {
            published = attach_published(&identity, &is_refused);
            if (published != NULL) {
                return published;
            }
        }
        mapping = published != NULL ? published : mapping;
    }
    if (mapping != NULL) {
        rp_mapping_retain(mapping);
    }
    return mapping;
}

/*
 * Build from the rows that the snapshot shows, and from what is mapped already. No lock of ours is
 * held, but that on the identity where the caller has taken it; the tables' ACCESS SHARE is taken
 * while they are read. One reference is the caller's.
 */
static RpMapping *
build(const RpCatalog *catalog, Snapshot snapshot, const RpGenerationRow *row, bool is_shared)
{
    RpMapping *volatile mapping = NULL;
    RpMapping *volatile base;

    if (is_building) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("policies cannot be looked up while they are being built")));
    }
    base = base_mapping();
    is_building = true;
    PG_TRY();
    {
        mapping = rp_generation_build(catalog, snapshot, row, base, is_shared);
    }
    PG_FINALLY();
    {
        is_building = false;
        if (base != NULL) {
            rp_mapping_release(base);
        }
    }
    PG_END_TRY();
    return mapping;
}

/*
 * Build a generation that others want too, or map it where somebody else has built it meanwhile.
 * Without the lock a crowd that comes after a restart would build it once for each. It is a
 * heavyweight one and no condition variable, since the builder reads tables: whoever waits for the
 * builder and holds a lock that the builder waits for is found by the deadlock detector, and a
 * cancel, or the builder's end by kill, lets the next one in. The slot is reserved before, by the
 * caller: no other lock is taken while this one is held, but for moments.
 */
static RpMapping *
build_and_publish(const RpCatalog *catalog, Snapshot snapshot, RpGenerationRow *row)
{
    LOCKTAG tag = build_lock_tag(&row->identity);
    bool is_refused;
    RpMapping *mapping;

    /* On an error the lock goes with the transaction or savepoint. */
    (void)LockAcquire(&tag, ExclusiveLock, false, false);
    mapping = attach_published(&row->identity, &is_refused);
    if (mapping == NULL) {
        /* It may have been superseded during the wait: then it is of use to this snapshot only. */
        rp_generation_read(catalog, snapshot, row);
        mapping = build(catalog, snapshot, row, !is_refused && !row->has_successor);
        RP_DEBUG_POINT("publish");
        if (mapping->segment != NULL) {
            rp_mapping_publish(mapping);
            rp_backend_wake_others();
        }
    }
    LockRelease(&tag, ExclusiveLock, false);
    return mapping;
}

/* The mapping of a row's generation, with one reference for the caller. What is mapped is asked for
 * first, not for its speed alone: to attach a segment twice is an error of PostgreSQL's. */
static RpMapping *
map_generation(const RpCatalog *catalog, Snapshot snapshot, RpGenerationRow *row)
{
    RpMapping *mapping = rp_mapping_find(&row->identity);
    bool is_refused;

    if (mapping != NULL) {
        rp_mapping_retain(mapping);
        return mapping;
    }
    mapping = attach_published(&row->identity, &is_refused);
    if (mapping != NULL) {
        return mapping;
    }
    if (is_refused || row->is_own || row->has_successor || !rp_control_reserve()) {
        return build(catalog, snapshot, row, false);
    }
    return build_and_publish(catalog, snapshot, row);
}

/* Make a mapping, whose reference is handed over, the cached one. */
static void
cache_mapping(RpMapping *mapping)
{
    if (cached.mapping != NULL) {
        rp_mapping_release(cached.mapping);
    }
    cached.mapping = mapping;
}

/*
 * No lock is held across this. Between reading the row and mapping its block another reload may
 * commit; it changes nothing here, since the row that the snapshot shows stays the row, and its
 * identity names the block for ever.
 */
void
rp_current_generation(const RpCatalog *catalog, RpGenerationAnswer *answer)
{
    Snapshot snapshot = active_snapshot();
    uint64 change_count_before;
    RpGenerationRow row;

    if (rp_generation_answer_holds(&cached) && watched_table == catalog->generation) {
        *answer = cached;
        return;
    }
    watched_table = catalog->generation;
    /* Before the row is read: a message that comes from here on makes the answer one to be found
     * again, whether it was about what was read or about what came after. */
    change_count_before = change_count;
    rp_generation_read(catalog, snapshot, &row);
    RP_DEBUG_POINT("look-up");
    if (cached.mapping == NULL ||
        !rp_identity_equals(&cached.mapping->directory->identity, &row.identity)) {
        cache_mapping(map_generation(catalog, snapshot, &row));
    }
    take_view(snapshot, &cached.view);
    cached.change_count = change_count_before;
    *answer = cached;
}

/* Without the lock on the identity: until this transaction commits nobody else can see the row, so
 * nobody else can build for it. */
RpMapping *
rp_own_generation(const RpCatalog *catalog)
{
    Snapshot snapshot = active_snapshot();
    RpGenerationRow row;

    rp_generation_read(catalog, snapshot, &row);
    return build(catalog, snapshot, &row,
                 rp_mapping_unpublished_count() < RP_UNPUBLISHED_LIMIT && rp_control_reserve());
}
