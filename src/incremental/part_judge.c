/* See part_judge.h. */
#include "incremental/part_judge.h"

#include "incremental/candidates.h"
#include "incremental/focus_judge.h"
#include "incremental/focus_nodes.h"

/* Add all nodes of the part as candidates of a shape, if it can have focus nodes. */
static RpStatus
add_shape(RpJudging *judging, const RpPart *part, uint32_t shape)
{
    for (uint32_t i = 0; i < part->node_count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (judging->map->starts[shape] != 0 &&
            judging->data->image->shapes[shape].target_count > 0) {
            RP_TRY(rp_candidates_add(judging, shape, part->nodes[i]));
        }
    }
    return RP_OK;
}

/* No shapes named: all of the image's. */
static RpStatus
add_shapes(RpJudging *judging, const RpPart *part)
{
    uint32_t count = part->shape_count > 0 ? part->shape_count : judging->data->image->shape_count;

    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(add_shape(judging, part, part->shape_count > 0 ? part->shapes[i] : i));
    }
    return RP_OK;
}

static RpStatus
judge(RpJudging *judging, const RpPart *part, RpReport *report)
{
    RpGraph focus_nodes;

    RP_TRY(add_shapes(judging, part));
    RP_TRY(rp_focus_nodes_find(judging, &focus_nodes));
    return rp_focus_judge(judging, &focus_nodes, report);
}

RpStatus
rp_part_judge(RpDataGraph *data, const RpReadMap *map, const RpPart *part, const RpStore *store,
              const RpJudgeLimits *limits, uint32_t depth_limit, RpReport *report,
              RpJudgeOutcome *outcome, RpError *error)
{
    RpJudging judging;

    rp_judging_init(&judging, data, map, store, limits, depth_limit, outcome, error);
    return rp_judging_end(&judging, judge(&judging, part, report));
}
