/* Terms and graphs as text. */
#ifndef RP_RDF_TURTLE_WRITER_H
#define RP_RDF_TURTLE_WRITER_H

#include "rdf/term.h"

/* One term in canonical N-Triples: escapes only where N-Triples demands them, xsd:string left out.
 */
void rp_term_write(RpBuffer *buffer, const RpTerm *term);

/* The @prefix lines that rp_turtle_write_term relies on: sh and xsd. They begin a document. */
void rp_turtle_write_prefixes(RpBuffer *buffer);

/* One term in Turtle: as rp_term_write, with IRIs of the namespaces sh and xsd shortened. */
void rp_turtle_write_term(RpBuffer *buffer, const RpTerm *term);

#endif
