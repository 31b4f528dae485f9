/* Which candidates are focus nodes. */
#ifndef RP_INCREMENTAL_FOCUS_NODES_H
#define RP_INCREMENTAL_FOCUS_NODES_H

#include "incremental/judging.h"

/* The focus nodes among the candidates: shape → node, frozen. */
RpStatus rp_focus_nodes_find(RpJudging *judging, RpGraph *focus_nodes);

#endif
