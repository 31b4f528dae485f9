/*
 * Counting validation.
 *
 * A backend counts in its own memory, without any lock. At the end of a transaction, committed or
 * not, what it has counted is added to the table in the control block under RpStatsTable.lock, if
 * that is free; else at the end of the next one, and at the latest when the backend, or parallel
 * worker, ends. So validation itself never writes to shared memory and never waits. The lock is
 * held exclusive to add and to reset, shared to read; nothing that can raise runs under it, and no
 * other lock of ours is taken. The table is never written to disk: a restart empties it.
 */
#include "pg/pg.h"

#include "access/xact.h"
#include "mb/pg_wchar.h"
#include "storage/ipc.h"
#include "utils/hsearch.h"

#include "base/hash.h"
#include "pg/shared/control.h"
#include "pg/shared/stats.h"

enum { PENDING_EXAMPLE_LIMIT = 8 };

/* What this backend has counted and not yet added: entries by hash, as many as the table holds. */
static HTAB *pending = NULL;
static RpStatsExample *pending_examples = NULL;
static int pending_example_count = 0;

void
rp_stats_table_make(RpStatsTable *table, int tranche)
{
    memset(table, 0, sizeof(*table));
    LWLockInitialize(&table->lock, tranche);
}

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

static void
add_counts(RpStatsCounts *sum, const RpStatsCounts *counts)
{
    sum->validations += counts->validations;
    sum->accepted += counts->accepted;
    sum->rejected += counts->rejected;
    sum->failed += counts->failed;
    sum->newly_rejected += counts->newly_rejected;
    sum->newly_accepted += counts->newly_accepted;
    sum->focus_nodes += counts->focus_nodes;
    sum->violations += counts->violations;
    sum->time_ns += counts->time_ns;
    sum->last_used = Max(sum->last_used, counts->last_used);
}

/* The place of an entry in the table: its own, a free one, or that used longest ago. */
static uint32
find_place(const RpStatsTable *table, uint64 hash)
{
    uint32 place = 0;

    for (uint32 i = 0; i < RP_STATS_ENTRY_LIMIT; i++) {
        if (table->hashes[i] == hash) {
            return i;
        }
    }
    for (uint32 i = 0; i < RP_STATS_ENTRY_LIMIT; i++) {
        if (table->hashes[i] == 0) {
            return i;
        }
        if (table->entries[i].counts.last_used < table->entries[place].counts.last_used) {
            place = i;
        }
    }
    return place;
}

/* Add what is pending to the table, whose lock is held. */
static void
flush_into(RpStatsTable *table)
{
    HASH_SEQ_STATUS scan;
    RpStatsEntry *entry;

    hash_seq_init(&scan, pending);
    while ((entry = hash_seq_search(&scan)) != NULL) {
        uint32 place = find_place(table, entry->hash);

        if (table->hashes[place] == entry->hash) {
            add_counts(&table->entries[place].counts, &entry->counts);
        } else {
            table->hashes[place] = entry->hash;
            table->entries[place] = *entry;
        }
    }
    for (int i = 0; i < pending_example_count; i++) {
        table->examples[table->example_count++ % RP_STATS_EXAMPLE_LIMIT] = pending_examples[i];
    }
}

/* Forget what is pending. Does not raise. */
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

static bool
has_pending(void)
{
    return pending != NULL && (hash_get_num_entries(pending) > 0 || pending_example_count > 0);
}

static void
flush(bool waits)
{
    RpStatsTable *table = has_pending() ? rp_control_stats() : NULL;

    if (table == NULL) {
        return;
    }
    if (waits) {
        LWLockAcquire(&table->lock, LW_EXCLUSIVE);
    } else if (!LWLockConditionalAcquire(&table->lock, LW_EXCLUSIVE)) {
        return;
    }
    flush_into(table);
    LWLockRelease(&table->lock);
    empty_pending();
}

static void
on_transaction_event(XactEvent event, void *argument pg_attribute_unused())
{
    switch (event) {
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

static void
flush_on_exit(int code pg_attribute_unused(), Datum argument pg_attribute_unused())
{
    flush(true);
}

/* Get ready to count. False: there is no shared memory to count for. */
static bool
start_counting(void)
{
    HASHCTL control = {.keysize = sizeof(uint64), .entrysize = sizeof(RpStatsEntry)};

    if (pending != NULL) {
        return true;
    }
    if (rp_control_stats() == NULL) {
        return false;
    }
    pending_examples =
        MemoryContextAlloc(TopMemoryContext, sizeof(RpStatsExample) * PENDING_EXAMPLE_LIMIT);
    pending = hash_create("rdfpolicy stats", 64, &control, HASH_ELEM | HASH_BLOBS);
    RegisterXactCallback(on_transaction_event, NULL);
    before_shmem_exit(flush_on_exit, (Datum)0);
    return true;
}

static uint64
key_hash(RpText policy, int32 version, RpText shape)
{
    uint64 seed = ((uint64)MyDatabaseId << 32) | (uint32)version;
    uint64 hash = rp_hash_bytes(policy.data, policy.length, seed);

    hash = rp_hash_bytes(shape.data, shape.length, hash);
    return hash != 0 ? hash : 1;
}

void
rp_stats_add(RpText policy, int32 version, RpText shape, const RpStatsCounts *counts)
{
    uint64 hash;
    RpStatsEntry *entry;
    bool is_found;

    if (!start_counting()) {
        return;
    }
    hash = key_hash(policy, version, shape);
    entry = hash_search(pending, &hash, HASH_FIND, NULL);
    if (entry == NULL) {
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
    add_counts(&entry->counts, counts);
}

void
rp_stats_add_example(const RpStatsExample *example)
{
    if (!start_counting()) {
        return;
    }
    if (pending_example_count == PENDING_EXAMPLE_LIMIT) {
        memmove(&pending_examples[0], &pending_examples[1],
                sizeof(RpStatsExample) * (PENDING_EXAMPLE_LIMIT - 1));
        pending_example_count--;
    }
    pending_examples[pending_example_count] = *example;
    pending_examples[pending_example_count++].database = MyDatabaseId;
}

uint32
rp_stats_read(RpStatsEntry **entries)
{
    RpStatsTable *table = rp_control_stats();
    uint32 count = 0;

    if (table == NULL) {
        return 0;
    }
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

uint32
rp_stats_read_examples(RpStatsExample **examples)
{
    RpStatsTable *table = rp_control_stats();
    uint32 count = 0;

    if (table == NULL) {
        return 0;
    }
    flush(true);
    *examples = palloc(sizeof(RpStatsExample) * RP_STATS_EXAMPLE_LIMIT);
    LWLockAcquire(&table->lock, LW_SHARED);
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

void
rp_stats_reset(const char *policy, int32 version)
{
    RpStatsTable *table = rp_control_stats();

    if (table == NULL) {
        return;
    }
    flush(true);
    LWLockAcquire(&table->lock, LW_EXCLUSIVE);
    for (uint32 i = 0; i < RP_STATS_ENTRY_LIMIT; i++) {
        const RpStatsEntry *entry = &table->entries[i];

        if (table->hashes[i] != 0 && entry->database == MyDatabaseId &&
            (policy == NULL || (entry->version == version && strcmp(entry->policy, policy) == 0))) {
            table->hashes[i] = 0;
        }
    }
    for (uint32 i = 0; i < RP_STATS_EXAMPLE_LIMIT; i++) {
        RpStatsExample *example = &table->examples[i];

        if (example->database == MyDatabaseId &&
            (policy == NULL ||
             (example->shadow_version == version && strcmp(example->policy, policy) == 0))) {
            example->database = InvalidOid;
        }
    }
    LWLockRelease(&table->lock);
}
