/*
 * Read maps that are kept from one transaction to the next. They are known by what their images
 * hold, so that they outlive generations: a reload of another policy makes a new copy of the same
 * bytes. A map holds no pointer into its image.
 */
#include "pg/enforce/read_maps.h"

#include "utils/memutils.h"

#include "pg/server/bridge.h"

enum { KEPT_MAPS = 16 };

typedef struct KeptMap {
    uint64 checksum; /* of the image, and its size */
    uint64 size;
    MemoryContext context; /* NULL: an empty place */
    RpReadMap *map;
} KeptMap;

static KeptMap kept[KEPT_MAPS];
static uint32 next_place = 0;

/* Whoever was made longest ago goes. A failure leaves an empty place. */
static const RpReadMap *
make(const RpImage *image)
{
    KeptMap *place = &kept[next_place++ % KEPT_MAPS];
    MemoryContext context;
    RpError error;

    if (place->context != NULL) {
        MemoryContextDelete(place->context);
        place->context = NULL;
    }
    context =
        AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy read map", ALLOCSET_DEFAULT_SIZES);
    RP_BRIDGE_TRY(rp_read_map_make(image, rp_bridge_work_arena(context, 0), &place->map, &error),
                  &error);
    MemoryContextSetParent(context, CacheMemoryContext);
    *place = (KeptMap){.checksum = image->header->checksum,
                       .size = image->header->size,
                       .context = context,
                       .map = place->map};
    return place->map;
}

/* Valid until maps of KEPT_MAPS other images have been made, at least. */
const RpReadMap *
rp_read_map_of(const RpImage *image)
{
    for (uint32 i = 0; i < KEPT_MAPS; i++) {
        if (kept[i].context != NULL && kept[i].checksum == image->header->checksum &&
            kept[i].size == image->header->size) {
            return kept[i].map;
        }
    }
    return make(image);
}
