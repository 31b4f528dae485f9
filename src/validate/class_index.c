/*
 * See class_index.h. The set of a class is found by walking rdfs:subClassOf backwards, breadth
 * first, once for each class that is asked for; it is then kept, sorted, in a hash table. Where
 * this has walked all edges several times, and the data knows fewer classes than are asked for,
 * walking goes the other way, from the data's classes to their superclasses.
 */
#include "validate/class_index.h"

#include "validate/class_ancestry.h"
#include "validate/class_instances.h"

typedef struct ClassSet {
    RpTermId class_id; /* 0: an empty slot */
    RpValues classes;
} ClassSet;

/* A hash table, linear probing. */
typedef struct ClassTable {
    const RpHashKey *key;
    ClassSet *slots;
    uint32_t slot_count; /* 0 or a power of two, more than count */
    uint32_t count;
} ClassTable;

struct RpClassIndex {
    bool is_ready;               /* the counts below are known */
    uint64_t edge_count;         /* of rdfs:subClassOf, in the data and the image */
    uint32_t type_count;         /* classes that nodes of the data have; known with the ancestry */
    uint64_t walked_count;       /* classes met while walking down */
    ClassTable subclasses;       /* by class: it and its subclasses */
    ClassTable superclasses;     /* by class: it and its superclasses */
    RpClassAncestry *ancestry;   /* NULL: no need yet */
    uint32_t target_shape_count; /* shapes with a target class; known with the ancestry */
    RpClassInstances *instances; /* NULL: the graph is too small */
};

enum {
    SMALL_GRAPH = 1024, /* triples */
    FIRST_SLOT_COUNT = 16,
    ROUNDS_BEFORE_ANCESTRY = 4 /* all edges walked so often: then the other way is considered */
};

RpStatus
rp_class_index_make(RpEvaluation *evaluation, RpClassIndex **index)
{
    *index = rp_arena_allocate_zero(evaluation->arena, sizeof(RpClassIndex));
    if (!*index) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    (*index)->subclasses.key = rp_dictionary_key(evaluation->dictionary);
    (*index)->superclasses.key = rp_dictionary_key(evaluation->dictionary);
    return rp_class_instances_make(evaluation, &(*index)->instances);
}

/* The edges of the data: a small graph is looked through, which its second ordering would not be
 * worth. */
static RpStatus
count_own_edges(RpEvaluation *evaluation, uint32_t *count)
{
    const RpGraph *graph = evaluation->graph;
    RpTripleRange range;

    *count = 0;
    if (graph->count > SMALL_GRAPH) {
        RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdfs_subClassOf,
                              RP_TERM_NONE, &range, evaluation->error));
        *count = rp_triple_range_count(range);
        return RP_OK;
    }
    for (uint32_t i = 0; i < graph->count; i++) {
        *count += graph->by_subject[i].predicate == RP_VOCABULARY_rdfs_subClassOf;
    }
    return RP_OK;
}

/* Find out how many edges there are, once. */
static RpStatus
make_ready(RpEvaluation *evaluation, RpClassIndex *index)
{
    uint32_t own_count;

    if (index->is_ready) {
        return RP_OK;
    }
    RP_TRY(count_own_edges(evaluation, &own_count));
    index->edge_count = (uint64_t)own_count + evaluation->image->subclass_count;
    index->is_ready = true;
    return RP_OK;
}

RpStatus
rp_class_index_has_edges(RpEvaluation *evaluation, bool *has_edges)
{
    RP_TRY(make_ready(evaluation, evaluation->classes));
    *has_edges = evaluation->classes->edge_count > 0;
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

/* Push all subclasses of the classes from a mark of the scratch on, and sort. Cycles end: each
 * class is walked from once. */
static RpStatus
push_subclasses(RpEvaluation *evaluation, uint32_t mark)
{
    RpScratch *scratch = &evaluation->scratch;
    RpMarks *visited;

    RP_TRY(rp_scratch_take_marks(scratch, &visited, evaluation->error));
    for (uint32_t i = mark; i < scratch->count; i++) {
        rp_marks_add(visited, scratch->ids[i]);
    }
    for (uint32_t i = mark; i < scratch->count; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(push_direct_subclasses(evaluation, visited, scratch->ids[i]));
    }
    for (uint32_t i = mark; i < scratch->count; i++) {
        rp_marks_remove(visited, scratch->ids[i]);
    }
    rp_scratch_return_marks(scratch, visited);
    evaluation->classes->walked_count += scratch->count - mark;
    return rp_scratch_sort(scratch, mark, evaluation->error);
}

/* The slot of a class, or the empty one where it belongs. There are slots. */
static ClassSet *
find_slot(const ClassTable *table, RpTermId class_id)
{
    uint32_t mask = table->slot_count - 1;
    uint32_t slot = (uint32_t)rp_hash_pair(table->key, class_id, 0) & mask;

    while (table->slots[slot].class_id != RP_TERM_NONE && table->slots[slot].class_id != class_id) {
        slot = (slot + 1) & mask;
    }
    return &table->slots[slot];
}

/* The set of a class, if the table has it. */
static bool
find_set(const ClassTable *table, RpTermId class_id, RpValues *classes)
{
    const ClassSet *slot = table->slot_count > 0 ? find_slot(table, class_id) : NULL;

    if (slot == NULL || slot->class_id == RP_TERM_NONE) {
        return false;
    }
    *classes = slot->classes;
    return true;
}

/* Room for one class more, at most half of the slots being used. */
static RpStatus
make_room(RpEvaluation *evaluation, ClassTable *table)
{
    ClassTable larger = *table;

    if (table->count < table->slot_count / 2) {
        return RP_OK;
    }
    larger.slot_count = table->slot_count > 0 ? table->slot_count * 2 : FIRST_SLOT_COUNT;
    larger.slots =
        rp_arena_allocate_zero(evaluation->arena, sizeof(ClassSet) * (size_t)larger.slot_count);
    if (!larger.slots) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    for (uint32_t i = 0; i < table->slot_count; i++) {
        if (table->slots[i].class_id != RP_TERM_NONE) {
            *find_slot(&larger, table->slots[i].class_id) = table->slots[i];
        }
    }
    *table = larger;
    return RP_OK;
}

/* Keep what is on the scratch from a mark on as the set of a class, and release it. */
static RpStatus
keep_set(RpEvaluation *evaluation, ClassTable *table, RpTermId class_id, uint32_t mark,
         RpValues *classes)
{
    RpScratch *scratch = &evaluation->scratch;
    RpTermId *ids;

    RP_TRY(make_room(evaluation, table));
    classes->count = scratch->count - mark;
    ids = rp_arena_allocate(evaluation->arena, sizeof(RpTermId) * (size_t)classes->count);
    if (!ids) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    memcpy(ids, scratch->ids + mark, sizeof(RpTermId) * classes->count);
    classes->ids = ids;
    rp_scratch_release(scratch, mark);
    *find_slot(table, class_id) = (ClassSet){class_id, *classes};
    table->count++;
    return RP_OK;
}

/* A class and all its subclasses, sorted; *class_id is the set where there are no edges. */
static RpStatus
subclasses_of(RpEvaluation *evaluation, const RpTermId *class_id, RpValues *classes)
{
    RpClassIndex *index = evaluation->classes;
    uint32_t mark = evaluation->scratch.count;

    if (index->edge_count == 0) {
        *classes = (RpValues){class_id, 1};
        return RP_OK;
    }
    if (find_set(&index->subclasses, *class_id, classes)) {
        return RP_OK;
    }
    RP_TRY(rp_scratch_push(&evaluation->scratch, *class_id, evaluation->error));
    RP_TRY(push_subclasses(evaluation, mark));
    return keep_set(evaluation, &index->subclasses, *class_id, mark, classes);
}

static RpStatus
superclasses_of(RpEvaluation *evaluation, RpTermId class_id, RpValues *classes)
{
    RpClassIndex *index = evaluation->classes;
    uint32_t mark = evaluation->scratch.count;

    if (find_set(&index->superclasses, class_id, classes)) {
        return RP_OK;
    }
    RP_TRY(rp_class_ancestry_push(evaluation, index->ancestry, class_id));
    return keep_set(evaluation, &index->superclasses, class_id, mark, classes);
}

static bool
has_target_class(const RpImage *image, const RpImageShape *shape)
{
    for (uint32_t i = 0; i < shape->target_count; i++) {
        if (image->targets[shape->first_target + i].kind == RP_TARGET_CLASS) {
            return true;
        }
    }
    return false;
}

static uint32_t
count_target_shapes(const RpImage *image)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < image->shape_count; i++) {
        count += has_target_class(image, &image->shapes[i]);
    }
    return count;
}

/* Whether walking down has cost so much that the way up is worth a look; its ancestry is then
 * there. */
static RpStatus
consider_ancestry(RpEvaluation *evaluation, bool *is_known)
{
    RpClassIndex *index = evaluation->classes;

    *is_known = index->ancestry != NULL;
    if (*is_known || index->walked_count <= (index->edge_count + 1) * ROUNDS_BEFORE_ANCESTRY) {
        return RP_OK;
    }
    *is_known = true;
    index->target_shape_count = count_target_shapes(evaluation->image);
    RP_TRY(rp_class_ancestry_type_count(evaluation, &index->type_count));
    return rp_class_ancestry_make(evaluation, &index->ancestry);
}

/* Push the nodes that have a class by rdf:type itself. */
static RpStatus
push_nodes(RpEvaluation *evaluation, RpTermId class_id)
{
    RpTripleRange range;
    RpTermId *ids;

    RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
    RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdf_type, class_id, &range,
                          evaluation->error));
    RP_TRY(rp_scratch_extend(&evaluation->scratch, rp_triple_range_count(range), &ids,
                             evaluation->error));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        *ids++ = triple->subject;
    }
    return RP_OK;
}

/* Push the target classes of a shape and their subclasses. */
static RpStatus
push_target_classes(RpEvaluation *evaluation, const RpImageShape *shape)
{
    const RpTarget *targets = evaluation->image->targets + shape->first_target;
    uint32_t mark = evaluation->scratch.count;

    for (uint32_t i = 0; i < shape->target_count; i++) {
        if (targets[i].kind == RP_TARGET_CLASS) {
            RP_TRY(rp_scratch_push(&evaluation->scratch, targets[i].term, evaluation->error));
        }
    }
    return push_subclasses(evaluation, mark);
}

/* Where neither data nor shapes know a subclass. */
static RpStatus
push_nodes_of_targets(RpEvaluation *evaluation, const RpImageShape *shape)
{
    const RpTarget *targets = evaluation->image->targets + shape->first_target;

    for (uint32_t i = 0; i < shape->target_count; i++) {
        if (targets[i].kind == RP_TARGET_CLASS) {
            RP_TRY(push_nodes(evaluation, targets[i].term));
        }
    }
    return RP_OK;
}

RpStatus
rp_class_index_push_focus_nodes(RpEvaluation *evaluation, uint32_t shape_index)
{
    const RpImageShape *shape = &evaluation->image->shapes[shape_index];
    RpClassIndex *index = evaluation->classes;
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;
    bool has_ancestry;
    uint32_t end;

    if (!has_target_class(evaluation->image, shape)) {
        return RP_OK;
    }
    RP_TRY(make_ready(evaluation, index));
    if (index->edge_count == 0) {
        return push_nodes_of_targets(evaluation, shape);
    }
    RP_TRY(consider_ancestry(evaluation, &has_ancestry));
    if (has_ancestry && index->type_count < index->target_shape_count) {
        RpTripleRange types;

        RP_TRY(rp_class_ancestry_types_of_shape(evaluation, index->ancestry, shape_index, &types));
        for (const RpTriple *type = types.first; type < types.end; type++) {
            RP_TRY(push_nodes(evaluation, type->object));
        }
        return RP_OK;
    }
    RP_TRY(push_target_classes(evaluation, shape));
    end = scratch->count;
    for (uint32_t i = mark; i < end; i++) {
        RP_TRY(push_nodes(evaluation, scratch->ids[i]));
    }
    rp_scratch_close_gap(scratch, mark, end);
    return RP_OK;
}

/* The same as rp_evaluation_is_instance, by the superclasses of the node's classes. */
static RpStatus
is_instance_upwards(RpEvaluation *evaluation, RpTripleRange types, RpTermId class_id,
                    bool *is_instance)
{
    for (const RpTriple *type = types.first; type < types.end && !*is_instance; type++) {
        RpValues classes;

        RP_TRY(superclasses_of(evaluation, type->object, &classes));
        *is_instance = rp_values_contain(classes, class_id);
    }
    return RP_OK;
}

/* The same, by the classes of the node and the subclasses of the class. */
static RpStatus
is_instance_by_triples(RpEvaluation *evaluation, RpTermId node, RpTermId class_id,
                       bool *is_instance)
{
    RpTripleRange types =
        rp_subject_index_objects(&evaluation->subjects, node, RP_VOCABULARY_rdf_type);
    RpClassIndex *index = evaluation->classes;
    bool has_ancestry;
    RpValues classes;

    *is_instance = false;
    if (types.first == types.end) {
        return RP_OK;
    }
    RP_TRY(make_ready(evaluation, index));
    RP_TRY(consider_ancestry(evaluation, &has_ancestry));
    if (has_ancestry && index->type_count < index->subclasses.count) {
        return is_instance_upwards(evaluation, types, class_id, is_instance);
    }
    RP_TRY(subclasses_of(evaluation, &class_id, &classes));
    for (const RpTriple *type = types.first; type < types.end && !*is_instance; type++) {
        *is_instance = rp_values_contain(classes, type->object);
    }
    return index->instances != NULL
               ? rp_class_instances_note(evaluation, index->instances, class_id, classes)
               : RP_OK;
}

RpStatus
rp_evaluation_is_instance(RpEvaluation *evaluation, RpTermId node, RpTermId class_id,
                          bool *is_instance)
{
    const RpClassInstances *instances = evaluation->classes->instances;

    if (instances != NULL && rp_class_instances_know(instances, class_id, node, is_instance)) {
        return RP_OK;
    }
    return is_instance_by_triples(evaluation, node, class_id, is_instance);
}
