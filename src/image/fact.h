/*
 * What the shapes of an image say, fact by fact. Whoever tells of compiled shapes goes through
 * here: the explanation of a policy, the difference of two versions, and the list of shapes.
 */
#ifndef RP_IMAGE_FACT_H
#define RP_IMAGE_FACT_H

#include "image/image.h"

typedef enum RpFactKind {
    RP_FACT_DEACTIVATED = 0, /* or not: is_default */
    RP_FACT_TARGET,
    RP_FACT_PATH,
    RP_FACT_CONSTRAINT,
    RP_FACT_SEVERITY,
    RP_FACT_MESSAGES
} RpFactKind;

typedef struct RpFact {
    RpFactKind kind;
    RpVocabulary property;     /* sh:deactivated, sh:targetClass, sh:path, sh:minCount, … */
    bool is_default;           /* said by nobody */
    const RpImageShape *shape; /* whose fact it is; has the path, severity and messages */
    const RpTarget *target;    /* of RP_FACT_TARGET, else NULL */
    const RpImageConstraint *constraint; /* of RP_FACT_CONSTRAINT, else NULL */
} RpFact;

/*
 * A shape's fact by its number, from 0; false: it has no more. They come in the order of
 * RpFactKind; a node shape has no path, and messages are one fact, where there are any.
 *
 *     for (uint32_t i = 0; rp_fact_get(image, shape, i, &fact); i++)
 */
bool rp_fact_get(const RpImage *image, uint32_t shape, uint32_t number, RpFact *fact);

#endif
