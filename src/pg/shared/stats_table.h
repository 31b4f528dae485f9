/*
 * The table of what validation has counted, as it stands in shared memory: for each policy version,
 * and each of its shapes. This file knows the table and no transaction; when a backend adds to it
 * is the business of stats.c.
 *
 * Locking. RpStatsTable.lock protects every other field of the table but the key, which never
 * changes, and the callers of the functions below hold it: exclusive to add, shared to read. It is
 * an LWLock of the tranche "rdfpolicy", apart from that of the control block, so that who counts
 * never keeps a look-up waiting. No backend holds both at once.
 */
#ifndef RP_PG_STATS_TABLE_H
#define RP_PG_STATS_TABLE_H

#include "pg/pg.h"
#include "datatype/timestamp.h"
#include "storage/lwlock.h"
#include "base/hash.h"

enum {
    RP_STATS_ENTRY_LIMIT = 1024, /* of all databases; the one used longest ago makes room */
    RP_STATS_EXAMPLE_LIMIT = 64, /* of all databases; the oldest makes room */
    RP_STATS_POLICY_SIZE = 64,   /* bytes with the final NUL: a policy's name always fits */
    RP_STATS_TERM_SIZE = 256,    /* longer terms are cut */
    RP_STATS_MESSAGE_SIZE = 512
};

typedef struct RpStatsCounts {
    uint64 validations;
    uint64 accepted; /* what a version as a whole says; 0 of shapes */
    uint64 rejected;
    uint64 failed;         /* could not be judged; raised, unless it is a shadow's */
    uint64 not_parsed;     /* of these, the data was no valid document */
    uint64 newly_rejected; /* of shadows: the active version accepted it */
    uint64 newly_accepted; /* of shadows: the active version rejected it */
    uint64 without_focus;  /* data that has no focus node; 0 of shapes */
    uint64 focus_nodes;
    uint64 violations; /* results found, as far as validation went */
    uint64 time_ns;
    TimestampTz last_used;
} RpStatsCounts;

typedef struct RpStatsEntry {
    uint64 hash; /* of all of the key */
    Oid database;
    int32 version;
    char policy[RP_STATS_POLICY_SIZE];
    char shape[RP_STATS_TERM_SIZE]; /* in N-Triples form; empty: the version as a whole */
    RpStatsCounts counts;
} RpStatsEntry;

/* Data on which a shadow and the active version differ. */
typedef struct RpStatsExample {
    Oid database; /* InvalidOid: a free entry */
    TimestampTz happened_at;
    int32 active_version;
    int32 shadow_version;
    bool active_conforms;
    bool shadow_conforms;
    bool has_failed; /* the shadow could not judge it: message says why */
    char policy[RP_STATS_POLICY_SIZE];
    char focus[RP_STATS_TERM_SIZE]; /* in N-Triples form; empty: unknown */
    char shape[RP_STATS_TERM_SIZE];
    char message[RP_STATS_MESSAGE_SIZE];
} RpStatsExample;

/* What stands in the control block. */
typedef struct RpStatsTable {
    RpHashKey key; /* of the entries' hashes: random, never changed */
    LWLock lock;   /* protects the four below */
    /* The entries' hashes once more, close together for a fast search; 0: the entry is free. */
    uint64 hashes[RP_STATS_ENTRY_LIMIT];
    RpStatsEntry entries[RP_STATS_ENTRY_LIMIT];
    uint64 example_count; /* ever written: the next goes to this modulo the limit */
    RpStatsExample examples[RP_STATS_EXAMPLE_LIMIT];
} RpStatsTable;

/* Make an empty table, in memory that nobody else sees yet. */
void rp_stats_table_make(RpStatsTable *table, int tranche);

/* Add what an entry counts to the entry of the same hash, or enter it. The lock is held exclusive.
 * Does not raise. */
void rp_stats_table_add(RpStatsTable *table, const RpStatsEntry *entry);

/* Enter an example. The lock is held exclusive. Does not raise. */
void rp_stats_table_add_example(RpStatsTable *table, const RpStatsExample *example);

/* Forget what was counted of a database: all (policy NULL), or of one version. The lock is held
 * exclusive. Does not raise. */
void rp_stats_table_forget(RpStatsTable *table, Oid database, const char *policy, int32 version);

/* Add counts to others: in the table under its lock, or in a backend's own memory. */
void rp_stats_counts_add(RpStatsCounts *sum, const RpStatsCounts *counts);

#endif
