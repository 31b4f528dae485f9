/* See class_walk.h. */
#include "incremental/class_walk.h"

/* The classes next to one: of the graph, of the image, and removed ones. */
typedef struct Neighbours {
    RpAnswers answers;
    RpTripleRange ranges[2];
    bool is_below;
} Neighbours;

/* Both ways, so that a walk up and a walk down find the edge. */
RpStatus
rp_class_walk_note_removed(RpJudging *judging, RpTermId subclass, RpTermId superclass)
{
    RpGraph *removed = judging->classes.removed;

    RP_TRY(rp_graph_add(&removed[0], (RpTriple){subclass, RP_PAIR_PREDICATE, superclass},
                        judging->error));
    return rp_graph_add(&removed[1], (RpTriple){superclass, RP_PAIR_PREDICATE, subclass},
                        judging->error);
}

/* Where nothing was removed the graphs stay as they are, not frozen: neighbours_of looks at that.
 */
RpStatus
rp_class_walk_end_removed(RpJudging *judging)
{
    RpGraph *removed = judging->classes.removed;

    if (removed[0].count == 0) {
        return RP_OK;
    }
    RP_TRY(rp_graph_freeze(&removed[0], judging->error));
    return rp_graph_freeze(&removed[1], judging->error);
}

RpStatus
rp_class_walk_add(RpJudging *judging, RpTermId class_id, bool is_below)
{
    return rp_pair_set_add(&judging->classes.met, is_below, class_id, judging->error);
}

/* Upwards the superclasses of the class; downwards the classes that have it as one. */
static RpStoreRead
read_of(RpTermId class_id, bool is_below)
{
    return (RpStoreRead){class_id, RP_VOCABULARY_rdfs_subClassOf, is_below};
}

/* with_removed: what was so before counts as well. The image's own hierarchy holds for every graph,
 * so it always counts. */
static Neighbours
neighbours_of(const RpJudging *judging, RpTermId class_id, bool is_below, bool with_removed,
              RpAnswers answers)
{
    const RpGraph *removed = &judging->classes.removed[is_below];
    Neighbours neighbours = {
        .answers = answers,
        .ranges = {rp_graph_objects(&judging->map->classes[is_below], class_id, RP_PAIR_PREDICATE)},
        .is_below = is_below,
    };

    if (with_removed && removed->is_frozen) {
        neighbours.ranges[1] = rp_graph_objects(removed, class_id, RP_PAIR_PREDICATE);
    }
    return neighbours;
}

/* The next one; RP_TERM_NONE: that was all. */
static RpTermId
next_neighbour(Neighbours *neighbours)
{
    const RpTriple *triple = rp_answers_next(&neighbours->answers);

    if (triple) {
        return neighbours->is_below ? triple->subject : triple->object;
    }
    for (uint32_t i = 0; i < 2; i++) {
        if (neighbours->ranges[i].first < neighbours->ranges[i].end) {
            return neighbours->ranges[i].first++->object;
        }
    }
    return RP_TERM_NONE;
}

/* Meet the neighbours of a class that is read. */
static RpStatus
follow(RpJudging *judging, RpNodePair met, uint32_t read)
{
    Neighbours neighbours = neighbours_of(judging, met.node, met.of != 0, true,
                                          rp_fetched_answers(&judging->fetched, read));
    RpTermId next;

    while ((next = next_neighbour(&neighbours)) != RP_TERM_NONE) {
        RP_TRY(rp_class_walk_add(judging, next, met.of != 0));
    }
    return RP_OK;
}

/* In the order in which classes are met; reads[i] is of the class at i. */
static RpStatus
ask_for_next(RpJudging *judging)
{
    RpClassWalk *classes = &judging->classes;
    RpNodePair met = classes->met.pairs[classes->asked_count];
    uint32_t *reads =
        rp_arena_grow(judging->arena, classes->reads, classes->asked_count,
                      classes->asked_count + 1, &classes->read_capacity, sizeof(uint32_t));

    if (!reads) {
        return rp_arena_failure(judging->arena, judging->error);
    }
    classes->reads = reads;
    RP_TRY(rp_fetched_ask(&judging->fetched, read_of(met.node, met.of != 0),
                          &reads[classes->asked_count]));
    classes->asked_count++;
    return RP_OK;
}

/* Reads are answered in the order in which they were asked for. */
RpStatus
rp_class_walk_on(RpJudging *judging)
{
    RpClassWalk *classes = &judging->classes;

    for (;;) {
        while (classes->asked_count < classes->met.count) {
            RP_TRY(ask_for_next(judging));
        }
        if (classes->walked_count == classes->asked_count ||
            !rp_fetched_is_there(&judging->fetched, classes->reads[classes->walked_count])) {
            return RP_OK;
        }
        RP_TRY(follow(judging, classes->met.pairs[classes->walked_count],
                      classes->reads[classes->walked_count]));
        classes->walked_count++;
    }
}

/* Add the neighbours of one class of a closure to it. */
static RpStatus
close_over(RpJudging *judging, RpClosureKind kind, RpTermId class_id, RpTermId of)
{
    bool is_below = kind == RP_CLASSES_EVER_BELOW;
    Neighbours neighbours;
    RpTermId next;
    RpAnswers answers;

    RP_TRY(rp_fetched_get(&judging->fetched, read_of(of, is_below), &answers));
    neighbours = neighbours_of(judging, of, is_below, kind != RP_CLASSES_ABOVE, answers);
    while ((next = next_neighbour(&neighbours)) != RP_TERM_NONE) {
        RP_TRY(rp_pair_set_add(&judging->classes.closures[kind], class_id, next, judging->error));
    }
    return RP_OK;
}

/* The pairs of one class stand together, since its closure is made at once. */
RpStatus
rp_class_walk_closure(RpJudging *judging, RpClosureKind kind, RpTermId class_id, uint32_t *first,
                      uint32_t *end)
{
    RpPairSet *set = &judging->classes.closures[kind];
    uint32_t found = rp_pair_set_find(set, class_id, class_id);
    uint32_t at;

    if (found == 0) {
        RP_TRY(rp_pair_set_add(set, class_id, class_id, judging->error));
        found = set->count;
        for (at = found - 1; at < set->count; at++) {
            RP_TRY(close_over(judging, kind, class_id, set->pairs[at].node));
        }
    }
    for (at = found - 1; at < set->count && set->pairs[at].of == class_id;) {
        at++;
    }
    *first = found - 1;
    *end = at;
    return RP_OK;
}

/* As the graph is now, without removed edges: this decides about focus nodes, and not about what
 * may matter. */
RpStatus
rp_class_walk_is_below(RpJudging *judging, RpTermId class_id, RpTermId other, bool *is_below)
{
    uint32_t first;
    uint32_t end;

    *is_below = class_id == other;
    if (*is_below) {
        return RP_OK;
    }
    RP_TRY(rp_class_walk_closure(judging, RP_CLASSES_ABOVE, class_id, &first, &end));
    *is_below =
        rp_pair_set_find(&judging->classes.closures[RP_CLASSES_ABOVE], class_id, other) != 0;
    return RP_OK;
}
