/*
 * What runs ahead of libserd: it cuts a Turtle text into tokens, far enough to know strings, IRIs,
 * names and comments, and hands it on byte by byte.
 *
 *  - It mends what libserd 0.30 misreads: a space goes before a dot that follows a number or name
 *    and is no part of it, a raw quote inside a long string becomes \", white space and comments
 *    before a language tag and around ^^ stay back, an x goes before a prefix that begins with true
 *    or false (or with x's and that, so that none becomes another's), ./ goes before an IRI that is
 *    base, prefix or graph, and a newline follows the last byte.
 *  - It makes Turtle of TriG (turtle_block) and, with the reader, of N-Quads (turtle_quad).
 *  - It puts a u before every written blank node label, so that none is like the labels that
 *    libserd makes up (a b and a number) and libserd renames none. The reader takes the u away.
 *  - It refuses what libserd lets through: invalid UTF-8, NUL, escapes for NUL and for surrogates,
 *    a statement that is [] alone, @ before other words than prefix and base, and characters that
 *    start no token, which libserd may take for N3.
 *  - It bounds what libserd does not: nesting of [ and (, since libserd recurses.
 *  - It knows the place in the original text. libserd is given one byte at a time, so the byte that
 *    was handed out last is the one that libserd looks at; positions that libserd itself reports
 *    are those of the mended text.
 */
#ifndef RP_RDF_TURTLE_SOURCE_H
#define RP_RDF_TURTLE_SOURCE_H

#include "rdf/turtle_state.h"

/* Set up. A byte order mark is passed over. */
void rp_turtle_source_init(RpTurtleSource *source, RpArena *arena, RpText document,
                           const RpTurtleOptions *options, RpError *error);

/*
 * Check the document for UTF-8 and NUL from where that has been done up to an end, which is the
 * document's, or behind a newline. What is read has been checked: bytes are decoded without
 * looking where the text ends. False: it is refused.
 */
bool rp_turtle_source_check(RpTurtleSource *source, uint32_t end);

/*
 * Hand out the next byte: the form of serd's SerdSource, and of fread. source is an RpTurtleSource;
 * size and count are 1. Returns 0 at the end, and from an error on.
 */
size_t rp_turtle_source_read(void *byte, size_t size, size_t count, void *source);

/* serd's SerdStreamErrorFunc. */
int rp_turtle_source_has_failed(void *source);

#endif
