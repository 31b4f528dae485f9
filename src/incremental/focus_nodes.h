/* Which candidates are focus nodes. */
#ifndef RP_INCREMENTAL_FOCUS_NODES_H
#define RP_INCREMENTAL_FOCUS_NODES_H

#include "incremental/judging.h"
#include "validate/validator.h"

/* The focus nodes among the candidates, in order of the shape, then the node; in the arena. */
RpStatus rp_focus_nodes_find(RpJudging *judging, RpFocus **focus_nodes, uint32_t *count);

#endif
