/*
 * What a query reads, as states and steps of a read map. A state is a variable, or a place within a
 * path: the nodes that it may be while the query is evaluated. A triple pattern is anchored where
 * an end of it is found already: $this, a variable that each solution binds by then, a constant.
 * From there it leads to its other end. README.md ("Queries") says what counts as found, and why
 * that is enough.
 */
#ifndef RP_INCREMENTAL_QUERY_READS_H
#define RP_INCREMENTAL_QUERY_READS_H

#include "incremental/read_map_internal.h"

/* What a query has before it is evaluated. */
typedef struct RpQueryBinding {
    uint32_t state;    /* the nodes that it may be are those in it; 0: it is none */
    RpTermId constant; /* it is this term; RP_TERM_NONE: it is none. Neither: it is not bound */
} RpQueryBinding;

/*
 * Add the reads of a constraint's query, with a binding for each of its prebound names. From state
 * start the walk comes to constants and, where a pattern is not anchored, to the whole graph.
 * Recursion is bounded by the algebra's depth. RP_INTERRUPTED, RP_OUT_OF_MEMORY, RP_TOO_LARGE.
 */
RpStatus rp_query_reads_add(RpReadMapBuilder *builder, uint32_t query, uint32_t start,
                            const RpQueryBinding *bindings);

/* The same of a target's: what it reads for one node to be found or not, in a state; nothing is
 * bound before. SHACL Advanced Features, section 3.1. */
RpStatus rp_query_reads_add_target(RpReadMapBuilder *builder, uint32_t query, uint32_t state);

#endif
