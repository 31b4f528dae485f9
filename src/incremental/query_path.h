/* Steps of a query's path (SPARQL 1.1, 9 and 18.4). */
#ifndef RP_INCREMENTAL_QUERY_PATH_H
#define RP_INCREMENTAL_QUERY_PATH_H

#include "incremental/read_map_internal.h"
#include "query/op.h"

/* From one state to another, or nowhere (0), by a predicate or a path; inverse: from objects.
 * Recursion is bounded by the algebra's depth. */
RpStatus rp_query_path_add_predicate(RpReadMapBuilder *builder, RpTermId predicate, bool is_inverse,
                                     uint32_t from, uint32_t to);
RpStatus rp_query_path_add(RpReadMapBuilder *builder, const RpOp *path, bool is_inverse,
                           uint32_t from, uint32_t to);

/* All triples that a path may consist of, wherever they are, as reads of a state. */
RpStatus rp_query_path_add_whole(RpReadMapBuilder *builder, const RpOp *path, uint32_t state);

/* Whether a path connects nodes with themselves, without a triple. */
bool rp_query_path_may_be_empty(const RpOp *path);

#endif
