/* A pattern as a tree: what the parser makes, the emitter and the direct matcher read. Lives in one
 * arena. */
#ifndef RP_XSD_PATTERN_TREE_H
#define RP_XSD_PATTERN_TREE_H

#include "base/buffer.h"
#include "xsd/character_class.h"

enum {
    RP_PATTERN_LENGTH_LIMIT_BYTES = 16384,
    RP_PATTERN_DEPTH_LIMIT = 100,
    /* Copies of a repeated part that counts make, beyond its first: a{3} makes 2. What the host's
       engine has to hold. */
    RP_PATTERN_REPEAT_LIMIT_STATES = 1000,
    /* What rp_pattern_count_transitions gives: the engine needs some 50 ms then, and from there on
       soon minutes. */
    RP_PATTERN_TRANSITION_LIMIT = 20000,
    RP_PATTERN_PROGRAM_LIMIT_BYTES = 262144
};

#define RP_PATTERN_UNBOUNDED UINT32_MAX

typedef enum RpPatternKind {
    RP_PATTERN_CLASS = 1, /* one character of a set; a plain character is a set of one */
    RP_PATTERN_START,     /* ^ */
    RP_PATTERN_END,       /* $ */
    RP_PATTERN_SEQUENCE,  /* its children one after the other; none: the empty text */
    RP_PATTERN_CHOICE,    /* one of its children */
    RP_PATTERN_REPEAT     /* its only child, minimum to maximum times */
} RpPatternKind;

typedef struct RpPatternNode RpPatternNode;

struct RpPatternNode {
    RpPatternKind kind;
    RpPatternNode *next;       /* sibling */
    RpPatternNode *child;      /* the first of sequence, choice, repeat */
    const RpCodeRange *ranges; /* of a class: normalized */
    uint32_t range_count;
    uint32_t minimum;            /* of a repeat */
    uint32_t maximum;            /* of a repeat; RP_PATTERN_UNBOUNDED: no end */
    bool is_reluctant;           /* of a repeat: as few as possible; matters to who asks where */
    RpCodeRange character_range; /* where ranges points for a plain character */
};

typedef struct RpPatternFlags {
    bool dot_matches_all; /* s */
    bool is_multi_line;   /* m */
    bool ignores_case;    /* i */
    bool skips_space;     /* x */
    bool is_literal;      /* q */
} RpPatternFlags;

/* Read the letters of flags. RP_ILL_FORMED: another letter. */
RpStatus rp_pattern_read_flags(RpText text, RpPatternFlags *flags, RpError *error);

/* A pattern's tree; fails as rp_pattern_compile does. */
RpStatus rp_pattern_parse(RpArena *arena, RpText pattern, RpPatternFlags flags,
                          RpPatternNode **tree, RpError *error);

/* Append the tree as an advanced regular expression of PostgreSQL. RP_TOO_LARGE: over a limit
 * above. */
RpStatus rp_pattern_emit(RpBuffer *buffer, const RpPatternNode *tree, RpPatternFlags flags,
                         RpError *error);

/* The transitions that the host's engine makes of a tree, beyond one for each part; counts are
 * bounded. */
RpStatus rp_pattern_count_transitions(RpArena *arena, const RpPatternNode *tree, uint64_t *count,
                                      RpError *error);

/* Append a program that needs no regular expressions of the host. *is_emitted false, with nothing
 * appended: the tree is none of those that have one. */
RpStatus rp_pattern_emit_direct(RpBuffer *buffer, const RpPatternNode *tree, RpPatternFlags flags,
                                bool *is_emitted, RpError *error);

/* The same programs: whether one is valid, and whether a subject matches. */
bool rp_pattern_direct_is_valid(RpText program);
bool rp_pattern_direct_matches(RpText program, RpText subject);

#endif
