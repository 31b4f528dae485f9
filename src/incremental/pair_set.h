/* Sets of pairs of numbers, of which one is a node, in the order in which they were added. */
#ifndef RP_INCREMENTAL_PAIR_SET_H
#define RP_INCREMENTAL_PAIR_SET_H

#include "base/arena.h"
#include "rdf/term_table.h"

/* Of a walk: a state and a node. Of candidates: a shape and a node. Of classes: a class and one
 * that is above or below it. */
typedef struct RpNodePair {
    uint32_t of;
    RpTermId node;
} RpNodePair;

/* How many pairs a judgement may look at. */
typedef struct RpPairRoom {
    uint64_t left;
    bool is_used_up; /* there was no room for a pair */
} RpPairRoom;

/* Whoever writes the data chooses the nodes, and could choose those that fall together: hence the
 * key. */
typedef struct RpPairSet {
    RpArena *arena;
    const RpHashKey *key;
    RpPairRoom *room;
    RpNodePair *pairs; /* moves when a pair is added */
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* indexes + 1; 0: empty */
    uint32_t slot_count;
} RpPairSet;

/* An empty set. Allocates nothing yet. */
void rp_pair_set_init(RpPairSet *set, RpArena *arena, const RpHashKey *key, RpPairRoom *room);

/* Have a pair in a set; *index is where: new, if that is the count from before. Polls the host.
 * RP_TOO_LARGE without room. */
RpStatus rp_pair_set_put(RpPairSet *set, uint32_t of, RpTermId node, uint32_t *index,
                         RpError *error);

/* The same, for who does not ask where. */
RpStatus rp_pair_set_add(RpPairSet *set, uint32_t of, RpTermId node, RpError *error);

/* Take room for something that is looked at again, beside the pairs of sets. */
RpStatus rp_pair_room_take(RpPairRoom *room, RpError *error);

/* The index of a pair + 1; 0: the set lacks it. */
uint32_t rp_pair_set_find(const RpPairSet *set, uint32_t of, RpTermId node);

#endif
