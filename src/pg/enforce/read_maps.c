/* See read_maps.h. */
#include "pg/enforce/read_maps.h"

#include "pg/shared/made_of_image.h"

static RpStatus
make(const RpImage *image, RpArena *arena, void **made, RpError *error)
{
    return rp_read_map_make(image, arena, (RpReadMap **)made, error);
}

const RpReadMap *
rp_read_map_of(const RpImage *image)
{
    static RpMadeOfImages maps = {.name = "read map", .make = make};

    return rp_made_of_image(&maps, image);
}
