/* See dictionary_reader.h. */
#include "pg/graph/dictionary_reader.h"

#include "utils/array.h"
#include "utils/lsyscache.h"

#include "pg/graph/look_up.h"
#include "pg/graph/row_error.h"
#include "pg/graph/row_scan.h"
#include "pg/graph/term_reader.h"
#include "pg/server/bridge.h"

enum {
    IDS_OF_A_LOOK_UP = 1000,
    SCAN_FRACTION = 8, /* a row of a scan costs an eighth of what a look-up costs */
    ROWS_OF_A_RESET = 256,
    PLAN_BY_ID = 0
};

void
rp_id_terms_init(RpIdTerms *terms, const RpGraphDictionary *source, RpDictionary *dictionary,
                 RpArena *arena)
{
    *terms = (RpIdTerms){.source = source, .dictionary = dictionary};
    rp_id_table_init(&terms->ids, arena, source->id_type);
}

RpStatus
rp_id_terms_add(RpIdTerms *terms, Datum id, Oid column_type, uint32 *number, RpError *error)
{
    uint32 count = terms->ids.count;

    RP_TRY(rp_id_table_add(&terms->ids, id, column_type, number, error));
    if (terms->ids.count > count) {
        RpTermId *grown = rp_arena_grow(terms->ids.arena, terms->terms, count, count + 1,
                                        &terms->terms_capacity, sizeof(RpTermId));

        if (grown == NULL) {
            return rp_arena_failure(terms->ids.arena, error);
        }
        terms->terms = grown;
        grown[count] = RP_TERM_NONE;
    }
    return RP_OK;
}

/* A row of the dictionary as it is read. */
typedef struct DictionaryRow {
    RpIdTerms *terms;
    const Datum *values;
    const bool *nulls;
    const RpRowScan *scan; /* NULL: the row was looked up */
    RpArena *arena;
} DictionaryRow;

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
        terms->datatypes = rp_arena_allocate(terms->ids.arena, sizeof(RpIdTerms));
        if (terms->datatypes == NULL) {
            return rp_arena_failure(terms->ids.arena, error);
        }
        rp_id_terms_init(terms->datatypes, source, terms->dictionary, terms->ids.arena);
    }
    RP_TRY(rp_id_terms_add(terms->datatypes, row->values[column],
                           source->rows.columns[column].base_type, &number, error));
    if (terms->datatypes->terms[number] == RP_TERM_NONE) {
        RP_TRY(rp_id_terms_look_up(terms->datatypes, number, error));
    }
    if (terms->datatypes->terms[number] != RP_TERM_NONE) {
        term = rp_dictionary_term(terms->dictionary, terms->datatypes->terms[number]);
    }
    if (term.kind != RP_IRI) {
        RpError found;

        rp_error_set(&found, RP_SYNTAX, "The id %s is of no IRI.",
                     rp_id_table_text(&terms->datatypes->ids, number));
        refuse_row(row, column, &found);
    }
    *datatype = term.lexical;
    return RP_OK;
}

/* The term of a row, when its id is one that is asked for. */
static RpStatus
read_row(const DictionaryRow *row, uint32 number, RpError *error)
{
    RpIdTerms *terms = row->terms;
    const RpGraphDictionary *source = terms->source;
    RpText datatype = {NULL, 0};
    RpTermId id;
    RpTerm term;
    int column;
    RpStatus status = rp_term_place_read(&source->term, &source->rows, row->values, row->nulls,
                                         row->arena, &term, &column, error);

    if (status == RP_SYNTAX) {
        refuse_row(row, column, error);
    }
    RP_TRY(status);
    if (source->term.datatype_is_id && term.kind == RP_LITERAL && term.language.length == 0) {
        RP_TRY(read_datatype(row, &datatype, error));
        term = rp_term_literal(term.lexical, datatype);
    }
    RP_TRY(rp_dictionary_add(terms->dictionary, &term, &id, error));
    if (terms->terms[number] != RP_TERM_NONE && terms->terms[number] != id) {
        rp_error_set(error, RP_SYNTAX, "Another row of the same id is another term.");
        refuse_row(row, source->id, error);
    }
    terms->terms[number] = id;
    return RP_OK;
}

static uint32
number_of_row(const DictionaryRow *row)
{
    const RpGraphDictionary *source = row->terms->source;

    return row->nulls[source->id] ? RP_ID_UNKNOWN
                                  : rp_id_table_find(&row->terms->ids, row->values[source->id],
                                                     source->rows.columns[source->id].base_type);
}

/* Scratch memory of reading rows: reset now and then. */
static void
reset_scratch(MemoryContext scratch, RpArena *arena, uint64 row_count)
{
    if (row_count % ROWS_OF_A_RESET == 0) {
        rp_arena_free(arena);
        MemoryContextReset(scratch);
    }
}

/* Read the dictionary as a whole. */
static RpStatus
scan(RpIdTerms *terms, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpArena *arena = rp_bridge_arena(caller, 0);
    RpRowScan *rows = rp_row_scan_begin(&terms->source->rows, NULL, NULL);
    DictionaryRow row = {.terms = terms, .scan = rows, .arena = arena};
    RpStatus status = RP_OK;
    uint64 count = 0;

    MemoryContextSwitchTo(scratch);
    while (status == RP_OK && rp_row_scan_next(rows, &row.values, &row.nulls)) {
        uint32 number = number_of_row(&row);

        if (number != RP_ID_UNKNOWN) {
            status = read_row(&row, number, error);
        }
        status = status == RP_OK ? rp_arena_poll(terms->ids.arena, error) : status;
        reset_scratch(scratch, arena, ++count);
    }
    MemoryContextSwitchTo(caller);
    rp_row_scan_end(rows);
    rp_arena_free(arena);
    MemoryContextDelete(scratch);
    return status;
}

static SPIPlanPtr
plan_by_id(const RpGraphDictionary *source)
{
    const RpRowRelation *rows = &source->rows;
    Oid type = get_array_type(rp_id_type_oid(source->id_type));
    StringInfoData query;

    if (source->plans[PLAN_BY_ID] != NULL) {
        return source->plans[PLAN_BY_ID];
    }
    initStringInfo(&query);
    appendStringInfoString(&query, "SELECT ");
    for (uint32 i = 0; i < rows->column_count; i++) {
        appendStringInfo(&query, "%s%s", i > 0 ? ", " : "",
                         quote_identifier(rows->columns[i].name));
    }
    appendStringInfo(&query, " FROM %s WHERE %s OPERATOR(pg_catalog.=) ANY ($1)", rows->name,
                     quote_identifier(rows->columns[source->id].name));
    source->plans[PLAN_BY_ID] = rp_look_up_plan(query.data, 1, &type);
    return source->plans[PLAN_BY_ID];
}

/* Read the rows of an array of ids. Within SPI. */
static RpStatus
look_up(RpIdTerms *terms, Datum ids, RpArena *arena, RpError *error)
{
    const RpGraphDictionary *source = terms->source;
    uint32 columns = source->rows.column_count;
    Datum *values = palloc(sizeof(Datum) * columns);
    bool *nulls = palloc(sizeof(bool) * columns);
    DictionaryRow row = {.terms = terms, .values = values, .nulls = nulls, .arena = arena};
    MemoryContext caller = CurrentMemoryContext;
    SPITupleTable *table;
    uint64 count;

    if (SPI_execute_plan(plan_by_id(source), &ids, NULL, true, 0) != SPI_OK_SELECT) {
        elog(ERROR, "SPI_execute_plan failed");
    }
    MemoryContextSwitchTo(caller);
    table = SPI_tuptable;
    count = SPI_processed;
    for (uint64 i = 0; i < count; i++) {
        uint32 number;

        heap_deform_tuple(table->vals[i], table->tupdesc, values, nulls);
        number = number_of_row(&row);
        if (number != RP_ID_UNKNOWN) {
            RP_TRY(read_row(&row, number, error));
        }
    }
    SPI_freetuptable(table);
    return rp_arena_poll_bytes(terms->ids.arena, count, error);
}

/* Look up ids that have no term yet, from a number on, which is moved behind them. */
static RpStatus
look_up_from(RpIdTerms *terms, uint32 *number, uint32 limit, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpArena *arena = rp_bridge_arena(scratch, 0);
    RpStatus status;
    RpLookUp look;
    Datum ids;

    rp_look_up_begin(&look, terms->source->rows.owner);
    MemoryContextSwitchTo(scratch);
    ids = rp_id_table_array(&terms->ids, terms->terms, number, limit);
    status = look_up(terms, ids, arena, error);
    rp_look_up_end(&look);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}

RpStatus
rp_id_terms_look_up(RpIdTerms *terms, uint32 number, RpError *error)
{
    return look_up_from(terms, &number, 1, error);
}

RpStatus
rp_id_terms_resolve(RpIdTerms *terms, RpError *error)
{
    uint32 wanted = 0;
    uint32 next = 0;

    for (uint32 i = 0; i < terms->ids.count; i++) {
        wanted += terms->terms[i] == RP_TERM_NONE;
    }
    if (wanted > rp_row_relation_estimate(&terms->source->rows) / SCAN_FRACTION) {
        return scan(terms, error);
    }
    while (wanted > 0 && next < terms->ids.count) {
        RP_TRY(look_up_from(terms, &next, IDS_OF_A_LOOK_UP, error));
    }
    return RP_OK;
}
