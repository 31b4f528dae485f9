/*
 * sh:pattern: regular expressions of XPath and XQuery Functions 3.1, section 5.6 (SPARQL's REGEX),
 * with the flags s m i x q. A pattern is read by a parser of our own and compiled to a program: a
 * UTF-8 text without NUL that says how to match, kept as an ordinary literal in the image. Literals
 * are compared, and nearly all else is a deterministic automaton; what would have too many states,
 * and the lines of flag m, are left to the host's regular expressions (RpHost.regex_matches).
 */
#ifndef RP_XSD_PATTERN_H
#define RP_XSD_PATTERN_H

#include "base/arena.h"

/*
 * Compile a pattern. flags may be empty. The program lives in the arena. RP_ILL_FORMED: not XPath's
 * syntax, with the place in the pattern in the message; RP_UNSUPPORTED: back-references;
 * RP_TOO_LARGE: nesting, repetition or length over the limits named in pattern_tree.h.
 */
RpStatus rp_pattern_compile(RpArena *arena, RpText pattern, RpText flags, RpText *program,
                            RpError *error);

/* Whether a program is one that rp_pattern_compile can have made: what image_check asks. */
bool rp_pattern_program_is_valid(RpText program);

/*
 * Whether a subject (a lexical form or IRI) matches a valid program. Fails only as the host's
 * engine does, which is never asked to ignore case: flag i is written out in the expression, by
 * XPath's rules and independent of the server's locale.
 */
RpStatus rp_pattern_matches(const RpHost *host, RpText program, RpText subject, bool *matches,
                            RpError *error);

#endif
