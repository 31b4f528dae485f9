/*
 * Turtle, N-Triples, TriG and N-Quads texts to triples, by libserd in strict mode behind
 * turtle_source. The only file that knows libserd is turtle_reader.c.
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
 * What a text is, its content says. One grammar reads Turtle, which N-Triples is a part of, and
 * TriG, which Turtle is a part of. A line that ends with a graph's name, as in N-Quads, is read
 * where no token before it is one that N-Quads lacks, and makes such tokens errors from there on:
 * so what is read is of one of the four, but that white space may be Turtle's.
 *
 * RP_SYNTAX with line and column: none of these, an undefined prefix, a relative IRI without base,
 * invalid UTF-8, NUL, a surrogate escape. RP_TOO_DEEP: depth_limit. RP_TOO_LARGE: prefix_limit, or
 * the arena's ceiling.
 */
RpStatus rp_turtle_read(RpArena *arena, RpText document, const RpTurtleOptions *options,
                        const RpTripleSink *sink, RpError *error);

#endif
