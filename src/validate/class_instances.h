/*
 * The instances of classes that are asked about often, as bit maps over ids. Beside a large graph
 * the answer is a bit then, and not a look at the node's triples, which lie anywhere in memory.
 */
#ifndef RP_VALIDATE_CLASS_INSTANCES_H
#define RP_VALIDATE_CLASS_INSTANCES_H

#include "validate/evaluation.h"

enum { RP_CLASS_INSTANCES_PLACES = 32 };

/* What is known of a class. */
typedef struct RpClassPlace {
    RpTermId class_id; /* 0: none */
    uint32_t asked;    /* how often, until there is a map */
    uint64_t *words;   /* bit id & 63 of words[id >> 6]; NULL: no map yet */
} RpClassPlace;

/* A class has one place, which it may have to share: so many maps, and no more. */
typedef struct RpClassInstances {
    uint32_t id_limit; /* of the maps: ids that came later are no subjects */
    RpClassPlace places[RP_CLASS_INSTANCES_PLACES];
} RpClassInstances;

/* For an evaluation of a graph that is large enough for it; else NULL. */
RpStatus rp_class_instances_make(RpEvaluation *evaluation, RpClassInstances **instances);

/* Whether there is a map of a class; then also whether a node is an instance of it. */
static inline bool
rp_class_instances_know(const RpClassInstances *instances, RpTermId class_id, RpTermId node,
                        bool *is_instance)
{
    const RpClassPlace *place = &instances->places[class_id % RP_CLASS_INSTANCES_PLACES];

    if (place->class_id != class_id || place->words == NULL) {
        return false;
    }
    *is_instance = node < instances->id_limit && (place->words[node >> 6] >> (node & 63) & 1) != 0;
    return true;
}

/* Note that a class was asked about, which is one of classes, with all its subclasses: makes its
 * map when it has been often enough. Polls the host. */
RpStatus rp_class_instances_note(RpEvaluation *evaluation, RpClassInstances *instances,
                                 RpTermId class_id, RpValues classes);

#endif
