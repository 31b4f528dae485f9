/* See focus_candidates.h. */
#include "pg/graph/focus_candidates.h"

#include "pg/graph/graph_store.h"

/* Whether an id is new to a set of flags. */
static bool
is_new(bool **flags, uint32 *count, RpTermId id)
{
    if (id >= *count) {
        uint32 wanted = Max(id + 1, 2 * *count);

        *flags = *flags == NULL ? MemoryContextAllocHuge(CurrentMemoryContext, wanted)
                                : repalloc_huge(*flags, wanted);
        memset(*flags + *count, false, wanted - *count);
        *count = wanted;
    }
    if ((*flags)[id]) {
        return false;
    }
    (*flags)[id] = true;
    return true;
}

/* In the caller's memory context at first; repalloc keeps it there, whatever context is current
 * later. */
static void
push(RpTermId **ids, uint32 *count, uint32 *capacity, RpTermId id)
{
    if (*count == *capacity) {
        *capacity = Max(2 * *capacity, 64);
        *ids = *ids == NULL ? palloc(sizeof(RpTermId) * *capacity)
                            : repalloc_huge(*ids, sizeof(RpTermId) * (Size)*capacity);
    }
    (*ids)[(*count)++] = id;
}

/* What was found until then is judged; limit_focus says how much that may be. */
static bool
is_full(const RpFocusCandidates *candidates)
{
    return candidates->count >= candidates->limit;
}

static void
add_node(RpFocusCandidates *candidates, RpTermId node)
{
    if (!is_full(candidates) && is_new(&candidates->is_node, &candidates->is_node_count, node)) {
        push(&candidates->nodes, &candidates->count, &candidates->capacity, node);
    }
}

/* Each class once, so that a cycle of rdfs:subClassOf ends. */
static void
add_class(RpFocusCandidates *candidates, RpTermId class_id)
{
    if (is_new(&candidates->is_class, &candidates->is_class_count, class_id)) {
        push(&candidates->classes, &candidates->class_count, &candidates->class_capacity, class_id);
    }
}

/* What a fetch is for. */
typedef struct CandidateSink {
    RpFocusCandidates *candidates;
    MemoryContext context; /* of the candidates: fetches run in others */
    bool takes_objects;
} CandidateSink;

/* The end of a fetch that has found enough. */
static RpStatus
end_when_full(const RpFocusCandidates *candidates, RpError *error)
{
    return is_full(candidates) ? rp_error_set(error, RP_TOO_LARGE, "enough focus nodes") : RP_OK;
}

/* The sink ends a fetch by an error, as it has no other way; it is none to the caller. */
static RpStatus
status_of_fetch(const RpFocusCandidates *candidates, RpStatus status)
{
    return status == RP_TOO_LARGE && is_full(candidates) ? RP_OK : status;
}

/* RpTripleSink.triple: an end of a triple of a predicate. */
static RpStatus
take_end(void *state, const RpTerm *subject, const RpTerm *predicate pg_attribute_unused(),
         const RpTerm *object, RpPosition position pg_attribute_unused(), RpError *error)
{
    CandidateSink *sink = state;
    RpDictionary *dictionary = &sink->candidates->data->dictionary;
    MemoryContext caller = MemoryContextSwitchTo(sink->context);
    RpTermId node;
    RpStatus status =
        rp_dictionary_add(dictionary, sink->takes_objects ? object : subject, &node, error);

    if (status == RP_OK) {
        add_node(sink->candidates, node);
        status = end_when_full(sink->candidates, error);
    }
    MemoryContextSwitchTo(caller);
    return status;
}

/* RpTripleSink.triple: an instance or a subclass of a class. */
static RpStatus
take_instance(void *state, const RpTerm *subject, const RpTerm *predicate,
              const RpTerm *object pg_attribute_unused(), RpPosition position pg_attribute_unused(),
              RpError *error)
{
    CandidateSink *sink = state;
    MemoryContext caller = MemoryContextSwitchTo(sink->context);
    bool is_type = rp_text_equals(predicate->lexical, rp_vocabulary_iri(RP_VOCABULARY_rdf_type));
    RpTermId node;
    RpStatus status = rp_dictionary_add(&sink->candidates->data->dictionary, subject, &node, error);

    if (status == RP_OK && is_type) {
        add_node(sink->candidates, node);
        status = end_when_full(sink->candidates, error);
    } else if (status == RP_OK) {
        add_class(sink->candidates, node);
    }
    MemoryContextSwitchTo(caller);
    return status;
}

/* The shapes graph's own hierarchy holds in the data, too: a policy may say which classes are below
 * another. */
static void
add_image_subclasses(RpFocusCandidates *candidates, RpTermId class_id)
{
    const RpImage *image = candidates->data->image;

    for (uint32 i = 0; i < image->subclass_count; i++) {
        if (image->subclasses[i].superclass == class_id) {
            add_class(candidates, image->subclasses[i].subclass);
        }
    }
}

/* Instances of the classes from one on, and of all below them, layer by layer. */
static RpStatus
find_instances(RpFocusCandidates *candidates, uint32 first, RpError *error)
{
    CandidateSink state = {.candidates = candidates, .context = CurrentMemoryContext};
    RpTripleSink sink = {.state = &state, .triple = take_instance};

    while (first < candidates->class_count && !is_full(candidates)) {
        uint32 end = candidates->class_count;
        RpStoreRead *reads = palloc(sizeof(RpStoreRead) * 2 * (Size)(end - first));
        uint32 count = 0;

        for (; first < end; first++) {
            RpTermId class_id = candidates->classes[first];

            reads[count++] = (RpStoreRead){class_id, RP_VOCABULARY_rdf_type, true};
            reads[count++] = (RpStoreRead){class_id, RP_VOCABULARY_rdfs_subClassOf, true};
            add_image_subclasses(candidates, class_id);
        }
        RP_TRY(status_of_fetch(candidates, candidates->store->fetch(candidates->store->state,
                                                                    &candidates->data->dictionary,
                                                                    reads, count, &sink, error)));
        pfree(reads);
    }
    return RP_OK;
}

/* SHACL Recommendation, section 2.1.3: node, class, subjects-of and objects-of targets. What is
 * found may be no focus node, and is asked again (src/incremental/focus_nodes.c). */
static RpStatus
find_by_target(RpFocusCandidates *candidates, const RpTarget *target, RpError *error)
{
    CandidateSink state = {.candidates = candidates,
                           .context = CurrentMemoryContext,
                           .takes_objects = target->kind == RP_TARGET_OBJECTS_OF};
    RpTripleSink sink = {.state = &state, .triple = take_end};
    uint32 first = candidates->class_count;

    switch (target->kind) {
    case RP_TARGET_NODE:
        add_node(candidates, target->term);
        return RP_OK;
    case RP_TARGET_CLASS:
        add_class(candidates, target->term);
        return find_instances(candidates, first, error);
    default:
        return status_of_fetch(candidates, rp_graph_store_fetch_predicate(
                                               candidates->store, &candidates->data->dictionary,
                                               target->term, &sink, error));
    }
}

/* A node that several shapes target is there once: which of them it is a focus node of is asked
 * later. */
RpStatus
rp_focus_candidates_find(RpFocusCandidates *candidates, const uint32 *shapes, uint32 shape_count,
                         RpError *error)
{
    const RpImage *image = candidates->data->image;

    for (uint32 i = 0; i < shape_count; i++) {
        const RpImageShape *shape = &image->shapes[shapes[i]];

        for (uint32 t = 0; t < shape->target_count && !is_full(candidates); t++) {
            RP_TRY(find_by_target(candidates, &image->targets[shape->first_target + t], error));
        }
    }
    return RP_OK;
}
