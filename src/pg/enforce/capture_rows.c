/*
 * The WHEN functions of the triggers on a graph's relations: they copy the rows.
 *
 *     rdf_graph_capture_insert('graph', source, 'deferred', NEW.a, NEW.b, …)
 *     rdf_graph_capture_delete('graph', source, 'deferred', OLD.a, OLD.b, …)
 *     rdf_graph_capture_update('graph', source, 'deferred', OLD.a, OLD.b, …, NEW.a, NEW.b, …)
 *
 * Each is true for the first row of a statement, so that one event is queued, whose trigger judges.
 * That is told by the call site, not by the transaction: who calls the function in a query of his
 * own changes nothing for other statements.
 */
#include "pg/enforce/capture_call.h"

PG_FUNCTION_INFO_V1(rdf_graph_capture_insert);
PG_FUNCTION_INFO_V1(rdf_graph_capture_delete);
PG_FUNCTION_INFO_V1(rdf_graph_capture_update);

/* What fn_extra points to: a statement that changes rows of a source. */
typedef struct CaptureSite {
    uint64 transaction; /* as rp_capture_transaction */
    RpCapture *capture;
    int32 source;
    int column_count;
    RpRowColumn columns[FLEXIBLE_ARRAY_MEMBER];
} CaptureSite;

/* Copy a row into the capture. arguments: as many as the site has columns. */
static void
put_row(const CaptureSite *site, bool is_removal, const NullableDatum *arguments)
{
    Datum values[FUNC_MAX_ARGS];
    RpRowToCapture row = {.source = site->source,
                          .is_removal = is_removal,
                          .columns = site->columns,
                          .column_count = site->column_count,
                          .arguments = arguments,
                          .values = values};

    rp_capture_add(site->capture, &row);
}

/* Lives as long as the statement's expression. It is of one transaction: the capture that it points
 * to goes with that. */
static CaptureSite *
make_site(FunctionCallInfo fcinfo, int times)
{
    const RpGraphSource *source = rp_capture_source_of_call(fcinfo);
    uint32 column_count = source->rows.column_count;
    CaptureSite *site;

    rp_capture_check_columns(fcinfo, source, &source->rows, times);
    site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, offsetof(CaptureSite, columns) +
                                                               sizeof(RpRowColumn) * column_count);
    site->source = source->id;
    site->column_count = (int)column_count;
    memcpy(site->columns, source->rows.columns, sizeof(RpRowColumn) * column_count);
    site->capture = rp_capture_of_call(fcinfo, source);
    site->transaction = rp_capture_transaction();
    fcinfo->flinfo->fn_extra = site;
    return site;
}

/* The site of this statement. *is_first: it is made now. Expressions of functions outlive their
 * transaction. */
static CaptureSite *
site_of(FunctionCallInfo fcinfo, int times, bool *is_first)
{
    CaptureSite *site = fcinfo->flinfo->fn_extra;

    *is_first = site == NULL || site->transaction != rp_capture_transaction();
    return *is_first ? make_site(fcinfo, times) : site;
}

/* What a capture of the whole graph gets is not copied, yet the statement's event is queued: its
 * trigger judges. */
static Datum
capture_one(FunctionCallInfo fcinfo, bool is_removal)
{
    bool is_first;
    CaptureSite *site = site_of(fcinfo, 1, &is_first);

    if (rp_capture_is_off(site->capture)) {
        PG_RETURN_BOOL(false);
    }
    if (!rp_capture_is_whole(site->capture)) {
        put_row(site, is_removal, &fcinfo->args[RP_CAPTURE_FIRST_COLUMN]);
    }
    PG_RETURN_BOOL(is_first);
}

Datum
rdf_graph_capture_insert(PG_FUNCTION_ARGS)
{
    return capture_one(fcinfo, false);
}

Datum
rdf_graph_capture_delete(PG_FUNCTION_ARGS)
{
    return capture_one(fcinfo, true);
}

/* An UPDATE without a list of columns fires this, so that what a BEFORE trigger has changed is seen
 * too. */
Datum
rdf_graph_capture_update(PG_FUNCTION_ARGS)
{
    bool is_first;
    CaptureSite *site = site_of(fcinfo, 2, &is_first);
    const NullableDatum *old = &fcinfo->args[RP_CAPTURE_FIRST_COLUMN];
    const NullableDatum *new = old + site->column_count;

    if (rp_capture_is_off(site->capture)) {
        PG_RETURN_BOOL(false);
    }
    if (!rp_capture_is_whole(site->capture) &&
        !rp_capture_columns_are_same(site->columns, site->column_count, old, new)) {
        put_row(site, true, old);
        put_row(site, false, new);
    }
    PG_RETURN_BOOL(is_first);
}
