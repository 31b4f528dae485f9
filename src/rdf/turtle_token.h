/* The tokenizer behind turtle_source. */
#ifndef RP_RDF_TURTLE_TOKEN_H
#define RP_RDF_TURTLE_TOKEN_H

#include "rdf/turtle_state.h"

/*
 * All that was handed on before has gone out, and the document has not ended: set what goes out
 * next. False: it is refused, as source->error says.
 */
bool rp_turtle_token_next(RpTurtleSource *source);

/* A prefix, as libserd has it, as the document has it. */
RpText rp_turtle_token_prefix(RpText prefix);

#endif
