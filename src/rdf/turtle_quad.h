/*
 * The graph at the end of a line of N-Quads (RDF 1.1 N-Quads, section 4), which libserd's Turtle
 * lacks: it is found in the document when libserd tells of the triple before it, and is left out of
 * what libserd gets.
 */
#ifndef RP_RDF_TURTLE_QUAD_H
#define RP_RDF_TURTLE_QUAD_H

#include "rdf/turtle_scan.h"
#include "rdf/turtle_state.h"

/* Whether it is worth asking for one: not where a dot stands next, as in N-Triples. */
static inline bool
rp_turtle_quad_is_likely(const RpTurtleSource *source)
{
    return source->may_have_quads && rp_text_byte(source->document, source->offset) != '.';
}

/*
 * The IRI in <> or blank node label, as it is written, that stands between the object that has just
 * been read and a dot, all on one line. False: none does. For a source that may_have_quads.
 */
bool rp_turtle_quad_find(const RpTurtleSource *source, RpText *graph);

/* Leave a graph that was found out: from here on the document is N-Quads. */
void rp_turtle_quad_pass(RpTurtleSource *source, RpText graph);

#endif
