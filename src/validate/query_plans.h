/*
 * The plans of an image's queries, made once: they follow from the image alone. They hold what they
 * need of it, and no pointer into it.
 */
#ifndef RP_VALIDATE_QUERY_PLANS_H
#define RP_VALIDATE_QUERY_PLANS_H

#include "image/image.h"
#include "query/query.h"

typedef struct RpQueryPlans {
    RpAlgebra *algebra;        /* by query of the image */
    const RpQueryPlan **plans; /* the same */
} RpQueryPlans;

/* The plans of a checked image, in the arena; they serve any number of validations, one after
 * another. RP_TOO_LARGE, RP_OUT_OF_MEMORY, RP_INTERRUPTED. */
RpStatus rp_query_plans_make(const RpImage *image, RpArena *arena, RpQueryPlans **plans,
                             RpError *error);

#endif
