/* Whether bytes are a compiled query that may be trusted. */
#ifndef RP_SPARQL_ALGEBRA_CHECK_H
#define RP_SPARQL_ALGEBRA_CHECK_H

#include "sparql/algebra.h"

/*
 * Check sizes, that the nodes are one tree, each node's children, and that terms and variables are
 * what they must be, so that evaluating a checked query never leaves it, never loops, and nests no
 * deeper than RP_ALGEBRA_DEPTH_LIMIT. The terms' ids are those of the table. RP_CORRUPT, naming the
 * place. Linear, and without memory.
 */
RpStatus rp_algebra_check(const void *bytes, size_t size, const RpTermTable *table, RpError *error);

#endif
