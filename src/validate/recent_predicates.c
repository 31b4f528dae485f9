/* See recent_predicates.h. */
#include "validate/recent_predicates.h"

enum {
    WAYS = 4 /* entries that an IRI can be in: more that are made to meet there turn each other
                   out, and cost no more than if nothing were remembered */
};

void
rp_recent_predicates_clear(RpRecentPredicates *recent)
{
    for (uint32_t i = 0; i < RP_RECENT_PREDICATE_COUNT; i++) {
        recent->entries[i].length = 0;
    }
}

/* The ends of predicates' IRIs differ most. */
static uint32_t
first_place(RpText iri)
{
    uint64_t tail = 0;

    if (iri.length >= sizeof(tail)) {
        memcpy(&tail, iri.data + iri.length - sizeof(tail), sizeof(tail));
    }
    return (uint32_t)((tail + iri.length) * UINT64_C(0x9E3779B97F4A7C15) >>
                      (64 - RP_RECENT_PREDICATE_BITS));
}

RpRecentPredicate *
rp_recent_predicates_find(RpRecentPredicates *recent, RpText iri, bool *is_found)
{
    uint32_t first = first_place(iri);

    *is_found = false;
    for (uint32_t i = 0; i < WAYS; i++) {
        RpRecentPredicate *entry = &recent->entries[(first + i) & (RP_RECENT_PREDICATE_COUNT - 1)];

        if (entry->length == 0) {
            return entry;
        }
        if (entry->length == iri.length && memcmp(entry->iri, iri.data, iri.length) == 0) {
            *is_found = true;
            return entry;
        }
    }
    return &recent->entries[first];
}

void
rp_recent_predicate_set(RpRecentPredicate *entry, RpText iri, RpTermId id)
{
    entry->id = id;
    entry->length = iri.length;
    memcpy(entry->iri, iri.data, iri.length);
}
