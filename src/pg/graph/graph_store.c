/*
 * See graph_store.h. Where an index of the table has the nodes it is asked for one after the other
 * (key_index.h). Else the reads of a layer that differ in their node alone are one statement with
 * an array of keys: never two arrays in one condition, of which an index scan makes the product.
 */
#include "pg/graph/graph_store.h"

#include "lib/qunique.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "pg/graph/dictionary_reader.h"
#include "pg/graph/found_rows.h"
#include "pg/graph/key_index.h"
#include "pg/graph/look_up.h"
#include "pg/graph/object_clause.h"
#include "pg/graph/row_reader.h"
#include "pg/graph/row_relation.h"
#include "pg/graph/source_index.h"
#include "pg/graph/term_key.h"
#include "pg/server/bridge.h"

enum { ROWS_OF_A_FETCH = 1000, PARAMETER_LIMIT = 2, PLAN_OF_PREDICATE = 8 };

typedef struct GraphStore {
    const RpStoredGraph *graph;
    RpNamedGraphs graphs;
    RpRowIds **ids; /* by source */
} GraphStore;

/* One fetch, from one source. */
typedef struct Fetch {
    const GraphStore *store;
    const RpGraphSource *source;
    const RpDictionary *dictionary;
    const RpTripleSink *sink;
    RpFoundRows *found;
    const RpKeyIndex *index; /* the one that is scanned at the moment */
    RpKeyScan *scan;         /* NULL: none, or it is of no use */
    bool asks_by_queries;    /* query is begun */
    RpLookUp query;
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

/* The keys of a group's nodes. */
static uint32
node_keys(const Fetch *fetch, const ReadGroup *group, Datum **out)
{
    const RpTermPlace *place =
        &fetch->source->places[group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT];
    uint32 capacity = group->count * RP_TERM_KEY_LIMIT + 1;
    Datum *keys = palloc(sizeof(Datum) * capacity);
    uint32 count = 0;

    for (uint32 i = 0; i < group->count; i++) {
        RpTerm node = rp_dictionary_term(fetch->dictionary, group->reads[i]->node);
        List *ids = place->form == RP_FORM_ID ? ids_of(fetch, group->reads[i]->node) : NIL;
        ListCell *cell;

        if (place->form != RP_FORM_ID) {
            count += rp_term_keys(place, &node, &keys[count]);
        }
        foreach (cell, ids) {
            if (count + RP_TERM_KEY_LIMIT > capacity) {
                capacity *= 2;
                keys = repalloc(keys, sizeof(Datum) * capacity);
            }
            keys[count++] = *(Datum *)lfirst(cell);
        }
    }
    *out = keys;
    return count;
}

/* As what keys of a position are compared: ids by the dictionary's widened type, the others as they
 * stand in a column. */
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

/* By what two statements over one source differ. Their number is below RP_PLAN_COUNT. */
static int
plan_number(const ReadGroup *group, bool by_predicate)
{
    return group->is_of_any_node ? PLAN_OF_PREDICATE + by_predicate
                                 : group->is_inverse * 4 + by_predicate * 2 + group->is_literal;
}

/* Within SPI. A plan is kept with the source, and freed with its graph (stored_graph.c). */
static SPIPlanPtr
plan_of(const RpGraphSource *source, const ReadGroup *group, int node, bool by_predicate)
{
    int plan = plan_number(group, by_predicate);

    if (source->plans[plan] == NULL) {
        source->plans[plan] = make_plan(source, group, node, by_predicate);
    }
    return source->plans[plan];
}

/* Take the rows that SPI has found. */
static RpStatus
take_rows(const Fetch *fetch, RpError *error)
{
    SPITupleTable *table = SPI_tuptable;
    uint64 count = SPI_processed;
    RpStatus status = RP_OK;

    for (uint64 i = 0; status == RP_OK && i < count; i++) {
        heap_deform_tuple(table->vals[i], table->tupdesc, fetch->found->values,
                          fetch->found->nulls);
        status = rp_found_rows_add(fetch->found, error);
    }
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
        status = take_rows(fetch, error);
    } while (status == RP_OK && has_more);
    SPI_cursor_close(portal);
    MemoryContextSwitchTo(caller);
    return status;
}

/* The same index for a group as its plan would use. */
static const RpKeyIndex *
index_of(const RpGraphSource *source, const ReadGroup *group, int node, bool by_predicate)
{
    RpKeyIndex **index = &source->indexes[plan_number(group, by_predicate)];

    if (*index == NULL) {
        RpTermPosition position = group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT;
        const RpTermPlace *predicate = &source->places[RP_POSITION_PREDICATE];
        RpKeyColumn columns[RP_KEY_LIMIT] = {
            {source->rows.columns[node].number, key_type(source, position)}};
        Oid found =
            rp_source_index_find(source, group->is_inverse, group->is_literal, by_predicate);
        MemoryContext caller;

        if (by_predicate) {
            columns[1] = (RpKeyColumn){source->rows.columns[predicate->value].number,
                                       key_type(source, RP_POSITION_PREDICATE)};
        }
        caller = MemoryContextSwitchTo(GetMemoryChunkContext(source->indexes));
        *index = rp_key_index_make(found, columns, by_predicate ? 2 : 1);
        MemoryContextSwitchTo(caller);
    }
    return *index;
}

/* Find the rows of each node with each predicate, of which there is one where it is not asked for.
 */
static RpStatus
scan_keys(const Fetch *fetch, const Datum *nodes, uint32 node_count, const Datum *predicates,
          uint32 predicate_count, RpError *error)
{
    for (uint32 i = 0; i < node_count; i++) {
        for (uint32 k = 0; k < predicate_count; k++) {
            Datum values[RP_KEY_LIMIT] = {nodes[i], predicates[k]};

            rp_key_scan_find(fetch->scan, values);
            while (rp_key_scan_next(fetch->scan, fetch->found->values, fetch->found->nulls)) {
                RP_TRY(rp_found_rows_add(fetch->found, error));
            }
        }
    }
    return RP_OK;
}

/* The same by queries: one for all nodes and one predicate. */
static RpStatus
query_keys(Fetch *fetch, const ReadGroup *group, int node, bool by_predicate, Datum *nodes,
           uint32 node_count, const Datum *predicates, uint32 predicate_count, RpError *error)
{
    Datum parameters[PARAMETER_LIMIT];
    int count = 0;

    if (!fetch->asks_by_queries) {
        rp_look_up_begin(&fetch->query, fetch->source->rows.owner);
        fetch->asks_by_queries = true;
    }
    if (node != RP_NO_COLUMN) {
        parameters[count++] = rp_key_array(
            nodes, node_count,
            key_type(fetch->source, group->is_inverse ? RP_POSITION_OBJECT : RP_POSITION_SUBJECT));
    }
    for (uint32 i = 0; i < predicate_count; i++) {
        parameters[count] = predicates[i];
        RP_TRY(run(fetch, plan_of(fetch->source, group, node, by_predicate), parameters, error));
    }
    return RP_OK;
}

/* The keys of a group's predicate: of ids there may be none, or some. */
static uint32
predicate_keys(const Fetch *fetch, RpTermId predicate, Datum **out)
{
    const RpTermPlace *place = &fetch->source->places[RP_POSITION_PREDICATE];
    List *ids = place->form == RP_FORM_ID ? ids_of(fetch, predicate) : NIL;
    Datum *keys = palloc(sizeof(Datum) * (Size)(list_length(ids) + RP_TERM_KEY_LIMIT));
    uint32 count = 0;
    ListCell *cell;

    *out = keys;
    if (place->form != RP_FORM_ID) {
        RpTerm term = rp_dictionary_term(fetch->dictionary, predicate);

        (void)rp_term_keys(place, &term, keys);
        return 1;
    }
    foreach (cell, ids) {
        keys[count++] = *(Datum *)lfirst(cell);
    }
    return count;
}

static void
end_scan(Fetch *fetch)
{
    if (fetch->scan != NULL) {
        rp_key_scan_end(fetch->scan);
        fetch->scan = NULL;
    }
}

/* Begin the scan that finds a group's rows: mostly it is that of the group before. False: a query
 * has to find them. */
static bool
begin_scan(Fetch *fetch, const ReadGroup *group, int node, bool by_predicate)
{
    const RpGraphSource *source = fetch->source;
    const RpKeyIndex *index =
        node == RP_NO_COLUMN ? NULL : index_of(source, group, node, by_predicate);

    if (index != fetch->index) {
        end_scan(fetch);
        fetch->index = index;
        if (index != NULL && OidIsValid(index->index)) {
            fetch->scan = rp_key_scan_begin(&source->rows, index);
        }
    }
    return fetch->scan != NULL;
}

/* Fetch a group by the node's keys, and by each id of the predicate. */
static RpStatus
fetch_group(Fetch *fetch, const ReadGroup *group, RpError *error)
{
    const RpTermPlace *place = &fetch->source->places[RP_POSITION_PREDICATE];
    bool by_predicate = group->predicate != RP_TERM_NONE && place->form != RP_FORM_CONSTANT;
    int node = node_column(fetch, group);
    Datum none = (Datum)0;
    Datum *predicates = &none;
    uint32 predicate_count = 1;
    Datum *nodes = NULL;
    uint32 node_count = 0;

    if (!has_node(fetch, group, node)) {
        return RP_OK;
    }
    if (group->predicate != RP_TERM_NONE && place->form == RP_FORM_CONSTANT) {
        RpTerm predicate = rp_dictionary_term(fetch->dictionary, group->predicate);

        if (!rp_term_equals(&predicate, &place->constant)) {
            return RP_OK;
        }
    }
    if (node != RP_NO_COLUMN && (node_count = node_keys(fetch, group, &nodes)) == 0) {
        return RP_OK;
    }
    if (by_predicate) {
        predicate_count = predicate_keys(fetch, group->predicate, &predicates);
    }
    return begin_scan(fetch, group, node, by_predicate)
               ? scan_keys(fetch, nodes, node_count, predicates, predicate_count, error)
               : query_keys(fetch, group, node, by_predicate, nodes, node_count, predicates,
                            predicate_count, error);
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

    fetch->term_ids = palloc(sizeof(RpTermId) * (2 * count + 1));
    for (uint32 i = 0; i < count; i++) {
        fetch->term_ids[fetch->term_count++] = reads[i]->node;
        if (reads[i]->predicate != RP_TERM_NONE) {
            fetch->term_ids[fetch->term_count++] = reads[i]->predicate;
        }
    }
    qsort(fetch->term_ids, fetch->term_count, sizeof(RpTermId), compare_ids);
    fetch->term_count =
        (uint32)qunique(fetch->term_ids, fetch->term_count, sizeof(RpTermId), compare_ids);
    fetch->terms = palloc(sizeof(RpTerm) * (fetch->term_count + 1));
    fetch->ids = palloc0(sizeof(List *) * (fetch->term_count + 1));
    for (uint32 i = 0; i < fetch->term_count; i++) {
        fetch->terms[i] = rp_dictionary_term(fetch->dictionary, fetch->term_ids[i]);
    }
    rp_dictionary_find_ids(fetch->source->dictionary, fetch->terms, fetch->term_count, &sink);
}

static void
begin_source(Fetch *fetch, const RpStoreRead *const *reads, uint32 count)
{
    const GraphStore *store = fetch->store;

    if (fetch->source->dictionary != NULL) {
        find_ids(fetch, reads, count);
    }
    fetch->found =
        rp_found_rows_begin(fetch->source, &store->graphs,
                            store->ids[fetch->source - store->graph->sources], fetch->sink);
}

/* The scan and SPI are closed also after an error that is returned; where one is raised, the end of
 * the transaction does it. */
static RpStatus
end_source(Fetch *fetch, RpStatus status, RpError *error)
{
    end_scan(fetch);
    if (fetch->asks_by_queries) {
        rp_look_up_end(&fetch->query);
    }
    return status == RP_OK ? rp_found_rows_offer(fetch->found, error) : status;
}

/* Reads that differ in their node alone stand together, as they are sorted: a run is a group. */
static RpStatus
fetch_source(Fetch *fetch, const RpStoreRead *const *reads, uint32 count, RpError *error)
{
    RpStatus status = RP_OK;

    begin_source(fetch, reads, count);
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
    return end_source(fetch, status, error);
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

        begin_source(&fetch, reads, 1);
        status = end_source(&fetch, fetch_group(&fetch, &group, error), error);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}

void
rp_graph_store_make(RpStore *store, const RpStoredGraph *graph, const RpNamedGraphs *graphs)
{
    GraphStore *state = palloc(sizeof(GraphStore));

    *state = (GraphStore){.graph = graph,
                          .graphs = *graphs,
                          .ids = palloc(sizeof(RpRowIds *) * (Size)(graph->source_count + 1))};
    for (uint32 i = 0; i < graph->source_count; i++) {
        state->ids[i] = rp_row_ids_make(&graph->sources[i]);
    }
    *store = (RpStore){.state = state, .fetch = fetch_reads};
}

RpRowIds *
rp_graph_store_ids(const RpStore *store, uint32 source)
{
    return ((const GraphStore *)store->state)->ids[source];
}
