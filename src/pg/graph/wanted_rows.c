/* Which rows are wanted: those of predicates that some shape reads, and of graphs that are asked
 * for; and what a row's columns are. See graph_reader_internal.h. */
#include "pg/graph/graph_reader_internal.h"

#include "pg/graph/row_error.h"
#include "pg/graph/term_reader.h"

void
rp_graph_reader_refuse(const RpGraphReader *reader, RpTermPosition position, int column,
                       const RpError *error)
{
    rp_row_error_raise(&reader->source->rows, column, rp_term_position_name(position),
                       rp_row_scan_describe(reader->scan), error);
}

/* A term of the current row that is no id. */
RpStatus
rp_graph_reader_term(const RpGraphReader *reader, RpTermPosition position, RpTerm *term,
                     RpError *error)
{
    const RpTermPlace *place = &reader->source->places[position];
    int column;
    RpStatus status = rp_term_place_read(place, &reader->source->rows, reader->values,
                                         reader->nulls, reader->scratch, term, &column, error);

    if (status == RP_SYNTAX) {
        rp_graph_reader_refuse(reader, position, column, error);
    }
    RP_TRY(status);
    if (reader->is_canonical && !rp_term_place_is_canonical(place, &reader->source->rows, term,
                                                            reader->values, reader->nulls)) {
        rp_error_set(error, RP_SYNTAX, RP_TERM_IS_NOT_CANONICAL);
        rp_graph_reader_refuse(reader, position, column, error);
    }
    if (rp_term_position_check(position, term, error) != RP_OK) {
        rp_graph_reader_refuse(reader, position, place->value, error);
    }
    return RP_OK;
}

/* NULL is no id, where one must be. The type is the column's: the table of ids widens it. */
Datum
rp_graph_reader_id(const RpGraphReader *reader, RpTermPosition position, Oid *type, RpError *error)
{
    const RpGraphSource *source = reader->source;
    int column = source->places[position].value;

    if (reader->nulls[column]) {
        rp_error_set(error, RP_SYNTAX, "It is NULL.");
        rp_graph_reader_refuse(reader, position, column, error);
    }
    *type = source->rows.columns[column].base_type;
    return reader->values[column];
}

/* The dictionary lacks an id of the current row. */
void
rp_graph_reader_refuse_id(const RpGraphReader *reader, RpTermPosition position,
                          const RpIdTerms *ids, uint32 number)
{
    RpError error;

    rp_error_set(&error, RP_SYNTAX, "Dictionary %s has no row with the id %s.",
                 ids->source->rows.name, rp_id_terms_text(ids, number));
    rp_graph_reader_refuse(reader, position, reader->source->places[position].value, &error);
}

/* What is known of an id that few rows differ in, asked when it is met first. */
static RpStatus
look_up_answer(RpGraphReader *reader, RpIdUse use, RpTermPosition position, Datum id, Oid type,
               RpStatus (*ask)(RpGraphReader *reader, const RpTerm *term, uint32 *answer,
                               RpError *error),
               uint32 *answer, RpError *error)
{
    RpFewIds *few = &reader->few[use];
    uint32 count = rp_id_terms_end(&few->terms);
    uint32 number;

    RP_TRY(rp_id_terms_add(&few->terms, id, type, &number, error));
    if (number == count) {
        uint32 *answers = rp_arena_grow(reader->id_arena, few->answers, count, count + 1,
                                        &few->capacity, sizeof(uint32));
        RpTerm term = {0};

        if (answers == NULL) {
            return rp_arena_failure(reader->id_arena, error);
        }
        few->answers = answers;
        RP_TRY(rp_id_terms_look_up(&few->terms, number, error));
        if (rp_id_terms_get(&few->terms, number) == RP_TERM_NONE) {
            rp_graph_reader_refuse_id(reader, position, &few->terms, number);
        }
        term = rp_dictionary_term(&reader->data->dictionary, rp_id_terms_get(&few->terms, number));
        RP_TRY(ask(reader, &term, &answers[number], error));
    }
    *answer = few->answers[number];
    return RP_OK;
}

/* The same, of an id that was asked lately at once. */
static RpStatus
answer_for(RpGraphReader *reader, RpIdUse use, RpTermPosition position,
           RpStatus (*ask)(RpGraphReader *reader, const RpTerm *term, uint32 *answer,
                           RpError *error),
           uint32 *answer, RpError *error)
{
    const RpGraphSource *source = reader->source;
    RpFewIds *few = &reader->few[use];
    Oid type;
    Datum id = rp_graph_reader_id(reader, position, &type, error);
    uint32 place = (uint32)(id % RP_RECENT_IDS);

    if (!source->rows.columns[source->places[position].value].is_by_value) {
        return look_up_answer(reader, use, position, id, type, ask, answer, error);
    }
    if (!few->is_recent[place] || few->recent[place] != id) {
        RP_TRY(look_up_answer(reader, use, position, id, type, ask, &few->recent_answers[place],
                              error));
        few->recent[place] = id;
        few->is_recent[place] = true;
    }
    *answer = few->recent_answers[place];
    return RP_OK;
}

/* What no shape reads has RP_TERM_NONE for an answer, and its rows are passed over. */
static RpStatus
ask_predicate(RpGraphReader *reader, const RpTerm *term, uint32 *answer, RpError *error)
{
    if (rp_term_position_check(RP_POSITION_PREDICATE, term, error) != RP_OK) {
        rp_graph_reader_refuse(reader, RP_POSITION_PREDICATE,
                               reader->source->places[RP_POSITION_PREDICATE].value, error);
    }
    return rp_data_graph_find_predicate(reader->data, term, answer, error);
}

/* A graph that is asked for has its term for an answer. */
static RpStatus
ask_graph(RpGraphReader *reader, const RpTerm *term, uint32 *answer, RpError *error)
{
    *answer = RP_TERM_NONE;
    return rp_named_graphs_have(reader->graphs, term)
               ? rp_dictionary_add(&reader->data->dictionary, term, answer, error)
               : RP_OK;
}

RpStatus
rp_graph_reader_predicate(RpGraphReader *reader, RpTermId *predicate, RpError *error)
{
    RpTerm term;

    switch (reader->source->places[RP_POSITION_PREDICATE].form) {
    case RP_FORM_CONSTANT:
        *predicate = reader->constant_predicate;
        return RP_OK;
    case RP_FORM_ID:
        return answer_for(reader, RP_USE_PREDICATE, RP_POSITION_PREDICATE, ask_predicate, predicate,
                          error);
    default:
        RP_TRY(rp_graph_reader_term(reader, RP_POSITION_PREDICATE, &term, error));
        return rp_data_graph_find_predicate(reader->data, &term, predicate, error);
    }
}

RpStatus
rp_graph_reader_graph(RpGraphReader *reader, bool *is_wanted, RpTermId *graph, RpError *error)
{
    const RpTermPlace *place = &reader->source->places[RP_POSITION_GRAPH];
    RpTerm term;

    *graph = RP_TERM_NONE;
    if (place->form == RP_FORM_NONE ||
        (place->value != RP_NO_COLUMN && reader->nulls[place->value])) {
        *is_wanted = rp_named_graphs_have(reader->graphs, NULL);
        return RP_OK;
    }
    if (place->form == RP_FORM_ID) {
        RP_TRY(answer_for(reader, RP_USE_GRAPH, RP_POSITION_GRAPH, ask_graph, graph, error));
        *is_wanted = *graph != RP_TERM_NONE;
        return RP_OK;
    }
    RP_TRY(rp_graph_reader_term(reader, RP_POSITION_GRAPH, &term, error));
    *is_wanted = rp_named_graphs_have(reader->graphs, &term);
    return *is_wanted && reader->tags != NULL
               ? rp_dictionary_add(&reader->data->dictionary, &term, graph, error)
               : RP_OK;
}
