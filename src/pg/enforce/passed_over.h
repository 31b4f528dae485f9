/*
 * Predicates of rows that a transaction has changed in a graph and that were passed over: not
 * copied, and no event queued for them, since no policy read such a predicate when that was learnt
 * (known_predicates.h). Policies may be other ones when the transaction is judged: so each
 * predicate is noted, once, and asked about again then, unless nothing has changed.
 *
 * What savepoints that were rolled back had noted stays noted: it is asked about for nothing.
 */
#ifndef RP_PG_PASSED_OVER_H
#define RP_PG_PASSED_OVER_H

#include "pg/enforce/known_predicates.h"

typedef struct RpPassedPredicate {
    int32 source;
    Oid type;    /* of the column that has it; InvalidOid: it is the source's constant */
    Datum value; /* of that column */
    bool is_removal;
} RpPassedPredicate;

/* Private to passed_over.c, but for its place; {0} is empty. Memory is the transaction's. */
typedef struct RpPassedOver {
    RpPassedPredicate *predicates;
    uint32 count;
    uint32 capacity;
    bool has_removals;
    uint64 changes;             /* as RpKnownPredicate, of the first of them */
    const RpStoredGraph *graph; /* that it was learnt of, as it was */
    bool are_of_several;        /* others were learnt at another time, or of another graph */
} RpPassedOver;

/* Note a predicate whose rows come, or go, unless it is noted already. False: there is no room, and
 * the row is to be kept. */
bool rp_passed_over_note(RpPassedOver *passed, const RpGraphSource *source,
                         RpKnownPredicate *predicate, bool is_removal);

/* Whether what was known when they were noted is so still, as far as this backend has heard. */
bool rp_passed_over_holds(const RpPassedOver *passed);

/* All is judged, or the transaction has ended. */
void rp_passed_over_clear(RpPassedOver *passed);

/* Whether a policy reads a predicate: as RpRowSink.wants. */
typedef struct RpPassedSink {
    void *state;
    RpStatus (*wants)(void *state, bool is_removal, const RpTerm *predicate, bool *is_wanted,
                      RpError *error);
} RpPassedSink;

/* Whether a predicate of those is wanted, or cannot be told any more: its source is gone, or has
 * other columns. What was learnt of it is forgotten. */
bool rp_passed_over_is_wanted(const RpPassedOver *passed, const RpStoredGraph *graph,
                              RpTiming timing, const RpPassedSink *sink);

#endif
