/* See focus_list.h. */
#include "validate/focus_list.h"

#include <stdlib.h>

#include "image/target_index.h"
#include "validate/class_index.h"
#include "validate/focus_search.h"
#include "validate/query_batch.h"

enum {
    SMALL_GRAPH = 1024, /* triples up to which a list is made */
    PAIR_LIMIT = 4096,
    FIRST_CAPACITY = 32,
    CLASS_LIMIT = 64,         /* superclasses of a class that are looked at one by one */
    INSERTION_SORT_LIMIT = 32 /* below it, simple sorting is faster */
};

/* Add the pairs of a node and the shapes of targets. */
static RpStatus
add_pairs(RpEvaluation *evaluation, RpFocusList *list, RpTargetRange targets, RpTermId node)
{
    uint32_t needed = list->count + (uint32_t)(targets.end - targets.first);

    if (targets.first == targets.end) {
        return RP_OK;
    }
    if (needed > PAIR_LIMIT) {
        list->is_known = false;
        return RP_OK;
    }
    if (needed > list->capacity) {
        RpFocus *pairs = rp_arena_grow(evaluation->arena, list->pairs, list->count,
                                       needed > FIRST_CAPACITY ? needed : (uint32_t)FIRST_CAPACITY,
                                       &list->capacity, sizeof(RpFocus));

        if (pairs == NULL) {
            return rp_arena_failure(evaluation->arena, evaluation->error);
        }
        list->pairs = pairs;
    }
    for (const RpTargetEntry *target = targets.first; target < targets.end; target++) {
        if (!(evaluation->image->shapes[target->shape].flags & RP_IMAGE_SHAPE_IS_DEACTIVATED)) {
            list->pairs[list->count++] = (RpFocus){target->shape, node};
        }
    }
    return RP_OK;
}

/* The nodes that sh:targetNode names are focus nodes wherever they are. */
static RpStatus
add_named_nodes(RpEvaluation *evaluation, RpFocusList *list)
{
    RpTargetRange named = rp_target_index_find(evaluation->image, RP_TARGET_NODE, RP_TERM_NONE);

    for (const RpTargetEntry *target = named.first; target < named.end && list->is_known;
         target++) {
        RP_TRY(add_pairs(evaluation, list, (RpTargetRange){target, target + 1}, target->term));
    }
    return RP_OK;
}

/* The nodes that the queries of targets find. */
static RpStatus
add_found_nodes(RpEvaluation *evaluation, RpFocusList *list)
{
    RpTargetRange queries = rp_target_index_find(evaluation->image, RP_TARGET_QUERY, RP_TERM_NONE);
    uint32_t mark = evaluation->scratch.count;

    for (const RpTargetEntry *target = queries.first; target < queries.end; target++) {
        if (rp_shape_has_focus_nodes(&evaluation->image->shapes[target->shape])) {
            RP_TRY(rp_query_batch_push_targets(evaluation, target->term - 1));
        }
        for (uint32_t i = mark; i < evaluation->scratch.count && list->is_known; i++) {
            RP_TRY(add_pairs(evaluation, list, (RpTargetRange){target, target + 1},
                             evaluation->scratch.ids[i]));
        }
        rp_scratch_release(&evaluation->scratch, mark);
    }
    return RP_OK;
}

/* Push a class that the scratch does not have from a mark on. */
static RpStatus
push_new_class(RpEvaluation *evaluation, uint32_t mark, RpTermId class_id)
{
    RpScratch *scratch = &evaluation->scratch;

    for (uint32_t i = mark; i < scratch->count; i++) {
        if (scratch->ids[i] == class_id) {
            return RP_OK;
        }
    }
    return rp_scratch_push(scratch, class_id, evaluation->error);
}

/* Push a class and its superclasses, by the data's edges and the image's. */
static RpStatus
push_superclasses(RpEvaluation *evaluation, RpFocusList *list, RpTermId class_id)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;

    RP_TRY(rp_scratch_push(scratch, class_id, evaluation->error));
    for (uint32_t i = mark; i < scratch->count; i++) {
        RpTripleRange own = rp_subject_index_objects(&evaluation->subjects, scratch->ids[i],
                                                     RP_VOCABULARY_rdfs_subClassOf);
        RpSubclassRange known = rp_target_index_superclasses(evaluation->image, scratch->ids[i]);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (scratch->count - mark + (own.end - own.first) + (known.end - known.first) >
            CLASS_LIMIT) {
            list->is_known = false;
            return RP_OK;
        }
        for (const RpTriple *edge = own.first; edge < own.end; edge++) {
            RP_TRY(push_new_class(evaluation, mark, edge->object));
        }
        for (const RpSubclass *edge = known.first; edge < known.end; edge++) {
            RP_TRY(push_new_class(evaluation, mark, edge->superclass));
        }
    }
    return RP_OK;
}

/* Add what a node of a class is a focus node of. */
static RpStatus
add_instance(RpEvaluation *evaluation, RpFocusList *list, bool has_edges, const RpTriple *type)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;

    if (!has_edges) {
        return add_pairs(evaluation, list,
                         rp_target_index_find(evaluation->image, RP_TARGET_CLASS, type->object),
                         type->subject);
    }
    RP_TRY(push_superclasses(evaluation, list, type->object));
    for (uint32_t i = mark; i < scratch->count && list->is_known; i++) {
        RP_TRY(add_pairs(evaluation, list,
                         rp_target_index_find(evaluation->image, RP_TARGET_CLASS, scratch->ids[i]),
                         type->subject));
    }
    rp_scratch_release(scratch, mark);
    return RP_OK;
}

/* Add the ends of a triple where targets name its predicate. */
static RpStatus
add_ends(RpEvaluation *evaluation, RpFocusList *list, const RpTriple *triple)
{
    const RpImage *image = evaluation->image;

    RP_TRY(add_pairs(evaluation, list,
                     rp_target_index_find(image, RP_TARGET_SUBJECTS_OF, triple->predicate),
                     triple->subject));
    return add_pairs(evaluation, list,
                     rp_target_index_find(image, RP_TARGET_OBJECTS_OF, triple->predicate),
                     triple->object);
}

/* Whether there are targets of a kind, or one behind it. */
static bool
has_targets_from(const RpImage *image, RpTargetKind kind)
{
    return image->target_count > 0 &&
           image->target_entries[image->target_count - 1].kind >= (uint32_t)kind;
}

static RpStatus
add_triples(RpEvaluation *evaluation, RpFocusList *list)
{
    const RpGraph *graph = evaluation->graph;
    bool has_ends = has_targets_from(evaluation->image, RP_TARGET_SUBJECTS_OF);
    bool has_edges;

    RP_TRY(rp_class_index_has_edges(evaluation, &has_edges));
    for (uint32_t i = 0; i < graph->count && list->is_known; i++) {
        const RpTriple *triple = &graph->by_subject[i];

        if (triple->predicate == RP_VOCABULARY_rdf_type) {
            RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
            RP_TRY(add_instance(evaluation, list, has_edges, triple));
        }
        if (has_ends) {
            RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
            RP_TRY(add_ends(evaluation, list, triple));
        }
    }
    return RP_OK;
}

static uint64_t
rank(const RpFocus *pair)
{
    return (uint64_t)pair->shape << 32 | pair->node;
}

static int
compare_pairs(const void *a, const void *b)
{
    uint64_t left = rank(a);
    uint64_t right = rank(b);

    return (left > right) - (left < right);
}

static void
sort_few(RpFocus *pairs, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        RpFocus pair = pairs[i];
        uint32_t j = i;

        for (; j > 0 && rank(&pairs[j - 1]) > rank(&pair); j--) {
            pairs[j] = pairs[j - 1];
        }
        pairs[j] = pair;
    }
}

static void
make_set(RpFocusList *list)
{
    uint32_t kept = 0;

    if (list->count < INSERTION_SORT_LIMIT) {
        sort_few(list->pairs, list->count);
    } else {
        qsort(list->pairs, list->count, sizeof(RpFocus), compare_pairs);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        if (i == 0 || rank(&list->pairs[i]) != rank(&list->pairs[kept - 1])) {
            list->pairs[kept++] = list->pairs[i];
        }
    }
    list->count = kept;
}

RpStatus
rp_focus_list_make(RpEvaluation *evaluation, RpFocusList *list)
{
    *list = (RpFocusList){.is_known = evaluation->graph->count <= SMALL_GRAPH &&
                                      evaluation->data->slice.count == 0};
    if (list->is_known) {
        RP_TRY(add_named_nodes(evaluation, list));
        RP_TRY(add_found_nodes(evaluation, list));
    }
    if (list->is_known) {
        RP_TRY(add_triples(evaluation, list));
    }
    if (list->is_known) {
        make_set(list);
    }
    return RP_OK;
}
