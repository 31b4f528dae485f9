/* How far judging a graph in tables is, told to rdf_graph_progress. */
#ifndef RP_PG_GRAPH_PROGRESS_H
#define RP_PG_GRAPH_PROGRESS_H

#include "pg/pg.h"
#include "validate/data_graph.h"
#include "validate/report.h"
#include "pg/shared/backend.h"

/*
 * Begin to tell of a judgement by a policy: of what is read into data, and validated into report,
 * both of which live until the end. Nothing is told where there is no shared memory.
 */
void rp_graph_progress_begin(const char *graph, RpText policy, const RpDataGraph *data,
                             const RpReport *report);
void rp_graph_progress_end(void);

/* Tell of a slice from now on, of its own data and report, or of what is judged again (no slice);
 * base_bytes: held beside the data's memory as long. */
void rp_graph_progress_slice(RpSlice slice, const RpDataGraph *data, const RpReport *report,
                             size_t base_bytes);

/* Another phase begins, of so many rows (0: unknown). */
void rp_graph_progress_phase(RpPhase phase, double rows_total);

/* So many rows of the phase have been read; other_bytes: held beside the data graph's memory. */
void rp_graph_progress_rows(uint64 rows_read, size_t other_bytes);

#endif
