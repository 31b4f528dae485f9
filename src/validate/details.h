/*
 * The details of results: what their values lack to conform to the shapes of sh:node, sh:or and the
 * like. They form a graph with shared parts, of which a report shows the tree: so they are found
 * breadth first, after all other results, as many as there is room for.
 */
#ifndef RP_VALIDATE_DETAILS_H
#define RP_VALIDATE_DETAILS_H

#include "validate/report.h"

/* Levels of details within details that a report holds, so that whoever reads one can recurse. */
enum { RP_DETAIL_LEVEL_LIMIT = 128 };

/*
 * Find the details of all results that reports keep, in their arenas: level by level, and in each
 * level report by report. The reports are those that rp_validate has filled; they share one room,
 * if any. Sets details_are_cut of results, and is_cut of reports, where there was no room. Errors
 * as rp_validate.
 */
RpStatus rp_details_find(RpReport *const *reports, uint32_t count, RpError *error);

#endif
