/* Queries and small graphs by chance, from a seed: for the tests of query, and for comparing other
 * engines with it. The grammar is a table. */
#ifndef RP_TEST_RANDOM_QUERY_H
#define RP_TEST_RANDOM_QUERY_H

#include "base/buffer.h"
#include "random.h"

typedef struct RpRandomQuery {
    RpRandom *random;
    RpBuffer *text;
    bool is_comparable; /* without what the specification leaves open: one answer is right */
    bool has_this;      /* $this may be pre-bound */
    const char *this;   /* a term: $this is not pre-bound, but given this value by inserting VALUES
                           as SHACL's appendix A has it; NULL: it is not */
} RpRandomQuery;

/*
 * A query over a few variables, over what graphs below hold, of all constructs that are taken, with
 * the prefixes ex: and xsd:. It may be refused. The same random state gives the same query with
 * this and without. With has_this there is no VALUES, which is
 * not joined with what is pre-bound, and is refused where something may be.
 */
void rp_random_query(const RpRandomQuery *making);

/* A graph in Turtle without prefixes: some triples of nodes ex:a … ex:d and two blank nodes,
 * predicates ex:p, ex:q, ex:r, and literals of many kinds, in odd forms too, some ill-typed. */
void rp_random_graph(RpRandom *random, RpBuffer *text);

#endif
