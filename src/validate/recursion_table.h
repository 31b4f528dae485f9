/*
 * The table of recursive shapes: a (shape, node) pair each, what is known of it, and whose verdict
 * depends on it. Lives in the evaluation's arena and grows with the pairs that are asked for.
 */
#ifndef RP_VALIDATE_RECURSION_TABLE_H
#define RP_VALIDATE_RECURSION_TABLE_H

#include "validate/evaluation.h"

typedef enum RpPairState {
    RP_PAIR_IS_NEW = 0,  /* nothing is known */
    RP_PAIR_IS_ASSUMED,  /* conforms is what its cycle assumes of it */
    RP_PAIR_HAS_CHANGED, /* conforms is the opposite, which is final */
    RP_PAIR_IS_DECIDED   /* conforms is the verdict */
} RpPairState;

/* Indexes of pairs and dependencies are one higher than their place; 0: none. */
typedef struct RpPair {
    uint32_t shape;
    RpTermId node;
    uint32_t first_dependency; /* of the pairs that asked for this one */
    uint32_t next_in_run;      /* of the pairs that are evaluated together */
    uint32_t next_in_queue;
    uint32_t evaluation_count;
    uint8_t state; /* RpPairState */
    bool conforms;
    bool is_queued;
    bool is_reported; /* its results are in the report, or on their way */
    bool has_results; /* of its own there */
} RpPair;

typedef struct RpDependency {
    uint32_t pair; /* who is to be evaluated again */
    uint32_t next;
} RpDependency;

struct RpRecursionTable {
    RpArena *arena;
    RpPair *pairs;
    uint32_t pair_count;
    uint32_t pair_capacity;
    uint32_t *slots; /* hash table of pairs */
    const RpHashKey *key;
    uint32_t slot_count;
    RpDependency *dependencies;
    uint32_t dependency_count;
    uint32_t dependency_capacity;
};

/* An empty table, which hashes by the key: whoever writes the data chooses the ids of its nodes,
 * and could else choose those that fall together. */
RpStatus rp_recursion_table_make(RpArena *arena, const RpHashKey *key, RpRecursionTable **table,
                                 RpError *error);

/* The pair of a shape and a node, added when new. */
RpStatus rp_recursion_table_find(RpRecursionTable *table, uint32_t shape, RpTermId node,
                                 uint32_t *pair, RpError *error);

/* Note that the verdict on one pair was made with what is known of another. */
RpStatus rp_recursion_table_depend(RpRecursionTable *table, uint32_t pair, uint32_t on,
                                   RpError *error);

/* Where a pair is. Valid until the next pair is added. */
static inline RpPair *
rp_recursion_pair(const RpRecursionTable *table, uint32_t pair)
{
    return &table->pairs[pair - 1];
}

#endif
