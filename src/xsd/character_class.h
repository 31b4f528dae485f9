/*
 * Sets of code points, for patterns: sorted ranges in an arena. The universe is what a text can
 * hold: U+0001 to U+10FFFF without surrogates. Sets are built by adding, and normalized (sorted,
 * merged) before anything is asked of them. Failure to allocate is sticky, so that building needs
 * no check on every step: see has_failed.
 */
#ifndef RP_XSD_CHARACTER_CLASS_H
#define RP_XSD_CHARACTER_CLASS_H

#include "base/arena.h"

typedef struct RpCodeRange {
    uint32_t first;
    uint32_t last;
} RpCodeRange;

typedef struct RpCharacterClass {
    RpArena *arena;
    RpCodeRange *ranges; /* once normalized: ascending, neither overlapping nor adjacent */
    uint32_t count;
    uint32_t capacity;
    bool has_failed; /* no memory: the set is not what was asked for */
} RpCharacterClass;

void rp_character_class_init(RpCharacterClass *set, RpArena *arena);

/* Add first to last, or another set. Code points outside the universe are left out. */
void rp_character_class_add(RpCharacterClass *set, uint32_t first, uint32_t last);
void rp_character_class_add_class(RpCharacterClass *set, const RpCharacterClass *other);

/* Bring the ranges in order. */
void rp_character_class_normalize(RpCharacterClass *set);

/* A normalized set becomes its complement; or loses what another normalized set has. Both leave it
 * normalized. */
void rp_character_class_negate(RpCharacterClass *set);
void rp_character_class_subtract(RpCharacterClass *set, const RpCharacterClass *other);

/* Add to every character its case variants (F&O 3.1, 5.6.1.1, flag i); not normalized
 * afterwards. */
void rp_character_class_add_case_variants(RpCharacterClass *set);

/* The general category of a code point of a text, as "Lu". */
const char *rp_code_point_category(uint32_t code_point);

/* Add a general category (L, Lu, …) or a block by its name without Is (BasicLatin). False: there is
 * none of that name. */
bool rp_character_class_add_category(RpCharacterClass *set, RpText name);
bool rp_character_class_add_block(RpCharacterClass *set, RpText name);

/*
 * Add what \s, \d, \w, \i or \c stands for (XSD 1.1 Part 2, G.4.2.5). False: the letter is none of
 * these; capital letters are the caller's to negate.
 */
bool rp_character_class_add_escape(RpCharacterClass *set, char letter);

#endif
