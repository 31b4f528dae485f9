/*
 * What a backend makes of images, and keeps from one statement to the next: read maps, plans of
 * queries. It is known by what an image holds, so that it outlives generations: a reload of another
 * policy makes a new copy of the same bytes. So what is made holds no pointer into its image.
 */
#ifndef RP_PG_MADE_OF_IMAGE_H
#define RP_PG_MADE_OF_IMAGE_H

#include "pg/pg.h"
#include "image/image.h"

enum { RP_MADE_OF_IMAGE_KEPT = 16 };

typedef struct RpMadeOfImage {
    uint64 checksum; /* of the image, and its size */
    uint64 size;
    MemoryContext context; /* NULL: an empty place */
    void *made;
} RpMadeOfImage;

/* Things of one kind. Static, and zero at first. */
typedef struct RpMadeOfImages {
    const char *name; /* of their memory contexts */
    RpStatus (*make)(const RpImage *image, RpArena *arena, void **made, RpError *error);
    RpMadeOfImage kept[RP_MADE_OF_IMAGE_KEPT];
    uint32 next_place;
} RpMadeOfImages;

/* What was made of an image, or is now. Valid until RP_MADE_OF_IMAGE_KEPT others have been made of
 * other images, at least. ERROR as make has it. */
const void *rp_made_of_image(RpMadeOfImages *things, const RpImage *image);

#endif
