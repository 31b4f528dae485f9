/* See capture_call.h. */
#include "pg/enforce/capture_call.h"

#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "pg/server/bridge.h"

enum { ARGUMENT_GRAPH, ARGUMENT_SOURCE, ARGUMENT_TIMING };

bool
rp_capture_has_columns(FunctionCallInfo fcinfo, const RpRowRelation *rows, int times)
{
    int column_count = (int)rows->column_count;
    bool fits = PG_NARGS() == RP_CAPTURE_FIRST_COLUMN + times * column_count;

    for (int i = RP_CAPTURE_FIRST_COLUMN; fits && i < PG_NARGS(); i++) {
        fits = get_fn_expr_argtype(fcinfo->flinfo, i) ==
               rows->columns[(i - RP_CAPTURE_FIRST_COLUMN) % column_count].type;
    }
    return fits;
}

/* The columns may have changed since the triggers were made; values of other types must not be read
 * as these. */
void
rp_capture_check_columns(FunctionCallInfo fcinfo, const RpGraphSource *source,
                         const RpRowRelation *rows, int times)
{
    if (!rp_capture_has_columns(fcinfo, rows, times)) {
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                 errmsg("%s was called with other columns than those of source %d of graph \"%s\"",
                        get_func_name(fcinfo->flinfo->fn_oid), source->id, source->graph->name),
                 errhint("Capture triggers are made by rdf_graph_enforce.")));
    }
}

/* The graph's name is compared, too: a number that a dump has restored may be another graph's
 * source by now. */
const RpGraphSource *
rp_capture_source_of_call(FunctionCallInfo fcinfo)
{
    const RpGraphSource *source;

    for (int i = 0; i < RP_CAPTURE_FIRST_COLUMN; i++) {
        if (PG_NARGS() <= i || PG_ARGISNULL(i)) {
            ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                            errmsg("graph, source and timing must not be null"),
                            errhint("Capture triggers are made by rdf_graph_enforce.")));
        }
    }
    source = rp_graph_source_get(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                                 PG_GETARG_INT32(ARGUMENT_SOURCE));
    if (!rp_text_equals(rp_text_from(source->graph->name),
                        rp_text_of(PG_GETARG_TEXT_PP(ARGUMENT_GRAPH)))) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("source %d is one of graph \"%s\", and no other", source->id,
                               source->graph->name),
                        errhint("Call rdf_graph_enforce again.")));
    }
    return source;
}

RpCapture *
rp_capture_of_call(FunctionCallInfo fcinfo, const RpGraphSource *source)
{
    return rp_capture_of(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                         rp_text_from(source->graph->name),
                         rp_timing_parse(rp_text_of(PG_GETARG_TEXT_PP(ARGUMENT_TIMING))));
}

/* Values that are stored out of line are compared by their pointers: the same pointer is the same
 * value, another is taken for a change. */
bool
rp_capture_columns_are_same(const RpRowColumn *columns, int count, const NullableDatum *old,
                            const NullableDatum *new)
{
    for (int i = 0; i < count; i++) {
        if (old[i].isnull != new[i].isnull) {
            return false;
        }
        if (!old[i].isnull &&
            !datumIsEqual(old[i].value, new[i].value, columns[i].is_by_value, columns[i].length)) {
            return false;
        }
    }
    return true;
}
