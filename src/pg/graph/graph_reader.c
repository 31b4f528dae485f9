/*
 * See graph_reader.h.
 *
 * Triples of ids are stored as they come, with the numbers that their ids have in a table in place
 * of terms; when all rows are read the dictionary is, and then numbers become terms. So the
 * dictionary is read once, and nothing of it that no triple needs is kept.
 */
#include "pg/graph/graph_reader.h"

#include "pg/graph/graph_reader_internal.h"
#include "pg/graph/progress.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"

/* Tables double when they grow: right after it, as much more seems to be needed. */
#define OUTLOOK_FACTOR 1.4

enum {
    LEAST_USED = 8, /* less than an eighth of the memory tells nothing */
    ROWS_OF_A_RESET = 256
};

/* A member of a stored triple that is a term already, while others are numbers of ids. */
#define IS_TERM RP_SPILL_IS_TERM

/* A subject or object of a source with ids: a number, or a constant's term. */
static RpStatus
read_node(RpGraphReader *reader, RpTermPosition position, RpTermId *node, RpError *error)
{
    const RpTermPlace *place = &reader->source->places[position];
    Oid type;
    Datum id;

    if (place->form != RP_FORM_ID) {
        RP_TRY(rp_dictionary_add(&reader->data->dictionary, &place->constant, node, error));
        *node |= IS_TERM;
        return RP_OK;
    }
    id = rp_graph_reader_id(reader, position, &type, error);
    return rp_id_terms_add(&reader->nodes, id, type, node, error);
}

/* Numbers take the place of terms until resolve, which the graph's order by subject does not
 * notice: it is made when the graph is frozen. */
static RpStatus
store_ids(RpGraphReader *reader, RpTermId predicate, RpError *error)
{
    RpTriple triple = {.predicate = predicate};

    RP_TRY(read_node(reader, RP_POSITION_SUBJECT, &triple.subject, error));
    RP_TRY(read_node(reader, RP_POSITION_OBJECT, &triple.object, error));
    return rp_graph_add(&reader->data->graph, triple, error);
}

/* Whether a subject is the one of the row before, as it is of most; else it is remembered, unless
 * it is long. */
static bool
is_last_subject(RpGraphReader *reader, const RpTerm *subject)
{
    RpText last = {reader->last_subject, reader->last_length};

    if (reader->last_kind == subject->kind && rp_text_equals(last, subject->lexical)) {
        return true;
    }
    reader->last_kind = 0;
    if (subject->lexical.length <= RP_SUBJECT_BYTES) {
        reader->last_kind = subject->kind;
        reader->last_length = subject->lexical.length;
        memcpy(reader->last_subject, subject->lexical.data, subject->lexical.length);
    }
    return false;
}

/* Subject and object get their ids later, in a batch. A triple of the same subject as the one
 * before has none until end_terms. */
static RpStatus
store_terms(RpGraphReader *reader, RpTermId predicate, RpError *error)
{
    RpGraph *graph = &reader->data->graph;
    uint32 place = 2 * graph->count;
    RpTerm subject;
    RpTerm object;

    RP_TRY(rp_graph_reader_term(reader, RP_POSITION_SUBJECT, &subject, error));
    RP_TRY(rp_graph_reader_term(reader, RP_POSITION_OBJECT, &object, error));
    RP_TRY(rp_graph_add(graph, (RpTriple){.predicate = predicate}, error));
    if (!is_last_subject(reader, &subject)) {
        RP_TRY(rp_term_batch_add(&reader->batch, &subject, place, error));
    }
    return rp_term_batch_add(&reader->batch, &object, place + 1, error);
}

/* The triples of a source get the terms that they still lack. */
static RpStatus
end_terms(RpGraphReader *reader, RpError *error)
{
    RP_TRY(rp_term_batch_end(&reader->batch, error));
    return rp_graph_repeat_subjects(&reader->data->graph, reader->first_triple, error);
}

/* Put the current row's triple into a file. */
static RpStatus
spill(RpGraphReader *reader, RpTermId predicate, uint32 graph, RpError *error)
{
    RpTriple numbers = {.predicate = predicate};
    RpTerm subject;
    RpTerm object;

    if (reader->source->dictionary != NULL) {
        RP_TRY(read_node(reader, RP_POSITION_SUBJECT, &numbers.subject, error));
        RP_TRY(read_node(reader, RP_POSITION_OBJECT, &numbers.object, error));
        rp_spill_put_numbers(reader->spill, numbers, graph);
        return RP_OK;
    }
    RP_TRY(rp_graph_reader_term(reader, RP_POSITION_SUBJECT, &subject, error));
    RP_TRY(rp_graph_reader_term(reader, RP_POSITION_OBJECT, &object, error));
    return rp_spill_put(reader->spill, &subject, predicate, &object, graph, error);
}

/* Store the current row's triple. */
static RpStatus
store(RpGraphReader *reader, RpTermId predicate, uint32 graph, RpError *error)
{
    if (reader->spill != NULL) {
        return spill(reader, predicate, graph, error);
    }
    if (reader->data->graph.count >= (uint32)rp_guc_max_triples) {
        rp_error_set(error, RP_TOO_LARGE,
                     "graph \"%s\" has more than %d triples that the policy reads",
                     reader->source->graph->name, rp_guc_max_triples);
        return rp_error_hint(error, "The limit is rdfpolicy.max_triples.");
    }
    RP_TRY(reader->source->dictionary != NULL ? store_ids(reader, predicate, error)
                                              : store_terms(reader, predicate, error));
    return reader->tags != NULL ? rp_graph_tags_add_triple(reader->tags, graph, error) : RP_OK;
}

/* triple_count is of all rows of the graphs that are asked for, also of those whose predicates no
 * shape reads. Only the others are kept, and count for rdfpolicy.max_triples. */
static RpStatus
read_row(RpGraphReader *reader, RpError *error)
{
    RpDataGraph *data = reader->data;
    bool is_wanted = true;
    RpTermId graph;
    uint32 number = 0;
    RpTermId predicate;

    RP_TRY(rp_arena_poll(data->arena, error));
    if (reader->looks_at_graph) {
        RP_TRY(rp_graph_reader_graph(reader, &is_wanted, &graph, error));
        if (!is_wanted) {
            return RP_OK;
        }
        if (reader->tags != NULL) {
            RP_TRY(rp_graph_tags_add_row(reader->tags, graph, &number, error));
        }
    }
    data->triple_count++;
    RP_TRY(rp_graph_reader_predicate(reader, &predicate, error));
    return predicate == RP_TERM_NONE ? RP_OK : store(reader, predicate, number, error);
}

/* Where the rows that were read so far say that all of them take far more memory than there is,
 * the rest is not read: another way has to be found. */
static RpStatus
check_outlook(const RpGraphReader *reader, uint64 count, double total, RpError *error)
{
    RpArena *arena = reader->data->arena;
    double used = (double)arena->used_bytes +
                  (reader->id_arena == NULL ? 0 : (double)reader->id_arena->used_bytes);

    if (reader->spill != NULL || used < (double)arena->limit_bytes / LEAST_USED ||
        used * (total / (double)count) < (double)arena->limit_bytes * OUTLOOK_FACTOR) {
        return RP_OK;
    }
    arena->has_met_limit = true;
    return rp_arena_failure(arena, error);
}

/* Read all rows, in scratch memory. */
static RpStatus
read_rows(RpGraphReader *reader, RpStatus (*read)(RpGraphReader *reader, RpError *error),
          RpError *error)
{
    const RpGraphSource *source = reader->source;
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    double total = rp_row_relation_estimate(&source->rows);
    RpStatus status = RP_OK;
    uint64 count = 0;

    rp_graph_progress_phase(RP_PHASE_ROWS, total);
    reader->scratch = rp_bridge_arena(caller, 0);
    reader->scan = rp_row_scan_begin(&source->rows, source->filter, source->filter_text);
    MemoryContextSwitchTo(scratch);
    while (status == RP_OK && rp_row_scan_next(reader->scan, &reader->values, &reader->nulls)) {
        status = read(reader, error);
        if (++count % ROWS_OF_A_RESET == 0) {
            rp_arena_free(reader->scratch);
            MemoryContextReset(scratch);
            rp_graph_progress_rows(count,
                                   reader->id_arena == NULL ? 0 : reader->id_arena->used_bytes);
            if (status == RP_OK && read == read_row) {
                status = check_outlook(reader, count, total, error);
            }
        }
    }
    MemoryContextSwitchTo(caller);
    rp_row_scan_end(reader->scan);
    rp_arena_free(reader->scratch);
    MemoryContextDelete(scratch);
    return status;
}

/* Raises at the first row that has the blamed id. */
static RpStatus
blame_row(RpGraphReader *reader, RpError *error)
{
    RpTermPosition position = reader->blamed_position;
    uint32 number = reader->blamed_number;
    const RpGraphSource *source = reader->source;
    int column = source->places[position].value;

    if (reader->nulls[column] ||
        rp_id_terms_find(&reader->nodes, reader->values[column],
                         source->rows.columns[column].base_type) != number) {
        return rp_arena_poll(reader->data->arena, error);
    }
    if (rp_id_terms_get(&reader->nodes, number) == RP_TERM_NONE) {
        rp_graph_reader_refuse_id(reader, position, &reader->nodes, number);
    }
    rp_error_set(error, RP_SYNTAX, "It is a literal.");
    rp_graph_reader_refuse(reader, position, column, error);
}

/* An id that means nothing, or a literal as subject, is found when the rows are long past. So they
 * are read again, for the sake of the message, up to the first that has it. */
static RpStatus
blame(RpGraphReader *reader, RpTermPosition position, uint32 number, RpError *error)
{
    reader->blamed_position = position;
    reader->blamed_number = number;
    RP_TRY(read_rows(reader, blame_row, error));
    return rp_error_set(error, RP_CORRUPT, "an id that was read is not there any more");
}

static RpStatus
term_of_node(RpGraphReader *reader, RpTermPosition position, RpTermId *node, RpError *error)
{
    RpTermId term = *node & IS_TERM ? *node & ~IS_TERM : rp_id_terms_get(&reader->nodes, *node);

    if (term == RP_TERM_NONE ||
        (position == RP_POSITION_SUBJECT &&
         rp_dictionary_kind(&reader->data->dictionary, term) == RP_LITERAL)) {
        return blame(reader, position, *node, error);
    }
    *node = term;
    return RP_OK;
}

/* RpIdTerms.take: the mark of a term stands for it. */
static RpStatus
spill_term(void *state, uint32 number, const RpTerm *term, RpTermId *id, RpError *error)
{
    return rp_spill_put_term(state, number, term, id, error);
}

/* The terms follow the numbers into the file. */
static RpStatus
spill_terms(RpGraphReader *reader, RpError *error)
{
    RpIdTerms *nodes = &reader->nodes;
    RpTermPosition position;
    uint32 number;

    nodes->take = spill_term;
    nodes->take_state = reader->spill;
    RP_TRY(rp_id_terms_resolve(nodes, error));
    RP_TRY(rp_spill_put_marks(reader->spill, nodes, &position, &number, error));
    return position == RP_POSITION_COUNT ? RP_OK : blame(reader, position, number, error);
}

/* Numbers become terms. */
static RpStatus
resolve(RpGraphReader *reader, RpError *error)
{
    RpGraph *graph = &reader->data->graph;

    RP_TRY(rp_id_terms_resolve(&reader->nodes, error));
    for (uint32 i = reader->first_triple; i < graph->count; i++) {
        RP_TRY(rp_arena_poll(reader->data->arena, error));
        RP_TRY(term_of_node(reader, RP_POSITION_SUBJECT, &graph->by_subject[i].subject, error));
        RP_TRY(term_of_node(reader, RP_POSITION_OBJECT, &graph->by_subject[i].object, error));
    }
    return RP_OK;
}

/* The ids' memory is given back at the end of the source. Until then it is of the same limit as the
 * data's. */
static RpStatus
read_with_ids(RpGraphReader *reader, RpError *error)
{
    RpArena *arena = reader->data->arena;
    size_t limit_bytes = arena->limit_bytes;
    RpStatus status;

    reader->id_arena = rp_bridge_work_arena(CurrentMemoryContext, arena->used_bytes);
    rp_id_terms_init(&reader->nodes, reader->source->dictionary, &reader->data->dictionary,
                     reader->id_arena);
    rp_id_terms_expect(&reader->nodes,
                       Min(rp_row_relation_estimate(&reader->source->dictionary->rows),
                           2 * rp_row_relation_estimate(&reader->source->rows)));
    for (int i = 0; i < RP_USE_COUNT; i++) {
        rp_id_terms_init(&reader->few[i].terms,
                         i == RP_USE_GRAPH ? reader->source->graph_dictionary
                                           : reader->source->dictionary,
                         &reader->data->dictionary, reader->id_arena);
    }
    RP_TRY(read_rows(reader, read_row, error));
    arena->limit_bytes = limit_bytes - Min(limit_bytes, reader->id_arena->used_bytes);
    status = reader->spill != NULL ? spill_terms(reader, error) : resolve(reader, error);
    arena->limit_bytes = limit_bytes;
    rp_arena_free(reader->id_arena);
    return status;
}

static RpStatus
read_with_terms(RpGraphReader *reader, RpError *error)
{
    rp_term_batch_init(&reader->batch, &reader->data->dictionary,
                       &(RpTermSink){.state = &reader->data->graph, .id = rp_graph_put_term});
    RP_TRY(read_rows(reader, read_row, error));
    return reader->spill != NULL ? RP_OK : end_terms(reader, error);
}

/* Whether any row can be of a graph that is asked for, or of a predicate that is read. */
static RpStatus
begin_source(RpGraphReader *reader, bool *is_empty, RpError *error)
{
    const RpTermPlace *graph = &reader->source->places[RP_POSITION_GRAPH];
    const RpTermPlace *predicate = &reader->source->places[RP_POSITION_PREDICATE];

    *is_empty = false;
    reader->looks_at_graph = reader->graphs->are_some || reader->tags != NULL;
    if (graph->form == RP_FORM_NONE || graph->form == RP_FORM_CONSTANT) {
        reader->looks_at_graph = reader->tags != NULL;
        *is_empty = !rp_named_graphs_have(reader->graphs,
                                          graph->form == RP_FORM_NONE ? NULL : &graph->constant);
    }
    if (predicate->form == RP_FORM_CONSTANT) {
        RP_TRY(rp_data_graph_find_predicate(reader->data, &predicate->constant,
                                            &reader->constant_predicate, error));
        /* Its rows make their named graphs exist all the same. */
        *is_empty =
            *is_empty || (reader->constant_predicate == RP_TERM_NONE && reader->tags == NULL);
    }
    return RP_OK;
}

static RpStatus
read_source(RpGraphReader *reader, RpError *error)
{
    if (reader->spill != NULL) {
        rp_spill_begin_source(reader->spill);
    }
    RP_TRY(reader->source->dictionary != NULL ? read_with_ids(reader, error)
                                              : read_with_terms(reader, error));
    if (reader->spill != NULL) {
        rp_spill_end_source(reader->spill);
    }
    return RP_OK;
}

/* Source by source, with ids of its own each: two sources may have different dictionaries. All
 * under the active snapshot. */
RpStatus
rp_graph_reader_fill(const RpStoredData *stored, RpDataGraph *data, RpError *error)
{
    for (uint32 i = 0; i < stored->graph->source_count; i++) {
        RpGraphReader reader = {.source = &stored->graph->sources[i],
                                .graphs = &stored->graphs,
                                .tags = stored->tags,
                                .spill = stored->spill,
                                .is_canonical = stored->is_canonical,
                                .data = data,
                                .first_triple = data->graph.count};
        bool is_empty;

        RP_TRY(begin_source(&reader, &is_empty, error));
        if (!is_empty) {
            RP_TRY(read_source(&reader, error));
        }
    }
    return RP_OK;
}
