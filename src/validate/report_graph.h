/* Results as the graph that SHACL calls a validation report. SHACL Recommendation, section 3.6. */
#ifndef RP_VALIDATE_REPORT_GRAPH_H
#define RP_VALIDATE_REPORT_GRAPH_H

#include "base/buffer.h"
#include "validate/data_graph.h"
#include "validate/report.h"

/* One policy's share of a report: what it found in the data. */
typedef struct RpReportPart {
    const RpDataGraph *data;
    const RpReport *report;
} RpReportPart;

/*
 * Append the validation report of some policies on the same data, as a Turtle document: one
 * sh:ValidationReport, with the results of all parts, nested ones as sh:detail. It conforms if all
 * parts do. <urn:rdfpolicy:truncated> true where results or details were left out, and
 * <urn:rdfpolicy:detailsTruncated> true of a result whose were. Blank nodes of the data keep their
 * labels; all others of the report (results, and shapes that are blank nodes) get labels that no
 * node of the data has; the structure of a path is made anew for each result. Needs no recursion
 * but that of paths, which an image bounds; polls the host. RP_INTERRUPTED, and what an allocation
 * gives.
 */
RpStatus rp_report_graph_write(RpBuffer *buffer, const RpReportPart *parts, uint32_t part_count,
                               RpError *error);

#endif
