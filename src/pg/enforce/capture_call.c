/* See capture_call.h. */
#include "pg/enforce/capture_call.h"

#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "base/ascii.h"
#include "pg/server/bridge.h"

static const char *const made_by_hint = "Capture triggers are made by rdf_graph_enforce.";

static const char timing_letters[RP_TIMING_COUNT + 1] = "di";

char *
rp_capture_target(const RpGraphSource *source, RpTiming timing)
{
    return psprintf("%d%c %s", source->id, timing_letters[timing], source->graph->name);
}

/* The parts of such a text. False: it is none. */
static bool
parse_target(RpText target, int32 *source, RpTiming *timing, RpText *graph)
{
    uint32 place = 0;
    int64 number = 0;
    const char *letter;

    while (place < target.length && rp_ascii_is_digit(target.data[place]) &&
           number <= PG_INT32_MAX) {
        number = number * 10 + (target.data[place++] - '0');
    }
    if (place == 0 || number > PG_INT32_MAX || place + 2 > target.length ||
        target.data[place + 1] != ' ') {
        return false;
    }
    letter = memchr(timing_letters, target.data[place], RP_TIMING_COUNT);
    if (letter == NULL) {
        return false;
    }
    *source = (int32)number;
    *timing = (RpTiming)(letter - timing_letters);
    *graph = (RpText){target.data + place + 2, target.length - place - 2};
    return true;
}

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
                 errhint("%s", made_by_hint)));
    }
}

/* The graph's name is compared, too: a number that a dump has restored may be another graph's
 * source by now. */
const RpGraphSource *
rp_capture_source_of_call(FunctionCallInfo fcinfo, RpTiming *timing)
{
    const RpGraphSource *source;
    RpText graph;
    int32 id;

    if (PG_ARGISNULL(0)) {
        ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                        errmsg("what is captured must not be null"), errhint("%s", made_by_hint)));
    }
    if (!parse_target(rp_text_of(PG_GETARG_TEXT_PP(0)), &id, timing, &graph)) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("what is captured must be the number of a source, d or i, a space "
                               "and a graph"),
                        errhint("%s", made_by_hint)));
    }
    source = rp_graph_source_get(rp_catalog_of_function(fcinfo->flinfo->fn_oid), id);
    if (!rp_text_equals(rp_text_from(source->graph->name), graph)) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
                        errmsg("source %d is one of graph \"%s\", and no other", source->id,
                               source->graph->name),
                        errhint("Call rdf_graph_enforce again.")));
    }
    return source;
}

RpCapture *
rp_capture_of_call(FunctionCallInfo fcinfo, const RpGraphSource *source, RpTiming timing)
{
    return rp_capture_of(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                         rp_text_from(source->graph->name), timing);
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
