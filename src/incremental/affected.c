/*
 * See affected.h. A changed triple matters where evaluation reads it: at a step that it answers
 * (seeds), of a node that is an end of it. From there a walk backwards over the graph as it is now
 * finds whose evaluation comes that way: README.md says why that is enough.
 */
#include "incremental/affected.h"

#include "incremental/candidates.h"
#include "incremental/class_walk.h"
#include "incremental/layers.h"

/* What a change may do where a step reads it: it finds one more, or one fewer. */
static uint8_t
by_of(const RpChange *change)
{
    return change->is_removal ? RP_BY_REMOVAL : RP_BY_ADDITION;
}

/* Begin at a node in the states of those steps that a change may make violate. */
static RpStatus
seed_steps(RpJudging *judging, RpWalk *walk, RpTripleRange steps, uint8_t by, RpTermId node)
{
    for (const RpTriple *found = steps.first; found < steps.end; found++) {
        const RpStep *step = &judging->map->steps[found->object];

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (step->violates_by & by) {
            RP_TRY(rp_walk_add(judging, walk, step->from, node));
        }
    }
    return RP_OK;
}

/* Of sh:closed (SHACL Recommendation, section 4.8.1), or a query's variable predicate: such a step
 * reads triples of any predicate but the allowed ones, so no index by predicate finds it. */
static RpStatus
seed_all(RpJudging *judging, RpWalk *walk, RpStepKind kind, const RpChange *change, RpTermId node)
{
    const RpReadMap *map = judging->map;
    RpTripleRange steps = rp_read_map_steps(map, kind, RP_TERM_NONE);

    for (const RpTriple *found = steps.first; found < steps.end; found++) {
        const RpStep *step = &map->steps[found->object];

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (step->violates_by & by_of(change) &&
            !rp_read_map_allows(map, step, change->triple.predicate)) {
            RP_TRY(rp_walk_add(judging, walk, step->from, node));
        }
    }
    return RP_OK;
}

/* A node that may have become a focus node of shapes. */
static RpStatus
add_candidates(RpJudging *judging, RpTripleRange shapes, RpTermId node)
{
    for (const RpTriple *shape = shapes.first; shape < shapes.end; shape++) {
        RP_TRY(rp_pair_set_add(&judging->added, shape->object, node, judging->error));
        RP_TRY(rp_candidates_add(judging, shape->object, node));
    }
    return RP_OK;
}

/* What makes a SHACL instance (SHACL Recommendation, section 1.1): rdf:type, and the way up over
 * rdfs:subClassOf. */
static bool
is_of_classes(const RpChange *change)
{
    return change->triple.predicate == RP_VOCABULARY_rdf_type ||
           change->triple.predicate == RP_VOCABULARY_rdfs_subClassOf;
}

/* Whether a change of an rdf:type, or of a subclass, can violate anything. */
static bool
changes_instances(const RpJudging *judging, const RpChange *change, RpVocabulary predicate)
{
    return change->triple.predicate == predicate &&
           (judging->map->types_violate_by & by_of(change)) != 0;
}

/* Whether an object may have become a focus node. */
static bool
adds_object(const RpJudging *judging, const RpChange *change)
{
    return !change->is_removal &&
           rp_triple_range_count(rp_read_map_targets(judging->map, RP_TARGET_OBJECTS_OF,
                                                     change->triple.predicate)) > 0;
}

/* What a change is by itself, and what has to be read before it is known what else. */
static RpStatus
begin_change(RpJudging *judging, RpWalk *walk, const RpChange *change)
{
    const RpReadMap *map = judging->map;
    RpTriple triple = change->triple;
    uint8_t by = by_of(change);
    uint32_t read;

    RP_TRY(seed_steps(judging, walk, rp_read_map_steps(map, RP_STEP_FORWARD, triple.predicate), by,
                      triple.subject));
    RP_TRY(seed_steps(judging, walk, rp_read_map_steps(map, RP_STEP_INVERSE, triple.predicate), by,
                      triple.object));
    RP_TRY(seed_all(judging, walk, RP_STEP_ALL, change, triple.subject));
    RP_TRY(seed_all(judging, walk, RP_STEP_ALL_INVERSE, change, triple.object));
    if (!change->is_removal) {
        RP_TRY(add_candidates(judging,
                              rp_read_map_targets(map, RP_TARGET_SUBJECTS_OF, triple.predicate),
                              triple.subject));
    }
    if (adds_object(judging, change)) {
        RP_TRY(rp_fetched_ask(&judging->fetched,
                              (RpStoreRead){triple.subject, triple.predicate, false}, &read));
    }
    if (is_of_classes(change) && map->types_violate_by & by) {
        RP_TRY(rp_class_walk_add(judging, triple.object, false));
    }
    if (changes_instances(judging, change, RP_VOCABULARY_rdf_type) && !change->is_removal) {
        /* Whether it is a focus node by that will be asked: the same layer can say so. */
        RP_TRY(rp_fetched_ask(&judging->fetched,
                              (RpStoreRead){triple.subject, RP_VOCABULARY_rdf_type, false}, &read));
    }
    return RP_OK;
}

/* A node has become an instance of a class and all above, or is none any more. */
static RpStatus
seed_instance(RpJudging *judging, RpWalk *walk, RpTermId node, RpTermId class_id, uint8_t by)
{
    const RpPairSet *closures = &judging->classes.closures[RP_CLASSES_EVER_ABOVE];
    uint32_t first;
    uint32_t end;

    RP_TRY(rp_class_walk_closure(judging, RP_CLASSES_EVER_ABOVE, class_id, &first, &end));
    for (uint32_t i = first; i < end; i++) {
        RpTermId above = closures->pairs[i].node;

        /* As many for each node: the classes may be many, and so may the nodes. */
        RP_TRY(rp_pair_room_take(&judging->room, judging->error));
        RP_TRY(seed_steps(judging, walk, rp_read_map_steps(judging->map, RP_STEP_CLASSES, above),
                          by, node));
        if (by == RP_BY_ADDITION) {
            RP_TRY(add_candidates(judging,
                                  rp_read_map_targets(judging->map, RP_TARGET_CLASS, above), node));
        }
    }
    return RP_OK;
}

/* Whether a shape asks for a class that is the superclass of the edge, or above. */
static RpStatus
is_asked_for(RpJudging *judging, const RpChange *edge, bool *is_asked)
{
    const RpPairSet *closures = &judging->classes.closures[RP_CLASSES_EVER_ABOVE];
    uint32_t first;
    uint32_t end;

    *is_asked = false;
    RP_TRY(
        rp_class_walk_closure(judging, RP_CLASSES_EVER_ABOVE, edge->triple.object, &first, &end));
    for (uint32_t i = first; i < end && !*is_asked; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        *is_asked = rp_read_map_asks_for_class(judging->map, closures->pairs[i].node);
    }
    return RP_OK;
}

/* Ask for all nodes that have the subclass of an edge, or a class below, by rdf:type. */
static RpStatus
ask_for_members(RpJudging *judging, const RpChange *edge)
{
    const RpPairSet *closures = &judging->classes.closures[RP_CLASSES_EVER_BELOW];
    uint32_t first;
    uint32_t end;
    uint32_t read;

    RP_TRY(
        rp_class_walk_closure(judging, RP_CLASSES_EVER_BELOW, edge->triple.subject, &first, &end));
    for (uint32_t i = first; i < end; i++) {
        RP_TRY(rp_fetched_ask(&judging->fetched,
                              (RpStoreRead){closures->pairs[i].node, RP_VOCABULARY_rdf_type, true},
                              &read));
    }
    return RP_OK;
}

/* They are instances of the superclass now, or are none any more. */
static RpStatus
seed_members(RpJudging *judging, RpWalk *walk, const RpChange *edge)
{
    const RpPairSet *closures = &judging->classes.closures[RP_CLASSES_EVER_BELOW];
    uint32_t first;
    uint32_t end;

    RP_TRY(
        rp_class_walk_closure(judging, RP_CLASSES_EVER_BELOW, edge->triple.subject, &first, &end));
    for (uint32_t i = first; i < end; i++) {
        RpAnswers members;
        const RpTriple *member;

        RP_TRY(rp_fetched_get(&judging->fetched,
                              (RpStoreRead){closures->pairs[i].node, RP_VOCABULARY_rdf_type, true},
                              &members));
        while ((member = rp_answers_next(&members)) != NULL) {
            RP_TRY(seed_instance(judging, walk, member->subject, edge->triple.object, by_of(edge)));
        }
    }
    return RP_OK;
}

/* One round over the edges that changed and that some shape asks for. */
typedef enum EdgeRound { ASK_FOR_CLASSES, ASK_FOR_MEMBERS, SEED_MEMBERS } EdgeRound;

/* Three rounds, since each asks the store for what the next one needs: the classes below, then
 * their members. A layer runs at the end of each. */
static RpStatus
visit_edges(RpJudging *judging, RpWalk *walk, const RpChange *changes, uint32_t count,
            EdgeRound round)
{
    for (uint32_t i = 0; i < count; i++) {
        bool is_asked = false;

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (changes_instances(judging, &changes[i], RP_VOCABULARY_rdfs_subClassOf)) {
            RP_TRY(is_asked_for(judging, &changes[i], &is_asked));
        }
        if (is_asked && round == ASK_FOR_CLASSES) {
            RP_TRY(rp_class_walk_add(judging, changes[i].triple.subject, true));
        } else if (is_asked && round == ASK_FOR_MEMBERS) {
            RP_TRY(ask_for_members(judging, &changes[i]));
        } else if (is_asked) {
            RP_TRY(seed_members(judging, walk, &changes[i]));
        }
    }
    return rp_layers_run(judging, walk);
}

/* Before anything is asked about classes: a closure is made once, and must have the removed edges
 * in it. */
static RpStatus
note_removed_edges(RpJudging *judging, const RpChange *changes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (changes[i].is_removal && changes[i].triple.predicate == RP_VOCABULARY_rdfs_subClassOf) {
            RP_TRY(rp_class_walk_note_removed(judging, changes[i].triple.subject,
                                              changes[i].triple.object));
        }
    }
    return rp_class_walk_end_removed(judging);
}

/* By sh:targetObjectsOf (SHACL Recommendation, section 2.1.3.5). The triple itself was read, so the
 * node is known to be a focus node. */
static RpStatus
add_known(RpJudging *judging, const RpTriple *triple)
{
    RpTripleRange shapes =
        rp_read_map_targets(judging->map, RP_TARGET_OBJECTS_OF, triple->predicate);

    for (const RpTriple *shape = shapes.first; shape < shapes.end; shape++) {
        RP_TRY(rp_pair_set_add(&judging->added, shape->object, triple->object, judging->error));
        RP_TRY(rp_candidates_add_known(judging, shape->object, triple->object));
    }
    return RP_OK;
}

/* Those of a subject's triples with a predicate that were added, and are there. */
static RpStatus
add_objects_of(RpJudging *judging, const RpGraph *added, const RpTriple *first)
{
    const RpTriple *triple;
    RpAnswers answers;

    RP_TRY(rp_fetched_get(&judging->fetched, (RpStoreRead){first->subject, first->predicate, false},
                          &answers));
    while ((triple = rp_answers_next(&answers)) != NULL) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (rp_graph_contains(added, *triple)) {
            RP_TRY(add_known(judging, triple));
        }
    }
    return RP_OK;
}

/* Objects that became focus nodes by added triples. That these are there is asked of the subjects,
 * since an object may have millions. */
static RpStatus
add_objects(RpJudging *judging, const RpChange *changes, uint32_t count)
{
    const RpTriple *last = NULL;
    RpGraph added;

    rp_graph_init(&added, judging->arena, NULL);
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (adds_object(judging, &changes[i])) {
            RP_TRY(rp_graph_add(&added, changes[i].triple, judging->error));
        }
    }
    RP_TRY(rp_graph_freeze(&added, judging->error));
    for (uint32_t i = 0; i < added.count; i++) {
        const RpTriple *triple = &added.by_subject[i];

        if (!last || last->subject != triple->subject || last->predicate != triple->predicate) {
            RP_TRY(add_objects_of(judging, &added, triple));
        }
        last = triple;
    }
    return RP_OK;
}

/* Layers run between the rounds: the first reads types and the classes above, without which it is
 * not known what an rdf:type matters to. Most transactions change no edge, and end before the last
 * three. */
RpStatus
rp_affected_find(RpJudging *judging, RpWalk *walk, const RpChange *changes, uint32_t count)
{
    bool has_edges = false;

    RP_TRY(note_removed_edges(judging, changes, count));
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        RP_TRY(begin_change(judging, walk, &changes[i]));
    }
    RP_TRY(rp_layers_run(judging, walk));
    for (uint32_t i = 0; i < count; i++) {
        RpTriple triple = changes[i].triple;

        RP_TRY(rp_arena_poll(judging->arena, judging->error));
        if (changes_instances(judging, &changes[i], RP_VOCABULARY_rdf_type)) {
            RP_TRY(seed_instance(judging, walk, triple.subject, triple.object, by_of(&changes[i])));
        }
        has_edges = has_edges || triple.predicate == RP_VOCABULARY_rdfs_subClassOf;
    }
    RP_TRY(add_objects(judging, changes, count));
    RP_TRY(rp_layers_run(judging, walk));
    if (!has_edges) {
        return RP_OK;
    }
    RP_TRY(visit_edges(judging, walk, changes, count, ASK_FOR_CLASSES));
    RP_TRY(visit_edges(judging, walk, changes, count, ASK_FOR_MEMBERS));
    return visit_edges(judging, walk, changes, count, SEED_MEMBERS);
}
