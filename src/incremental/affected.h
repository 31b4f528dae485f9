/* Changes → the focus nodes that may notice. */
#ifndef RP_INCREMENTAL_AFFECTED_H
#define RP_INCREMENTAL_AFFECTED_H

#include "incremental/change.h"
#include "incremental/judging.h"

/* Add all nodes as candidates that one of the changes may have made violate a shape. */
RpStatus rp_affected_find(RpJudging *judging, const RpChange *changes, uint32_t count);

#endif
