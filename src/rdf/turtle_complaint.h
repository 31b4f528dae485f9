/* What is wrong with a text that is no Turtle, in sentences. */
#ifndef RP_RDF_TURTLE_COMPLAINT_H
#define RP_RDF_TURTLE_COMPLAINT_H

#include "base/status.h"
#include "rdf/prefix_table.h"

/* Set an error RP_SYNTAX for a message of libserd's: a sentence for those that it has, else the
 * message itself. word: a word without a colon that it is about; empty: none. */
RpStatus rp_turtle_complaint(const char *message, RpText word, RpError *error);

/* Set an error for a prefix, as turtle_token hands it out, that the text does not declare; the hint
 * is the nearest that it does, or one that is well known. */
RpStatus rp_turtle_refuse_prefix(const RpPrefixTable *prefixes, RpText name, RpError *error);

/* Say of a text that is no Turtle (an error RP_SYNTAX with its place; else nothing is done) that it
 * is none, show its line, and hint at what it may be instead. Returns the status. */
RpStatus rp_turtle_explain(RpText document, RpError *error);

#endif
