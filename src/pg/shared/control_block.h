/*
 * The control block: all of ours that stands in the server's fixed shared memory, one for the
 * server. Here is its layout, and which lock protects which part; control.c, backend.c and stats.c
 * do the work.
 *
 * Locking. RpControl.lock and RpStatsTable.lock are LWLocks of one tranche, "rdfpolicy" (so
 * pg_stat_activity names a wait for either). They are held for a few comparisons and copies, never
 * while memory is made, a segment is attached or a table is read, and nothing that can raise runs
 * under them. No backend holds both, and PostgreSQL's own DynamicSharedMemoryControlLock is taken
 * before or after, never within: so there is no order of locks to keep. The backends have no lock
 * (see there).
 */
#ifndef RP_PG_CONTROL_BLOCK_H
#define RP_PG_CONTROL_BLOCK_H

#include "pg/pg.h"
#include "storage/dsm.h"
#include "storage/lwlock.h"
#include "image/directory.h"
#include "validate/slice.h"
#include "pg/shared/stats_table.h"

enum {
    /* Raise it with any change of what stands in the block. */
    RP_CONTROL_FORMAT = 4,

    RP_CONTROL_SLOTS = 64, /* databases that share generations; others keep private ones */
    /* Generations of one database: the newest, and some for slightly older snapshots. */
    RP_CONTROL_PUBLICATIONS = 4,
    RP_NAMED_VERSION_LIMIT = 16 /* of one database */
};

/* A generation that any backend of its database can attach. */
typedef struct RpPublication {
    RpIdentity identity; /* RpControl.lock */
    dsm_handle handle;   /* RpControl.lock; DSM_HANDLE_INVALID: empty. The slot owns a pin of it */
} RpPublication;

/* A version that is not in force, and that calls name all the same (name@version). */
typedef struct RpNamedVersion {
    char policy[64]; /* RpControl.lock; a policy name has 63 bytes at most */
    int32 version;   /* RpControl.lock */
} RpNamedVersion;

/* What one database shares. */
typedef struct RpControlSlot {
    Oid database; /* RpControl.lock; InvalidOid: the slot is free, and the rest means nothing */
    RpPublication publications[RP_CONTROL_PUBLICATIONS]; /* RpControl.lock; newest first */
    RpNamedVersion named[RP_NAMED_VERSION_LIMIT]; /* RpControl.lock; a ring: the last ones stay */
    uint64 named_count;                           /* RpControl.lock; ever put there */
    uint8 named_epoch[RP_IDENTITY_PART_SIZE];     /* RpControl.lock; of the extension they are of */
} RpControlSlot;

/* What a backend is doing that takes long. */
typedef enum RpPhase {
    RP_PHASE_NONE,
    RP_PHASE_ROWS,       /* reading the rows of a graph's relations */
    RP_PHASE_DICTIONARY, /* reading what their ids mean */
    RP_PHASE_VALIDATE,
    RP_PHASE_LINKS, /* finding what links the nodes of a graph that is judged in slices */
    RP_PHASE_SLICE, /* reading a slice */
    RP_PHASE_PART   /* looking up what a part reads, and validating it */
} RpPhase;

/* How far judging a graph in tables is. Numbers that are not known yet are 0. */
typedef struct RpProgress {
    int phase;      /* RpPhase */
    RpSlice slice;  /* the one that is judged; no count: there are none */
    char graph[64]; /* names have 63 bytes at most */
    char policy[64];
    int64 rows_read; /* of a relation; of the dictionary in its phase */
    int64 rows_total;
    int64 focus_done; /* pairs of a shape and a focus node */
    int64 focus_total;
    int64 memory_bytes;
} RpProgress;

/*
 * A backend, and which generations it maps: for display, for waking idle backends, and for
 * rdf_policy_wait. No lock: each is written by its own backend alone, with plain stores, pid last
 * after a write barrier and cleared first of all when the backend exits. Who reads one may see the
 * values of two moments, and must not mind: a wake-up too many, or a number that was true just now.
 */
typedef struct RpBackend {
    int pid; /* 0: no backend, or none that ever mapped a generation */
    Oid database;
    int64 generation;    /* the one it mapped last; 0 where mapping_count is 0 */
    int32 mapping_count; /* generations that it maps, shared or private */
    int64 mapped_bytes;
    bool is_waiting; /* in rdf_policy_wait */
    RpProgress progress;
} RpBackend;

typedef struct RpControl {
    LWLock lock; /* protects slots */
    int tranche; /* of both locks; written once, before anybody else sees the block */
    RpControlSlot slots[RP_CONTROL_SLOTS];
    RpStatsTable stats; /* RpStatsTable.lock, which stands in it */
    RpBackend
        backends[FLEXIBLE_ARRAY_MEMBER]; /* no lock; of MaxBackends backends, by their numbers */
} RpControl;

/* Called once, from _PG_init: asks for shared memory where the library is preloaded. */
void rp_control_block_init(void);

/*
 * The block; NULL where generations cannot be shared: not preloaded, on a server before 17. From 17
 * on the first caller of each backend maps it, and the first of all makes it: that can raise.
 */
RpControl *rp_control_block(void);

/* The block as far as this backend knows it already; else NULL. Never raises: for the end of a
 * transaction or of the backend. */
RpControl *rp_control_block_known(void);

#endif
