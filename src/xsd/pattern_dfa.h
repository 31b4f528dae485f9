/*
 * A pattern's tree as a deterministic automaton: one state at a time, one step for each character.
 * It finds whether a text matches anywhere, and goes no further than where that is known. It is
 * made as a whole when the pattern is compiled; most that people write have a few dozen states, and
 * what would have too many is left to who asks.
 */
#ifndef RP_XSD_PATTERN_DFA_H
#define RP_XSD_PATTERN_DFA_H

#include "xsd/pattern_kinds.h"

enum {
    /* States that end a match and have no transitions; and the first of those that have. */
    RP_DFA_FAILS = 0,
    RP_DFA_MATCHES,
    RP_DFA_GOES_ON,

    RP_DFA_KIND_LIMIT = 63, /* with that of no set */
    RP_DFA_RANGE_LIMIT = 4095,
    RP_DFA_TRANSITION_LIMIT = 4094
};

typedef struct RpDfa {
    RpPatternKinds kinds;
    uint32_t kind_count;   /* with that of no set, which is the first */
    uint32_t column_count; /* of a state's transitions: kinds, and the end of the text */
    uint32_t first_state;
    uint32_t state_count;
    uint16_t *transitions; /* the next states, a row for each state from RP_DFA_GOES_ON on */
    uint64_t work;         /* what making it took, in instructions that were looked at */
} RpDfa;

/*
 * Make it of a tree, which must stay. *is_made false: it would be over a limit, or making it would
 * take long, which is known after a millisecond; or the pattern has anchors, and they are of lines.
 */
RpStatus rp_dfa_make(RpArena *arena, const RpPatternNode *tree, bool is_multi_line, RpDfa *dfa,
                     bool *is_made, RpError *error);

/* Append it as a text, which stands for itself: see pattern_dfa_text.c. */
void rp_dfa_append(RpBuffer *buffer, const RpDfa *dfa);

/* Whether a text is one that rp_dfa_append can have made; and of one that is, whether a subject
 * matches. What is not UTF-8 in it matches nothing. */
bool rp_dfa_text_is_valid(RpText text);
bool rp_dfa_text_matches(RpText text, RpText subject);

#endif
