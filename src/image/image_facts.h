/*
 * What a compiled policy demands, as a flat list that can be compared with that of another version:
 * one fact for each constraint, target, severity, ... Ids differ between images, so facts are text.
 */
#ifndef RP_IMAGE_IMAGE_FACTS_H
#define RP_IMAGE_IMAGE_FACTS_H

#include "image/image.h"

typedef enum RpFactOrder {
    RP_FACT_UNORDERED = 0,
    RP_FACT_INTEGER, /* compared as integers */
    RP_FACT_LITERAL, /* compared as values of literals */
    RP_FACT_SET      /* compared by what it holds */
} RpFactOrder;

typedef struct RpImageFact {
    /* Which facts of two versions belong together: shape, path below it, component. */
    RpText shape_key; /* <IRI>, or the targets of a shape without a name */
    RpText
        path_key; /* from the shape to a property shape without a name; empty: the shape itself */
    RpText component; /* IRI of the component or property; empty: that there is the shape */

    RpTerm shape; /* as people see it */
    RpText path;  /* the same; empty: none */
    RpText value; /* empty: none */

    bool is_default; /* said by nobody: not worth telling where its shape comes or goes */

    /* For values that have an order. */
    RpFactOrder order;
    bool larger_is_tighter;
    int64_t integer;       /* of RP_FACT_INTEGER */
    RpTerm literal;        /* of RP_FACT_LITERAL */
    uint32_t datatype;     /* of RP_FACT_LITERAL: its vocabulary id, 0: another */
    const RpText *members; /* of RP_FACT_SET: sorted */
    uint32_t member_count;
    RpText rest; /* the order counts between facts that are equal in this */
} RpImageFact;

typedef struct RpImageFacts {
    RpImageFact *facts; /* sorted by key, then value */
    uint32_t count;
    uint32_t capacity;
} RpImageFacts;

/*
 * The facts of a checked image, in the arena; texts of terms are the image's. Shapes without a name
 * that stand in sh:property belong to the shape they stand in; those in other places are part of
 * that constraint's value. RP_TOO_DEEP: shapes within shapes beyond depth_limit.
 */
RpStatus rp_image_facts(const RpImage *image, uint32_t depth_limit, RpArena *arena,
                        RpImageFacts *facts, RpError *error);

/* The order of keys: negative, zero or positive. */
int rp_image_fact_compare_keys(const RpImageFact *a, const RpImageFact *b);

#endif
