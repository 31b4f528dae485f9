/*
 * Where a pattern matches (F&O 3.1, 5.6.4): at the first place where it does, and of the ways to
 * match there the one that the pattern prefers: the first alternative, and as much, or as little,
 * as its quantifiers say. In time linear in the text, and without the host's regular expressions,
 * which prefer the longest.
 */
#ifndef RP_XSD_PATTERN_FIND_H
#define RP_XSD_PATTERN_FIND_H

#include "base/arena.h"

typedef struct RpPatternFinder RpPatternFinder;

/* Compile a pattern; it lives in the arena, which its searches use. Errors: rp_pattern_compile. */
RpStatus rp_pattern_finder_make(RpArena *arena, RpText pattern, RpText flags,
                                RpPatternFinder **finder, RpError *error);

/* Find the first match that begins at an offset or behind it. */
RpStatus rp_pattern_find(RpPatternFinder *finder, RpText subject, uint32_t from, bool *is_found,
                         uint32_t *start, uint32_t *end, RpError *error);

#endif
