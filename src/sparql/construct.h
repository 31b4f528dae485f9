/* The parts of SPARQL beside its functions: which are taken, and why others are not. */
#ifndef RP_SPARQL_CONSTRUCT_H
#define RP_SPARQL_CONSTRUCT_H

#include "base/text.h"

typedef enum RpConstructStanding {
    RP_CONSTRUCT_TAKEN = 1,
    RP_CONSTRUCT_REFUSED,
    RP_CONSTRUCT_REFUSED_PATTERN, /* by the word that it begins with in a group */
    RP_CONSTRUCT_REFUSED_FORM     /* by the word that it begins with in place of SELECT */
} RpConstructStanding;

typedef struct RpConstruct {
    const char *name;
    RpConstructStanding standing;
    const char *note; /* where it is refused, why, in the error's words */
} RpConstruct;

extern const RpConstruct rp_constructs[];
extern const uint32_t rp_construct_count;

/* Why a word, in any case, is refused in one place; NULL: it is not. */
const char *rp_construct_refusal(RpText word, RpConstructStanding place);

#endif
