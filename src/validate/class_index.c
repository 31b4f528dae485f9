/*
 * See class_index.h. The set of a class is found by walking rdfs:subClassOf backwards, breadth
 * first, once for each class that has subclasses; it is then kept, sorted, in a hash table.
 */
#include "validate/class_index.h"

#include "base/hash.h"

typedef struct ClassSet {
    RpTermId class_id; /* 0: an empty slot */
    RpValues classes;
} ClassSet;

struct RpClassIndex {
    bool is_ready;       /* has_subclasses is known */
    bool has_subclasses; /* some rdfs:subClassOf is there at all */
    ClassSet *slots;     /* hash table, linear probing */
    uint32_t slot_count; /* 0 or a power of two, more than count */
    uint32_t count;
};

enum { FIRST_SLOT_COUNT = 16 };

RpStatus
rp_class_index_make(RpEvaluation *evaluation, RpClassIndex **index)
{
    *index = rp_arena_allocate_zero(evaluation->arena, sizeof(RpClassIndex));
    return *index ? RP_OK : rp_arena_failure(evaluation->arena, evaluation->error);
}

/* Find out whether there are subclasses, once. */
static RpStatus
make_ready(RpEvaluation *evaluation, RpClassIndex *index)
{
    RpTripleRange range;

    if (index->is_ready) {
        return RP_OK;
    }
    RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdfs_subClassOf,
                          RP_TERM_NONE, &range, evaluation->error));
    index->has_subclasses =
        rp_triple_range_count(range) > 0 || evaluation->image->subclass_count > 0;
    index->is_ready = true;
    return RP_OK;
}

/* The image's edges to a superclass start here: they are sorted by superclass, then subclass. */
static uint32_t
first_image_edge(const RpImage *image, RpTermId superclass)
{
    uint32_t low = 0;
    uint32_t high = image->subclass_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (image->subclasses[middle].superclass < superclass) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Push a class if it is not marked yet. */
static RpStatus
push_new(RpEvaluation *evaluation, RpMarks *visited, RpTermId class_id)
{
    if (!rp_marks_add(visited, class_id)) {
        return RP_OK;
    }
    return rp_scratch_push(&evaluation->scratch, class_id, evaluation->error);
}

static RpStatus
push_direct_subclasses(RpEvaluation *evaluation, RpMarks *visited, RpTermId class_id)
{
    const RpImage *image = evaluation->image;
    RpTripleRange range;

    RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdfs_subClassOf, class_id,
                          &range, evaluation->error));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RP_TRY(push_new(evaluation, visited, triple->subject));
    }
    for (uint32_t i = first_image_edge(image, class_id);
         i < image->subclass_count && image->subclasses[i].superclass == class_id; i++) {
        RP_TRY(push_new(evaluation, visited, image->subclasses[i].subclass));
    }
    return RP_OK;
}

/* Push a class and all its subclasses, sorted. Cycles end: each class is walked from once. */
static RpStatus
push_subclasses(RpEvaluation *evaluation, RpTermId class_id)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;
    RpMarks *visited;

    RP_TRY(rp_scratch_take_marks(scratch, &visited, evaluation->error));
    RP_TRY(push_new(evaluation, visited, class_id));
    for (uint32_t i = mark; i < scratch->count; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(push_direct_subclasses(evaluation, visited, scratch->ids[i]));
    }
    for (uint32_t i = mark; i < scratch->count; i++) {
        rp_marks_remove(visited, scratch->ids[i]);
    }
    rp_scratch_return_marks(scratch, visited);
    return rp_scratch_sort(scratch, mark, evaluation->error);
}

/* The slot of a class, or the empty one where it belongs. */
static ClassSet *
find_slot(const RpClassIndex *index, RpTermId class_id)
{
    uint32_t mask = index->slot_count - 1;
    uint32_t slot = (uint32_t)rp_hash_mix(class_id, 0) & mask;

    while (index->slots[slot].class_id != RP_TERM_NONE && index->slots[slot].class_id != class_id) {
        slot = (slot + 1) & mask;
    }
    return &index->slots[slot];
}

/* Room for one class more, at most half of the slots being used. */
static RpStatus
make_room(RpEvaluation *evaluation, RpClassIndex *index)
{
    RpClassIndex larger = *index;

    if (index->count < index->slot_count / 2) {
        return RP_OK;
    }
    larger.slot_count = index->slot_count > 0 ? index->slot_count * 2 : FIRST_SLOT_COUNT;
    larger.slots =
        rp_arena_allocate_zero(evaluation->arena, sizeof(ClassSet) * (size_t)larger.slot_count);
    if (!larger.slots) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    for (uint32_t i = 0; i < index->slot_count; i++) {
        if (index->slots[i].class_id != RP_TERM_NONE) {
            *find_slot(&larger, index->slots[i].class_id) = index->slots[i];
        }
    }
    *index = larger;
    return RP_OK;
}

/* Compute the set of a class and keep it. A class without subclasses has a set of one. */
static RpStatus
add_class(RpEvaluation *evaluation, RpTermId class_id, RpValues *classes)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;
    RpTermId *ids;

    RP_TRY(make_room(evaluation, evaluation->classes));
    RP_TRY(push_subclasses(evaluation, class_id));
    classes->count = scratch->count - mark;
    ids = rp_arena_allocate(evaluation->arena, sizeof(RpTermId) * (size_t)classes->count);
    if (!ids) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    memcpy(ids, scratch->ids + mark, sizeof(RpTermId) * classes->count);
    classes->ids = ids;
    rp_scratch_release(scratch, mark);
    *find_slot(evaluation->classes, class_id) = (ClassSet){class_id, *classes};
    evaluation->classes->count++;
    return RP_OK;
}

RpStatus
rp_class_index_subclasses(RpEvaluation *evaluation, const RpTermId *class_id, RpValues *classes)
{
    RpClassIndex *index = evaluation->classes;

    RP_TRY(make_ready(evaluation, index));
    if (!index->has_subclasses) {
        *classes = (RpValues){class_id, 1};
        return RP_OK;
    }
    if (index->slot_count > 0) {
        const ClassSet *slot = find_slot(index, *class_id);

        if (slot->class_id != RP_TERM_NONE) {
            *classes = slot->classes;
            return RP_OK;
        }
    }
    return add_class(evaluation, *class_id, classes);
}

RpStatus
rp_class_index_instances(RpEvaluation *evaluation, RpTermId class_id, RpValues *nodes)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;
    RpValues classes;

    RP_TRY(rp_class_index_subclasses(evaluation, &class_id, &classes));
    for (uint32_t i = 0; i < classes.count; i++) {
        RpTripleRange range;
        RpTermId *ids;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdf_type,
                              classes.ids[i], &range, evaluation->error));
        RP_TRY(rp_scratch_extend(scratch, rp_triple_range_count(range), &ids, evaluation->error));
        for (const RpTriple *triple = range.first; triple < range.end; triple++) {
            *ids++ = triple->subject;
        }
    }
    if (classes.count > 1) {
        RP_TRY(rp_scratch_sort(scratch, mark, evaluation->error));
    }
    *nodes = (RpValues){scratch->ids + mark, scratch->count - mark};
    return RP_OK;
}

RpStatus
rp_evaluation_is_instance(RpEvaluation *evaluation, RpTermId node, RpTermId class_id,
                          bool *is_instance)
{
    RpTripleRange types =
        rp_subject_index_objects(&evaluation->subjects, node, RP_VOCABULARY_rdf_type);
    RpValues classes;

    *is_instance = false;
    if (types.first == types.end) {
        return RP_OK;
    }
    RP_TRY(rp_class_index_subclasses(evaluation, &class_id, &classes));
    for (const RpTriple *type = types.first; type < types.end && !*is_instance; type++) {
        *is_instance = rp_values_contain(classes, type->object);
    }
    return RP_OK;
}
