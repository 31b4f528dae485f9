/* Where results stand in their document: found in what was noted when it was read. */
#ifndef RP_VALIDATE_RESULT_PLACE_H
#define RP_VALIDATE_RESULT_PLACE_H

#include "validate/place_log.h"
#include "validate/report.h"

/*
 * Set RpResult.line of all results that a report keeps, and of their details. A result's place is
 * the first there is of: the triple that has its value, which for a longer path is its last step; a
 * triple of its path, if that is a predicate or the inverse of one; the focus node as the subject
 * that a statement starts with; the focus node as an object. Triples that no shape reads count for
 * the last two. What is looked for is a table, which the log is held against, so that it is linear.
 * The memory is of the arena, and of no use afterwards. Polls the host.
 */
RpStatus rp_result_places_find(const RpPlaceLog *log, RpReport *report, RpArena *arena,
                               RpError *error);

#endif
