/*
 * See graph_store.h. The reads of a layer that differ in their node alone are one statement with an
 * array of keys: never two arrays in one condition, of which an index scan makes the product.
 */
#include "pg/graph/graph_store.h"

#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "pg/graph/dictionary_reader.h"
#include "pg/graph/look_up.h"
#include "pg/graph/object_clause.h"
#include "pg/graph/row_reader.h"
#include "pg/graph/row_relation.h"
#include "pg/graph/term_key.h"
#include "pg/server/bridge.h"

enum { ROWS_OF_A_FETCH = 1000, PARAMETER_LIMIT = 2, PLAN_OF_PREDICATE = 8 };

typedef struct GraphStore {
    const RpStoredGraph *graph;
    RpNamedGraphs graphs;
} GraphStore;

/* One fetch, from one source. */
typedef struct Fetch {
    const GraphStore *store;
    const RpGraphSource *source;
    const RpDictionary *dictionary;
    const RpTripleSink *sink;
    /* Of a source with ids: those of each term that the reads name, by its subscript in terms. */
    RpTerm *terms;
    RpTermId *term_ids;
    uint32 term_count;
    List **ids;
} Fetch;

/* Reads that differ in the node alone. */
typedef struct ReadGroup {
    const RpStoreRead *const *reads;
    uint32 count;
    bool is_inverse;
    bool is_literal; /* the nodes are */
    RpTermId predicate;
    bool is_of_any_node; /* no reads: all triples of the predicate */
} ReadGroup;

static bool
is_literal(const RpDictionary *dictionary, const RpStoreRead *read)
{
    return read->is_inverse && rp_dictionary_kind(dictionary, read->node) == RP_LITERAL;
}

/* In the order of groups. */
static int
compare_reads(const void *a, const void *b, void *dictionary)
{
    const RpStoreRead *first = *(const RpStoreRead *const *)a;
    const RpStoreRead *second = *(const RpStoreRead *const *)b;

    if (first->is_inverse != second->is_inverse) {
        return first->is_inverse - second->is_inverse;
    }
    if (first->predicate != second->predicate) {
        return first->predicate < second->predicate ? -1 : 1;
    }
    return is_literal(dictionary, first) - is_literal(dictionary, second);
}

/* The column in which a group's nodes are looked for; RP_NO_COLUMN: there is none, see has_node. */
static int
node_column(const Fetch *fetch, const ReadGroup *group)
{
    const RpTermPlace *place =
        &fetch->source->places[group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT];

    if (group->is_of_any_node || (place->form == RP_FORM_NTRIPLES && group->is_literal)) {
        return RP_NO_COLUMN; /* written in more than one way: all triples of the predicate */
    }
    return group->is_inverse && !group->is_literal ? rp_object_column(fetch->source) : place->value;
}

/* Whether any row can have one of a group's nodes. */
static bool
has_node(const Fetch *fetch, const ReadGroup *group, int column)
{
    const RpTermPlace *place =
        &fetch->source->places[group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT];

    if (group->is_of_any_node) {
        return true;
    }
    if (place->form != RP_FORM_CONSTANT) {
        return column != RP_NO_COLUMN || place->form == RP_FORM_NTRIPLES;
    }
    for (uint32 i = 0; i < group->count; i++) {
        RpTerm node = rp_dictionary_term(fetch->dictionary, group->reads[i]->node);

        if (rp_term_equals(&node, &place->constant)) {
            return true;
        }
    }
    return false;
}

/* bsearch, qsort */
static int
compare_ids(const void *a, const void *b)
{
    RpTermId first = *(const RpTermId *)a;
    RpTermId second = *(const RpTermId *)b;

    return (first > second) - (first < second);
}

/* The ids that mean a term; NIL: none. */
static List *
ids_of(const Fetch *fetch, RpTermId term)
{
    const RpTermId *found =
        bsearch(&term, fetch->term_ids, fetch->term_count, sizeof(RpTermId), compare_ids);

    return found == NULL ? NIL : fetch->ids[found - fetch->term_ids];
}

/* The keys of a group's nodes, as an array; false: there are none. */
static bool
node_keys(const Fetch *fetch, const ReadGroup *group, Datum *array)
{
    const RpTermPlace *place =
        &fetch->source->places[group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT];
    uint32 capacity = group->count * RP_TERM_KEY_LIMIT + 1;
    Datum *keys = palloc(sizeof(Datum) * capacity);
    uint32 count = 0;

    for (uint32 i = 0; i < group->count; i++) {
        RpTerm node = rp_dictionary_term(fetch->dictionary, group->reads[i]->node);
        ListCell *cell;

        if (place->form != RP_FORM_ID) {
            count += rp_term_keys(place, &node, &keys[count]);
            continue;
        }
        foreach (cell, ids_of(fetch, group->reads[i]->node)) {
            if (count + RP_TERM_KEY_LIMIT > capacity) {
                capacity *= 2;
                keys = repalloc(keys, sizeof(Datum) * capacity);
            }
            keys[count++] = *(Datum *)lfirst(cell);
        }
    }
    *array = count == 0 ? (Datum)0
                        : rp_key_array(keys, count,
                                       place->form == RP_FORM_ID
                                           ? rp_id_type_oid(fetch->source->dictionary->id_type)
                                           : rp_term_key_type(place, fetch->source->namespace));
    return count > 0;
}

static Oid
key_type(const RpGraphSource *source, RpTermPosition position)
{
    const RpTermPlace *place = &source->places[position];

    return place->form == RP_FORM_ID ? rp_id_type_oid(source->dictionary->id_type)
                                     : rp_term_key_type(place, source->namespace);
}

static void
append_and(StringInfo query, bool *is_first)
{
    appendStringInfoString(query, *is_first ? " WHERE " : " AND ");
    *is_first = false;
}

/* The statement of a group's kind: by the node, where it has a column, and the predicate, where it
 * is given. */
static SPIPlanPtr
make_plan(const RpGraphSource *source, const ReadGroup *group, int node, bool by_predicate)
{
    RpTermPosition position = group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT;
    const RpRowRelation *rows = &source->rows;
    char *clause = group->is_inverse && !group->is_literal ? rp_object_clause(source) : NULL;
    Oid types[PARAMETER_LIMIT];
    StringInfoData query;
    int count = 0;
    bool is_first = true;

    initStringInfo(&query);
    rp_row_append_select(&query, rows);
    if (node != RP_NO_COLUMN) {
        append_and(&query, &is_first);
        types[count] = get_array_type(key_type(source, position));
        rp_key_append_condition(&query, rows->columns[node].name, key_type(source, position),
                                ++count, true);
    }
    if (by_predicate) {
        append_and(&query, &is_first);
        types[count] = key_type(source, RP_POSITION_PREDICATE);
        rp_key_append_condition(&query,
                                rows->columns[source->places[RP_POSITION_PREDICATE].value].name,
                                types[count], count + 1, false);
        count++;
    }
    if (clause != NULL) {
        append_and(&query, &is_first);
        appendStringInfoString(&query, clause);
    }
    if (source->filter_text != NULL) {
        append_and(&query, &is_first);
        appendStringInfo(&query, "(%s)", source->filter_text);
    }
    return rp_look_up_plan(query.data, count, types);
}

static SPIPlanPtr
plan_of(const RpGraphSource *source, const ReadGroup *group, int node, bool by_predicate)
{
    int plan = group->is_of_any_node ? PLAN_OF_PREDICATE + by_predicate
                                     : group->is_inverse * 4 + by_predicate * 2 + group->is_literal;

    if (source->plans[plan] == NULL) {
        source->plans[plan] = make_plan(source, group, node, by_predicate);
    }
    return source->plans[plan];
}

/* RpRowSink.triple */
static RpStatus
offer(void *state, uint32 row pg_attribute_unused(), const RpTerm *subject, const RpTerm *predicate,
      const RpTerm *object, const RpTerm *graph pg_attribute_unused(), RpError *error)
{
    const RpTripleSink *sink = state;

    return sink->triple(sink->state, subject, predicate, object, (RpPosition){0}, error);
}

/* Offer the rows that SPI has found. */
static RpStatus
offer_rows(const Fetch *fetch, RpError *error)
{
    RpRowSink sink = {.state = (void *)fetch->sink, .triple = offer};
    uint32 columns = fetch->source->rows.column_count;
    SPITupleTable *table = SPI_tuptable;
    uint32 count = (uint32)SPI_processed;
    RpSourceRow *rows = palloc(sizeof(RpSourceRow) * (count + 1));
    Datum *values = palloc(sizeof(Datum) * (count + 1) * columns);
    bool *nulls = palloc(sizeof(bool) * (count + 1) * columns);
    RpStatus status;

    for (uint32 i = 0; i < count; i++) {
        rows[i] = (RpSourceRow){values + (Size)i * columns, nulls + (Size)i * columns};
        heap_deform_tuple(table->vals[i], table->tupdesc, values + (Size)i * columns,
                          nulls + (Size)i * columns);
    }
    status = rp_rows_read(fetch->source, rows, count, &fetch->store->graphs, &sink, NULL, error);
    pfree(rows);
    pfree(values);
    pfree(nulls);
    SPI_freetuptable(table);
    return status;
}

/* Run a statement, some rows at a time: a node may have millions, and the sink may have enough. */
static RpStatus
run(const Fetch *fetch, SPIPlanPtr plan, Datum *parameters, RpError *error)
{
    MemoryContext caller = CurrentMemoryContext;
    Portal portal = SPI_cursor_open(NULL, plan, parameters, NULL, true);
    RpStatus status;
    bool has_more;

    do {
        SPI_cursor_fetch(portal, true, ROWS_OF_A_FETCH);
        MemoryContextSwitchTo(caller);
        has_more = SPI_processed == ROWS_OF_A_FETCH;
        status = offer_rows(fetch, error);
    } while (status == RP_OK && has_more);
    SPI_cursor_close(portal);
    MemoryContextSwitchTo(caller);
    return status;
}

/* Fetch a group by the node's keys, and by each id of the predicate. */
static RpStatus
fetch_group(const Fetch *fetch, const ReadGroup *group, RpError *error)
{
    const RpTermPlace *place = &fetch->source->places[RP_POSITION_PREDICATE];
    bool by_predicate = group->predicate != RP_TERM_NONE && place->form != RP_FORM_CONSTANT;
    int node = node_column(fetch, group);
    Datum parameters[PARAMETER_LIMIT];
    Datum keys[RP_TERM_KEY_LIMIT];
    int count = 0;
    RpTerm predicate;
    ListCell *cell;

    if (!has_node(fetch, group, node)) {
        return RP_OK;
    }
    if (group->predicate != RP_TERM_NONE) {
        predicate = rp_dictionary_term(fetch->dictionary, group->predicate);
        if (place->form == RP_FORM_CONSTANT && !rp_term_equals(&predicate, &place->constant)) {
            return RP_OK;
        }
    }
    if (node != RP_NO_COLUMN && !node_keys(fetch, group, &parameters[count++])) {
        return RP_OK;
    }
    if (!by_predicate || place->form != RP_FORM_ID) {
        if (by_predicate) {
            (void)rp_term_keys(place, &predicate, keys);
            parameters[count] = keys[0];
        }
        return run(fetch, plan_of(fetch->source, group, node, by_predicate), parameters, error);
    }
    foreach (cell, ids_of(fetch, group->predicate)) {
        parameters[count] = *(Datum *)lfirst(cell);
        RP_TRY(run(fetch, plan_of(fetch->source, group, node, true), parameters, error));
    }
    return RP_OK;
}

/* RpIdSink.id */
static void
keep_id(void *state, uint32 term, Datum id)
{
    Fetch *fetch = state;
    const RpGraphDictionary *dictionary = fetch->source->dictionary;
    const RpRowColumn *column = &dictionary->rows.columns[dictionary->id];
    MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(fetch->ids));
    Datum *kept = palloc(sizeof(Datum));

    *kept = datumCopy(rp_id_widen(dictionary->id_type, id, column->base_type),
                      dictionary->id_type == RP_ID_INTEGER || column->is_by_value, column->length);
    fetch->ids[term] = lappend(fetch->ids[term], kept);
    MemoryContextSwitchTo(caller);
}

/* Find the ids of all terms that the reads name, at once. */
static void
find_ids(Fetch *fetch, const RpStoreRead *const *reads, uint32 count)
{
    RpIdSink sink = {.state = fetch, .id = keep_id};
    uint32 kept = 0;

    fetch->term_ids = palloc(sizeof(RpTermId) * (2 * count + 1));
    for (uint32 i = 0; i < count; i++) {
        fetch->term_ids[fetch->term_count++] = reads[i]->node;
        if (reads[i]->predicate != RP_TERM_NONE) {
            fetch->term_ids[fetch->term_count++] = reads[i]->predicate;
        }
    }
    qsort(fetch->term_ids, fetch->term_count, sizeof(RpTermId), compare_ids);
    for (uint32 i = 0; i < fetch->term_count; i++) {
        if (i == 0 || fetch->term_ids[i] != fetch->term_ids[kept - 1]) {
            fetch->term_ids[kept++] = fetch->term_ids[i];
        }
    }
    fetch->term_count = kept;
    fetch->terms = palloc(sizeof(RpTerm) * (kept + 1));
    fetch->ids = palloc0(sizeof(List *) * (kept + 1));
    for (uint32 i = 0; i < kept; i++) {
        fetch->terms[i] = rp_dictionary_term(fetch->dictionary, fetch->term_ids[i]);
    }
    rp_dictionary_find_ids(fetch->source->dictionary, fetch->terms, kept, &sink);
}

static RpStatus
fetch_source(Fetch *fetch, const RpStoreRead *const *reads, uint32 count, RpError *error)
{
    RpStatus status = RP_OK;
    RpLookUp look;

    if (fetch->source->dictionary != NULL) {
        find_ids(fetch, reads, count);
    }
    rp_look_up_begin(&look, fetch->source->rows.owner);
    for (uint32 i = 0, end; status == RP_OK && i < count; i = end) {
        ReadGroup group = {.reads = reads + i,
                           .is_inverse = reads[i]->is_inverse,
                           .is_literal = is_literal(fetch->dictionary, reads[i]),
                           .predicate = reads[i]->predicate};

        for (end = i + 1; end < count &&
                          compare_reads(&reads[i], &reads[end], (void *)fetch->dictionary) == 0;) {
            end++;
        }
        group.count = end - i;
        status = fetch_group(fetch, &group, error);
    }
    rp_look_up_end(&look);
    return status;
}

/* RpStore.fetch */
static RpStatus
fetch_reads(void *state, const RpDictionary *dictionary, const RpStoreRead *reads, uint32_t count,
            const RpTripleSink *sink, RpError *error)
{
    const GraphStore *store = state;
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    const RpStoreRead **sorted;
    RpStatus status = RP_OK;

    MemoryContextSwitchTo(scratch);
    sorted = palloc(sizeof(RpStoreRead *) * (count + 1));
    for (uint32 i = 0; i < count; i++) {
        sorted[i] = &reads[i];
    }
    qsort_arg(sorted, count, sizeof(RpStoreRead *), compare_reads, (void *)dictionary);
    for (uint32 i = 0; status == RP_OK && i < store->graph->source_count; i++) {
        Fetch fetch = {.store = store,
                       .source = &store->graph->sources[i],
                       .dictionary = dictionary,
                       .sink = sink};

        status = fetch_source(&fetch, sorted, count, error);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}

RpStatus
rp_graph_store_fetch_predicate(const RpStore *store, const RpDictionary *dictionary,
                               RpTermId predicate, const RpTripleSink *sink, RpError *error)
{
    const GraphStore *state = store->state;
    ReadGroup group = {.predicate = predicate, .is_of_any_node = true};
    RpStoreRead read = {.node = predicate, .predicate = predicate};
    const RpStoreRead *reads[] = {&read};
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpStatus status = RP_OK;

    MemoryContextSwitchTo(scratch);
    for (uint32 i = 0; status == RP_OK && i < state->graph->source_count; i++) {
        Fetch fetch = {.store = state,
                       .source = &state->graph->sources[i],
                       .dictionary = dictionary,
                       .sink = sink};
        RpLookUp look;

        if (fetch.source->dictionary != NULL) {
            find_ids(&fetch, reads, 1);
        }
        rp_look_up_begin(&look, fetch.source->rows.owner);
        status = fetch_group(&fetch, &group, error);
        rp_look_up_end(&look);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}

void
rp_graph_store_make(RpStore *store, const RpStoredGraph *graph, const RpNamedGraphs *graphs)
{
    GraphStore *state = palloc(sizeof(GraphStore));

    *state = (GraphStore){.graph = graph, .graphs = *graphs};
    *store = (RpStore){.state = state, .fetch = fetch_reads};
}
