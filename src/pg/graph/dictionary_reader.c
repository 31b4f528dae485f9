/* See dictionary_reader.h. */
#include "pg/graph/dictionary_reader.h"

#include "rdf/term_batch.h"
#include "utils/lsyscache.h"

#include "pg/graph/dictionary_rows.h"
#include "pg/graph/progress.h"
#include "pg/graph/row_error.h"
#include "pg/graph/row_relation.h"
#include "pg/graph/row_scan.h"
#include "pg/graph/term_key.h"
#include "pg/graph/term_reader.h"
#include "pg/server/bridge.h"

enum {
    IDS_OF_A_LOOK_UP = 1000,
    FEW_IDS = 64, /* so many are looked up, however small the dictionary is */
    /* Where more ids are wanted than an eighth of the rows, the dictionary is read as a whole. */
    SCAN_FRACTION = 8, /* a row of a scan costs an eighth of what a look-up costs */
    ROWS_OF_A_RESET = 256
};

/* A row of the dictionary as it is read. */
typedef struct DictionaryRow {
    RpIdTerms *terms;
    RpTermBatch *batch; /* of terms that are on their way */
    const Datum *values;
    const bool *nulls;
    const RpRowScan *scan; /* NULL: the row was looked up */
    RpArena *arena;
} DictionaryRow;

/* A row is named by its key where it was scanned, else by its columns: a look-up knows no more of
 * it. */
static RP_NORETURN void
refuse_row(const DictionaryRow *row, int column, const RpError *error)
{
    const RpRowRelation *rows = &row->terms->source->rows;

    rp_row_error_raise(rows, column, "term",
                       row->scan != NULL ? rp_row_scan_describe(row->scan)
                                         : rp_row_describe(rows, row->values, row->nulls),
                       error);
}

/* The datatype of a literal whose row names it by an id. */
static RpStatus
read_datatype(const DictionaryRow *row, RpText *datatype, RpError *error)
{
    RpIdTerms *terms = row->terms;
    const RpGraphDictionary *source = terms->source;
    int column = source->term.datatype;
    RpTerm term = {0};
    uint32 number;

    if (row->nulls[column]) {
        return RP_OK;
    }
    if (terms->datatypes == NULL) {
        terms->datatypes = rp_arena_allocate(terms->arena, sizeof(RpIdTerms));
        if (terms->datatypes == NULL) {
            return rp_arena_failure(terms->arena, error);
        }
        rp_id_terms_init(terms->datatypes, source, terms->dictionary, terms->arena);
    }
    RP_TRY(rp_id_terms_add(terms->datatypes, row->values[column],
                           source->rows.columns[column].base_type, &number, error));
    if (rp_id_terms_get(terms->datatypes, number) == RP_TERM_NONE) {
        RP_TRY(rp_id_terms_look_up(terms->datatypes, number, error));
    }
    if (rp_id_terms_get(terms->datatypes, number) != RP_TERM_NONE) {
        term = rp_dictionary_term(terms->dictionary, rp_id_terms_get(terms->datatypes, number));
    }
    if (term.kind != RP_IRI) {
        RpError found;

        rp_error_set(&found, RP_SYNTAX, "The id %s is of no IRI.",
                     rp_id_terms_text(terms->datatypes, number));
        refuse_row(row, column, &found);
    }
    *datatype = term.lexical;
    return RP_OK;
}

/* The term of a row. */
static RpStatus
read_term(const DictionaryRow *row, RpTerm *term, RpError *error)
{
    const RpGraphDictionary *source = row->terms->source;
    RpText datatype = {NULL, 0};
    int column;
    RpStatus status = rp_term_place_read(&source->term, &source->rows, row->values, row->nulls,
                                         row->arena, term, &column, error);

    if (status == RP_SYNTAX) {
        refuse_row(row, column, error);
    }
    RP_TRY(status);
    if (source->term.datatype_is_id && term->kind == RP_LITERAL && term->language.length == 0) {
        RP_TRY(read_datatype(row, &datatype, error));
        *term = rp_term_literal(term->lexical, datatype);
    }
    return RP_OK;
}

/* RpTermSink.id: the place is the number of the term's id. */
static void
put_term(void *state, uint32 number, RpTermId id)
{
    *rp_id_terms_place(state, number) = id;
}

static void
init_batch(RpTermBatch *batch, RpIdTerms *terms)
{
    rp_term_batch_init(batch, terms->dictionary, &(RpTermSink){.state = terms, .id = put_term});
}

static RP_NORETURN void
refuse_other_term(const DictionaryRow *row, RpError *error)
{
    rp_error_set(error, RP_SYNTAX, "Another row of the same id is another term.");
    refuse_row(row, row->terms->source->id, error);
}

/* Another row of an id whose term is known, or waits: dictionaries without a unique index have
 * such, and a query may give a row twice. */
static RpStatus
compare_row(const DictionaryRow *row, uint32 number, const RpTerm *term, RpError *error)
{
    RpIdTerms *terms = row->terms;
    RpTermId id;

    /* Before those that wait: its datatype may be a text of the dictionary. */
    RP_TRY(rp_dictionary_add(terms->dictionary, term, &id, error));
    RP_TRY(rp_term_batch_end(row->batch, error));
    if (rp_id_terms_get(terms, number) != id) {
        refuse_other_term(row, error);
    }
    return RP_OK;
}

/* A row whose term is taken by somebody else, and is known by what that gives. */
static RpStatus
take_row(const DictionaryRow *row, uint32 number, const RpTerm *term, RpError *error)
{
    RpIdTerms *terms = row->terms;
    RpTermId *place = rp_id_terms_place(terms, number);
    RpTermId mark;

    RP_TRY(terms->take(terms->take_state, number, term, &mark, error));
    if (*place == RP_ID_ASKED) {
        terms->wanted_count--;
        *place = mark;
    } else if (*place != mark) {
        refuse_other_term(row, error);
    }
    return RP_OK;
}

/* The row of an id that is asked for. */
static RpStatus
read_row(const DictionaryRow *row, uint32 number, RpError *error)
{
    RpTermId *place = rp_id_terms_place(row->terms, number);
    RpTerm term;

    RP_TRY(read_term(row, &term, error));
    if (row->terms->take != NULL) {
        return take_row(row, number, &term, error);
    }
    if (*place != RP_ID_ASKED) {
        return compare_row(row, number, &term, error);
    }
    row->terms->wanted_count--;
    *place = RP_ID_WAITS;
    return rp_term_batch_add(row->batch, &term, number, error);
}

/* RP_ID_UNKNOWN: nobody has asked for it, as for most rows of a scan. */
static uint32
number_of_row(const DictionaryRow *row)
{
    const RpGraphDictionary *source = row->terms->source;

    return row->nulls[source->id] ? RP_ID_UNKNOWN
                                  : rp_id_terms_find(row->terms, row->values[source->id],
                                                     source->rows.columns[source->id].base_type);
}

/* Read the dictionary as a whole. */
static RpStatus
scan(RpIdTerms *terms, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpArena *arena = rp_bridge_arena(caller, 0);
    RpRowScan *rows = rp_row_scan_begin(&terms->source->rows, NULL, NULL);
    RpTermBatch batch;
    DictionaryRow row = {.terms = terms, .batch = &batch, .scan = rows, .arena = arena};
    RpStatus status = terms->take != NULL
                          ? RP_OK
                          : rp_dictionary_expect(terms->dictionary, terms->wanted_count, error);
    uint64 count = 0;

    init_batch(&batch, terms);
    rp_graph_progress_phase(RP_PHASE_DICTIONARY, rp_row_relation_estimate(&terms->source->rows));
    MemoryContextSwitchTo(scratch);
    while (status == RP_OK && rp_row_scan_next(rows, &row.values, &row.nulls)) {
        uint32 number = number_of_row(&row);

        if (number != RP_ID_UNKNOWN) {
            status = read_row(&row, number, error);
        }
        status = status == RP_OK ? rp_arena_poll(terms->arena, error) : status;
        if (++count % ROWS_OF_A_RESET == 0) {
            rp_arena_free(arena);
            MemoryContextReset(scratch);
            rp_graph_progress_rows(count, terms->arena->used_bytes);
        }
    }
    status = status == RP_OK ? rp_term_batch_end(&batch, error) : status;
    MemoryContextSwitchTo(caller);
    rp_row_scan_end(rows);
    rp_arena_free(arena);
    MemoryContextDelete(scratch);
    return status;
}

/* Look up ids that have no term yet, from a number on, which is moved behind them. */
static RpStatus
look_up_from(RpIdTerms *terms, uint32 *number, uint32 limit, RpError *error)
{
    MemoryContext scratch = rp_bridge_context();
    MemoryContext caller = MemoryContextSwitchTo(scratch);
    RpTermBatch batch;
    DictionaryRow row = {.terms = terms, .batch = &batch, .arena = rp_bridge_arena(scratch, 0)};
    Datum *keys = palloc(sizeof(Datum) * limit);
    uint32 count = rp_id_terms_keys(terms, number, limit, keys);
    RpDictionaryRows *rows =
        rp_dictionary_rows_begin(terms->source, RP_DICTIONARY_BY_ID, keys, count);
    RpStatus status = RP_OK;

    init_batch(&batch, terms);
    while (status == RP_OK && rp_dictionary_rows_next(rows, &row.values, &row.nulls)) {
        uint32 found = number_of_row(&row);

        status = found == RP_ID_UNKNOWN ? RP_OK : read_row(&row, found, error);
    }
    rp_dictionary_rows_end(rows);
    status = status == RP_OK ? rp_term_batch_end(&batch, error) : status;
    status = status == RP_OK ? rp_arena_poll_bytes(terms->arena, count, error) : status;
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}

/* One id by itself: of predicates, named graphs and datatypes, of which there are few. */
RpStatus
rp_id_terms_look_up(RpIdTerms *terms, uint32 number, RpError *error)
{
    return look_up_from(terms, &number, 1, error);
}

/* One reading of all rows, or many look-ups: whichever is estimated to cost less. An id that the
 * dictionary lacks is asked for once, as next goes on behind it. */
RpStatus
rp_id_terms_resolve(RpIdTerms *terms, RpError *error)
{
    uint32 next = 0;

    if (terms->wanted_count > FEW_IDS &&
        terms->wanted_count > rp_row_relation_estimate(&terms->source->rows) / SCAN_FRACTION) {
        return scan(terms, error);
    }
    while (terms->wanted_count > 0 && next < rp_id_terms_end(terms)) {
        RP_TRY(look_up_from(terms, &next, IDS_OF_A_LOOK_UP, error));
    }
    return RP_OK;
}

/* A term, by its id in the dictionary of WantedTerms. */
typedef struct WantedTerm {
    RpTermId id;
    uint32 subscript;
} WantedTerm;

/* Terms whose ids are wanted. */
typedef struct WantedTerms {
    RpIdTerms terms; /* whose dictionary has them, with other ids than the caller's */
    RpDictionary dictionary;
    WantedTerm *wanted; /* in the order of their ids */
    uint32 count;
    const RpIdSink *sink;
} WantedTerms;

static int
compare_wanted(const void *a, const void *b)
{
    const WantedTerm *first = a;
    const WantedTerm *second = b;

    return first->id < second->id ? -1 : first->id > second->id;
}

/* Gather the terms, and the keys by which rows of theirs are found; returns how many. */
static uint32
gather(WantedTerms *wanted, const RpGraphDictionary *source, const RpTerm *terms, uint32 count,
       Datum *keys, RpArena *arena)
{
    uint32 key_count = 0;
    RpError error;

    wanted->wanted = palloc(sizeof(WantedTerm) * (count + 1));
    wanted->count = count;
    rp_dictionary_init(&wanted->dictionary, arena, NULL);
    rp_id_terms_init(&wanted->terms, source, &wanted->dictionary, arena);
    for (uint32 i = 0; i < count; i++) {
        WantedTerm *term = &wanted->wanted[i];

        term->subscript = i;
        RP_BRIDGE_TRY(rp_dictionary_add(&wanted->dictionary, &terms[i], &term->id, &error), &error);
        key_count += rp_term_keys(&source->term, &terms[i], &keys[key_count]);
    }
    qsort(wanted->wanted, count, sizeof(WantedTerm), compare_wanted);
    return key_count;
}

/* Tell the id of a row that was found, if it has one of the terms: its key is a part of its term
 * only. */
static void
tell_id(WantedTerms *wanted, const DictionaryRow *row)
{
    const RpGraphDictionary *source = wanted->terms.source;
    const WantedTerm *found;
    WantedTerm sought;
    RpTerm term;
    RpError error;

    RP_BRIDGE_TRY(read_term(row, &term, &error), &error);
    sought.id = rp_dictionary_find(&wanted->dictionary, &term);
    found = bsearch(&sought, wanted->wanted, wanted->count, sizeof(WantedTerm), compare_wanted);
    if (found != NULL && !row->nulls[source->id]) {
        wanted->sink->id(wanted->sink->state, found->subscript, row->values[source->id]);
    }
}

/* The sink keeps copies: values go with the row. */
void
rp_dictionary_find_ids(const RpGraphDictionary *source, const RpTerm *terms, uint32 count,
                       const RpIdSink *sink)
{
    MemoryContext scratch = rp_bridge_context();
    MemoryContext caller = MemoryContextSwitchTo(scratch);
    RpArena *arena = rp_bridge_work_arena(scratch, 0);
    Datum *keys = palloc(sizeof(Datum) * RP_TERM_KEY_LIMIT * (count + 1));
    WantedTerms wanted = {.sink = sink};
    uint32 key_count = gather(&wanted, source, terms, count, keys, arena);
    DictionaryRow row = {.terms = &wanted.terms, .arena = arena};
    RpDictionaryRows *rows =
        rp_dictionary_rows_begin(source, RP_DICTIONARY_BY_TERM, keys, key_count);

    while (rp_dictionary_rows_next(rows, &row.values, &row.nulls)) {
        CHECK_FOR_INTERRUPTS();
        tell_id(&wanted, &row);
    }
    rp_dictionary_rows_end(rows);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
}
