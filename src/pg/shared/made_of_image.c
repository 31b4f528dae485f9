/* See made_of_image.h. */
#include "pg/shared/made_of_image.h"

#include "utils/memutils.h"

#include "pg/server/bridge.h"

/* Whoever was made longest ago goes. A failure leaves an empty place. */
static const void *
make(RpMadeOfImages *things, const RpImage *image)
{
    RpMadeOfImage *place = &things->kept[things->next_place++ % RP_MADE_OF_IMAGE_KEPT];
    MemoryContext context;
    void *made;
    RpError error;

    if (place->context != NULL) {
        MemoryContextDelete(place->context);
        place->context = NULL;
    }
    context = AllocSetContextCreate(CurrentMemoryContext, "rdfpolicy made of an image",
                                    ALLOCSET_DEFAULT_SIZES);
    MemoryContextSetIdentifier(context, things->name);
    RP_BRIDGE_TRY(things->make(image, rp_bridge_work_arena(context, 0), &made, &error), &error);
    MemoryContextSetParent(context, CacheMemoryContext);
    *place = (RpMadeOfImage){.checksum = image->header->checksum,
                             .size = image->header->size,
                             .context = context,
                             .made = made};
    return made;
}

const void *
rp_made_of_image(RpMadeOfImages *things, const RpImage *image)
{
    for (uint32 i = 0; i < RP_MADE_OF_IMAGE_KEPT; i++) {
        const RpMadeOfImage *place = &things->kept[i];

        if (place->context != NULL && place->checksum == image->header->checksum &&
            place->size == image->header->size) {
            return place->made;
        }
    }
    return make(things, image);
}
