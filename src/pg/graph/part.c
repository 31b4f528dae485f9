/* See part.h. */
#include "pg/graph/part.h"

#include "incremental/part_judge.h"
#include "pg/graph/focus_candidates.h"
#include "pg/graph/graph_store.h"
#include "pg/graph/progress.h"
#include "pg/server/bridge.h"
#include "pg/server/debug_point.h"
#include "pg/server/guc.h"

/* Shapes with targets alone: others are evaluated where these refer to them. In the current memory
 * context. */
uint32 *
rp_part_shapes(const RpImage *image, const RpTerm *name, uint32 *count)
{
    RpTermId node = name == NULL ? RP_TERM_NONE : rp_term_table_find(&image->terms, name);
    uint32 *shapes = palloc(sizeof(uint32) * (image->shape_count + 1));

    *count = 0;
    for (uint32 i = 0; i < image->shape_count; i++) {
        const RpImageShape *shape = &image->shapes[i];

        if (shape->target_count > 0 && !(shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) &&
            (name == NULL || (node != RP_TERM_NONE && shape->node == node))) {
            shapes[(*count)++] = i;
        }
    }
    return shapes;
}

/* ERROR 42704 rather than a report without results: a name that is misspelt would look like data
 * that conforms. */
void
rp_part_require_shape(const RpPolicySelection *selection, const RpTerm *shape)
{
    uint32 count;
    RpShown shown;

    for (uint32 i = 0; i < selection->use_count; i++) {
        (void)rp_part_shapes(selection->uses[i].image, shape, &count);
        if (count > 0) {
            return;
        }
    }
    ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                    errmsg("no policy that is asked has a shape \"%s\" with targets",
                           rp_text_show(shape->lexical, &shown)),
                    errhint("rdf_policy_shapes lists the shapes and their targets.")));
}

/* The focus nodes that the caller names, as ids. */
static RpStatus
name_nodes(const RpStoredPart *part, RpFocusCandidates *candidates, RpError *error)
{
    candidates->count = Min(part->focus_count, part->limit);
    candidates->nodes = palloc(sizeof(RpTermId) * (Size)(candidates->count + 1));
    for (uint32 i = 0; i < candidates->count; i++) {
        RP_TRY(rp_dictionary_add(&candidates->data->dictionary, &part->focus[i],
                                 &candidates->nodes[i], error));
    }
    candidates->count = rp_term_ids_to_set(candidates->nodes, candidates->count);
    return RP_OK;
}

static RpStatus
refuse_part(const RpImage *image, uint32_t query, RpError *error)
{
    rp_error_set(error, RP_UNSUPPORTED,
                 "a part of the graph cannot be judged alone: a query reads all of it");
    rp_error_hint(error, "Have the whole graph judged, without a shape or focus nodes. A query "
                         "that begins at $this, and goes on from there, reads a part.");
    return rp_read_map_tell_query(image, query, error);
}

/* Beyond memory and triples it is an error, as there is nothing else to fall back on. */
static RpStatus
refuse_size(const RpDataGraph *data, RpError *error)
{
    if (data->arena->has_met_limit) {
        rp_arena_failure(data->arena, error);
    } else {
        rp_error_set(error, RP_TOO_LARGE, "the part reads more than %d triples",
                     rp_guc_max_triples);
    }
    return rp_error_hint(error, "Ask for fewer focus nodes (limit_focus).");
}

/* A query that finds focus nodes of the shapes: its index + 1; 0: there is none. */
static uint32_t
target_query(const RpImage *image, const uint32_t *shapes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const RpImageShape *shape = &image->shapes[shapes[i]];

        for (uint32_t j = 0; j < shape->target_count; j++) {
            const RpTarget *target = &image->targets[shape->first_target + j];

            if (target->kind == RP_TARGET_QUERY) {
                return target->term;
            }
        }
    }
    return 0;
}

/* No limit of pairs or reads: who asks for a part waits for it, and memory and triples are bounded.
 */
static RpStatus
validate(const void *stored, RpDataGraph *data, RpReport *report, RpError *error)
{
    const RpStoredPart *part = stored;
    RpJudgeLimits limits = {UINT64_MAX, (uint64_t)rp_guc_max_triples, UINT64_MAX};
    RpJudgeOutcome outcome = {0};
    RpStore store;
    RpFocusCandidates candidates = {.data = data, .store = &store, .limit = part->limit};
    RpPart judged = {0};
    RpReadMap *map;
    uint32 query;
    uint32 *shapes = rp_part_shapes(data->image, part->shape, &judged.shape_count);
    RpStatus status;

    if (judged.shape_count == 0) {
        return RP_OK;
    }
    rp_graph_progress_phase(RP_PHASE_PART, 0);
    rp_graph_progress_count(&outcome.triple_count);
    rp_graph_store_make(&store, part->data.graph, &part->data.graphs);
    query = target_query(data->image, shapes, judged.shape_count);
    if (part->focus == NULL && query != 0) {
        return refuse_part(data->image, query, error);
    }
    RP_TRY(part->focus != NULL
               ? name_nodes(part, &candidates, error)
               : rp_focus_candidates_find(&candidates, shapes, judged.shape_count, error));
    judged.shapes = shapes;
    judged.nodes = candidates.nodes;
    judged.node_count = candidates.count;
    RP_TRY(rp_read_map_make(data->image, data->arena, &map, error));
    RP_DEBUG_POINT("graph");
    status = rp_part_judge(data, map, &judged, &store, &limits, (uint32_t)rp_guc_max_depth, report,
                           &outcome, error);
    if (status == RP_OK && outcome.is_beyond) {
        return outcome.whole_query != 0 ? refuse_part(data->image, outcome.whole_query, error)
                                        : refuse_size(data, error);
    }
    return status;
}

RpStatus
rp_part_validate(const void *stored, RpText policy, RpDataGraph *data, RpReport *report,
                 RpError *error)
{
    const RpStoredPart *part = stored;

    return rp_graph_progress_run(part->data.graph->name, policy, validate, stored, data, report,
                                 error);
}
