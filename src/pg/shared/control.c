/*
 * The slots of the control block: for each database the last few published generations, as pairs of
 * identity and segment handle, and the former versions that calls have named.
 *
 * Locking. RpControl.lock protects all slots. It is held shared to find a handle, and exclusive to
 * take or free a slot, to publish, and to remember a version; always for a few comparisons and
 * stores, and nothing that can raise runs under it. Segments are pinned before it is taken and
 * unpinned after it is let go: PostgreSQL's own lock of segments is never wanted within ours.
 * Catalogs are read outside too, so what was read may be out of date when the lock is taken; each
 * such place says why that does no harm. Who frees a slot takes RpStatsTable.lock too, after it.
 *
 * Order of events. A backend reserves a slot before it makes a segment: that reads catalogs and may
 * raise, and is done amid the transaction. Publishing is done when the transaction has committed,
 * or, by who builds what is committed already, at once: it must not raise, so a slot that is gone
 * by then is no error; nothing is offered, and the next look-up builds.
 *
 * Who owns a segment. The slot owns one pin of each segment that it offers, so a generation lives
 * without any backend; each backend that attaches it counts in PostgreSQL's own reference count. A
 * segment that newer generations push out of its slot, or whose slot is freed, loses the pin and
 * goes with the last backend that maps it. A slot is freed
 *   - when the transaction commits that drops its database or extension (publication.c), where the
 *     library is preloaded;
 *   - by whoever is about to make a segment and finds its database gone. That is for the rest: a
 *     standby, which only replays the drop, and servers where a session can drop a database without
 *     having loaded the library.
 */
#include "pg/shared/control.h"

#include "utils/syscache.h"

/* The slot of a database, or NULL. The lock is held, at least shared. 64 comparisons at most, once
 * per generation and backend: nothing that a hash table would be worth. */
static RpControlSlot *
slot_of(RpControl *control, Oid database)
{
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        if (control->slots[s].database == database) {
            return &control->slots[s];
        }
    }
    return NULL;
}

/*
 * The handle that a slot offers for a generation. The lock is held, at least shared. The identity
 * is compared in full: numbers are used twice, and the slot of a database may still offer what its
 * extension had before it was dropped and created again.
 */
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

/* What is found can be pushed out before the caller attaches it: then dsm_attach finds nothing. */
dsm_handle
rp_control_find(const RpIdentity *identity)
{
    RpControl *control = rp_control_block();
    dsm_handle handle = DSM_HANDLE_INVALID;
    RpControlSlot *slot;

    if (control == NULL) {
        return DSM_HANDLE_INVALID;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = slot_of(control, MyDatabaseId);
    if (slot != NULL) {
        handle = find_in_slot(slot, identity);
    }
    LWLockRelease(&control->lock);
    return handle;
}

/* By the time the caller looks for it a newer one may be there, or none: it asks again then. */
bool
rp_control_newest(RpIdentity *identity)
{
    RpControl *control = rp_control_block();
    bool is_found = false;
    RpControlSlot *slot;

    if (control == NULL) {
        return false;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = slot_of(control, MyDatabaseId);
    if (slot != NULL && slot->publications[0].handle != DSM_HANDLE_INVALID) {
        *identity = slot->publications[0].identity;
        is_found = true;
    }
    LWLockRelease(&control->lock);
    return is_found;
}

/* Whether this database has a slot: what nearly every reload finds, under the shared lock. It can
 * be freed at any moment after, by DROP EXTENSION: who publishes asks again, under the exclusive
 * one. */
static bool
has_slot(RpControl *control)
{
    bool is_found;

    LWLockAcquire(&control->lock, LW_SHARED);
    is_found = slot_of(control, MyDatabaseId) != NULL;
    LWLockRelease(&control->lock);
    return is_found;
}

/* Take a free slot for this database where it has none. The slot is the database's until the
 * database is dropped, whichever backend took it. False: there is no free one. */
static bool
take_slot(RpControl *control)
{
    RpControlSlot *slot;

    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    /* Another backend of this database may have taken one since has_slot looked. */
    slot = slot_of(control, MyDatabaseId);
    if (slot == NULL) {
        slot = slot_of(control, InvalidOid);
        /* A free slot offers nothing: rp_control_free has emptied it, or it was never used. */
        if (slot != NULL) {
            slot->database = MyDatabaseId;
            slot->named_count = 0;
        }
    }
    LWLockRelease(&control->lock);
    return slot != NULL;
}

/*
 * The lock is held to take the handles out, and not to give the pins back: dsm_unpin_segment takes
 * the server's own lock, and may destroy a segment. Between the two no other backend can find the
 * handles. The counts have another lock, taken afterwards: the two are never held together.
 */
void
rp_control_free(Oid database)
{
    RpControl *control = rp_control_block_known();
    dsm_handle handles[RP_CONTROL_PUBLICATIONS];
    int handle_count = 0;
    RpControlSlot *slot;

    if (control == NULL) {
        return;
    }
    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    slot = slot_of(control, database);
    for (int p = 0; slot != NULL && p < RP_CONTROL_PUBLICATIONS; p++) {
        if (slot->publications[p].handle != DSM_HANDLE_INVALID) {
            handles[handle_count++] = slot->publications[p].handle;
            slot->publications[p].handle = DSM_HANDLE_INVALID;
        }
    }
    if (slot != NULL) {
        slot->database = InvalidOid; /* from here on somebody else may take it */
    }
    LWLockRelease(&control->lock);
    /* The pins have no owner now but this backend, so nobody else gives them back. */
    for (int h = 0; h < handle_count; h++) {
        dsm_unpin_segment(handles[h]);
    }
    /* The next extension's policies may have the same names. */
    LWLockAcquire(&control->stats.lock, LW_EXCLUSIVE);
    rp_stats_table_forget(&control->stats, database, NULL, 0);
    LWLockRelease(&control->stats.lock);
}

/*
 * Free the slots of all databases that no longer exist. The catalog is read outside the lock, so a
 * database may be dropped after it was seen (then the next caller frees its slot), or its OID given
 * to a new one (then that takes another slot with its next generation). A drop that is not
 * committed is not seen.
 */
static void
free_slots_of_dropped_databases(RpControl *control)
{
    Oid databases[RP_CONTROL_SLOTS];

    /* Copied: reading pg_database can wait and raise, which must not be under the lock. */
    LWLockAcquire(&control->lock, LW_SHARED);
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        databases[s] = control->slots[s].database;
    }
    LWLockRelease(&control->lock);
    for (int s = 0; s < RP_CONTROL_SLOTS; s++) {
        if (databases[s] != InvalidOid && databases[s] != MyDatabaseId &&
            !SearchSysCacheExists1(DATABASEOID, ObjectIdGetDatum(databases[s]))) {
            rp_control_free(databases[s]);
        }
    }
}

/*
 * Called amid a transaction, before a segment is made; nothing is held when it returns. The slot
 * may be freed again before anything is published, by DROP EXTENSION: then nothing is.
 */
bool
rp_control_reserve(void)
{
    RpControl *control = rp_control_block();

    if (control == NULL) {
        return false;
    }
    /* Not only where the slots run out: what the dead keep is memory that the living want. */
    free_slots_of_dropped_databases(control);
    return has_slot(control) || take_slot(control);
}

/*
 * The caller still maps the segment, so it cannot go between pin and publication. After the lock is
 * let go any backend can attach it; until then nobody knows the handle, and the lock is the barrier
 * that makes the block's bytes visible before it.
 */
void
rp_control_publish(const RpIdentity *identity, dsm_segment *segment)
{
    RpControl *control = rp_control_block_known();
    dsm_handle unneeded;
    RpControlSlot *slot;

    /* Pinned before it can be found: who finds it attaches at once. Where it cannot be offered the
     * pin is what is not needed. */
    dsm_pin_segment(segment);
    unneeded = dsm_segment_handle(segment);
    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    slot = slot_of(control, MyDatabaseId);
    /* Two backends can offer one identity: who reloads, and who sees the row first and builds it.
     * */
    if (slot != NULL && find_in_slot(slot, identity) == DSM_HANDLE_INVALID) {
        dsm_handle published = unneeded;

        /* The oldest makes room; its pin, the slot's until now, is what is not needed instead. */
        unneeded = slot->publications[RP_CONTROL_PUBLICATIONS - 1].handle;
        memmove(&slot->publications[1], &slot->publications[0],
                sizeof(RpPublication) * (RP_CONTROL_PUBLICATIONS - 1));
        slot->publications[0] = (RpPublication){.identity = *identity, .handle = published};
    }
    LWLockRelease(&control->lock);
    if (unneeded != DSM_HANDLE_INVALID) {
        dsm_unpin_segment(unneeded);
    }
}

/* How many versions a slot's ring holds: the count goes on, the ring does not grow. The lock is
 * held, at least shared. */
static uint32
named_in_slot(const RpControlSlot *slot)
{
    return (uint32)Min(slot->named_count, RP_NAMED_VERSION_LIMIT);
}

/* Whether a slot's ring holds a version. The lock is held, at least shared. */
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

/* Whether what is remembered is of the same extension as an identity. The lock is held, at least
 * shared. */
static bool
names_versions_of(const RpControlSlot *slot, const RpIdentity *identity)
{
    return memcmp(slot->named_epoch, identity->epoch, sizeof(slot->named_epoch)) == 0;
}

/*
 * What is remembered is a wish, and may be out of date by the time it is read: whoever builds a
 * generation takes only the versions that its own snapshot shows.
 */
void
rp_control_remember_version(const RpIdentity *identity, RpText policy, int32 version)
{
    RpControl *control = rp_control_block();
    RpControlSlot *slot;

    if (control == NULL || policy.length >= sizeof(slot->named[0].policy)) {
        return;
    }
    LWLockAcquire(&control->lock, LW_EXCLUSIVE);
    slot = slot_of(control, MyDatabaseId);
    if (slot != NULL && find_in_slot(slot, identity) != DSM_HANDLE_INVALID) {
        if (!names_versions_of(slot, identity)) {
            memcpy(slot->named_epoch, identity->epoch, sizeof(slot->named_epoch));
            slot->named_count = 0;
        }
        if (!slot_names_version(slot, policy, version)) {
            /* In the place of the one that was named first: what is still used is named again once
             * the next generation lacks it. */
            RpNamedVersion *named = &slot->named[slot->named_count++ % RP_NAMED_VERSION_LIMIT];

            memcpy(named->policy, policy.data, policy.length);
            named->policy[policy.length] = '\0';
            named->version = version;
        }
    }
    LWLockRelease(&control->lock);
}

/* A copy, since the caller reads tables with it. */
uint32
rp_control_named_versions(const RpIdentity *identity, RpNamedVersion *named)
{
    RpControl *control = rp_control_block();
    uint32 count = 0;
    RpControlSlot *slot;

    if (control == NULL) {
        return 0;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = slot_of(control, MyDatabaseId);
    if (slot != NULL && names_versions_of(slot, identity)) {
        count = named_in_slot(slot);
        memcpy(named, slot->named, sizeof(RpNamedVersion) * count);
    }
    LWLockRelease(&control->lock);
    return count;
}

/* Whether anybody maps them is not asked: what is published can be attached. */
int
rp_control_published_count(void)
{
    RpControl *control = rp_control_block();
    int count = 0;
    RpControlSlot *slot;

    if (control == NULL) {
        return 0;
    }
    LWLockAcquire(&control->lock, LW_SHARED);
    slot = slot_of(control, MyDatabaseId);
    for (int p = 0; slot != NULL && p < RP_CONTROL_PUBLICATIONS; p++) {
        count += slot->publications[p].handle != DSM_HANDLE_INVALID;
    }
    LWLockRelease(&control->lock);
    return count;
}
