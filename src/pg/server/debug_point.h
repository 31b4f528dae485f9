/*
 * Named places at which a test can hold a backend: where rdfpolicy.debug_point (superusers only)
 * names the place, the backend waits there for advisory lock 0x5250, which the test holds. Costs
 * one comparison; stands on no hot path.
 */
#ifndef RP_PG_DEBUG_POINT_H
#define RP_PG_DEBUG_POINT_H

#include "pg/pg.h"

enum { RP_DEBUG_POINT_LOCK = 0x5250 }; /* pg_advisory_lock(21072) */

extern char *rp_debug_point;

void rp_debug_point_wait(const char *name);

#define RP_DEBUG_POINT(name)                                                 \
    do {                                                                     \
        if (unlikely(rp_debug_point != NULL && rp_debug_point[0] != '\0')) { \
            rp_debug_point_wait(name);                                       \
        }                                                                    \
    } while (0)

#endif
