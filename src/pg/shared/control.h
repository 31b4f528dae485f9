/*
 * What the databases share by the control block: for each, the generations that can be attached,
 * and the former versions that calls have named. See control.c for the locking.
 */
#ifndef RP_PG_CONTROL_H
#define RP_PG_CONTROL_H

#include "pg/shared/control_block.h"

/* The segment that holds a generation of this database, or DSM_HANDLE_INVALID. */
dsm_handle rp_control_find(const RpIdentity *identity);

/* The generation of this database that was published last. False: none. */
bool rp_control_newest(RpIdentity *identity);

/*
 * Before a segment is made: free the slots of databases that are gone, and make sure that this one
 * has a slot. False: generations cannot be shared, or the block is full of other, living databases.
 * Reads the catalogs, so it may raise.
 */
bool rp_control_reserve(void);

/*
 * Offer a segment that holds a generation. The segment is pinned here, and one that it pushes out
 * is unpinned. Cannot fail: it is called while a transaction commits. Does nothing where the
 * identity is offered already, or the database has no slot.
 */
void rp_control_publish(const RpIdentity *identity, dsm_segment *segment);

/*
 * Free the slot of a database, if it has one, unpin what it offers, and forget what was counted of
 * it: the database is dropped, or its extension is. Cannot fail: it is called while a transaction
 * commits. Whoever maps one of the segments keeps it.
 */
void rp_control_free(Oid database);

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
