/* See judging.h. */
#include "incremental/judging.h"

/* All sets of classes share the judgement's room: a hierarchy may be as large as the graph. */
static void
init_classes(RpJudging *judging)
{
    RpClassWalk *classes = &judging->classes;
    const RpHashKey *key = rp_dictionary_key(&judging->data->dictionary);

    for (uint32_t i = 0; i < 2; i++) {
        rp_graph_init(&classes->removed[i], judging->arena, NULL);
    }
    rp_pair_set_init(&classes->met, judging->arena, key, &judging->room);
    for (uint32_t i = 0; i < RP_CLOSURE_KINDS; i++) {
        rp_pair_set_init(&classes->closures[i], judging->arena, key, &judging->room);
    }
}

/* The outcome begins as nothing, whatever the caller had in it. */
void
rp_judging_init(RpJudging *judging, RpDataGraph *data, const RpReadMap *map, const RpStore *store,
                const RpJudgeLimits *limits, uint32_t depth_limit, RpJudgeOutcome *outcome,
                RpError *error)
{
    const RpHashKey *key = rp_dictionary_key(&data->dictionary);

    *outcome = (RpJudgeOutcome){0};
    *judging = (RpJudging){.data = data,
                           .map = map,
                           .arena = data->arena,
                           .error = error,
                           .outcome = outcome,
                           .depth_limit = depth_limit,
                           .room = {.left = limits->pairs}};
    rp_fetched_init(&judging->fetched, data, store, limits, outcome, error);
    rp_pair_set_init(&judging->candidates, data->arena, key, &judging->room);
    rp_pair_set_init(&judging->added, data->arena, key, &judging->room);
    rp_pair_set_init(&judging->known, data->arena, key, &judging->room);
    init_classes(judging);
}

RpStatus
rp_judging_ask_whole(RpJudging *judging, uint32_t query)
{
    judging->outcome->is_beyond = true;
    judging->outcome->whole_query = query;
    return rp_error_set(judging->error, RP_TOO_LARGE, "a query reads the whole graph");
}

/* Beyond a limit is no error: whoever asked judges the whole graph instead. RP_TOO_LARGE for
 * another reason stays one. */
RpStatus
rp_judging_end(RpJudging *judging, RpStatus status)
{
    if (judging->room.is_used_up || (status == RP_TOO_LARGE && judging->arena->has_met_limit)) {
        judging->outcome->is_beyond = true;
    }
    return status == RP_TOO_LARGE && judging->outcome->is_beyond ? RP_OK : status;
}
