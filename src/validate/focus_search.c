/* See focus_search.h. */
#include "validate/focus_search.h"

#include "validate/class_index.h"
#include "validate/query_batch.h"

/* The bytes of is_named. */
static uint32_t
named_size(const RpImage *image)
{
    return image->terms.first_id + image->terms.count;
}

/* Memory is taken only where some shape names a node. */
static RpStatus
name_nodes(RpFocusSearch *search, const RpImageShape *shape, RpArena *arena, RpError *error)
{
    const RpImage *image = search->image;

    for (uint32_t i = 0; i < shape->target_count; i++) {
        const RpTarget *target = &image->targets[shape->first_target + i];

        if (target->kind == RP_TARGET_NODE && search->is_named == NULL) {
            search->is_named = rp_arena_allocate_zero(arena, named_size(image));
            if (search->is_named == NULL) {
                return rp_arena_failure(arena, error);
            }
        }
        if (target->kind == RP_TARGET_NODE) {
            search->is_named[target->term] = 1;
        }
    }
    return RP_OK;
}

RpStatus
rp_focus_search_begin(RpFocusSearch *search, const RpImage *image, RpArena *arena, RpError *error)
{
    *search = (RpFocusSearch){.image = image};
    for (uint32_t i = 0; i < image->shape_count; i++) {
        if (rp_shape_has_focus_nodes(&image->shapes[i])) {
            RP_TRY(name_nodes(search, &image->shapes[i], arena, error));
        }
    }
    return RP_OK;
}

/* Whether a target gives a node: one that is a class, or names one, is another question, and a
 * query pushes what it finds. */
static RpStatus
search_target(RpFocusSearch *search, RpEvaluation *evaluation, const RpTarget *target)
{
    RpTripleRange range;

    if (target->kind == RP_TARGET_QUERY) {
        return rp_query_batch_push_targets(evaluation, target->term - 1);
    }
    if (target->kind == RP_TARGET_SUBJECTS_OF || target->kind == RP_TARGET_OBJECTS_OF) {
        RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, target->term, RP_TERM_NONE, &range,
                              evaluation->error));
        search->is_found = search->is_found || range.first < range.end;
    }
    return RP_OK;
}

/* Whether targets of a shape that do not name nodes give any. */
static RpStatus
search_targets(RpFocusSearch *search, RpEvaluation *evaluation, uint32_t shape_index)
{
    const RpImageShape *shape = &search->image->shapes[shape_index];
    uint32_t mark = evaluation->scratch.count;

    for (uint32_t i = 0; i < shape->target_count; i++) {
        RP_TRY(search_target(search, evaluation, &search->image->targets[shape->first_target + i]));
    }
    RP_TRY(rp_class_index_push_focus_nodes(evaluation, shape_index));
    search->is_found = search->is_found || evaluation->scratch.count > mark;
    rp_scratch_release(&evaluation->scratch, mark);
    return rp_arena_poll(evaluation->arena, evaluation->error);
}

static bool
is_named(const RpFocusSearch *search, RpTermId id)
{
    return id < named_size(search->image) && search->is_named[id];
}

/* Where no node is named, whoever has validated has found all that there are. */
static RpStatus
search_graph(RpFocusSearch *search, RpEvaluation *evaluation, RpError *error)
{
    const RpGraph *graph = evaluation->graph;

    search->is_found =
        search->is_found || (search->is_named == NULL && evaluation->report->focus_node_count > 0);
    for (uint32_t i = 0; i < search->image->shape_count && !search->is_found; i++) {
        if (rp_shape_has_focus_nodes(&search->image->shapes[i])) {
            RP_TRY(search_targets(search, evaluation, i));
        }
    }
    for (uint32_t i = 0; i < graph->count && rp_focus_search_wants_triples(search); i++) {
        search->is_found = is_named(search, graph->by_subject[i].subject) ||
                           is_named(search, graph->by_subject[i].object);
        RP_TRY(rp_arena_poll(evaluation->arena, error));
    }
    return RP_OK;
}

RpStatus
rp_focus_search_graph(RpFocusSearch *search, RpEvaluation *evaluation, RpError *error)
{
    RpStatus status;

    evaluation->error = error;
    status = search_graph(search, evaluation, error);
    rp_query_batches_end(evaluation);
    return status;
}

static bool
is_named_term(const RpFocusSearch *search, const RpTerm *term)
{
    return term->kind != RP_BLANK &&
           is_named(search, rp_term_table_find(&search->image->terms, term));
}

void
rp_focus_search_triple(RpFocusSearch *search, const RpTerm *subject, const RpTerm *object)
{
    if (rp_focus_search_wants_triples(search)) {
        search->is_found = is_named_term(search, subject) || is_named_term(search, object);
    }
}
