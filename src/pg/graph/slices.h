/* A graph that is too large to be judged as a whole, in slices of focus nodes. */
#ifndef RP_PG_SLICES_H
#define RP_PG_SLICES_H

#include "pg/judge/judgement.h"
#include "pg/graph/graph_reader.h"

/*
 * Find what may be a focus node by any policy of a selection, and make a source of each slice of
 * them: judged one after the other they give the results of the whole, in another order. All in the
 * current memory context, where it stays. What the nodes hold of rdfpolicy.work_mem goes into
 * *memory_bytes. Raises what goes wrong.
 */
const RpDataSource *rp_slices_make(const RpStoredData *data, const RpPolicySelection *selection,
                                   uint32 *count, size_t *memory_bytes);

#endif
