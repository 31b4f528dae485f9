/* See part_judge.h. */
#include "incremental/part_judge.h"

#include "incremental/candidates.h"
#include "incremental/focus_judge.h"

/* Add all nodes of the part as candidates of a shape, if it can have focus nodes. */
static RpStatus
add_shape(RpJudging *judging, const RpPart *part, uint32_t shape)
{
    uint32_t start = judging->map->starts[shape];

    for (uint32_t i = 0; i < part->node_count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (start != 0 && judging->map->shapes[start] != 0) {
            RP_TRY(rp_candidates_add(judging, shape, part->nodes[i]));
        }
    }
    return RP_OK;
}

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

RpStatus
rp_part_judge(RpDataGraph *data, const RpReadMap *map, const RpPart *part, const RpStore *store,
              const RpJudgeLimits *limits, uint32_t depth_limit, RpReport *report,
              RpJudgeOutcome *outcome, RpError *error)
{
    RpJudging judging;
    RpStatus status;

    rp_judging_init(&judging, data, map, store, limits, depth_limit, outcome, error);
    status = add_shapes(&judging, part);
    if (status == RP_OK) {
        status = rp_focus_judge(&judging, report);
    }
    return rp_judging_end(&judging, status);
}
