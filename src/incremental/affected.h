/* Changes → what has to be evaluated again, and for whom. */
#ifndef RP_INCREMENTAL_AFFECTED_H
#define RP_INCREMENTAL_AFFECTED_H

#include "incremental/change.h"
#include "incremental/walk.h"

/* Walk backwards, with a walk that has just been made, from all that the changes touch; add focus
 * nodes to the candidates, and those that may be new to the added ones. */
RpStatus rp_affected_find(RpJudging *judging, RpWalk *walk, const RpChange *changes,
                          uint32_t count);

#endif
