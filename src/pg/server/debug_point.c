/* Waiting at a named place, for tests of races. */
#include "pg/server/debug_point.h"

#include "utils/fmgrprotos.h"

char *rp_debug_point = NULL;

void
rp_debug_point_wait(const char *name)
{
    Datum key = Int64GetDatum(RP_DEBUG_POINT_LOCK);

    if (strcmp(rp_debug_point, name) != 0) {
        return;
    }
    DirectFunctionCall1(pg_advisory_lock_int8, key);
    DirectFunctionCall1(pg_advisory_unlock_int8, key);
}
