/* What differs between two compiled versions of a policy. */
#ifndef RP_IMAGE_IMAGE_DIFF_H
#define RP_IMAGE_IMAGE_DIFF_H

#include "image/image.h"

typedef enum RpChangeKind {
    RP_CHANGE_ADDED = 0,
    RP_CHANGE_REMOVED,
    RP_CHANGE_CHANGED,
    RP_CHANGE_TIGHTENED, /* what conforms to the new value conforms to the old one */
    RP_CHANGE_LOOSENED
} RpChangeKind;

typedef struct RpImageChange {
    RpChangeKind kind;
    RpTerm shape;     /* with a name, or a blank node of the newer image that has it; of kind 0: it
                         is an option of the policy */
    RpText path;      /* SPARQL path syntax; empty: none */
    RpText component; /* IRI of the component, or of the property (sh:targetClass, sh:severity);
                         empty: the shape itself */
    RpText old_value; /* terms in N-Triples; empty: none */
    RpText new_value;
} RpImageChange;

typedef struct RpImageDiff {
    RpImageChange *changes; /* options first, then by shape, path, component, values */
    uint32_t count;
} RpImageDiff;

/*
 * Compare two checked images. Shapes are the same where their IRIs are, or, without one, their
 * targets or else labels; those without a name, where they are used (fact.h): in sh:property
 * where their shapes and paths are, in other places as parts of values. Everything is in the
 * arena, and texts of terms are the images'. RP_TOO_DEEP.
 */
RpStatus rp_image_diff(const RpImage *from, const RpImage *to, RpArena *arena, RpImageDiff *diff,
                       RpError *error);

#endif
