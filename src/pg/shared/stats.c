/*
 * Counting validation.
 *
 * A backend counts in its own memory, without any lock. At the end of a transaction, committed or
 * not, what it has counted is added to the shared table (stats_table.h); so validation itself never
 * writes to shared memory and never waits, and what fails and is rolled back is counted too. Counts
 * are no part of the transaction: there is nothing to undo.
 *
 * Locking. RpStatsTable.lock, exclusive to add and to reset, shared to read. At the end of a
 * transaction it is taken only where it is free: else what is pending stays for the end of the next
 * one, and at the latest for the end of the backend or parallel worker, which waits. Nothing that
 * can raise runs under it, and no other lock of ours is taken: readers allocate their memory
 * before. The table is never written to disk: a restart empties it.
 */
#include "pg/pg.h"

#include "access/xact.h"
#include "mb/pg_wchar.h"
#include "storage/ipc.h"
#include "utils/hsearch.h"

#include "base/hash.h"
#include "pg/shared/control_block.h"
#include "pg/shared/stats.h"

/* An example is 1 kB, and a transaction that judges a million rows can differ in each: the shared
 * table has room for 64 of all databases. */
enum { PENDING_EXAMPLE_LIMIT = 8 };

/* What this backend has counted and not yet added, in TopMemoryContext, since it can outlive a
 * transaction: entries by hash, as many as the table holds, and the newest examples. */
static HTAB *pending = NULL; /* NULL: nothing was counted yet, and no callback is registered */
static RpStatsExample *pending_examples = NULL;
static int pending_example_count = 0;

/* At a whole character: what is cut is shown as text of the server's encoding. */
void
rp_stats_copy_text(char *target, size_t size, RpText text)
{
    int length = (int)Min((size_t)text.length, size - 1);

    if (text.length > size - 1) {
        length = pg_mbcliplen(text.data, (int)text.length, (int)size - 1);
    }
    if (length > 0) {
        memcpy(target, text.data, (size_t)length);
    }
    target[length] = '\0';
}

/* Add what is pending to the table, whose lock is held exclusive. Up to 1,024 entries in a
 * transaction that used as many; for most it is one or two. */
static void
flush_into(RpStatsTable *table)
{
    /* The scan allocates nothing, and is at its end when the loop is: nothing to clean up. */
    HASH_SEQ_STATUS scan;
    RpStatsEntry *entry;

    hash_seq_init(&scan, pending);
    while ((entry = hash_seq_search(&scan)) != NULL) {
        rp_stats_table_add(table, entry);
    }
    /* Oldest first: the ring of the table is in the order in which they come. */
    for (int i = 0; i < pending_example_count; i++) {
        rp_stats_table_add_example(table, &pending_examples[i]);
    }
}

/* Forget what is pending, outside the lock. Removing what the scan has just returned is allowed,
 * and frees no memory, so this does not raise. */
static void
empty_pending(void)
{
    HASH_SEQ_STATUS scan;
    RpStatsEntry *entry;

    hash_seq_init(&scan, pending);
    while ((entry = hash_seq_search(&scan)) != NULL) {
        (void)hash_search(pending, &entry->hash, HASH_REMOVE, NULL);
    }
    pending_example_count = 0;
}

/* The shared table, or NULL where there is none. Once it was found (start_counting) this cannot
 * raise: so it may be called at the end of a transaction. */
static RpStatsTable *
shared_table(void)
{
    RpControl *control = rp_control_block();

    return control != NULL ? &control->stats : NULL;
}

/* Asked at the end of each transaction, of which most have counted nothing. */
static bool
has_pending(void)
{
    return pending != NULL && (hash_get_num_entries(pending) > 0 || pending_example_count > 0);
}

/* Add what is pending to the table: whatever it takes, or only where the lock is free. Does not
 * raise. */
static void
flush(bool waits)
{
    RpStatsTable *table = has_pending() ? shared_table() : NULL;

    if (table == NULL) {
        return; /* nothing was counted since the last time, or there is nowhere to add it */
    }
    /* At the end of a transaction others wait for us, not we for them: by the time of the next one
     * the lock will be free. */
    if (waits) {
        LWLockAcquire(&table->lock, LW_EXCLUSIVE);
    } else if (!LWLockConditionalAcquire(&table->lock, LW_EXCLUSIVE)) {
        return;
    }
    flush_into(table);
    LWLockRelease(&table->lock);
    empty_pending(); /* nothing in between can fail, so nothing is counted twice */
}

/* The ends of a transaction, after which a backend may be idle for long. PREPARE is one: counts do
 * not wait for COMMIT PREPARED. */
static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    switch (event) {
    /* A parallel worker is a backend of its own here, and ends with its transaction. */
    case XACT_EVENT_COMMIT:
    case XACT_EVENT_PARALLEL_COMMIT:
    case XACT_EVENT_ABORT:
    case XACT_EVENT_PARALLEL_ABORT:
    case XACT_EVENT_PREPARE:
        flush(false);
        break;
    default:
        break;
    }
}

/* Before the backend gives up its shared memory, so also after a FATAL error, but not after a kill;
 * the lock is waited for, as there is no next time. */
static void
flush_on_exit(int code pg_attribute_unused(), Datum argument pg_attribute_unused())
{
    flush(true);
}

/* Get ready to count: once per backend, at its first judgement that counts. The callbacks stay to
 * its end. False: there is no shared memory to count for. */
static bool
start_counting(void)
{
    HASHCTL layout = {.keysize = sizeof(uint64), .entrysize = sizeof(RpStatsEntry)};

    if (pending != NULL) {
        return true;
    }
    /* Where nothing can be shared nothing is counted: who could read it is in another process. */
    if (shared_table() == NULL) {
        return false;
    }
    pending_examples =
        MemoryContextAlloc(TopMemoryContext, sizeof(RpStatsExample) * PENDING_EXAMPLE_LIMIT);
    RegisterXactCallback(on_transaction_event, NULL);
    before_shmem_exit(flush_on_exit, (Datum)0);
    /* Last: it is what says that all is ready. Where it raises for lack of memory the callbacks
     * find nothing to do, and stand there twice after the next attempt. */
    pending = hash_create("rdfpolicy stats", 64, &layout, HASH_ELEM | HASH_BLOBS);
    return true;
}

/* 64 bits stand for the whole key, as elsewhere in the table: among 1,024 entries two that differ
 * and agree in the hash are one chance in 10^13, whoever names the shapes, since the hash is keyed.
 * Never 0, which marks a free entry. */
static uint64
entry_hash(RpText policy, int32 version, RpText shape)
{
    const RpHashKey *key = &shared_table()->key;
    RpHash state;
    uint64 hash;

    rp_hash_begin(&state, key);
    rp_hash_word(&state, ((uint64)MyDatabaseId << 32) | (uint32)version);
    rp_hash_word(&state, rp_hash_bytes(key, policy.data, policy.length));
    hash = rp_hash_end(&state, shape.data, shape.length);
    return hash != 0 ? hash : 1;
}

/* Called for each judgement while rdfpolicy.track is on, and for each of a shadow: two hashes and
 * an addition. */
void
rp_stats_add(RpText policy, int32 version, RpText shape, const RpStatsCounts *counts)
{
    uint64 hash;
    RpStatsEntry *entry;
    bool is_found;

    if (!start_counting()) {
        return;
    }
    hash = entry_hash(policy, version, shape);
    entry = hash_search(pending, &hash, HASH_FIND, NULL);
    if (entry == NULL) {
        /* The key is written out only here: for each shape that is judged it is one look-up. */
        if (hash_get_num_entries(pending) >= RP_STATS_ENTRY_LIMIT) {
            return; /* in one transaction more than the table holds */
        }
        entry = hash_search(pending, &hash, HASH_ENTER, &is_found);
        entry->database = MyDatabaseId;
        entry->version = version;
        rp_stats_copy_text(entry->policy, sizeof(entry->policy), policy);
        rp_stats_copy_text(entry->shape, sizeof(entry->shape), shape);
        entry->counts = (RpStatsCounts){0};
    }
    rp_stats_counts_add(&entry->counts, counts);
}

/* Called where a shadow disagrees, after the data was judged: what the example says is copied. */
void
rp_stats_add_example(const RpStatsExample *example)
{
    if (!start_counting()) {
        return;
    }
    /* The newest are of more use than the first. */
    if (pending_example_count == PENDING_EXAMPLE_LIMIT) {
        memmove(&pending_examples[0], &pending_examples[1],
                sizeof(RpStatsExample) * (PENDING_EXAMPLE_LIMIT - 1));
        pending_example_count--;
    }
    pending_examples[pending_example_count] = *example;
    pending_examples[pending_example_count++].database = MyDatabaseId;
}

/* A copy of all that this database has, since what is done with it can raise and wait: with the
 * lock held that must not be. At most 1,024 entries of 440 bytes. */
uint32
rp_stats_read(RpStatsEntry **entries)
{
    RpStatsTable *table = shared_table();
    uint32 count = 0;

    if (table == NULL) {
        return 0; /* as if nothing had been counted: rdf_policy_shadow tells why */
    }
    /* Who asks sees what it has itself counted until now, in this transaction too. */
    flush(true);
    *entries = palloc(sizeof(RpStatsEntry) * RP_STATS_ENTRY_LIMIT);
    LWLockAcquire(&table->lock, LW_SHARED);
    for (uint32 i = 0; i < RP_STATS_ENTRY_LIMIT; i++) {
        if (table->hashes[i] != 0 && table->entries[i].database == MyDatabaseId) {
            (*entries)[count++] = table->entries[i];
        }
    }
    LWLockRelease(&table->lock);
    return count;
}

/* As above. A ring of 64 of all databases, so one database's own can be few, or none. */
uint32
rp_stats_read_examples(RpStatsExample **examples)
{
    RpStatsTable *table = shared_table();
    uint32 count = 0;

    if (table == NULL) {
        return 0;
    }
    flush(true);
    /* Allocated before the lock is taken, as large as can be needed. */
    *examples = palloc(sizeof(RpStatsExample) * RP_STATS_EXAMPLE_LIMIT);
    LWLockAcquire(&table->lock, LW_SHARED);
    /* Backwards through the ring, from the one that was written last. */
    for (uint64 i = 1; i <= Min(table->example_count, RP_STATS_EXAMPLE_LIMIT); i++) {
        const RpStatsExample *example =
            &table->examples[(table->example_count - i) % RP_STATS_EXAMPLE_LIMIT];

        if (example->database == MyDatabaseId) {
            (*examples)[count++] = *example;
        }
    }
    LWLockRelease(&table->lock);
    return count;
}

/* Who may do so is said by the SQL functions' privileges. */
void
rp_stats_reset(const char *policy, int32 version)
{
    RpStatsTable *table = shared_table();

    if (table == NULL) {
        return;
    }
    /* What is pending here goes with the rest; what other backends have pending comes later. */
    flush(true);
    LWLockAcquire(&table->lock, LW_EXCLUSIVE);
    rp_stats_table_forget(table, MyDatabaseId, policy, version);
    LWLockRelease(&table->lock);
}
