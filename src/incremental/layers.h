/* Walks go on together, layer by layer. */
#ifndef RP_INCREMENTAL_LAYERS_H
#define RP_INCREMENTAL_LAYERS_H

#include "incremental/walk.h"

/* Walk, and walk classes, until nothing is waited for. walk NULL: classes only, and what else was
 * asked for. */
RpStatus rp_layers_run(RpJudging *judging, RpWalk *walk);

#endif
