/* A compiled policy as text, for the person who wrote it. */
#ifndef RP_VALIDATE_EXPLAIN_H
#define RP_VALIDATE_EXPLAIN_H

#include "base/buffer.h"
#include "validate/data_graph.h"

/*
 * Write every shape of the data graph's image (the graph may be empty): its kind, then a line for
 * each of its targets, its path, its constraints with their operands, severity, messages and
 * whether it is deactivated, in SHACL's words, IRIs shortened as in messages; then the predicates
 * that it reads. An unnamed shape stands, indented, where another shape first refers to it, and its
 * predicates are among those of the named shape around it; a named one is referred to by name.
 * The same image gives the same text. RP_OUT_OF_MEMORY, RP_INTERRUPTED.
 */
RpStatus rp_explain_write(RpBuffer *buffer, const RpDataGraph *data, RpError *error);

#endif
