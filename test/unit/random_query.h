/* Queries by chance, from a seed: for the tests of query. */
#ifndef RP_TEST_RANDOM_QUERY_H
#define RP_TEST_RANDOM_QUERY_H

#include "base/buffer.h"
#include "random_shapes.h"

/* A query over a few variables, among them $this where it may be pre-bound, nodes ex:a … ex:d and
 * predicates ex:p, ex:q, ex:r; of all constructs that are taken. It may be refused. */
void rp_random_query(RpRandom *random, bool has_this, RpBuffer *text);

#endif
