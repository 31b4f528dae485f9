/* The kinds of character that a pattern tells apart: two characters are of one kind where the same
 * of its sets hold them. */
#ifndef RP_XSD_PATTERN_KINDS_H
#define RP_XSD_PATTERN_KINDS_H

#include "xsd/pattern_tree.h"

/* As many sets have a bit each, so that kinds are exact. */
enum { RP_PATTERN_EXACT_SETS_LIMIT = 64 };

/* The characters from one code point on, up to the next stretch, and which sets hold them: a bit
 * for each, in their order. Where there are too many sets for that, the exclusive or of their
 * hashes. */
typedef struct RpPatternStretch {
    uint32_t first;
    uint64_t sets;
} RpPatternStretch;

typedef struct RpPatternKinds {
    const RpPatternNode **sets; /* one class of each different set, in compare_sets' order */
    uint32_t set_count;
    uint32_t set_capacity;
    uint32_t place_count;        /* where sets begin and end: what finding the kinds costs */
    RpPatternStretch *stretches; /* ascending; before the first one no set holds any */
    uint32_t stretch_count;
    uint64_t *kinds; /* the stretches' different sets, ascending, without those of none */
    uint32_t kind_count;
} RpPatternKinds;

/* Collect the sets of a tree, which must stay; then find the kinds. */
RpStatus rp_pattern_kinds_collect(RpArena *arena, const RpPatternNode *tree, RpPatternKinds *kinds,
                                  RpError *error);
RpStatus rp_pattern_kinds_find(RpArena *arena, RpPatternKinds *kinds, RpError *error);

/* The number of a class's set. */
uint32_t rp_pattern_kinds_set(const RpPatternKinds *kinds, const RpPatternNode *class);

/* 1 + the number of a stretch's kind; 0: no set holds it. */
uint32_t rp_pattern_kinds_number(const RpPatternKinds *kinds, const RpPatternStretch *stretch);

#endif
