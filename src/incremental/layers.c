/* See layers.h. */
#include "incremental/layers.h"

#include "incremental/class_walk.h"

/* Walks and classes go on as far as they can before a layer is fetched: a layer may cost locks, and
 * a query. */
RpStatus
rp_layers_run(RpJudging *judging, RpWalk *walk)
{
    for (;;) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (walk) {
            RP_TRY(rp_walk_on(judging, walk));
        }
        RP_TRY(rp_class_walk_on(judging));
        if (!rp_fetched_is_waiting(&judging->fetched)) {
            return RP_OK;
        }
        RP_TRY(rp_fetched_layer(&judging->fetched));
    }
}
