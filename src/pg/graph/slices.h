/* A graph that is too large to be judged as a whole, in slices of focus nodes. */
#ifndef RP_PG_SLICES_H
#define RP_PG_SLICES_H

#include "validate/report.h"
#include "pg/graph/graph_reader.h"

/*
 * Validate a stored graph, slice after slice, into a report, and into data what its results are
 * told by. Each relation is read once, as rp_graph_reader_fill does it, into a temporary file; then
 * memory holds what links the graph's nodes, and one slice at a time, all within the limit of
 * data's arena. The results are those of the whole, their details included, in another order.
 * RP_TOO_LARGE where that does not suffice: for the links, for a single node, or for the results.
 */
RpStatus rp_slices_validate(const RpStoredData *stored, RpDataGraph *data, RpReport *report,
                            RpError *error);

/*
 * Judge a data graph that is part of what a report is of, as rp_slices_validate does a slice of it:
 * its results go into report, and what they are told by into data, so that slice may be let go of.
 * held_bytes: of memory beside it, to be shown. *is_too_large with RP_TOO_LARGE: it needs more than
 * its arena allows, and nothing was added.
 */
RpStatus rp_slice_judge(RpDataGraph *slice, size_t held_bytes, RpDataGraph *data, RpReport *report,
                        bool *is_too_large, RpError *error);

/* As rp_slices_validate, of one of the named graphs of a file, by its number there, and about how
 * many triples it has. */
RpStatus rp_slices_validate_graph(RpSpill *spill, uint32 graph, uint64 triple_count,
                                  RpDataGraph *data, RpReport *report, RpError *error);

#endif
