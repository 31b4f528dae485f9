/*
 * The part of an image's index that leads from data to shapes: which shapes have a target for a
 * class, a predicate or a node, and what a class is a subclass of. A small document asks for the
 * few terms that it has, however many shapes there are. Without a hash: it is the same under every
 * key.
 *
 *     RpSubclass[]      the image's subclasses, sorted by subclass, then superclass
 *     RpTargetEntry[]   its targets, sorted by kind, then term, then shape
 */
#ifndef RP_IMAGE_TARGET_INDEX_H
#define RP_IMAGE_TARGET_INDEX_H

#include "image/image.h"

/* Its bytes. */
size_t rp_target_index_size(const RpImage *image);

/* Make it in so many bytes (4-aligned), and have the view know it. */
void rp_target_index_make(RpImage *image, void *bytes);

/* Have the view know the one that stands there already. */
void rp_target_index_open(RpImage *image, const void *bytes);

typedef struct RpTargetRange {
    const RpTargetEntry *first;
    const RpTargetEntry *end;
} RpTargetRange;

/* The targets of a kind for a term; RP_TERM_NONE: for any. */
RpTargetRange rp_target_index_find(const RpImage *image, RpTargetKind kind, RpTermId term);

typedef struct RpSubclassRange {
    const RpSubclass *first;
    const RpSubclass *end;
} RpSubclassRange;

/* The edges from a class to its superclasses. */
RpSubclassRange rp_target_index_superclasses(const RpImage *image, RpTermId class_id);

#endif
