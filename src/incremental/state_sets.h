/*
 * Sets of states of a read map: what may be evaluated at a node, each set once, known by a number.
 * So the automaton becomes one in which a node is in a single state, and the steps that were taken
 * once are remembered.
 */
#ifndef RP_INCREMENTAL_STATE_SETS_H
#define RP_INCREMENTAL_STATE_SETS_H

#include "incremental/automaton.h"
#include "incremental/pair_set.h"

enum { RP_STATES_NONE = 0, RP_STATES_ALL = 1 };

/* Numbers by pairs of numbers. */
typedef struct RpStateMemory {
    RpPairSet pairs;
    uint32_t *sets; /* by index of the pair */
    uint32_t capacity;
} RpStateMemory;

typedef struct RpStateSets {
    RpArena *arena;
    const RpReadMap *map;
    const RpHashKey *key;
    RpPairRoom room;
    uint32_t word_count; /* of a set */
    uint64_t *words;     /* set after set: bit s of a set is state s */
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* hash table of sets: number + 1; 0: empty */
    uint64_t *work;  /* one set more, that is being made */
    uint32_t *stack; /* of states */
    RpStateMemory steps;
    RpStateMemory unions;
} RpStateSets;

/* The empty set and that of all states, and no others yet. Errors as any. */
RpStatus rp_state_sets_init(RpStateSets *sets, const RpReadMap *map, RpArena *arena,
                            const RpHashKey *key, RpError *error);

/* The set of the starts of all shapes that have targets, with what their targets' queries read, and
 * of where these lead without a read. */
RpStatus rp_state_sets_start(RpStateSets *sets, const RpImage *image, uint32_t *start,
                             RpError *error);

/* The set of a state, and of where it leads without a read. */
RpStatus rp_state_sets_of(RpStateSets *sets, uint32_t state, uint32_t *set, RpError *error);

/* What is in one of two sets. */
RpStatus rp_state_sets_unite(RpStateSets *sets, uint32_t a, uint32_t b, uint32_t *both,
                             RpError *error);

/* The states that a set's steps over a predicate lead to, forward or inverse. RP_TERM_NONE: over
 * one that the image does not name. */
RpStatus rp_state_sets_step(RpStateSets *sets, uint32_t set, RpTermId predicate, bool is_inverse,
                            uint32_t *to, RpError *error);

/* Whether a set's steps read triples of a node that have a predicate: as subject, or as object. */
bool rp_state_sets_read(const RpStateSets *sets, uint32_t set, RpTermId predicate, bool is_inverse);

/* Whether they read anything. */
bool rp_state_sets_read_any(const RpStateSets *sets, uint32_t set);

#endif
