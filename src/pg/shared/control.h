/*
 * The control block: which compiled generations are in shared memory. See control.c for its
 * locking.
 */
#ifndef RP_PG_CONTROL_H
#define RP_PG_CONTROL_H

#include "pg/pg.h"
#include "storage/dsm.h"
#include "image/directory.h"
#include "pg/shared/stats.h"

/* Called once, from _PG_init: asks for shared memory where the library is preloaded. */
void rp_control_init(void);

/* Whether generations can be shared: preloaded, or a server (17 and later) that makes the block on
 * demand. */
bool rp_control_is_available(void);

/* The segment that holds a generation of this database, or DSM_HANDLE_INVALID. */
dsm_handle rp_control_find(const RpIdentity *identity);

/* The generation of this database that was published last. False: none. */
bool rp_control_newest(RpIdentity *identity);

/* Make sure that this database has a slot. False: the block is full of other, living databases.
 * Reads the catalogs. */
bool rp_control_reserve(void);

/*
 * Offer a segment that holds a generation. The segment is pinned here, and one that it pushes out
 * is unpinned. Cannot fail: it is called while a transaction commits. Does nothing where the
 * identity is offered already, or the database has no slot.
 */
void rp_control_publish(const RpIdentity *identity, dsm_segment *segment);

/*
 * Which generations a backend has mapped. For display, for waking idle backends, and for
 * rdf_policy_wait.
 */
typedef struct RpHolding {
    int pid; /* 0: no backend, or none that ever mapped a generation */
    Oid database;
    int64 generation;    /* the one it mapped last; 0 where mapping_count is 0 */
    int32 mapping_count; /* generations that it maps, shared or private */
    int64 mapped_bytes;
    bool is_waiting; /* in rdf_policy_wait */
} RpHolding;

/* Tell what this backend maps now. Called when that changes, never on the read path. Does not
 * raise. */
void rp_control_show(int64 generation, int32 mapping_count, int64 mapped_bytes);

/* Tell whether this backend is in rdf_policy_wait. Does not raise. */
void rp_control_set_waiting(bool is_waiting);

/* What backend number b (0 to MaxBackends - 1) has told. False: nothing, or it is gone. */
bool rp_control_holding(int b, RpHolding *holding);

/* What validation has counted, in shared memory; NULL where there is none. */
RpStatsTable *rp_control_stats(void);

/* A version that is not in force, and that calls name all the same (name@version). */
typedef struct RpNamedVersion {
    char policy[64]; /* a policy name has 63 bytes at most */
    int32 version;
} RpNamedVersion;

enum { RP_NAMED_VERSION_LIMIT = 16 /* of one database */ };

/*
 * Have the next generation carry a version that a generation has shown to have been in force, so
 * that backends need not each load it. Only what a published generation shows is remembered: what
 * is not committed may be undone.
 */
void rp_control_remember_version(const RpIdentity *identity, RpText policy, int32 version);

/* What was asked to be carried in this epoch; named has room for RP_NAMED_VERSION_LIMIT. Returns
 * how many. */
uint32 rp_control_named_versions(const RpIdentity *identity, RpNamedVersion *named);

/* For rdf_policy_status: the number of generations of this database that are in shared memory. */
int rp_control_published_count(void);

#endif
