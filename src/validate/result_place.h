/*
 * Where results stand in their document: found by reading it once more when there are results, so
 * that the first reading keeps nothing for it. What is looked for is a table of (subject,
 * predicate, object), which the triples of the second reading are looked up in: both together are
 * linear.
 *
 *     rp_result_places_init    which places are looked for
 *     rp_result_places_offer   each triple of the second reading
 *     rp_result_places_put     into the results
 */
#ifndef RP_VALIDATE_RESULT_PLACE_H
#define RP_VALIDATE_RESULT_PLACE_H

#include "rdf/turtle.h"
#include "validate/last_step.h"
#include "validate/report.h"

/* A triple that is looked for; 0 stands for any term. */
typedef struct RpWantedPlace {
    RpTriple triple; /* all 0: an empty entry */
    uint32_t line;   /* of the first one, as RpPosition has it; 0: not met yet */
} RpWantedPlace;

typedef struct RpResultPlaces {
    RpDataGraph *data;
    RpArena *arena;
    RpLastSteps last_steps; /* begun with the first result of a longer path */
    RpTriple *steps;        /* of such results, in their order; all 0: not known */
    uint32_t step_count;
    uint32_t step_capacity;
    RpWantedPlace *wanted; /* a hash table with open addressing */
    uint32_t count;
    uint32_t capacity;                        /* a power of two */
    RpMarkedTerm marked[RP_TERM_MARK_PLACES]; /* terms that came with a mark, by it */
} RpResultPlaces;

/*
 * Look for the places of all results that the report keeps, and of their details. A result's place
 * is the first there is of: the triple that has its value, which for a longer path is its last
 * step; a triple of its path, if that is a predicate or the inverse of one; the focus node as the
 * subject that a statement starts with; the focus node as an object. Not to be moved.
 */
RpStatus rp_result_places_init(RpResultPlaces *places, RpDataGraph *data, const RpReport *report,
                               RpArena *arena, RpError *error);

/* Take note of a triple. Its terms get no ids: those that the data graph lacks are in no result. */
RpStatus rp_result_places_offer(RpResultPlaces *places, const RpTerm *subject,
                                const RpTerm *predicate, const RpTerm *object, RpPosition position,
                                RpError *error);

/* Set RpResult.line of the report's results and their details. */
void rp_result_places_put(const RpResultPlaces *places, RpReport *report);

#endif
