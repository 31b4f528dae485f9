/* What has to be evaluated. */
#ifndef RP_INCREMENTAL_UNITS_H
#define RP_INCREMENTAL_UNITS_H

#include "incremental/walk.h"

/*
 * The least that has to be evaluated after a walk backwards: shape → node, frozen. Of focus nodes
 * that are new, all; else the units that are below a focus node, but for those that are below what
 * is evaluated anyway.
 */
RpStatus rp_units_find(RpJudging *judging, RpWalk *walk, const RpGraph *focus_nodes,
                       RpGraph *nodes);

#endif
