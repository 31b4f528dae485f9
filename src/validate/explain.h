/* A compiled policy as text, for the person who wrote it. */
#ifndef RP_VALIDATE_EXPLAIN_H
#define RP_VALIDATE_EXPLAIN_H

#include "base/buffer.h"
#include "validate/data_graph.h"

/*
 * Write whether a document must have a focus node, and every shape of the data graph's image (the
 * graph may be empty): a line for each of its facts (image/fact.h) that somebody has said, in
 * SHACL's words, IRIs shortened as in messages; then the predicates that are read, and what is left
 * out. Where shapes stand, image/fact.h says. The same image gives the same text.
 * RP_TOO_DEEP, RP_OUT_OF_MEMORY, RP_TOO_LARGE, RP_INTERRUPTED.
 */
RpStatus rp_explain_write(RpBuffer *buffer, const RpDataGraph *data, RpError *error);

#endif
