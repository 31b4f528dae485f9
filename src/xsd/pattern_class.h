/* What the parser's two files share: the reading position, escapes, and classes in brackets. */
#ifndef RP_XSD_PATTERN_CLASS_H
#define RP_XSD_PATTERN_CLASS_H

#include "xsd/pattern_tree.h"

enum {
    RP_PATTERN_SHARED_ESCAPES = 10 /* \s \S \d \D \w \W \i \I \c \C */
};

typedef struct RpPatternReader {
    RpArena *arena;
    RpText pattern; /* well-formed UTF-8 without NUL */
    uint32_t position;
    uint32_t class_depth; /* brackets that are open: white space counts there in spite of flag x */
    RpPatternFlags flags;
    RpCharacterClass
        *shared[RP_PATTERN_SHARED_ESCAPES]; /* sets of escapes met so far: some are large */
    RpError *error;
} RpPatternReader;

/* What an escape stands for: a normalized set, or where set is NULL one character. */
typedef struct RpPatternEscape {
    const RpCharacterClass *set;
    uint32_t code_point;
} RpPatternEscape;

/* The next byte that counts, not taken; negative at the end. */
int rp_pattern_peek(RpPatternReader *reader);

/* Take this byte if it is the next. */
bool rp_pattern_take(RpPatternReader *reader, char byte);

/* Take the character at the position; there must be one. */
uint32_t rp_pattern_take_code_point(RpPatternReader *reader);

/* Fail with a reason and a place in the pattern. */
RpStatus rp_pattern_refuse(RpPatternReader *reader, RpStatus status, uint32_t position,
                           const char *reason);

/* Read an escape at its backslash. */
RpStatus rp_pattern_parse_escape(RpPatternReader *reader, RpPatternEscape *escape);

/* Read a class at its bracket; depth as in the parser. The set is normalized. */
RpStatus rp_pattern_parse_class(RpPatternReader *reader, uint32_t depth, RpCharacterClass *set);

#endif
