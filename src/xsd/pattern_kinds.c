/* See pattern_kinds.h. */
#include "xsd/pattern_kinds.h"

#include <stdlib.h>

static RpStatus
collect_sets(RpPatternKinds *kinds, RpArena *arena, const RpPatternNode *node, RpError *error)
{
    const RpPatternNode **sets;

    for (const RpPatternNode *child = node->child; child != NULL; child = child->next) {
        RP_TRY(collect_sets(kinds, arena, child, error));
    }
    if (node->kind != RP_PATTERN_CLASS) {
        return RP_OK;
    }
    sets = rp_arena_grow(arena, (void *)kinds->sets, kinds->set_count, kinds->set_count + 1,
                         &kinds->set_capacity, sizeof *sets);
    if (sets == NULL) {
        return rp_arena_failure(arena, error);
    }
    kinds->sets = sets;
    sets[kinds->set_count++] = node;
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
compare_stretches(const void *a, const void *b)
{
    uint32_t first = ((const RpPatternStretch *)a)->first;
    uint32_t second = ((const RpPatternStretch *)b)->first;

    return (first > second) - (first < second);
}

static int
compare_numbers(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a;
    uint64_t second = *(const uint64_t *)b;

    return (first > second) - (first < second);
}

/* Leave one class of each different set. */
static void
drop_equal_sets(RpPatternKinds *kinds)
{
    uint32_t kept = 0;

    if (kinds->set_count > 0) {
        qsort((void *)kinds->sets, kinds->set_count, sizeof *kinds->sets, compare_sets);
    }
    for (uint32_t i = 0; i < kinds->set_count; i++) {
        if (kept == 0 || compare_sets(&kinds->sets[kept - 1], &kinds->sets[i]) != 0) {
            kinds->sets[kept++] = kinds->sets[i];
            kinds->place_count += 2 * kinds->sets[i]->range_count;
        }
    }
    kinds->set_count = kept;
}

/* What stands for a set: a bit, or where they are too many a number that looks like chance, so that
 * sums differ (splitmix64). */
static uint64_t
sign_of(const RpPatternKinds *kinds, uint32_t index)
{
    uint64_t hash = (index + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);

    if (kinds->set_count <= RP_PATTERN_EXACT_SETS_LIMIT) {
        return UINT64_C(1) << index;
    }
    hash = (hash ^ hash >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ hash >> 27) * UINT64_C(0x94D049BB133111EB);
    return hash ^ hash >> 31;
}

/* Sum up the places where sets begin and end, in order, to stretches. */
static void
sum_places(RpPatternKinds *kinds)
{
    uint32_t place_count = kinds->place_count;
    RpPatternStretch *stretches = kinds->stretches;
    uint64_t sum = 0;

    if (place_count > 0) {
        qsort(stretches, place_count, sizeof *stretches, compare_stretches);
    }
    for (uint32_t i = 0; i < place_count; i++) {
        sum ^= stretches[i].sets;
        if (i + 1 == place_count || stretches[i + 1].first != stretches[i].first) {
            stretches[kinds->stretch_count++] = (RpPatternStretch){stretches[i].first, sum};
        }
    }
}

/* The different kinds of the stretches. */
static void
collect_kinds(RpPatternKinds *kinds)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < kinds->stretch_count; i++) {
        kinds->kinds[i] = kinds->stretches[i].sets;
    }
    if (kinds->stretch_count > 0) {
        qsort(kinds->kinds, kinds->stretch_count, sizeof *kinds->kinds, compare_numbers);
    }
    for (uint32_t i = 0; i < kinds->stretch_count; i++) {
        if (kinds->kinds[i] != 0 && (kept == 0 || kinds->kinds[kept - 1] != kinds->kinds[i])) {
            kinds->kinds[kept++] = kinds->kinds[i];
        }
    }
    kinds->kind_count = kept;
}

RpStatus
rp_pattern_kinds_collect(RpArena *arena, const RpPatternNode *tree, RpPatternKinds *kinds,
                         RpError *error)
{
    *kinds = (RpPatternKinds){.sets = NULL};
    RP_TRY(collect_sets(kinds, arena, tree, error));
    drop_equal_sets(kinds);
    return RP_OK;
}

RpStatus
rp_pattern_kinds_find(RpArena *arena, RpPatternKinds *kinds, RpError *error)
{
    size_t count = (size_t)kinds->place_count + 1;
    uint32_t next = 0;

    kinds->stretches = rp_arena_allocate(arena, sizeof(RpPatternStretch) * count);
    kinds->kinds = rp_arena_allocate(arena, sizeof(uint64_t) * count);
    if (kinds->stretches == NULL || kinds->kinds == NULL) {
        return rp_arena_failure(arena, error);
    }
    for (uint32_t i = 0; i < kinds->set_count; i++) {
        const RpPatternNode *set = kinds->sets[i];
        uint64_t sign = sign_of(kinds, i);

        for (uint32_t j = 0; j < set->range_count; j++) {
            kinds->stretches[next++] = (RpPatternStretch){set->ranges[j].first, sign};
            kinds->stretches[next++] = (RpPatternStretch){set->ranges[j].last + 1, sign};
        }
    }
    sum_places(kinds);
    collect_kinds(kinds);
    return RP_OK;
}

uint32_t
rp_pattern_kinds_set(const RpPatternKinds *kinds, const RpPatternNode *class)
{
    const RpPatternNode **found = bsearch((void *)&class, (void *)kinds->sets, kinds->set_count,
                                          sizeof *kinds->sets, compare_sets);

    return (uint32_t)(found - kinds->sets);
}

uint32_t
rp_pattern_kinds_number(const RpPatternKinds *kinds, const RpPatternStretch *stretch)
{
    const uint64_t *found = bsearch(&stretch->sets, kinds->kinds, kinds->kind_count,
                                    sizeof *kinds->kinds, compare_numbers);

    return found == NULL ? 0 : (uint32_t)(found - kinds->kinds) + 1;
}
