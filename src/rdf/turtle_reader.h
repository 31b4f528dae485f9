/*
 * Turtle and N-Triples texts to triples, by libserd in strict mode behind turtle_source. The only
 * file that knows libserd is turtle_reader.c.
 */
#ifndef RP_RDF_TURTLE_READER_H
#define RP_RDF_TURTLE_READER_H

#include "rdf/turtle.h"

/*
 * Read a whole document into the sink. Every term that reaches the sink has passed rp_term_check.
 * Labels of blank nodes are kept as written; nodes without a label ([] and lists) get labels that
 * no label of the document can be. Memory comes from the arena; what serd itself allocates is freed
 * before return, whatever happens. Polls the host.
 *
 * RP_SYNTAX with line and column: not Turtle, an undefined prefix, a relative IRI without base,
 * invalid UTF-8, NUL, a surrogate escape. RP_TOO_DEEP: depth_limit. RP_TOO_LARGE: prefix_limit, or
 * the arena's ceiling.
 */
RpStatus rp_turtle_read(RpArena *arena, RpText document, const RpTurtleOptions *options,
                        const RpTripleSink *sink, RpError *error);

#endif
