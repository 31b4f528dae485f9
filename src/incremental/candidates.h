/* Nodes that may be focus nodes of a shape. SHACL Recommendation, section 2.1.3. */
#ifndef RP_INCREMENTAL_CANDIDATES_H
#define RP_INCREMENTAL_CANDIDATES_H

#include "incremental/judging.h"

/* Add a node as a candidate of a shape that has targets, and ask for what tells whether it is a
 * focus node. */
RpStatus rp_candidates_add(RpJudging *judging, uint32_t shape, RpTermId node);

/* Add one that is known to be a focus node. */
RpStatus rp_candidates_add_known(RpJudging *judging, uint32_t shape, RpTermId node);

/* What tells whether a node is a focus node by a target; false: nothing has to be read for that. */
bool rp_candidates_read(const RpTarget *target, RpTermId node, RpStoreRead *read);

#endif
