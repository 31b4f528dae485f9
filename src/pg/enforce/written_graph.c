/* See written_graph.h. */
#include "pg/enforce/written_graph.h"

#include "pg/graph/row_scan.h"

/* So many pages without a row are passed over; beyond that rows that are gone took them, and would
 * be looked at by each transaction. */
enum { EMPTY_PAGES = 256 };

/* By how many rows the capture has made the graph larger: a row that came and went is none. */
static int64
count_written(const RpCapture *capture)
{
    RpCaptureReader reader;
    RpCapturedRow row;
    int64 count = rp_capture_passed_rows(capture);

    rp_capture_read(capture, &reader);
    while (rp_capture_next(&reader, &row)) {
        count += row.is_removal ? -1 : 1;
    }
    return count;
}

/* How many rows a source's relation has, whether or not its filter passes them, up to a limit. One
 * with more pages than so many rows can fill is said to have them. */
static int64
count_rows(const RpGraphSource *source, int64 limit)
{
    RpRowScan *scan;
    const Datum *values;
    const bool *nulls;
    int64 count = 0;

    if (rp_row_relation_pages(&source->rows) > (uint64)limit + EMPTY_PAGES) {
        return limit;
    }
    scan = rp_row_scan_begin(&source->rows, NULL, NULL);
    while (count < limit && rp_row_scan_next(scan, &values, &nulls)) {
        CHECK_FOR_INTERRUPTS();
        count++;
    }
    rp_row_scan_end(scan);
    return count;
}

/* Rows that were there before make the graph larger than the capture did: so they are told by their
 * number alone. */
bool
rp_graph_is_written(const RpCapture *capture, const RpStoredGraph *graph)
{
    int64 written = count_written(capture);
    int64 stored = 0;

    for (uint32 i = 0; i < graph->source_count && stored <= written; i++) {
        stored += count_rows(&graph->sources[i], written - stored + 1);
    }
    return stored <= written;
}
