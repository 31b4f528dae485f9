/* See written_graph.h. */
#include "pg/enforce/written_graph.h"

#include "utils/snapmgr.h"

#include "pg/graph/row_scan.h"

/* What is committed by now, without what this transaction has made, and with what it has removed:
 * a snapshot from before its first command. */
static void
push_former(void)
{
    PushCopiedSnapshot(GetLatestSnapshot());
    GetActiveSnapshot()->curcid = FirstCommandId;
}

/* Rows of a table that the transaction made are its own, though COPY FREEZE shows them to any
 * snapshot. */
static bool
find_older_row(const RpGraphSource *source)
{
    RpRowScan *scan = rp_row_scan_begin(&source->rows, source->filter, source->filter_text);
    const Datum *values;
    const bool *nulls;
    bool is_found = false;

    while (!is_found && rp_row_scan_next(scan, &values, &nulls)) {
        CHECK_FOR_INTERRUPTS();
        is_found = !rp_row_scan_is_of_new_table(scan);
    }
    if (is_found) {
        *source->older_row = rp_row_scan_place(scan);
    }
    rp_row_scan_end(scan);
    return is_found;
}

/* Most graphs have rows, and mostly the one that was found last is there: so the pages that stand
 * empty before it are not read at each commit. */
bool
rp_graph_is_written(const RpStoredGraph *graph)
{
    bool is_any_older = false;

    push_former();
    for (uint32 i = 0; i < graph->source_count && !is_any_older; i++) {
        const RpGraphSource *source = &graph->sources[i];

        is_any_older =
            rp_row_relation_has_row(&source->rows, source->older_row) || find_older_row(source);
    }
    PopActiveSnapshot();
    return !is_any_older;
}
