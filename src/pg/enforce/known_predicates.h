/*
 * Predicates that rows of a source have had, by the bytes of their column, and whether a policy
 * that is enforced reads them. Learnt while transactions are judged, by each backend for itself,
 * and kept with the source until policies or enforcements change.
 *
 * A row of a predicate that no policy reads is passed over, and it is noted which predicate that
 * was (passed_over.h): before commit it is asked again, by the policies of then, unless nothing has
 * changed since that was learnt.
 */
#ifndef RP_PG_KNOWN_PREDICATES_H
#define RP_PG_KNOWN_PREDICATES_H

#include "pg/pg.h"
#include "pg/enforce/enforcement.h"
#include "pg/enforce/captured_row.h"
#include "pg/graph/stored_graph.h"

/* What is known of triples with a predicate that come (0), or go (1). */
typedef struct RpKnownPredicate {
    uint32 hash;
    uint64 changes;    /* as rp_known_predicates_changes, when the policies were looked at */
    RpText bytes;      /* the value without its header; empty: the source's constant predicate */
    uint64 noted[2];   /* which notes have it: rp_passed_over_number */
    uint64 session[2]; /* the judgement that it was learnt in */
    uint32 asked[2];   /* policies of that judgement that do not read it, from the first on */
    bool is_read[2];   /* by one of them */
    bool is_unread[2]; /* by none of them */
} RpKnownPredicate;

typedef struct RpKnownPredicates RpKnownPredicates;

/* Goes up with every change of policies or enforcements that this backend hears of. */
uint64 rp_known_predicates_changes(void);

/*
 * Those of a source's rows, for the policies of a timing; empty where anything has changed since.
 * They live as long as the source. NULL: the predicate of a row is told by more than a column, or
 * by an id, whose meaning may change.
 */
RpKnownPredicates *rp_known_predicates_of(const RpGraphSource *source, RpTiming timing);

/* The predicate that a row has, by the source's columns; NULL: it is not known, or is none. */
RpKnownPredicate *rp_known_predicate_find(const RpKnownPredicates *known,
                                          const NullableDatum *columns);

/* Who says what of predicates. */
typedef struct RpPredicateLearning {
    uint64 session; /* the judgement: no other of this backend has the number; 0: none learns */
    uint64 changes; /* rp_known_predicates_changes, from before it has looked at anything */
    uint32 policy;  /* which of its policies, from 0 */
    uint32 policy_count; /* all of which must not read a predicate */
} RpPredicateLearning;

/* Learn whether a policy reads the predicate of a row of the graph that was captured. */
void rp_known_predicates_learn(const RpStoredGraph *graph, RpTiming timing,
                               const RpPredicateLearning *learning, const RpCapturedRow *row,
                               bool is_read);

/* Something that was learnt is so no more. */
void rp_known_predicates_forget(RpKnownPredicates *known);

#endif
