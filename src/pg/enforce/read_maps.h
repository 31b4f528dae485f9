/* The read maps of the policies that this backend judges transactions by. */
#ifndef RP_PG_READ_MAPS_H
#define RP_PG_READ_MAPS_H

#include "pg/pg.h"
#include "incremental/read_map.h"

/* The map of an image; valid until the next call. */
const RpReadMap *rp_read_map_of(const RpImage *image);

#endif
