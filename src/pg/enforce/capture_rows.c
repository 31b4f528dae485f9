/*
 * The WHEN functions of the triggers on a graph's relations: they copy the rows.
 *
 *     rdf_graph_capture_insert('3d kg', NEW.a, NEW.b, …)
 *     rdf_graph_capture_delete('3d kg', OLD.a, OLD.b, …)
 *     rdf_graph_capture_update('3d kg', OLD.a, OLD.b, …, NEW.a, NEW.b, …)
 *
 * for source 3 of graph kg, deferred.
 *
 * Each is true for the first row of a statement that is copied, so that one event is queued, whose
 * trigger judges. That is told by the call site, not by the transaction: who calls the function in
 * a query of his own changes nothing for other statements.
 */
#include "pg/enforce/capture_rows.h"

#include "pg/enforce/capture_call.h"

PG_FUNCTION_INFO_V1(rdf_graph_capture_insert);
PG_FUNCTION_INFO_V1(rdf_graph_capture_delete);
PG_FUNCTION_INFO_V1(rdf_graph_capture_update);

struct RpCaptureSite {
    uint64 transaction; /* as rp_capture_transaction */
    RpCapture *capture;
    const RpGraphSource *source;
    RpKnownPredicates *known; /* NULL: every row is copied */
    bool is_queued;           /* the statement has its event */
    int column_count;
    RpRowColumn columns[FLEXIBLE_ARRAY_MEMBER];
};

/* Copy a row into the capture. arguments: as many as the site has columns. */
static void
put_row(const RpCaptureSite *site, bool is_removal, const NullableDatum *arguments)
{
    Datum values[FUNC_MAX_ARGS];
    RpRowToCapture row = {.source = site->source->id,
                          .is_removal = is_removal,
                          .columns = site->columns,
                          .column_count = site->column_count,
                          .arguments = arguments,
                          .values = values};

    rp_capture_add(site->capture, &row);
}

RpCaptureSite *
rp_capture_site_make(const RpGraphSource *source, RpTiming timing, MemoryContext context)
{
    const RpCatalog *catalog = rp_catalog_of_namespace(source->graph->namespace);
    uint32 column_count = source->rows.column_count;
    RpCaptureSite *site = MemoryContextAllocZero(context, offsetof(RpCaptureSite, columns) +
                                                              sizeof(RpRowColumn) * column_count);

    site->source = source;
    site->column_count = (int)column_count;
    memcpy(site->columns, source->rows.columns, sizeof(RpRowColumn) * column_count);
    site->capture = rp_capture_of(catalog, rp_text_from(source->graph->name), timing);
    site->known = rp_known_predicates_of(source, timing);
    site->transaction = rp_capture_transaction();
    return site;
}

/* The site of this statement, which fn_extra points to. Expressions of functions outlive their
 * transaction. times: how many rows the arguments are. */
static RpCaptureSite *
site_of(FunctionCallInfo fcinfo, int times)
{
    RpCaptureSite *site = fcinfo->flinfo->fn_extra;

    if (site == NULL || site->transaction != rp_capture_transaction()) {
        RpTiming timing;
        const RpGraphSource *source = rp_capture_source_of_call(fcinfo, &timing);

        rp_capture_check_columns(fcinfo, source, &source->rows, times);
        site = rp_capture_site_make(source, timing, fcinfo->flinfo->fn_mcxt);
        fcinfo->flinfo->fn_extra = site;
    }
    return site;
}

/* The event of the statement, once. */
static bool
queue(RpCaptureSite *site)
{
    bool is_first = !site->is_queued;

    site->is_queued = true;
    return is_first;
}

/* The predicate of a row that no policy reads, coming or going; NULL: one may. */
static RpKnownPredicate *
unread_predicate(const RpCaptureSite *site, bool is_removal, const NullableDatum *arguments)
{
    RpKnownPredicate *predicate =
        site->known == NULL ? NULL : rp_known_predicate_find(site->known, arguments);

    if (site->known != NULL && (predicate == NULL || !(predicate->is_read[is_removal] ||
                                                       predicate->is_unread[is_removal]))) {
        rp_capture_note_unknown(site->capture);
    }
    return predicate != NULL && predicate->is_unread[is_removal] ? predicate : NULL;
}

/* What a capture of the whole graph gets is not copied, yet the statement's event is queued: its
 * trigger judges. What is passed over needs none: that is looked at before commit. */
static bool
capture_one(RpCaptureSite *site, bool is_removal, const NullableDatum *row)
{
    if (rp_capture_is_off(site->capture)) {
        return false;
    }
    if (!rp_capture_is_whole(site->capture)) {
        RpKnownPredicate *unread = unread_predicate(site, is_removal, row);

        if (unread != NULL &&
            rp_capture_pass_over(site->capture, site->source, unread, is_removal)) {
            return false;
        }
        put_row(site, is_removal, row);
    }
    return queue(site);
}

/* Copy both rows of an UPDATE, or pass both over: what a row was is needed to tell who wrote what
 * of it (written_nodes.c). */
static bool
put_rows(RpCaptureSite *site, const NullableDatum *old, const NullableDatum *new)
{
    RpKnownPredicate *went = unread_predicate(site, true, old);
    RpKnownPredicate *came = unread_predicate(site, false, new);

    if (went != NULL && came != NULL &&
        rp_capture_pass_over(site->capture, site->source, went, true) &&
        rp_capture_pass_over(site->capture, site->source, came, false)) {
        return false;
    }
    put_row(site, true, old);
    put_row(site, false, new);
    return true;
}

/* An UPDATE without a list of columns fires this, so that what a BEFORE trigger has changed is seen
 * too. */
static bool
capture_both(RpCaptureSite *site, const NullableDatum *old, const NullableDatum *new)
{
    if (rp_capture_is_off(site->capture) ||
        (!rp_capture_is_whole(site->capture) &&
         (rp_capture_columns_are_same(site->columns, site->column_count, old, new) ||
          !put_rows(site, old, new)))) {
        return false;
    }
    return queue(site);
}

bool
rp_capture_site_take(RpCaptureSite *site, RpRowEvent event, const NullableDatum *rows)
{
    return event == RP_ROW_CHANGES ? capture_both(site, rows, rows + site->column_count)
                                   : capture_one(site, event == RP_ROW_GOES, rows);
}

Datum
rdf_graph_capture_insert(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(rp_capture_site_take(site_of(fcinfo, 1), RP_ROW_COMES,
                                        &fcinfo->args[RP_CAPTURE_FIRST_COLUMN]));
}

Datum
rdf_graph_capture_delete(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(rp_capture_site_take(site_of(fcinfo, 1), RP_ROW_GOES,
                                        &fcinfo->args[RP_CAPTURE_FIRST_COLUMN]));
}

Datum
rdf_graph_capture_update(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(rp_capture_site_take(site_of(fcinfo, 2), RP_ROW_CHANGES,
                                        &fcinfo->args[RP_CAPTURE_FIRST_COLUMN]));
}
