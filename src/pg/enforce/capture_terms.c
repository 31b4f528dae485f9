/*
 * The WHEN functions of the triggers on a dictionary: rdf_graph_capture_term_update and …_delete.
 * A row that becomes another makes other triples of all that name its id, and a row that goes makes
 * none of them; so the graph is judged as a whole. One that comes is no change: no row of the graph
 * could be read before.
 */
#include "pg/pg.h"

#include "pg/enforce/capture_call.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_graph_capture_term_update);
PG_FUNCTION_INFO_V1(rdf_graph_capture_term_delete);

/* An event for each row is queued where many change; the first of them judges, and the others find
 * nothing left. */
static Datum
note_whole(FunctionCallInfo fcinfo, const RpGraphSource *source, RpTiming timing)
{
    RpCapture *capture = rp_capture_of_call(fcinfo, source, timing);

    rp_capture_note_whole(capture);
    PG_RETURN_BOOL(rp_capture_is_pending(capture));
}

/* The dictionary, or that of graphs' names: the function does not hear which table it is of, and
 * where both have columns alike either will do. */
static const RpRowRelation *
rows_of_call(FunctionCallInfo fcinfo, const RpGraphSource *source)
{
    return rp_capture_has_columns(fcinfo, &source->dictionary->rows, 2)
               ? &source->dictionary->rows
               : &source->graph_dictionary->rows;
}

/* Whether a row's old and new columns are the same. */
static bool
is_unchanged(FunctionCallInfo fcinfo, const RpRowRelation *rows)
{
    int count = (int)rows->column_count;
    const NullableDatum *old = &fcinfo->args[RP_CAPTURE_FIRST_COLUMN];

    return rp_capture_columns_are_same(rows->columns, count, old, old + count);
}

/* Most updates of a dictionary are of columns that nobody reads, such as counts: they are no
 * change. */
Datum
rdf_graph_capture_term_update(PG_FUNCTION_ARGS)
{
    RpTiming timing;
    const RpGraphSource *source = rp_capture_source_of_call(fcinfo, &timing);
    const RpRowRelation *rows = rows_of_call(fcinfo, source);

    rp_capture_check_columns(fcinfo, source, rows, 2);
    if (is_unchanged(fcinfo, rows)) {
        PG_RETURN_BOOL(false);
    }
    return note_whole(fcinfo, source, timing);
}

Datum
rdf_graph_capture_term_delete(PG_FUNCTION_ARGS)
{
    RpTiming timing;
    const RpGraphSource *source = rp_capture_source_of_call(fcinfo, &timing);

    return note_whole(fcinfo, source, timing);
}
