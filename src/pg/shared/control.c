/*
 * The control block in shared memory: for each database a slot, in it the last few published
 * generations as pairs of identity and segment handle, and the former versions that calls have
 * named; and for each backend what it maps.
 *
 * Locking. One LWLock, RpControl.lock, protects RpControl.slots. It is held shared to find a
 * handle and exclusive to publish or reserve; always for a few comparisons and stores, never while
 * a segment is made, attached or read, and nothing that can raise runs under it. No backend holds
 * another lock of ours at the same time. PostgreSQL's own DynamicSharedMemoryControlLock is taken
 * before (pin) and after (unpin), never within. RpControl.holdings has no lock: each entry is
 * written by its own backend, when it maps or unmaps a generation, with plain stores and the pid
 * last, after a write barrier; it is cleared when the backend exits. Who reads one may see the
 * values of two moments, and must not mind.
 *
 * Life of a segment. A published segment is pinned, so it lives without any backend; each backend
 * that attaches counts in PostgreSQL's own reference count. When newer generations push it out of
 * its slot it is unpinned, and goes with its last backend. So that idle backends do not keep old
 * ones, a publisher wakes those that map any: an idle backend then reads its invalidation messages,
 * and lets go (current_generation.c). A crash empties all shared memory, this
 * block included: look-ups then build again from the tables.
 */
#include "pg/pg.h"

#include "storage/ipc.h"
#include "storage/lwlock.h"
#include "storage/procarray.h"
#include "storage/procsignal.h"
#include "storage/shmem.h"
#include "utils/syscache.h"
#if RP_HAS_DSM_REGISTRY
#include "storage/dsm_registry.h"
#endif

#include "pg/shared/control.h"

enum {
    RP_CONTROL_SLOTS = 64, /* databases */
    RP_CONTROL_PUBLICATIONS =
        4, /* generations of one: the newest, and some for slightly older snapshots */
};

#define RP_CONTROL_NAME "rdfpolicy"

typedef struct RpPublication {
    RpIdentity identity;
    dsm_handle handle; /* DSM_HANDLE_INVALID: empty */
} RpPublication;

typedef struct RpControlSlot {
    Oid database;                                        /* InvalidOid: free */
    RpPublication publications[RP_CONTROL_PUBLICATIONS]; /* newest first */
    RpNamedVersion named[RP_NAMED_VERSION_LIMIT];        /* a ring: the last ones stay */
    uint64 named_count;                                  /* ever put there */
    uint8 named_epoch[RP_IDENTITY_PART_SIZE];            /* of the extension that they are of */
} RpControlSlot;

typedef struct RpControl {
    LWLock lock;
    int tranche; /* written once, when the block is made */
    RpControlSlot slots[RP_CONTROL_SLOTS];
    RpStatsTable stats;                        /* with a lock of its own: stats.c */
    RpHolding holdings[FLEXIBLE_ARRAY_MEMBER]; /* of MaxBackends backends, by their numbers */
} RpControl;

static RpControl *control = NULL;
static bool has_exited = false; /* this backend, as far as the block is concerned */

static shmem_request_hook_type previous_request_hook = NULL;
static shmem_startup_hook_type previous_startup_hook = NULL;

static Size
control_size(void)
{
    return offsetof(RpControl, holdings) + sizeof(RpHolding) * (Size)MaxBackends;
}

/* Runs once per life of the shared memory, in whoever makes it. */
static void
make_control(void *address)
{
    RpControl *made = address;

    memset(made, 0, control_size());
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        for (int p = 0; p < RP_CONTROL_PUBLICATIONS; p++) {
            made->slots[s].publications[p].handle = DSM_HANDLE_INVALID;
        }
    }
    made->tranche = LWLockNewTrancheId();
    LWLockInitialize(&made->lock, made->tranche);
    rp_stats_table_make(&made->stats, made->tranche);
}

static void
request_shared_memory(void)
{
    if (previous_request_hook) {
        previous_request_hook();
    }
    RequestAddinShmemSpace(control_size());
}

static void
start_shared_memory(void)
{
    bool is_found;

    if (previous_startup_hook) {
        previous_startup_hook();
    }
    LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
    control = ShmemInitStruct(RP_CONTROL_NAME, control_size(), &is_found);
    if (!is_found) {
        make_control(control);
    }
    LWLockRelease(AddinShmemInitLock);
    LWLockRegisterTranche(control->tranche, RP_CONTROL_NAME);
}

void
rp_control_init(void)
{
    if (!process_shared_preload_libraries_in_progress) {
        return;
    }
    previous_request_hook = shmem_request_hook;
    shmem_request_hook = request_shared_memory;
    previous_startup_hook = shmem_startup_hook;
    shmem_startup_hook = start_shared_memory;
}

bool
rp_control_is_available(void)
{
#if RP_HAS_DSM_REGISTRY
    if (control == NULL && IsUnderPostmaster) {
        bool is_found;

        control = GetNamedDSMSegment(RP_CONTROL_NAME, control_size(), make_control, &is_found);
        LWLockRegisterTranche(control->tranche, RP_CONTROL_NAME);
    }
#endif
    return control != NULL;
}

/* The slot of this database, or NULL. The lock is held. */
static RpControlSlot *
own_slot(void)
{
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        if (control->slots[s].database == MyDatabaseId) {
            return &control->slots[s];
        }
    }
    return NULL;
}

static dsm_handle
find_in_slot(const RpControlSlot *slot, const RpIdentity *identity)
{
    for (int p = 0; p < RP_CONTROL_PUBLICATIONS; p++) {
        const RpPublication *publication = &slot->publications[p];

        if (publication->handle != DSM_HANDLE_INVALID &&
            rp_identity_equals(&publication->identity, identity)) {
            return publication->handle;
        }
    }
    return DSM_HANDLE_INVALID;
}

dsm_handle
rp_control_find(const RpIdentity *identity)
{
    dsm_handle handle = DSM_HANDLE_INVALID;
    RpControlSlot *slot;

    if (!rp_control_is_available()) {
        return DSM_HANDLE_INVALID;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = own_slot();
    if (slot != NULL) {
        handle = find_in_slot(slot, identity);
    }
    LWLockRelease(&control->lock);
    return handle;
}

bool
rp_control_newest(RpIdentity *identity)
{
    bool is_found = false;
    RpControlSlot *slot;

    if (!rp_control_is_available()) {
        return false;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = own_slot();
    if (slot != NULL && slot->publications[0].handle != DSM_HANDLE_INVALID) {
        *identity = slot->publications[0].identity;
        is_found = true;
    }
    LWLockRelease(&control->lock);
    return is_found;
}

/* Whether this database has a slot: what nearly every reload finds, under the shared lock. */
static bool
has_slot(void)
{
    bool is_found;

    LWLockAcquire(&control->lock, LW_SHARED);
    is_found = own_slot() != NULL;
    LWLockRelease(&control->lock);
    return is_found;
}

/* Take a free slot for this database where it has none. */
static bool
take_slot(void)
{
    RpControlSlot *slot;

    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    slot = own_slot();
    for (int s = 0; slot == NULL && s < RP_CONTROL_SLOTS; s++) {
        if (control->slots[s].database == InvalidOid) {
            slot = &control->slots[s];
            slot->database = MyDatabaseId;
            slot->named_count = 0;
        }
    }
    LWLockRelease(&control->lock);
    return slot != NULL;
}

/* Free the slot of a database that is gone, and unpin what it held. */
static void
free_slot(Oid database)
{
    dsm_handle handles[RP_CONTROL_PUBLICATIONS];
    int handle_count = 0;

    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        RpControlSlot *slot = &control->slots[s];

        if (slot->database != database) {
            continue;
        }
        for (int p = 0; p < RP_CONTROL_PUBLICATIONS; p++) {
            if (slot->publications[p].handle != DSM_HANDLE_INVALID) {
                handles[handle_count++] = slot->publications[p].handle;
                slot->publications[p].handle = DSM_HANDLE_INVALID;
            }
        }
        slot->database = InvalidOid;
        break;
    }
    LWLockRelease(&control->lock);
    for (int h = 0; h < handle_count; h++) {
        dsm_unpin_segment(handles[h]);
    }
}

/* Free the slots of all databases that no longer exist. The catalog is read outside the lock. */
static void
free_slots_of_dropped_databases(void)
{
    Oid databases[RP_CONTROL_SLOTS];

    LWLockAcquire(&control->lock, LW_SHARED);
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        databases[s] = control->slots[s].database;
    }
    LWLockRelease(&control->lock);
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        if (databases[s] != InvalidOid &&
            !SearchSysCacheExists1(DATABASEOID, ObjectIdGetDatum(databases[s]))) {
            free_slot(databases[s]);
        }
    }
}

bool
rp_control_reserve(void)
{
    if (!rp_control_is_available()) {
        return false;
    }
    if (has_slot() || take_slot()) {
        return true;
    }
    free_slots_of_dropped_databases();
    return take_slot();
}

/* Clear the entry of a backend that exits. */
static void
hide_holding(int code pg_attribute_unused(), Datum argument pg_attribute_unused())
{
    has_exited = true;
    control->holdings[RP_MY_BACKEND].pid = 0;
}

/* The entry of this backend, or NULL. */
static RpHolding *
own_holding(void)
{
    static bool is_registered = false;
    RpHolding *holding;

    if (control == NULL || has_exited || RP_MY_BACKEND < 0 || RP_MY_BACKEND >= MaxBackends) {
        return NULL;
    }
    holding = &control->holdings[RP_MY_BACKEND];
    if (!is_registered) {
        before_shmem_exit(hide_holding, (Datum)0);
        is_registered = true;
        *holding = (RpHolding){.database = MyDatabaseId};
        pg_write_barrier();
        holding->pid = MyProcPid;
    }
    return holding;
}

void
rp_control_show(int64 generation, int32 mapping_count, int64 mapped_bytes)
{
    RpHolding *holding = own_holding();

    if (holding != NULL) {
        holding->generation = generation;
        holding->mapping_count = mapping_count;
        holding->mapped_bytes = mapped_bytes;
    }
}

void
rp_control_set_waiting(bool is_waiting)
{
    RpHolding *holding = own_holding();

    if (holding != NULL) {
        holding->is_waiting = is_waiting;
    }
}

bool
rp_control_holding(int b, RpHolding *holding)
{
    if (!rp_control_is_available()) {
        return false;
    }
    *holding = control->holdings[b];
    return holding->pid != 0 && BackendPidGetProc(holding->pid) != NULL;
}

/* Wake the other backends that map a generation: those that are idle let go of it. */
static void
wake_holders(void)
{
    for (int b = 0; b < MaxBackends; b++) {
        const RpHolding *holding = &control->holdings[b];
        int pid = holding->pid;

        if (pid != 0 && pid != MyProcPid && holding->database == MyDatabaseId &&
            holding->mapping_count > 0) {
            (void)RP_SIGNAL_BACKEND(pid, PROCSIG_CATCHUP_INTERRUPT, b);
        }
    }
}

void
rp_control_publish(const RpIdentity *identity, dsm_segment *segment)
{
    dsm_handle unneeded;
    RpControlSlot *slot;

    dsm_pin_segment(segment);
    unneeded = dsm_segment_handle(segment);
    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    slot = own_slot();
    if (slot != NULL && find_in_slot(slot, identity) == DSM_HANDLE_INVALID) {
        dsm_handle published = unneeded;

        unneeded = slot->publications[RP_CONTROL_PUBLICATIONS - 1].handle;
        memmove(&slot->publications[1], &slot->publications[0],
                sizeof(RpPublication) * (RP_CONTROL_PUBLICATIONS - 1));
        slot->publications[0] = (RpPublication){.identity = *identity, .handle = published};
    }
    LWLockRelease(&control->lock);
    if (unneeded != DSM_HANDLE_INVALID) {
        dsm_unpin_segment(unneeded);
    }
    wake_holders();
}

RpStatsTable *
rp_control_stats(void)
{
    return rp_control_is_available() ? &control->stats : NULL;
}

static uint32
named_in_slot(const RpControlSlot *slot)
{
    return (uint32)Min(slot->named_count, RP_NAMED_VERSION_LIMIT);
}

/* Whether what is remembered is of the same extension as an identity. */
static bool
names_versions_of(const RpControlSlot *slot, const RpIdentity *identity)
{
    return memcmp(slot->named_epoch, identity->epoch, sizeof(slot->named_epoch)) == 0;
}

static bool
slot_names_version(const RpControlSlot *slot, RpText policy, int32 version)
{
    for (uint32 i = 0; i < named_in_slot(slot); i++) {
        if (slot->named[i].version == version &&
            rp_text_equals(rp_text_from(slot->named[i].policy), policy)) {
            return true;
        }
    }
    return false;
}

void
rp_control_remember_version(const RpIdentity *identity, RpText policy, int32 version)
{
    RpControlSlot *slot;

    if (!rp_control_is_available() || policy.length >= sizeof(slot->named[0].policy)) {
        return;
    }
    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    slot = own_slot();
    if (slot != NULL && find_in_slot(slot, identity) != DSM_HANDLE_INVALID) {
        if (!names_versions_of(slot, identity)) {
            memcpy(slot->named_epoch, identity->epoch, sizeof(slot->named_epoch));
            slot->named_count = 0;
        }
        if (!slot_names_version(slot, policy, version)) {
            RpNamedVersion *named = &slot->named[slot->named_count++ % RP_NAMED_VERSION_LIMIT];

            memcpy(named->policy, policy.data, policy.length);
            named->policy[policy.length] = '\0';
            named->version = version;
        }
    }
    LWLockRelease(&control->lock);
}

uint32
rp_control_named_versions(const RpIdentity *identity, RpNamedVersion *named)
{
    uint32 count = 0;
    RpControlSlot *slot;

    if (!rp_control_is_available()) {
        return 0;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = own_slot();
    if (slot != NULL && names_versions_of(slot, identity)) {
        count = named_in_slot(slot);
        memcpy(named, slot->named, sizeof(RpNamedVersion) * count);
    }
    LWLockRelease(&control->lock);
    return count;
}

int
rp_control_published_count(void)
{
    int count = 0;
    RpControlSlot *slot;

    if (!rp_control_is_available()) {
        return 0;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = own_slot();
    for (int p = 0; slot != NULL && p < RP_CONTROL_PUBLICATIONS; p++) {
        count += slot->publications[p].handle != DSM_HANDLE_INVALID;
    }
    LWLockRelease(&control->lock);
    return count;
}
