/*
 * What a pattern asks of the host's engine, which makes a state for every part and, between two
 * parts, a transition for every kind of character that is told apart. Where parts may be left out
 * one after the other, each is reached from all before it; and where many sets overlap, each is
 * many kinds of character. Both are the square of the pattern's length, and the engine's work grows
 * faster still: so they are counted here, in little time, and bounded by rp_pattern_emit.
 */
#include "xsd/pattern_kinds.h"

enum { LAST_CODE_POINT = 0x10FFFF };

static const uint64_t ceiling = UINT64_C(1) << 40; /* sums above are cut to it */

typedef struct Counting {
    uint64_t kind_count;
    uint64_t transitions;
} Counting;

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
    RpPatternKinds kinds;
    Counting counting;

    RP_TRY(rp_pattern_kinds_collect(arena, tree, &kinds, error));
    RP_TRY(rp_pattern_kinds_find(arena, &kinds, error));
    counting = (Counting){.kind_count = kinds.kind_count};
    count_behind(&counting, tree, 1);
    *count = counting.transitions;
    return RP_OK;
}
