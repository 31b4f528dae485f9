/* Which generations each backend maps: told by each, read by all. The structure and why it needs no
 * lock stand in control_block.h. It says what was mapped a moment ago, and is used for nothing that
 * would go wrong by that. */
#ifndef RP_PG_BACKEND_H
#define RP_PG_BACKEND_H

#include "pg/shared/control_block.h"

/* Tell what this backend maps now. Called when that changes, never on the read path. Does not
 * raise. */
void rp_backend_show(int64 generation, int32 mapping_count, int64 mapped_bytes);

/* Tell whether this backend is in rdf_policy_wait. With false it does not raise. */
void rp_backend_set_waiting(bool is_waiting);

/* Where this backend tells how far it is; NULL: nobody could see it. Plain stores will do. */
RpProgress *rp_backend_progress(void);

/* What backend number b (0 to MaxBackends - 1) has told. False: nothing, or it is gone. */
bool rp_backend_read(int b, RpBackend *backend);

/*
 * Wake the other backends of this database that map a generation: those that are idle read their
 * invalidation messages and let go of it (current_generation.c). So it is called once the messages
 * are out. Does not raise.
 */
void rp_backend_wake_others(void);

#endif
