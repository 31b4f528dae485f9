/* The results of slices, which become one report: told by it, without the data that they were found
 * in. */
#ifndef RP_VALIDATE_SLICE_REPORT_H
#define RP_VALIDATE_SLICE_REPORT_H

#include "validate/data_graph.h"
#include "validate/summary.h"

/* The report of one slice, in the arena of the slice's data. */
typedef struct RpSliceReport {
    RpReport report;
    RpSummary summary;
    RpGraph reported_pairs; /* of recursive shapes, that slices before have results of */
    uint32_t known_count;   /* groups of the summary that slices before have an example of */
} RpSliceReport;

/*
 * Begin the report of a slice whose data is slice: it goes on from what the slices before found, so
 * that limits are those of all together, and what comes once in a report comes once in all of them,
 * where report has reported_pairs. report and data: of all. The slice is filled.
 */
RpStatus rp_slice_report_begin(RpSliceReport *made, const RpReport *report, const RpDataGraph *data,
                               RpDataGraph *slice, RpError *error);

/*
 * Add what a slice found, its details included, to the report of all, and what results are told by
 * to its data: their terms, and the classes of values. The slice is not needed afterwards. Errors
 * leave the report incomplete.
 */
RpStatus rp_slice_report_end(const RpSliceReport *made, RpDataGraph *slice, RpReport *report,
                             RpDataGraph *data, RpError *error);

#endif
