/*
 * TriG's graphs (RDF 1.1 TriG, section 4.1) made Turtle: libserd gets neither GRAPH nor braces, but
 * statements that mark where a graph begins and ends.
 *
 *     GRAPH ex:g { ex:a a ex:B }        ex:g a _:g . ex:a a ex:B . _:g a _:g .
 *
 * No label of a text reads _:g there, since turtle_source puts a u before each. So the name of a
 * graph is read as a subject is, and a graph without triples has its name checked too.
 */
#ifndef RP_RDF_TURTLE_BLOCK_H
#define RP_RDF_TURTLE_BLOCK_H

#include "rdf/turtle_state.h"

/* The label of the marks' object, and of the subject where a graph ends. */
#define RP_TURTLE_BLOCK_MARK "g"

/* Whether the word GRAPH starts a statement at the next byte. */
bool rp_turtle_block_is_word(const RpTurtleSource *source);

/* These return false where the source refuses. The word GRAPH, which is left out. */
bool rp_turtle_block_word(RpTurtleSource *source);

/* A directive that begins at the next byte. */
bool rp_turtle_block_directive(RpTurtleSource *source);

/* A token after the word GRAPH that is no brace. is_name: it begins an IRI, name or label. */
bool rp_turtle_block_name(RpTurtleSource *source, bool is_name);

/* A brace, the next byte. */
bool rp_turtle_block_brace(RpTurtleSource *source);

/* The end of the document. */
bool rp_turtle_block_end(RpTurtleSource *source);

#endif
