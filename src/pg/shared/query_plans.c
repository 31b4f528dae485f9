/* See query_plans.h. */
#include "pg/shared/query_plans.h"

#include "pg/shared/made_of_image.h"

static RpStatus
make(const RpImage *image, RpArena *arena, void **made, RpError *error)
{
    return rp_query_plans_make(image, arena, (RpQueryPlans **)made, error);
}

const RpQueryPlans *
rp_query_plans_of(const RpImage *image)
{
    static RpMadeOfImages plans = {.name = "query plans", .make = make};

    return image->query_count > 0 ? rp_made_of_image(&plans, image) : NULL;
}
