/* See scratch.h. */
#include "validate/scratch.h"

enum {
    INSERTION_SORT_LIMIT = 32, /* below it, simple sorting is faster */
    DIGIT_BITS = 8,
    DIGIT_COUNT = 1 << DIGIT_BITS
};

void
rp_scratch_init(RpScratch *scratch, RpArena *arena, RpTermId id_limit)
{
    scratch->arena = arena;
    scratch->ids = scratch->first_ids;
    scratch->count = 0;
    scratch->capacity = RP_SCRATCH_FIRST_CAPACITY;
    scratch->id_limit = id_limit;
    scratch->unused_marks = NULL;
}

void
rp_scratch_set_limit(RpScratch *scratch, RpTermId id_limit)
{
    if (id_limit != scratch->id_limit) {
        scratch->id_limit = id_limit;
        scratch->unused_marks = NULL;
    }
}

RpStatus
rp_scratch_extend(RpScratch *scratch, uint32_t count, RpTermId **ids, RpError *error)
{
    RpTermId *block;
    uint32_t needed;

    if (count > UINT32_MAX / 2 - scratch->count) {
        return rp_error_set(error, RP_TOO_LARGE, "more than %u value nodes at once",
                            (unsigned)(UINT32_MAX / 2));
    }
    needed = scratch->count + count;
    if (needed > scratch->capacity) {
        block = rp_arena_grow(scratch->arena, scratch->ids, scratch->count, needed,
                              &scratch->capacity, sizeof(RpTermId));
        if (!block) {
            return rp_arena_failure(scratch->arena, error);
        }
        scratch->ids = block;
    }
    *ids = scratch->ids + scratch->count;
    scratch->count = needed;
    return RP_OK;
}

static void
insertion_sort(RpTermId *ids, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        RpTermId id = ids[i];
        uint32_t j = i;

        for (; j > 0 && ids[j - 1] > id; j--) {
            ids[j] = ids[j - 1];
        }
        ids[j] = id;
    }
}

/* Sort by one digit, from one array to another, keeping the order of equal digits. */
static void
distribute(const RpTermId *from, RpTermId *to, uint32_t count, uint32_t shift)
{
    uint32_t starts[DIGIT_COUNT] = {0};
    uint32_t start = 0;

    for (uint32_t i = 0; i < count; i++) {
        starts[from[i] >> shift & (DIGIT_COUNT - 1)]++;
    }
    for (uint32_t digit = 0; digit < DIGIT_COUNT; digit++) {
        uint32_t digit_count = starts[digit];

        starts[digit] = start;
        start += digit_count;
    }
    for (uint32_t i = 0; i < count; i++) {
        to[starts[from[i] >> shift & (DIGIT_COUNT - 1)]++] = from[i];
    }
}

/* The stack's own top serves as the second array. */
static RpStatus
radix_sort(RpScratch *scratch, uint32_t mark, RpError *error)
{
    uint32_t count = scratch->count - mark;
    RpTermId *other;
    RpTermId *ids;

    RP_TRY(rp_scratch_extend(scratch, count, &other, error));
    ids = other - count;
    for (uint32_t shift = 0; shift < 32 && (scratch->id_limit >> shift) > 0; shift += DIGIT_BITS) {
        RpTermId *sorted = other;

        distribute(ids, sorted, count, shift);
        other = ids;
        ids = sorted;
    }
    if (ids > other) {
        memcpy(other, ids, sizeof(RpTermId) * count);
    }
    rp_scratch_release(scratch, mark + count);
    return RP_OK;
}

/* Whether ids are in order and without duplicates already, as the graph gives them. */
static bool
is_set(const RpTermId *ids, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (ids[i - 1] >= ids[i]) {
            return false;
        }
    }
    return true;
}

RpStatus
rp_scratch_sort(RpScratch *scratch, uint32_t mark, RpError *error)
{
    uint32_t kept = mark;

    if (is_set(scratch->ids + mark, scratch->count - mark)) {
        return RP_OK;
    }
    if (scratch->count - mark < INSERTION_SORT_LIMIT) {
        insertion_sort(scratch->ids + mark, scratch->count - mark);
    } else {
        RP_TRY(radix_sort(scratch, mark, error));
    }
    for (uint32_t i = mark + 1; i < scratch->count; i++) {
        if (scratch->ids[i] != scratch->ids[kept]) {
            scratch->ids[++kept] = scratch->ids[i];
        }
    }
    scratch->count = kept + 1;
    return RP_OK;
}

void
rp_scratch_close_gap(RpScratch *scratch, uint32_t mark, uint32_t first)
{
    uint32_t count = scratch->count - first;

    if (count > 0) {
        memmove(scratch->ids + mark, scratch->ids + first, sizeof(RpTermId) * count);
    }
    scratch->count = mark + count;
}

RpStatus
rp_scratch_take_marks(RpScratch *scratch, RpMarks **marks, RpError *error)
{
    if (scratch->unused_marks) {
        *marks = scratch->unused_marks;
        scratch->unused_marks = (*marks)->next;
        return RP_OK;
    }
    *marks = rp_arena_allocate(scratch->arena, sizeof(RpMarks));
    if (!*marks) {
        return rp_arena_failure(scratch->arena, error);
    }
    (*marks)->words = rp_arena_allocate_zero(
        scratch->arena, sizeof(uint64_t) * (((size_t)scratch->id_limit >> 6) + 1));
    if (!(*marks)->words) {
        return rp_arena_failure(scratch->arena, error);
    }
    return RP_OK;
}

void
rp_scratch_return_marks(RpScratch *scratch, RpMarks *marks)
{
    marks->next = scratch->unused_marks;
    scratch->unused_marks = marks;
}
