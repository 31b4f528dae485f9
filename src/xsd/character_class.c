/* Sets of code points: building, order, complement. */
#include "xsd/character_class.h"

enum {
    FIRST_CODE_POINT = 1, /* no text holds U+0000 */
    LAST_CODE_POINT = 0x10FFFF,
    FIRST_SURROGATE = 0xD800,
    LAST_SURROGATE = 0xDFFF
};

void
rp_character_class_init(RpCharacterClass *set, RpArena *arena)
{
    *set = (RpCharacterClass){.arena = arena};
}

static void
append(RpCharacterClass *set, uint32_t first, uint32_t last)
{
    RpCodeRange *ranges;

    if (set->has_failed) {
        return;
    }
    if (set->count > 0 && set->ranges[set->count - 1].last + 1 == first) {
        set->ranges[set->count - 1].last = last;
        return;
    }
    ranges = rp_arena_grow(set->arena, set->ranges, set->count, set->count + 1, &set->capacity,
                           sizeof(RpCodeRange));
    if (ranges == NULL) {
        set->has_failed = true;
        return;
    }
    set->ranges = ranges;
    set->ranges[set->count++] = (RpCodeRange){first, last};
}

void
rp_character_class_add(RpCharacterClass *set, uint32_t first, uint32_t last)
{
    if (first < FIRST_CODE_POINT) {
        first = FIRST_CODE_POINT;
    }
    if (first < FIRST_SURROGATE) {
        uint32_t lower_last = last < FIRST_SURROGATE ? last : FIRST_SURROGATE - 1;

        if (first <= lower_last) {
            append(set, first, lower_last);
        }
    }
    if (last > LAST_SURROGATE) {
        append(set, first > LAST_SURROGATE ? first : LAST_SURROGATE + 1, last);
    }
}

void
rp_character_class_add_class(RpCharacterClass *set, const RpCharacterClass *other)
{
    set->has_failed = set->has_failed || other->has_failed;
    for (uint32_t i = 0; i < other->count; i++) {
        append(set, other->ranges[i].first, other->ranges[i].last);
    }
}

/* Shell's sort: needs no memory, and the ranges come nearly sorted. */
static void
sort_ranges(RpCodeRange *ranges, uint32_t count)
{
    for (uint32_t gap = count / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < count; i++) {
            RpCodeRange moved = ranges[i];
            uint32_t place = i;

            while (place >= gap && ranges[place - gap].first > moved.first) {
                ranges[place] = ranges[place - gap];
                place -= gap;
            }
            ranges[place] = moved;
        }
    }
}

void
rp_character_class_normalize(RpCharacterClass *set)
{
    uint32_t kept = 0;

    sort_ranges(set->ranges, set->count);
    for (uint32_t i = 0; i < set->count; i++) {
        RpCodeRange range = set->ranges[i];

        if (kept > 0 && range.first <= set->ranges[kept - 1].last + 1) {
            if (range.last > set->ranges[kept - 1].last) {
                set->ranges[kept - 1].last = range.last;
            }
        } else {
            set->ranges[kept++] = range;
        }
    }
    set->count = kept;
}

void
rp_character_class_negate(RpCharacterClass *set)
{
    RpCharacterClass complement;
    uint32_t next = FIRST_CODE_POINT;

    rp_character_class_init(&complement, set->arena);
    complement.has_failed = set->has_failed;
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->ranges[i].first > next) {
            rp_character_class_add(&complement, next, set->ranges[i].first - 1);
        }
        next = set->ranges[i].last + 1;
    }
    if (next <= LAST_CODE_POINT) {
        rp_character_class_add(&complement, next, LAST_CODE_POINT);
    }
    *set = complement;
}

void
rp_character_class_subtract(RpCharacterClass *set, const RpCharacterClass *other)
{
    rp_character_class_negate(set);
    rp_character_class_add_class(set, other);
    rp_character_class_normalize(set);
    rp_character_class_negate(set);
}
