/* Rows of a table by the hash of some of their columns. */
#ifndef RP_QUERY_ROW_INDEX_H
#define RP_QUERY_ROW_INDEX_H

#include "base/hash.h"
#include "query/solutions.h"

typedef struct RpRowIndex {
    RpPool *pool;
    const RpHashKey *key;
    uint32_t *slots; /* a row plus 1, 0: none; rows of one slot are chained */
    uint32_t slot_count;
    uint32_t *next; /* by row: the row plus 1 that follows */
    uint32_t capacity;
} RpRowIndex;

/* An empty index for so many rows. */
RpStatus rp_row_index_make(RpRowIndex *index, RpPool *pool, const RpHashKey *key, uint32_t capacity,
                           RpError *error);
void rp_row_index_drop(RpRowIndex *index);

/*
 * The hash of a row's ids, one after another, from rp_row_hash_begin on. A product with a secret
 * odd number, whose upper half is folded down: two rows that were chosen without knowing it fall
 * together as seldom as chance has it (Dietzfelbinger et al., 1997), for a tenth of what a hash of
 * bytes costs.
 */
static inline uint64_t
rp_row_hash_begin(const RpHashKey *key)
{
    return key->words[0];
}

static inline uint64_t
rp_row_hash_id(const RpHashKey *key, uint64_t hash, RpTermId id)
{
    hash = (hash ^ id) * (key->words[1] | 1);
    return hash ^ hash >> 32;
}

static inline uint64_t
rp_row_hash(const RpHashKey *key, const RpTermId *row, const uint32_t *columns,
            uint32_t column_count)
{
    uint64_t hash = rp_row_hash_begin(key);

    for (uint32_t i = 0; i < column_count; i++) {
        hash = rp_row_hash_id(key, hash, row[columns[i]]);
    }
    return hash;
}

static inline uint32_t
rp_row_index_first(const RpRowIndex *index, uint64_t hash)
{
    return index->slots[hash & (index->slot_count - 1)];
}

/* Put a row, from the capacity that it was made for, before the others of its hash. */
static inline void
rp_row_index_put(RpRowIndex *index, uint64_t hash, uint32_t row)
{
    uint32_t *slot = &index->slots[hash & (index->slot_count - 1)];

    index->next[row] = *slot;
    *slot = row + 1;
}

#endif
