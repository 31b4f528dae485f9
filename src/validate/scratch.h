/*
 * Ids of the moment: a stack of term ids, and sets of ids as bit maps. Both are used again and
 * again, so that a validation of many focus nodes takes no memory for each.
 *
 * Who pushes remembers the count from before (the mark), and releases to it. What lies below the
 * mark never changes, so a pointer to it stays valid and right even when the stack grows: the
 * arena keeps the old block.
 */
#ifndef RP_VALIDATE_SCRATCH_H
#define RP_VALIDATE_SCRATCH_H

#include "rdf/dictionary.h"

typedef struct RpMarks RpMarks;

/* A set of ids: bit id & 63 of words[id >> 6]. */
struct RpMarks {
    RpMarks *next; /* of the unused ones */
    uint64_t *words;
};

enum { RP_SCRATCH_FIRST_CAPACITY = 64 };

typedef struct RpScratch {
    RpArena *arena;
    RpTermId *ids; /* first_ids, until they do not suffice */
    uint32_t count;
    uint32_t capacity;
    uint32_t id_limit; /* ids are below it */
    RpMarks *unused_marks;
    RpTermId first_ids[RP_SCRATCH_FIRST_CAPACITY]; /* spares a small document the allocation */
} RpScratch;

/* An empty stack for ids below id_limit, which is not to be moved. Allocates nothing yet. */
void rp_scratch_init(RpScratch *scratch, RpArena *arena, RpTermId id_limit);

/* Ids may come up to another limit from now on, as no set is taken. */
void rp_scratch_set_limit(RpScratch *scratch, RpTermId id_limit);

/* Push count ids, not set: *ids is the first. */
RpStatus rp_scratch_extend(RpScratch *scratch, uint32_t count, RpTermId **ids, RpError *error);

static inline RpStatus
rp_scratch_push(RpScratch *scratch, RpTermId id, RpError *error)
{
    RpTermId *top;

    if (scratch->count < scratch->capacity) {
        scratch->ids[scratch->count++] = id;
        return RP_OK;
    }
    RP_TRY(rp_scratch_extend(scratch, 1, &top, error));
    *top = id;
    return RP_OK;
}

static inline void
rp_scratch_release(RpScratch *scratch, uint32_t mark)
{
    scratch->count = mark;
}

/* Sort the ids from mark up and drop duplicates. Linear. */
RpStatus rp_scratch_sort(RpScratch *scratch, uint32_t mark, RpError *error);

/* Move the ids from first up down to mark, dropping what was between. */
void rp_scratch_close_gap(RpScratch *scratch, uint32_t mark, uint32_t first);

/* An empty set. It is given back empty: its user removes what it added. */
RpStatus rp_scratch_take_marks(RpScratch *scratch, RpMarks **marks, RpError *error);
void rp_scratch_return_marks(RpScratch *scratch, RpMarks *marks);

/* Add an id; false: it was there. */
static inline bool
rp_marks_add(RpMarks *marks, RpTermId id)
{
    uint64_t bit = UINT64_C(1) << (id & 63);
    bool is_new = (marks->words[id >> 6] & bit) == 0;

    marks->words[id >> 6] |= bit;
    return is_new;
}

static inline void
rp_marks_remove(RpMarks *marks, RpTermId id)
{
    marks->words[id >> 6] &= ~(UINT64_C(1) << (id & 63));
}

#endif
