/* See focus_judge.h. */
#include "incremental/focus_judge.h"

#include "incremental/layers.h"
#include "validate/validator.h"

/* Walk forwards: then all that evaluation reads is fetched. */
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

/* Units, or the focus nodes of a part: both are evaluated alike, as what a unit gives stands in the
 * report as it is (README.md, "Units"). */
RpStatus
rp_focus_judge(RpJudging *judging, const RpGraph *nodes, RpReport *report)
{
    RpFocus *focus_nodes =
        rp_arena_allocate(judging->arena, sizeof(RpFocus) * ((size_t)nodes->count + 1));

    if (!focus_nodes) {
        return rp_arena_failure(judging->arena, judging->error);
    }
    for (uint32_t i = 0; i < nodes->count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        focus_nodes[i] = (RpFocus){nodes->by_subject[i].subject, nodes->by_subject[i].object};
    }
    RP_TRY(reach(judging, focus_nodes, nodes->count));
    RP_TRY(rp_fetched_fill(&judging->fetched));
    judging->outcome->focus_count = nodes->count;
    report->focus_node_total = nodes->count;
    return rp_validate_focus_nodes(judging->data, focus_nodes, nodes->count, judging->depth_limit,
                                   report, judging->error);
}
