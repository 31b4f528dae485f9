/*
 * What a compiled policy demands, as a list that is compared with that of another version: the
 * facts of its shapes (fact.h) with keys. Ids differ between images, so all of it is text.
 */
#ifndef RP_IMAGE_DIFF_FACTS_H
#define RP_IMAGE_DIFF_FACTS_H

#include "image/fact.h"

typedef struct RpDiffFact {
    /* Which facts of two versions belong together: shape, path below it, component. */
    RpText shape_key; /* <IRI>, or the targets of a shape without a name */
    RpText
        path_key; /* from the shape to a property shape without a name; empty: the shape itself */
    RpText component; /* IRI of the component or property; empty: that there is the shape */

    RpTerm shape; /* as people see it */
    RpText path;  /* the same; empty: none */
    RpText value; /* empty: none */

    bool is_default; /* said by nobody: not worth telling where its shape comes or goes */

    /* What the value is, for those that have an order; NULL: this is no fact of a shape. */
    const RpImage *image;
    RpFact fact;
} RpDiffFact;

typedef struct RpDiffFacts {
    RpDiffFact *facts; /* sorted by key, then value */
    uint32_t count;
    uint32_t capacity;
} RpDiffFacts;

/*
 * The facts of a checked image, in the arena; texts of terms are the image's. Shapes without a name
 * that stand in sh:property belong to the shape they stand in; those in other places are part of
 * that constraint's value. RP_TOO_DEEP: shapes within shapes beyond depth_limit.
 */
RpStatus rp_diff_facts(const RpImage *image, uint32_t depth_limit, RpArena *arena,
                       RpDiffFacts *facts, RpError *error);

/* The order of keys: negative, zero or positive. */
int rp_diff_fact_compare_keys(const RpDiffFact *a, const RpDiffFact *b);

#endif
