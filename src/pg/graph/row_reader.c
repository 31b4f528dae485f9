/* See row_reader.h. */
#include "pg/graph/row_reader.h"

#include "access/table.h"
#include "executor/executor.h"
#include "nodes/makefuncs.h"
#include "utils/rel.h"

#include "pg/graph/dictionary_reader.h"
#include "pg/graph/owner_scope.h"
#include "pg/graph/row_error.h"
#include "pg/graph/term_reader.h"
#include "pg/server/bridge.h"

enum { KEPT_BYTES = 1024 * 1024 };

struct RpRowIds {
    MemoryContext context;   /* of what follows */
    RpDictionary dictionary; /* of the terms that ids mean */
    RpIdTerms ids;
    RpIdTerms graph_ids; /* where named graphs have a dictionary of their own */
};

/* One call. */
typedef struct RowReader {
    const RpGraphSource *source;
    const RpSourceRow *rows;
    uint32 count;
    const RpNamedGraphs *graphs;
    const RpRowSink *sink;
    uint64 *removed; /* as in rp_rows_read */
    bool *is_passed; /* by row: the row filter passes it */
    RpArena *arena;
    RpRowIds *ids;                        /* NULL: the source has none */
    uint32 (*numbers)[RP_POSITION_COUNT]; /* by row: of its ids */
} RowReader;

/* Ask the row filter, in the owner's name, of a row that has the columns it looks at. */
static void
filter_rows(RowReader *reader)
{
    const RpRowRelation *rows = &reader->source->rows;
    Relation relation = table_open(rows->relation, NoLock);
    TupleTableSlot *slot = MakeSingleTupleTableSlot(RelationGetDescr(relation), &TTSOpsVirtual);
    EState *state = CreateExecutorState();
    ExprContext *context = GetPerTupleExprContext(state);
    RpOwnerScope scope;
    ExprState *filter;

    rp_owner_scope_begin(&scope, rows->owner);
    filter = ExecPrepareQual(make_ands_implicit(reader->source->filter), state);
    for (uint32 i = 0; i < reader->count; i++) {
        ExecClearTuple(slot);
        memset(slot->tts_isnull, true, sizeof(bool) * (Size)slot->tts_tupleDescriptor->natts);
        for (uint32 c = 0; c < rows->column_count; c++) {
            slot->tts_values[rows->columns[c].number - 1] = reader->rows[i].values[c];
            slot->tts_isnull[rows->columns[c].number - 1] = reader->rows[i].nulls[c];
        }
        ExecStoreVirtualTuple(slot);
        ResetExprContext(context);
        context->ecxt_scantuple = slot;
        reader->is_passed[i] = ExecQual(filter, context);
    }
    rp_owner_scope_end(&scope);
    FreeExecutorState(state);
    ExecDropSingleTupleTableSlot(slot);
    table_close(relation, NoLock);
}

/* ERROR, or false where the row is of a triple that is removed: it is counted then. */
static bool
refuse(const RowReader *reader, uint32 row, RpTermPosition position, int column,
       const RpError *error)
{
    const RpSourceRow *told = &reader->rows[row];

    if (reader->removed != NULL) {
        ++*reader->removed;
        return false;
    }
    rp_row_error_raise(&reader->source->rows, column, rp_term_position_name(position),
                       rp_row_describe(&reader->source->rows, told->values, told->nulls), error);
}

/* No column for the named graph, or NULL in it. */
static bool
is_default_graph(const RowReader *reader, uint32 row)
{
    const RpTermPlace *place = &reader->source->places[RP_POSITION_GRAPH];

    return place->form == RP_FORM_NONE ||
           (place->value != RP_NO_COLUMN && reader->rows[row].nulls[place->value]);
}

/* Named graphs may have a dictionary of their own, in which the same id may mean another term. */
static RpIdTerms *
ids_of(RowReader *reader, RpTermPosition position)
{
    return position == RP_POSITION_GRAPH &&
                   reader->source->graph_dictionary != reader->source->dictionary
               ? &reader->ids->graph_ids
               : &reader->ids->ids;
}

/* Gather the id of a row in a position. False: the row has none where one must be. */
static bool
add_id(RowReader *reader, uint32 row, RpTermPosition position)
{
    const RpGraphSource *source = reader->source;
    int column = source->places[position].value;
    RpError error;

    if (source->places[position].form != RP_FORM_ID ||
        (position == RP_POSITION_GRAPH && is_default_graph(reader, row))) {
        return true;
    }
    if (reader->rows[row].nulls[column]) {
        rp_error_set(&error, RP_SYNTAX, "It is NULL.");
        return refuse(reader, row, position, column, &error);
    }
    RP_BRIDGE_TRY(rp_id_terms_add(ids_of(reader, position), reader->rows[row].values[column],
                                  source->rows.columns[column].base_type,
                                  &reader->numbers[row][position], &error),
                  &error);
    return true;
}

/* Look up all ids that have been gathered since. */
static void
resolve_ids(RowReader *reader)
{
    RpError error;

    RP_BRIDGE_TRY(rp_id_terms_resolve(&reader->ids->ids, &error), &error);
    RP_BRIDGE_TRY(rp_id_terms_resolve(&reader->ids->graph_ids, &error), &error);
}

/* Whether a row's predicate, whose id has been looked up, is wanted. What is none is, so that it is
 * refused. */
static bool
is_wanted(const RowReader *reader, uint32 row)
{
    RpTermId id = rp_id_terms_get(&reader->ids->ids, reader->numbers[row][RP_POSITION_PREDICATE]);
    bool is_wanted = true;

    if (id != RP_TERM_NONE) {
        RpTerm predicate = rp_dictionary_term(&reader->ids->dictionary, id);
        RpError error;

        if (predicate.kind == RP_IRI) {
            RP_BRIDGE_TRY(
                reader->sink->wants(reader->sink->state, row, &predicate, &is_wanted, &error),
                &error);
        }
    }
    return is_wanted;
}

/* Begin with none. */
static void
begin_ids(RpRowIds *ids, const RpGraphSource *source)
{
    RpArena *arena = rp_bridge_work_arena(ids->context, 0);

    rp_dictionary_init(&ids->dictionary, arena, NULL);
    rp_id_terms_init(&ids->ids, source->dictionary, &ids->dictionary, arena);
    rp_id_terms_init(&ids->graph_ids, source->graph_dictionary, &ids->dictionary, arena);
}

RpRowIds *
rp_row_ids_make(const RpGraphSource *source)
{
    RpRowIds *ids = NULL;

    if (source->dictionary != NULL) {
        ids = palloc(sizeof(RpRowIds));
        ids->context = rp_bridge_context();
        begin_ids(ids, source);
    }
    return ids;
}

/* Let go of what is too much to be kept: each call can take all memory again. */
static void
trim_ids(RpRowIds *ids, const RpGraphSource *source)
{
    if (ids->ids.arena->used_bytes > KEPT_BYTES) {
        MemoryContextReset(ids->context);
        begin_ids(ids, source);
    }
}

/* Ids of predicates first: of rows with one that is not wanted, the others are not looked up. */
static void
read_ids(RowReader *reader)
{
    bool has_predicates = reader->source->places[RP_POSITION_PREDICATE].form == RP_FORM_ID;

    reader->numbers = palloc(sizeof(*reader->numbers) * reader->count);
    if (has_predicates && reader->sink->wants != NULL) {
        for (uint32 i = 0; i < reader->count; i++) {
            reader->is_passed[i] = reader->is_passed[i] && add_id(reader, i, RP_POSITION_PREDICATE);
        }
        resolve_ids(reader);
        for (uint32 i = 0; i < reader->count; i++) {
            reader->is_passed[i] = reader->is_passed[i] && is_wanted(reader, i);
        }
    }
    for (uint32 i = 0; i < reader->count; i++) {
        for (int k = 0; k < RP_POSITION_COUNT; k++) {
            reader->is_passed[i] = reader->is_passed[i] && add_id(reader, i, k);
        }
    }
    resolve_ids(reader);
}

/* The term of an id. False: the dictionary lacks it. */
static bool
term_of_id(RowReader *reader, uint32 row, RpTermPosition position, RpTerm *term, RpError *error)
{
    uint32 number = reader->numbers[row][position];
    const RpIdTerms *ids = ids_of(reader, position);
    RpTermId id = rp_id_terms_get(ids, number);

    if (id == RP_TERM_NONE) {
        rp_error_set(error, RP_SYNTAX, "Dictionary %s has no row with the id %s.",
                     ids->source->rows.name, rp_id_terms_text(ids, number));
        return false;
    }
    *term = rp_dictionary_term(&reader->ids->dictionary, id);
    return true;
}

/* A term of a row. False: it is none, and the row is to be passed over. */
static bool
read_term(RowReader *reader, uint32 row, RpTermPosition position, RpTerm *term)
{
    const RpTermPlace *place = &reader->source->places[position];
    int column = place->value;
    RpStatus status = RP_OK;
    RpError error;

    if (place->form == RP_FORM_ID) {
        status = term_of_id(reader, row, position, term, &error) ? RP_OK : RP_SYNTAX;
    } else {
        status = rp_term_place_read(place, &reader->source->rows, reader->rows[row].values,
                                    reader->rows[row].nulls, reader->arena, term, &column, &error);
        if (status == RP_OK &&
            !rp_term_place_is_canonical(place, &reader->source->rows, term,
                                        reader->rows[row].values, reader->rows[row].nulls)) {
            status = rp_error_set(&error, RP_SYNTAX, RP_TERM_IS_NOT_CANONICAL);
        }
    }
    status = status == RP_OK ? rp_term_position_check(position, term, &error) : status;
    if (status == RP_SYNTAX) {
        return refuse(reader, row, position, column, &error);
    }
    RP_BRIDGE_TRY(status, &error);
    return true;
}

/* Read a row's predicate. False: it is passed over. */
static RpStatus
read_predicate(RowReader *reader, uint32 row, RpTerm *predicate, bool *is_passed, RpError *error)
{
    *is_passed = read_term(reader, row, RP_POSITION_PREDICATE, predicate);
    return *is_passed && reader->sink->wants != NULL
               ? reader->sink->wants(reader->sink->state, row, predicate, is_passed, error)
               : RP_OK;
}

/* The predicate first: of most rows that is all that is read. */
static RpStatus
read_row(RowReader *reader, uint32 row, RpError *error)
{
    bool is_default = is_default_graph(reader, row);
    RpTerm terms[RP_POSITION_COUNT];
    bool is_passed;

    RP_TRY(read_predicate(reader, row, &terms[RP_POSITION_PREDICATE], &is_passed, error));
    if (!is_passed ||
        (!is_default && !read_term(reader, row, RP_POSITION_GRAPH, &terms[RP_POSITION_GRAPH])) ||
        !rp_named_graphs_have(reader->graphs, is_default ? NULL : &terms[RP_POSITION_GRAPH]) ||
        !read_term(reader, row, RP_POSITION_SUBJECT, &terms[RP_POSITION_SUBJECT]) ||
        !read_term(reader, row, RP_POSITION_OBJECT, &terms[RP_POSITION_OBJECT])) {
        return RP_OK;
    }
    return reader->sink->triple(reader->sink->state, row, &terms[RP_POSITION_SUBJECT],
                                &terms[RP_POSITION_PREDICATE], &terms[RP_POSITION_OBJECT],
                                is_default ? NULL : &terms[RP_POSITION_GRAPH], error);
}

/* Filter, ids, terms, in this order: each asks only of rows that the one before has passed. All
 * memory is one context, which goes at the end. */
RpStatus
rp_rows_read(const RpGraphSource *source, const RpSourceRow *rows, uint32 count,
             const RpNamedGraphs *graphs, RpRowIds *ids, const RpRowSink *sink, uint64 *removed,
             RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpStatus status = RP_OK;
    RowReader reader = {.source = source,
                        .rows = rows,
                        .count = count,
                        .graphs = graphs,
                        .ids = ids,
                        .sink = sink,
                        .removed = removed};

    MemoryContextSwitchTo(scratch);
    reader.arena = rp_bridge_work_arena(scratch, 0);
    reader.is_passed = palloc(sizeof(bool) * (count + 1));
    memset(reader.is_passed, true, count);
    if (source->filter != NULL) {
        filter_rows(&reader);
    }
    if (source->dictionary != NULL) {
        if (ids == NULL) {
            reader.ids = rp_row_ids_make(source);
        } else {
            trim_ids(ids, source);
        }
        read_ids(&reader);
    }
    for (uint32 i = 0; status == RP_OK && i < count; i++) {
        CHECK_FOR_INTERRUPTS();
        if (reader.is_passed[i]) {
            status = read_row(&reader, i, error);
        }
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}
