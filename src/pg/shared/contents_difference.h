/* What the rows say otherwise than what is mapped, for people. */
#ifndef RP_PG_CONTENTS_DIFFERENCE_H
#define RP_PG_CONTENTS_DIFFERENCE_H

#include "pg/pg.h"
#include "base/text.h"

/* A policy, or a context, of which the rows say something else than a mapping. */
typedef struct RpContentsDifference {
    RpText policy; /* empty: a context's */
    RpText context;
    int32 stored_version; /* in force by the rows; 0: none */
    int32
        mapped_version; /* in force by the mapping; the same: its text is another, or its shadow */
} RpContentsDifference;

/* A difference in words, such as "people: version 3 is stored, version 2 is in force". */
char *rp_contents_difference_text(const RpContentsDifference *difference);

#endif
