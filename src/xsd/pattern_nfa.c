/* See pattern_nfa.h. */
#include "xsd/pattern_nfa.h"

/* An automaton that is being made. */
typedef struct Making {
    RpNfa *nfa;
    uint32_t limit;
    RpError *error;
} Making;

static RpStatus add_node(Making *making, const RpPatternNode *node);

static RpStatus
add(Making *making, RpNfaInstruction instruction)
{
    RpNfa *nfa = making->nfa;
    RpNfaInstruction *instructions;

    if (nfa->count >= making->limit) {
        return rp_error_set(making->error, RP_TOO_LARGE, "its counts make it too large");
    }
    instructions = rp_arena_grow(nfa->arena, nfa->instructions, nfa->count, nfa->count + 1,
                                 &nfa->capacity, sizeof(RpNfaInstruction));
    if (!instructions) {
        return rp_arena_failure(nfa->arena, making->error);
    }
    nfa->instructions = instructions;
    instructions[nfa->count++] = instruction;
    return RP_OK;
}

/* A split whose preferred way is the next instruction, or the other one. The other way is set by
 * set_other. */
static RpStatus
add_split(Making *making, bool prefers_other)
{
    uint32_t next = making->nfa->count + 1;

    return add(making, (RpNfaInstruction){.operation = RP_NFA_SPLIT,
                                          .first = prefers_other ? UINT32_MAX : next,
                                          .second = prefers_other ? next : UINT32_MAX});
}

static void
set_other(Making *making, uint32_t split, uint32_t target)
{
    RpNfaInstruction *instruction = &making->nfa->instructions[split];

    if (instruction->first == UINT32_MAX) {
        instruction->first = target;
    } else {
        instruction->second = target;
    }
}

static RpStatus
add_choice(Making *making, const RpPatternNode *node)
{
    RpNfa *nfa = making->nfa;
    uint32_t last_jump = UINT32_MAX; /* a chain of jumps to the end, by their first */

    for (const RpPatternNode *child = node->child; child; child = child->next) {
        uint32_t split = nfa->count;

        if (child->next) {
            RP_TRY(add_split(making, false));
        }
        RP_TRY(add_node(making, child));
        if (child->next) {
            RP_TRY(add(making, (RpNfaInstruction){.operation = RP_NFA_JUMP, .first = last_jump}));
            last_jump = nfa->count - 1;
            set_other(making, split, nfa->count);
        }
    }
    while (last_jump != UINT32_MAX) {
        uint32_t before = nfa->instructions[last_jump].first;

        nfa->instructions[last_jump].first = nfa->count;
        last_jump = before;
    }
    return RP_OK;
}

static RpStatus
add_repeat(Making *making, const RpPatternNode *node)
{
    RpNfa *nfa = making->nfa;
    uint32_t splits = UINT32_MAX; /* a chain of those that lead to the end */
    uint32_t optional_count =
        node->maximum == RP_PATTERN_UNBOUNDED ? 1 : node->maximum - node->minimum;

    for (uint32_t i = 0; i < node->minimum; i++) {
        uint32_t before = nfa->count;

        RP_TRY(add_node(making, node->child));
        if (nfa->count == before) {
            return RP_OK; /* nothing, however often */
        }
    }
    for (uint32_t i = 0; i < optional_count; i++) {
        uint32_t split = nfa->count;

        RP_TRY(add_split(making, node->is_reluctant));
        RP_TRY(add_node(making, node->child));
        if (node->maximum == RP_PATTERN_UNBOUNDED) {
            RP_TRY(add(making, (RpNfaInstruction){.operation = RP_NFA_JUMP, .first = split}));
        }
        set_other(making, split, splits); /* for now: the one before */
        splits = split;
    }
    while (splits != UINT32_MAX) {
        RpNfaInstruction *split = &nfa->instructions[splits];
        uint32_t *other = node->is_reluctant ? &split->first : &split->second;
        uint32_t before = *other;

        *other = nfa->count;
        splits = before;
    }
    return RP_OK;
}

/* Recursion is bounded by the pattern's depth. */
static RpStatus
add_node(Making *making, const RpPatternNode *node)
{
    switch (node->kind) {
    case RP_PATTERN_CLASS:
        return add(making, (RpNfaInstruction){.operation = RP_NFA_CLASS, .class = node});
    case RP_PATTERN_START:
    case RP_PATTERN_END:
        making->nfa->has_anchors = true;
        return add(making,
                   (RpNfaInstruction){.operation = node->kind == RP_PATTERN_START ? RP_NFA_START
                                                                                  : RP_NFA_END});
    case RP_PATTERN_SEQUENCE:
        for (const RpPatternNode *child = node->child; child; child = child->next) {
            RP_TRY(add_node(making, child));
        }
        return RP_OK;
    case RP_PATTERN_CHOICE:
        return add_choice(making, node);
    case RP_PATTERN_REPEAT:
        return add_repeat(making, node);
    }
    return RP_OK;
}

RpStatus
rp_nfa_make(RpArena *arena, const RpPatternNode *tree, uint32_t limit, RpNfa *nfa, RpError *error)
{
    Making making = {nfa, limit, error};

    *nfa = (RpNfa){.arena = arena};
    RP_TRY(add_node(&making, tree));
    RP_TRY(add(&making, (RpNfaInstruction){.operation = RP_NFA_ACCEPT}));
    nfa->reached = rp_arena_allocate_zero(arena, sizeof(uint64_t) * nfa->count);
    nfa->stack = rp_arena_allocate(arena, sizeof(uint32_t) * (2 * (size_t)nfa->count + 2));
    return nfa->reached && nfa->stack ? RP_OK : rp_arena_failure(arena, error);
}

void
rp_nfa_reach(RpNfa *nfa, uint32_t from, bool is_start, bool is_end, uint32_t *set, uint32_t *count)
{
    uint32_t depth = 0;

    nfa->stack[depth++] = from;
    while (depth > 0) {
        uint32_t at = nfa->stack[--depth];
        const RpNfaInstruction *instruction = &nfa->instructions[at];

        nfa->work++;
        if (nfa->reached[at] == nfa->step) {
            continue;
        }
        nfa->reached[at] = nfa->step;
        switch (instruction->operation) {
        case RP_NFA_JUMP:
            nfa->stack[depth++] = instruction->first;
            break;
        case RP_NFA_SPLIT:
            nfa->stack[depth++] = instruction->second;
            nfa->stack[depth++] = instruction->first;
            break;
        case RP_NFA_START:
        case RP_NFA_END:
            if (instruction->operation == RP_NFA_START ? is_start : is_end) {
                nfa->stack[depth++] = at + 1;
            }
            break;
        default:
            set[(*count)++] = at;
            break;
        }
    }
}
