/* See passed_over.h. */
#include "pg/enforce/passed_over.h"

#include "utils/memutils.h"

#include "pg/graph/term_reader.h"
#include "pg/server/bridge.h"

/* More are not worth asking about one by one: rows of others are kept. */
enum { NOTE_LIMIT = 1024 };

/* Raised whenever notes are cleared: a predicate that has another number is not noted any more. */
static uint64 number = 1;

/* A text, or a term, whatever: a value of variable length. */
static Datum
value_of(RpText bytes)
{
    return PointerGetDatum(rp_text_datum(bytes));
}

/* By what the predicates of a transaction are known; mostly it is one for all. */
static void
note_origin(RpPassedOver *passed, const RpGraphSource *source, const RpKnownPredicate *predicate)
{
    if (passed->count == 0) {
        passed->changes = predicate->changes;
        passed->graph = source->graph;
    }
    passed->are_of_several |=
        passed->changes != predicate->changes || passed->graph != source->graph;
}

/* A graph that was replaced is stale, and there to the end of the transaction. */
bool
rp_passed_over_holds(const RpPassedOver *passed)
{
    return passed->count > 0 && !passed->are_of_several && !passed->graph->is_stale &&
           passed->changes == rp_known_predicates_changes();
}

bool
rp_passed_over_note(RpPassedOver *passed, const RpGraphSource *source, RpKnownPredicate *predicate,
                    bool is_removal)
{
    const RpTermPlace *place = &source->places[RP_POSITION_PREDICATE];
    bool is_constant = place->form == RP_FORM_CONSTANT;
    MemoryContext caller;

    if (predicate->noted[is_removal] == number) {
        return true;
    }
    if (passed->count == NOTE_LIMIT) {
        return false;
    }
    caller = MemoryContextSwitchTo(TopTransactionContext);
    if (passed->count == passed->capacity) {
        uint32 capacity = Max(16, passed->capacity * 2);
        RpPassedPredicate *predicates = palloc(sizeof(RpPassedPredicate) * capacity);

        if (passed->count > 0) {
            memcpy(predicates, passed->predicates, sizeof(RpPassedPredicate) * passed->count);
            pfree(passed->predicates);
        }
        passed->predicates = predicates;
        passed->capacity = capacity;
    }
    note_origin(passed, source, predicate);
    passed->predicates[passed->count++] = (RpPassedPredicate){
        .source = source->id,
        .type = is_constant ? InvalidOid : source->rows.columns[place->value].type,
        .value = value_of(predicate->bytes),
        .is_removal = is_removal,
    };
    MemoryContextSwitchTo(caller);
    passed->has_removals |= is_removal;
    predicate->noted[is_removal] = number;
    return true;
}

/* The number is of all graphs: what another has noted is noted there once more. */
void
rp_passed_over_clear(RpPassedOver *passed)
{
    number++;
    *passed = (RpPassedOver){0};
}

/* NULL: the graph has no such source any more, or its predicates are of another column. */
static const RpGraphSource *
source_of(const RpPassedPredicate *predicate, const RpStoredGraph *graph)
{
    for (uint32 i = 0; i < graph->source_count; i++) {
        const RpGraphSource *source = &graph->sources[i];
        const RpTermPlace *place = &source->places[RP_POSITION_PREDICATE];

        if (source->id == predicate->source) {
            Oid type = place->form == RP_FORM_CONSTANT ? InvalidOid
                                                       : source->rows.columns[place->value].type;

            return place->form != RP_FORM_ID && type == predicate->type ? source : NULL;
        }
    }
    return NULL;
}

/* A predicate was read from a row of its value before, so that reading it fails only where the
 * source has changed. */
static bool
is_wanted(const RpPassedPredicate *predicate, const RpGraphSource *source, const RpPassedSink *sink,
          RpArena *arena)
{
    const RpTermPlace *place = &source->places[RP_POSITION_PREDICATE];
    uint32 columns = source->rows.column_count;
    Datum *values = palloc0(sizeof(Datum) * (columns + 1));
    bool *nulls = palloc(sizeof(bool) * (columns + 1));
    bool is_wanted = true;
    RpTerm term;
    RpError error;
    int column;
    RpStatus status;

    memset(nulls, true, columns + 1);
    if (place->form != RP_FORM_CONSTANT) {
        values[place->value] = predicate->value;
        nulls[place->value] = false;
    }
    status = rp_term_place_read(place, &source->rows, values, nulls, arena, &term, &column, &error);
    if (status == RP_SYNTAX) {
        return true;
    }
    RP_BRIDGE_TRY(status, &error);
    RP_BRIDGE_TRY(sink->wants(sink->state, predicate->is_removal, &term, &is_wanted, &error),
                  &error);
    return is_wanted;
}

bool
rp_passed_over_is_wanted(const RpPassedOver *passed, const RpStoredGraph *graph, RpTiming timing,
                         const RpPassedSink *sink)
{
    MemoryContext caller;
    MemoryContext scratch;
    RpArena *arena;
    bool is_any = false;

    if (passed->count == 0) {
        return false;
    }
    scratch = rp_bridge_context();
    caller = MemoryContextSwitchTo(scratch);
    arena = rp_bridge_work_arena(scratch, 0);
    for (uint32 i = 0; i < passed->count && !is_any; i++) {
        const RpPassedPredicate *predicate = &passed->predicates[i];
        const RpGraphSource *source = source_of(predicate, graph);

        is_any = source == NULL || is_wanted(predicate, source, sink, arena);
        if (is_any && source != NULL) {
            RpKnownPredicates *known = rp_known_predicates_of(source, timing);

            if (known != NULL) {
                rp_known_predicates_forget(known);
            }
        }
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return is_any;
}
