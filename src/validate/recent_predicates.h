/*
 * The predicates that documents had lately, by their IRIs: what one image makes of each. Data says
 * the same few predicates again and again, and so do the documents of a table.
 */
#ifndef RP_VALIDATE_RECENT_PREDICATES_H
#define RP_VALIDATE_RECENT_PREDICATES_H

#include "image/image.h"

enum {
    RP_RECENT_PREDICATE_BITS = 6,
    RP_RECENT_PREDICATE_COUNT = 1 << RP_RECENT_PREDICATE_BITS,
    RP_RECENT_PREDICATE_LENGTH = 112 /* bytes of an IRI: a longer one is not remembered */
};

typedef struct RpRecentPredicate {
    RpTermId id;     /* 0: not read by any shape */
    uint32_t length; /* 0: an empty entry */
    char iri[RP_RECENT_PREDICATE_LENGTH];
} RpRecentPredicate;

typedef struct RpRecentPredicates {
    RpRecentPredicate entries[RP_RECENT_PREDICATE_COUNT];
} RpRecentPredicates;

/* Know none. */
void rp_recent_predicates_clear(RpRecentPredicates *recent);

/*
 * The entry of an IRI (of at most RP_RECENT_PREDICATE_LENGTH bytes), or the one that is to be its
 * own; *is_found tells which.
 */
RpRecentPredicate *rp_recent_predicates_find(RpRecentPredicates *recent, RpText iri,
                                             bool *is_found);

/* Make an entry that was found for an IRI that IRI's. */
void rp_recent_predicate_set(RpRecentPredicate *entry, RpText iri, RpTermId id);

#endif
