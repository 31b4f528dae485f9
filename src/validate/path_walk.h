/* The value nodes of a focus node along a path. SHACL Recommendation, section 2.3.1. */
#ifndef RP_VALIDATE_PATH_WALK_H
#define RP_VALIDATE_PATH_WALK_H

#include "validate/evaluation.h"

/*
 * path: index into the image's paths. The values are a set, sorted by id, on top of the
 * evaluation's scratch: they live until the caller releases it. Data of any shape ends: recursion
 * follows the path's structure alone.
 */
RpStatus rp_path_walk(RpEvaluation *evaluation, uint32_t path, RpTermId focus, RpValues *values);

/* A set on the scratch, by position, since the scratch may move. */
typedef struct RpNodeSet {
    uint32_t first;
    uint32_t count;
} RpNodeSet;

/* The same from a set of nodes, and against the path's direction where is_inverse. */
RpStatus rp_path_walk_set(RpEvaluation *evaluation, uint32_t path, bool is_inverse, RpNodeSet input,
                          RpNodeSet *output);

#endif
