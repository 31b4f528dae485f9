/* See focus_judge.h. */
#include "incremental/focus_judge.h"

#include "incremental/focus_nodes.h"
#include "incremental/layers.h"

/* Walk forwards from focus nodes: then all that evaluating them reads is fetched. */
static RpStatus
reach(RpJudging *judging, const RpFocus *focus_nodes, uint32_t count)
{
    RpWalk walk;

    rp_walk_init(&walk, judging, true);
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_walk_add(judging, &walk, judging->map->starts[focus_nodes[i].shape],
                           focus_nodes[i].node));
    }
    return rp_layers_run(judging, &walk);
}

RpStatus
rp_focus_judge(RpJudging *judging, RpReport *report)
{
    RpFocus *focus_nodes;
    uint32_t count;

    RP_TRY(rp_focus_nodes_find(judging, &focus_nodes, &count));
    RP_TRY(reach(judging, focus_nodes, count));
    RP_TRY(rp_fetched_fill(&judging->fetched));
    judging->outcome->focus_count = count;
    return rp_validate_focus_nodes(judging->data, focus_nodes, count, judging->depth_limit, report,
                                   judging->error);
}
