/* "Did you mean": which of several names is nearest to one that nothing has. */
#ifndef RP_BASE_NEAREST_H
#define RP_BASE_NEAREST_H

#include "base/status.h"

/*
 * How many edits make one text of the other: a byte more, one less, another one, or two neighbours
 * that change places. Letters of ASCII that differ in case are the same. Gives limit + 1 where more
 * than limit edits are needed, and where more than 128 bytes lie between what the texts begin and
 * end with in common: so it costs at most 16,384 steps, whatever the texts are.
 */
uint32_t rp_text_distance(RpText a, RpText b, uint32_t limit);

/* What follows the last # / or : of an IRI; all of a text that has none. */
RpText rp_iri_local_name(RpText iri);

/* The search for the nearest of the names that are offered. */
typedef struct RpNearest {
    RpText wanted;
    RpText name;       /* the nearest so far, as it was offered; empty: none is near enough */
    uint32_t distance; /* of name; else one more than is near enough */
    uint32_t work;     /* steps that are left: what is offered behind them is passed over */
} RpNearest;

/*
 * Begin the search. Near enough is one edit for every three bytes of the local name, at least one
 * unless it is a single byte; and another IRI with the same local name, whose namespace differs.
 */
void rp_nearest_begin(RpNearest *nearest, RpText wanted);

/* Offer a name or IRI, which stays the caller's. The first of two that are equally near wins; one
 * that is the wanted text itself is passed over. However many are offered, the work is bounded. */
void rp_nearest_offer(RpNearest *nearest, RpText name);

/* Put "Did you mean …?" into the HINT of an error about a name, where one of a few names is near.
 * Returns the error's status. */
RpStatus rp_error_did_you_mean(RpError *error, RpText wanted, const char *const *names,
                               size_t count);

#endif
