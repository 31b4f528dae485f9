/* See focus_nodes.h. */
#include "incremental/focus_nodes.h"

#include "incremental/candidates.h"
#include "incremental/class_walk.h"
#include "incremental/layers.h"
#include "incremental/target_queries.h"

/* Whether a node is an instance of a class. By rdf:type itself, that shows at once; else classes
 * above its own are asked for at first, and known then. */
static RpStatus
find_type(RpJudging *judging, RpTermId node, RpTermId class_id, bool is_first, bool *is_instance)
{
    RpStoreRead read = {node, RP_VOCABULARY_rdf_type, false};
    const RpTriple *type;
    RpAnswers types;

    *is_instance = false;
    RP_TRY(rp_fetched_get(&judging->fetched, read, &types));
    while (!*is_instance && (type = rp_answers_next(&types)) != NULL) {
        *is_instance = type->object == class_id;
    }
    if (*is_instance) {
        return RP_OK;
    }
    RP_TRY(rp_fetched_get(&judging->fetched, read, &types));
    while (!*is_instance && (type = rp_answers_next(&types)) != NULL) {
        RP_TRY(is_first ? rp_class_walk_add(judging, type->object, false)
                        : rp_class_walk_is_below(judging, type->object, class_id, is_instance));
    }
    return RP_OK;
}

/* Whether a candidate has one of a shape's targets. At first classes are not known, but asked for:
 * then it may be said to have none. */
static RpStatus
is_focus_node(RpJudging *judging, const RpNodePair *candidate, bool is_first, bool *is_focus)
{
    const RpImage *image = judging->data->image;
    const RpImageShape *shape = &image->shapes[candidate->of];

    *is_focus = rp_pair_set_find(&judging->known, candidate->of, candidate->node) != 0;
    for (uint32_t i = 0; i < shape->target_count && !*is_focus; i++) {
        const RpTarget *target = &image->targets[shape->first_target + i];
        RpStoreRead read;
        RpAnswers answers;

        if (target->kind == RP_TARGET_QUERY) {
            continue; /* what it finds is known */
        }
        if (target->kind == RP_TARGET_CLASS) {
            RP_TRY(find_type(judging, candidate->node, target->term, is_first, is_focus));
        } else if (!rp_candidates_read(target, candidate->node, &read)) {
            *is_focus = candidate->node == target->term;
        } else {
            RP_TRY(rp_fetched_get(&judging->fetched, read, &answers));
            *is_focus = rp_answers_next(&answers) != NULL;
        }
    }
    return RP_OK;
}

/* Twice through the candidates: the first asks for classes above their types, of which a layer is
 * read in between, with what queries of targets read. What is decided in the first round is decided
 * again, and not kept. */
RpStatus
rp_focus_nodes_find(RpJudging *judging, RpGraph *focus_nodes)
{
    const RpPairSet *candidates = &judging->candidates;
    bool is_focus;

    RP_TRY(rp_layers_run(judging, NULL));
    for (uint32_t i = 0; i < candidates->count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(is_focus_node(judging, &candidates->pairs[i], true, &is_focus));
    }
    RP_TRY(rp_target_queries_ask(judging));
    rp_graph_init(focus_nodes, judging->arena, NULL);
    for (uint32_t i = 0; i < candidates->count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(is_focus_node(judging, &candidates->pairs[i], false, &is_focus));
        if (is_focus) {
            RP_TRY(rp_graph_add(
                focus_nodes,
                (RpTriple){candidates->pairs[i].of, RP_PAIR_PREDICATE, candidates->pairs[i].node},
                judging->error));
        }
    }
    return rp_graph_freeze(focus_nodes, judging->error);
}
