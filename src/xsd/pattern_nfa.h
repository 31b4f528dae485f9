/*
 * A pattern's tree as a nondeterministic automaton (Thompson 1968): instructions, of which many are
 * in work at once. pattern_find runs it as it is, pattern_dfa makes a deterministic one of it.
 */
#ifndef RP_XSD_PATTERN_NFA_H
#define RP_XSD_PATTERN_NFA_H

#include "xsd/pattern_tree.h"

typedef enum RpNfaOperation {
    RP_NFA_CLASS, /* takes a character of the class, and goes on behind */
    RP_NFA_SPLIT, /* goes on at first, and at second where that fails */
    RP_NFA_JUMP,  /* to first */
    RP_NFA_START, /* ^ and $: go on behind where they hold */
    RP_NFA_END,
    RP_NFA_ACCEPT /* the last one */
} RpNfaOperation;

typedef struct RpNfaInstruction {
    RpNfaOperation operation;
    uint32_t first;
    uint32_t second;
    const RpPatternNode *class;
} RpNfaInstruction;

typedef struct RpNfa {
    RpArena *arena;
    RpNfaInstruction *instructions;
    uint32_t count;
    uint32_t capacity;
    bool has_anchors;
    uint64_t *reached; /* by instruction: the step at which it was reached last */
    uint64_t step;
    uint64_t work;   /* instructions that were looked at */
    uint32_t *stack; /* instructions that are to be followed */
} RpNfa;

/* Make it of a tree, which must stay. RP_TOO_LARGE: it has more than limit instructions. */
RpStatus rp_nfa_make(RpArena *arena, const RpPatternNode *tree, uint32_t limit, RpNfa *nfa,
                     RpError *error);

/* Begin a set of instructions. */
static inline void
rp_nfa_begin(RpNfa *nfa)
{
    nfa->step++;
}

/*
 * Add to a set what is reached from an instruction without a character: instructions that take one,
 * and the last one, each once in the set, in the order in which the pattern prefers them. The two
 * flags say whether ^ and $ hold here. The array has room for nfa->count.
 */
void rp_nfa_reach(RpNfa *nfa, uint32_t from, bool is_start, bool is_end, uint32_t *set,
                  uint32_t *count);

#endif
