/*
 * See class_ancestry.h. Three sets of pairs are kept as graphs, whose orderings and searches serve:
 * class and superclass; target class and shape; shape and class of the data. A shape is
 * its index + 1.
 */
#include "validate/class_ancestry.h"

enum { ANY = 1 }; /* the predicate of all pairs */

struct RpClassAncestry {
    RpGraph superclasses; /* class → superclass */
    RpGraph targets;      /* target class → shape */
    RpGraph types;        /* shape → class of the data */
    bool has_types;       /* targets and types are made */
};

static RpStatus
add_pair(RpGraph *graph, uint32_t from, uint32_t to, RpError *error)
{
    return rp_graph_add(graph, (RpTriple){from, ANY, to}, error);
}

RpStatus
rp_class_ancestry_make(RpEvaluation *evaluation, RpClassAncestry **ancestry)
{
    const RpImage *image = evaluation->image;
    RpClassAncestry *made = rp_arena_allocate_zero(evaluation->arena, sizeof(RpClassAncestry));
    RpTripleRange range;

    if (!made) {
        return rp_arena_failure(evaluation->arena, evaluation->error);
    }
    rp_graph_init(&made->superclasses, evaluation->arena, evaluation->dictionary);
    rp_graph_init(&made->targets, evaluation->arena, evaluation->dictionary);
    rp_graph_init(&made->types, evaluation->arena, evaluation->dictionary);
    RP_TRY(rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdfs_subClassOf,
                          RP_TERM_NONE, &range, evaluation->error));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(add_pair(&made->superclasses, triple->subject, triple->object, evaluation->error));
    }
    for (uint32_t i = 0; i < image->subclass_count; i++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(add_pair(&made->superclasses, image->subclasses[i].subclass,
                        image->subclasses[i].superclass, evaluation->error));
    }
    *ancestry = made;
    return rp_graph_freeze(&made->superclasses, evaluation->error);
}

RpStatus
rp_class_ancestry_push(RpEvaluation *evaluation, RpClassAncestry *ancestry, RpTermId class_id)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;
    RpMarks *visited;

    RP_TRY(rp_scratch_take_marks(scratch, &visited, evaluation->error));
    rp_marks_add(visited, class_id);
    RP_TRY(rp_scratch_push(scratch, class_id, evaluation->error));
    for (uint32_t i = mark; i < scratch->count; i++) {
        RpTripleRange range = rp_graph_objects(&ancestry->superclasses, scratch->ids[i], ANY);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        for (const RpTriple *pair = range.first; pair < range.end; pair++) {
            if (rp_marks_add(visited, pair->object)) {
                RP_TRY(rp_scratch_push(scratch, pair->object, evaluation->error));
            }
        }
    }
    for (uint32_t i = mark; i < scratch->count; i++) {
        rp_marks_remove(visited, scratch->ids[i]);
    }
    rp_scratch_return_marks(scratch, visited);
    return rp_scratch_sort(scratch, mark, evaluation->error);
}

/* All rdf:type triples, in order of the class. */
static RpStatus
match_types(RpEvaluation *evaluation, RpTripleRange *range)
{
    return rp_graph_match(evaluation->graph, RP_TERM_NONE, RP_VOCABULARY_rdf_type, RP_TERM_NONE,
                          range, evaluation->error);
}

RpStatus
rp_class_ancestry_type_count(RpEvaluation *evaluation, uint32_t *count)
{
    RpTermId last = RP_TERM_NONE;
    RpTripleRange range;

    *count = 0;
    RP_TRY(match_types(evaluation, &range));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        *count += triple->object != last;
        last = triple->object;
    }
    return RP_OK;
}

static RpStatus
make_targets(RpEvaluation *evaluation, RpClassAncestry *ancestry)
{
    const RpImage *image = evaluation->image;

    for (uint32_t shape = 0; shape < image->shape_count; shape++) {
        const RpTarget *targets = image->targets + image->shapes[shape].first_target;

        for (uint32_t i = 0; i < image->shapes[shape].target_count; i++) {
            RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
            if (targets[i].kind == RP_TARGET_CLASS) {
                RP_TRY(add_pair(&ancestry->targets, targets[i].term, shape + 1, evaluation->error));
            }
        }
    }
    return rp_graph_freeze(&ancestry->targets, evaluation->error);
}

/* Note the shapes whose focus nodes the nodes of a class are. */
static RpStatus
add_type(RpEvaluation *evaluation, RpClassAncestry *ancestry, RpTermId class_id)
{
    RpScratch *scratch = &evaluation->scratch;
    uint32_t mark = scratch->count;

    RP_TRY(rp_class_ancestry_push(evaluation, ancestry, class_id));
    for (uint32_t i = mark; i < scratch->count; i++) {
        RpTripleRange range = rp_graph_objects(&ancestry->targets, scratch->ids[i], ANY);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        for (const RpTriple *pair = range.first; pair < range.end; pair++) {
            RP_TRY(add_pair(&ancestry->types, pair->object, class_id, evaluation->error));
        }
    }
    rp_scratch_release(scratch, mark);
    return RP_OK;
}

static RpStatus
make_types(RpEvaluation *evaluation, RpClassAncestry *ancestry)
{
    RpTermId last = RP_TERM_NONE;
    RpTripleRange range;

    RP_TRY(make_targets(evaluation, ancestry));
    RP_TRY(match_types(evaluation, &range));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        if (triple->object != last) {
            RP_TRY(add_type(evaluation, ancestry, triple->object));
        }
        last = triple->object;
    }
    return rp_graph_freeze(&ancestry->types, evaluation->error);
}

RpStatus
rp_class_ancestry_types_of_shape(RpEvaluation *evaluation, RpClassAncestry *ancestry,
                                 uint32_t shape, RpTripleRange *types)
{
    if (!ancestry->has_types) {
        RP_TRY(make_types(evaluation, ancestry));
        ancestry->has_types = true;
    }
    *types = rp_graph_objects(&ancestry->types, shape + 1, ANY);
    return RP_OK;
}
