/*
 * What a pattern asks of the host's engine, which makes a state for every part and, between two
 * parts, a transition for every kind of character that is told apart. Where parts may be left out
 * one after the other, each is reached from all before it; and where many sets overlap, each is
 * many kinds of character. Both are the square of the pattern's length, and the engine's work grows
 * faster still: so they are counted here, in little time, and bounded by rp_pattern_emit.
 */
#include <stdlib.h>

#include "xsd/pattern_tree.h"

enum { LAST_CODE_POINT = 0x10FFFF };

static const uint64_t ceiling = UINT64_C(1) << 40; /* sums above are cut to it */

/* A code point where a set begins or has ended. */
typedef struct Boundary {
    uint32_t code_point;
    uint64_t set; /* a hash that stands for the set */
} Boundary;

typedef struct Counting {
    const RpPatternNode **sets; /* one node of each different set */
    uint32_t set_count;
    uint32_t set_capacity;
    uint64_t kind_count; /* kinds of character that the sets tell apart */
    uint64_t transitions;
} Counting;

static RpStatus
collect_sets(Counting *counting, RpArena *arena, const RpPatternNode *node, RpError *error)
{
    const RpPatternNode **sets;

    for (const RpPatternNode *child = node->child; child != NULL; child = child->next) {
        RP_TRY(collect_sets(counting, arena, child, error));
    }
    if (node->kind != RP_PATTERN_CLASS) {
        return RP_OK;
    }
    sets = rp_arena_grow(arena, (void *)counting->sets, counting->set_count,
                         counting->set_count + 1, &counting->set_capacity, sizeof *sets);
    if (sets == NULL) {
        return rp_arena_failure(arena, error);
    }
    counting->sets = sets;
    sets[counting->set_count++] = node;
    return RP_OK;
}

static int
compare_sets(const void *a, const void *b)
{
    const RpPatternNode *first = *(const RpPatternNode *const *)a;
    const RpPatternNode *second = *(const RpPatternNode *const *)b;

    if (first->range_count != second->range_count) {
        return first->range_count < second->range_count ? -1 : 1;
    }
    if (first->ranges == second->ranges || first->range_count == 0) {
        return 0;
    }
    return memcmp(first->ranges, second->ranges, first->range_count * sizeof(RpCodeRange));
}

static int
compare_boundaries(const void *a, const void *b)
{
    uint32_t first = ((const Boundary *)a)->code_point;
    uint32_t second = ((const Boundary *)b)->code_point;

    return (first > second) - (first < second);
}

static int
compare_hashes(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a;
    uint64_t second = *(const uint64_t *)b;

    return (first > second) - (first < second);
}

/* Leave one node of each different set; returns the number of boundaries of all. */
static uint32_t
drop_equal_sets(Counting *counting)
{
    uint32_t kept = 0;
    uint32_t boundary_count = 0;

    if (counting->set_count > 0) {
        qsort((void *)counting->sets, counting->set_count, sizeof *counting->sets, compare_sets);
    }
    for (uint32_t i = 0; i < counting->set_count; i++) {
        if (kept == 0 || compare_sets(&counting->sets[kept - 1], &counting->sets[i]) != 0) {
            counting->sets[kept++] = counting->sets[i];
            boundary_count += 2 * counting->sets[i]->range_count;
        }
    }
    counting->set_count = kept;
    return boundary_count;
}

/* A number that looks like chance, so that sums of them differ: splitmix64. */
static uint64_t
hash_of(uint32_t index)
{
    uint64_t hash = (index + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);

    hash = (hash ^ hash >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ hash >> 27) * UINT64_C(0x94D049BB133111EB);
    return hash ^ hash >> 31;
}

/*
 * Count the kinds of character: two characters are of one kind where the same sets hold them. The
 * sets that hold a character are summed up as the exclusive or of their hashes.
 */
static RpStatus
count_kinds(Counting *counting, RpArena *arena, RpError *error)
{
    uint32_t count = drop_equal_sets(counting);
    Boundary *boundaries = rp_arena_allocate(arena, sizeof(Boundary) * ((size_t)count + 1));
    uint64_t *kinds = rp_arena_allocate(arena, sizeof(uint64_t) * ((size_t)count + 1));
    uint64_t kind = 0;
    uint32_t next = 0;

    if (boundaries == NULL || kinds == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < counting->set_count; i++) {
        const RpPatternNode *set = counting->sets[i];

        for (uint32_t j = 0; j < set->range_count; j++) {
            uint64_t hash = hash_of(i);

            boundaries[next++] = (Boundary){set->ranges[j].first, hash};
            boundaries[next++] = (Boundary){set->ranges[j].last + 1, hash};
        }
    }
    qsort(boundaries, count, sizeof *boundaries, compare_boundaries);
    for (uint32_t i = 0; i < count; i++) {
        kind ^= boundaries[i].set;
        kinds[i] = kind;
        if (i + 1 < count && boundaries[i + 1].code_point == boundaries[i].code_point) {
            kinds[i] = 0; /* more begins or ends here */
        }
    }
    qsort(kinds, count, sizeof *kinds, compare_hashes);
    for (uint32_t i = 0; i < count; i++) {
        counting->kind_count += kinds[i] != 0 && (i == 0 || kinds[i] != kinds[i - 1]);
    }
    return RP_OK;
}

/* Kinds of character that a set holds, at most; any character at all needs one transition. */
static uint64_t
kinds_of(const Counting *counting, const RpPatternNode *set)
{
    uint64_t code_points = 0;

    for (uint32_t i = 0; i < set->range_count; i++) {
        code_points += (uint64_t)set->ranges[i].last - set->ranges[i].first + 1;
    }
    if (code_points >= LAST_CODE_POINT - 0x800) {
        return 1;
    }
    return code_points < counting->kind_count ? code_points : counting->kind_count;
}

/* Add transitions that end at one state, one of which every part has anyway. */
static uint64_t
add_transitions(Counting *counting, uint64_t count)
{
    count = count < ceiling ? count : ceiling;
    counting->transitions += count > 1 ? count - 1 : 0;
    counting->transitions = counting->transitions < ceiling ? counting->transitions : ceiling;
    return count;
}

static uint64_t count_behind(Counting *counting, const RpPatternNode *node, uint64_t before);

/* The copies of a repeated part: as many as must be there, then those that may be left out. */
static uint64_t
count_repeat(Counting *counting, const RpPatternNode *node, uint64_t before)
{
    uint64_t behind = before;
    uint64_t ends = 0;

    for (uint32_t i = 0; i < node->minimum; i++) {
        behind = count_behind(counting, node->child, behind);
    }
    if (node->maximum == RP_PATTERN_UNBOUNDED) { /* back to where it began */
        uint64_t again = node->minimum == 0 ? count_behind(counting, node->child, before) : behind;

        return add_transitions(counting, behind + again);
    }
    ends = behind;
    for (uint32_t i = node->minimum; i < node->maximum; i++) {
        behind = count_behind(counting, node->child, behind);
        ends = ends + behind < ceiling ? ends + behind : ceiling;
    }
    return node->maximum > node->minimum ? add_transitions(counting, ends) : ends;
}

/* Count a tree's transitions: the number that end behind it, before being that of those that end
 * before it. Recursion as deep as the parser's. */
static uint64_t
count_behind(Counting *counting, const RpPatternNode *node, uint64_t before)
{
    uint64_t behind = node->kind == RP_PATTERN_CHOICE ? 0 : before;

    switch (node->kind) {
    case RP_PATTERN_CLASS:
        return add_transitions(counting, kinds_of(counting, node));
    case RP_PATTERN_START:
    case RP_PATTERN_END:
        return before;
    case RP_PATTERN_REPEAT:
        return count_repeat(counting, node, before);
    case RP_PATTERN_SEQUENCE:
        for (const RpPatternNode *child = node->child; child != NULL; child = child->next) {
            behind = count_behind(counting, child, behind);
        }
        return behind;
    case RP_PATTERN_CHOICE:
        for (const RpPatternNode *child = node->child; child != NULL; child = child->next) {
            behind += count_behind(counting, child, before);
        }
        return add_transitions(counting, behind);
    }
    return behind;
}

RpStatus
rp_pattern_count_transitions(RpArena *arena, const RpPatternNode *tree, uint64_t *count,
                             RpError *error)
{
    Counting counting = {.sets = NULL};

    RP_TRY(collect_sets(&counting, arena, tree, error));
    RP_TRY(count_kinds(&counting, arena, error));
    count_behind(&counting, tree, 1);
    *count = counting.transitions;
    return RP_OK;
}
