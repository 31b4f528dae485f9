/* How far judging a graph in tables is, told to rdf_graph_progress. */
#ifndef RP_PG_GRAPH_PROGRESS_H
#define RP_PG_GRAPH_PROGRESS_H

#include "pg/pg.h"
#include "validate/data_graph.h"
#include "validate/report.h"
#include "pg/shared/backend.h"

/* What is told of: it reads into data, and validates into report. */
typedef RpStatus (*RpToldWork)(const void *state, RpDataGraph *data, RpReport *report,
                               RpError *error);

/* Do the work of a judgement by a policy, and tell of it meanwhile; whatever it raises or returns.
 * Nothing is told where there is no shared memory. */
RpStatus rp_graph_progress_run(const char *graph, RpText policy, RpToldWork work, const void *state,
                               RpDataGraph *data, RpReport *report, RpError *error);

/* The rows of the phase are counted there, from now on until the next phase. */
void rp_graph_progress_count(const uint64_t *rows_read);

/* Tell of a slice from now on, of its own data and report, or of what is judged again (no slice);
 * base_bytes: held beside the data's memory as long. */
void rp_graph_progress_slice(RpSlice slice, const RpDataGraph *data, const RpReport *report,
                             size_t base_bytes);

/* Another phase begins, of so many rows (0: unknown). */
void rp_graph_progress_phase(RpPhase phase, double rows_total);

/* So many rows of the phase have been read; other_bytes: held beside the data graph's memory. */
void rp_graph_progress_rows(uint64 rows_read, size_t other_bytes);

#endif
