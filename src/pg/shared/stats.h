/*
 * What validation counts: for each policy version, and each of its shapes, in shared memory (view
 * rdf_policy_stats). See stats.c for the locking.
 */
#ifndef RP_PG_STATS_H
#define RP_PG_STATS_H

#include "pg/pg.h"
#include "datatype/timestamp.h"
#include "storage/lwlock.h"
#include "base/text.h"

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
    uint64 failed;         /* of shadows: could not be judged */
    uint64 newly_rejected; /* of shadows: the active version accepted it */
    uint64 newly_accepted; /* of shadows: the active version rejected it */
    uint64 focus_nodes;
    uint64 violations; /* results found, as far as validation went */
    uint64 time_ns;
    TimestampTz last_used;
} RpStatsCounts;

typedef struct RpStatsEntry {
    uint64 hash; /* of all of the key; 0: a free entry */
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

/* What stands in shared memory, in the control block. */
typedef struct RpStatsTable {
    LWLock lock;                         /* protects all of it */
    uint64 hashes[RP_STATS_ENTRY_LIMIT]; /* of the entries, for a fast search */
    RpStatsEntry entries[RP_STATS_ENTRY_LIMIT];
    uint64 example_count; /* ever written: the next goes to this modulo the limit */
    RpStatsExample examples[RP_STATS_EXAMPLE_LIMIT];
} RpStatsTable;

/* Make an empty table; called by whoever makes the control block. */
void rp_stats_table_make(RpStatsTable *table, int tranche);

/* Add to the counts of a version (shape empty) or one of its shapes, in this backend's memory. */
void rp_stats_add(RpText policy, int32 version, RpText shape, const RpStatsCounts *counts);

/* Add an example, in this backend's memory; database is set here. */
void rp_stats_add_example(const RpStatsExample *example);

/* Copy a text, cut where it does not fit. */
void rp_stats_copy_text(char *target, size_t size, RpText text);

/*
 * What this database has in shared memory, after what this backend has counted was added. Both
 * return how many there are, *entries in the current memory context; 0 without shared memory.
 * Examples come newest first.
 */
uint32 rp_stats_read(RpStatsEntry **entries);
uint32 rp_stats_read_examples(RpStatsExample **examples);

/* Forget what was counted of this database: all (policy NULL), or of one version. */
void rp_stats_reset(const char *policy, int32 version);

#endif
