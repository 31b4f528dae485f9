/* Terms and graphs as text. */
#ifndef RP_RDF_TURTLE_WRITER_H
#define RP_RDF_TURTLE_WRITER_H

#include "rdf/term.h"

/* One term in canonical N-Triples: escapes only where N-Triples demands them, xsd:string left out.
 */
void rp_term_write(RpBuffer *buffer, const RpTerm *term);

#endif
