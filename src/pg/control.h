/*
 * The control block: which compiled generations are in shared memory. See control.c for its
 * locking.
 */
#ifndef RP_PG_CONTROL_H
#define RP_PG_CONTROL_H

#include "pg/pg.h"
#include "storage/dsm.h"
#include "image/directory.h"

/* Called once, from _PG_init: asks for shared memory where the library is preloaded. */
void rp_control_init(void);

/* Whether generations can be shared: preloaded, or a server (17 and later) that makes the block on
 * demand. */
bool rp_control_is_available(void);

/* The segment that holds a generation of this database, or DSM_HANDLE_INVALID. */
dsm_handle rp_control_find(const RpIdentity *identity);

/* Make sure that this database has a slot. False: the block is full of other, living databases.
 * Reads the catalogs. */
bool rp_control_reserve(void);

/*
 * Offer a segment that holds a generation. The segment is pinned here, and one that it pushes out
 * is unpinned. Cannot fail: it is called while a transaction commits. Does nothing where the
 * identity is offered already, or the database has no slot.
 */
void rp_control_publish(const RpIdentity *identity, dsm_segment *segment);

/* For rdf_policy_status: the number of generations of this database that are in shared memory. */
int rp_control_published_count(void);

#endif
