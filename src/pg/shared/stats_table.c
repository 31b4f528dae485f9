/* The operations on the shared table of counts. See stats_table.h for its lock, which the callers
 * hold. */
#include "pg/shared/stats_table.h"

#include "pg/server/bridge.h"

void
rp_stats_table_make(RpStatsTable *table, int tranche)
{
    memset(table, 0, sizeof(*table));
    LWLockInitialize(&table->lock, tranche);
    table->key = rp_bridge_random_key();
}

/*
 * All are sums but the time of last use. Not atomic: who adds to shared counts holds
 * RpStatsTable.lock exclusively.
 */
void
rp_stats_counts_add(RpStatsCounts *sum, const RpStatsCounts *counts)
{
    sum->validations += counts->validations;
    sum->accepted += counts->accepted;
    sum->rejected += counts->rejected;
    sum->failed += counts->failed;
    sum->not_parsed += counts->not_parsed;
    sum->newly_rejected += counts->newly_rejected;
    sum->newly_accepted += counts->newly_accepted;
    sum->without_focus += counts->without_focus;
    sum->focus_nodes += counts->focus_nodes;
    sum->violations += counts->violations;
    sum->time_ns += counts->time_ns;
    sum->last_used = Max(sum->last_used, counts->last_used);
}

/*
 * The place of an entry in the table: its own, a free one, or that used longest ago. A search of
 * all 1,024 hashes is 8 kB of reading, once per entry and transaction: nothing that a chain of
 * pointers in shared memory would be worth.
 */
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

/* The hash stands for the key: an entry that is found by it is taken to be the same. */
void
rp_stats_table_add(RpStatsTable *table, const RpStatsEntry *entry)
{
    uint32 place = find_place(table, entry->hash);

    if (table->hashes[place] == entry->hash) {
        rp_stats_counts_add(&table->entries[place].counts, &entry->counts);
    } else {
        table->hashes[place] = entry->hash;
        table->entries[place] = *entry;
    }
}

void
rp_stats_table_add_example(RpStatsTable *table, const RpStatsExample *example)
{
    table->examples[table->example_count++ % RP_STATS_EXAMPLE_LIMIT] = *example;
}

/*
 * The caller holds the table's lock exclusively. An entry is given up by its hash alone; linear
 * probing is not used, so no search ends at the gap.
 */
void
rp_stats_table_forget(RpStatsTable *table, Oid database, const char *policy, int32 version)
{
    for (uint32 i = 0; i < RP_STATS_ENTRY_LIMIT; i++) {
        const RpStatsEntry *entry = &table->entries[i];

        if (table->hashes[i] != 0 && entry->database == database &&
            (policy == NULL || (entry->version == version && strcmp(entry->policy, policy) == 0))) {
            table->hashes[i] = 0;
        }
    }
    /* The ring keeps its place: an example that is forgotten leaves a gap, which readers pass over.
     * */
    for (uint32 i = 0; i < RP_STATS_EXAMPLE_LIMIT; i++) {
        RpStatsExample *example = &table->examples[i];

        if (example->database == database &&
            (policy == NULL ||
             (example->shadow_version == version && strcmp(example->policy, policy) == 0))) {
            example->database = InvalidOid;
        }
    }
}
