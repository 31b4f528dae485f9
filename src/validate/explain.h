/* A compiled policy as text, for the person who wrote it. */
#ifndef RP_VALIDATE_EXPLAIN_H
#define RP_VALIDATE_EXPLAIN_H

#include "base/buffer.h"
#include "validate/data_graph.h"

/*
 * Write whether a document must have a focus node, and every shape of the data graph's image (the
 * graph may be empty): its kind, then a line for each of its facts (image/fact.h) that somebody has
 * said, in SHACL's words, IRIs shortened as in messages; then the predicates that it reads. An
 * unnamed shape stands where another shape first refers to it, indented if that is by sh:property,
 * else in brackets, and its predicates are among those of the shape around it; a named one is
 * referred to by name, and so is one with targets. The same image gives the same text.
 * RP_OUT_OF_MEMORY, RP_TOO_LARGE, RP_INTERRUPTED.
 */
RpStatus rp_explain_write(RpBuffer *buffer, const RpDataGraph *data, RpError *error);

#endif
