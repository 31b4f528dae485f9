/*
 * See graph_store.h. Where an index of the table has the nodes it is asked for one after the other
 * (key_index.h): once for a subject of which several predicates are read (subject_scan.c), else
 * once for each node and predicate. Where none has, reads that differ in their node alone are one
 * query (read_query.c).
 */
#include "pg/graph/graph_store.h"

#include "pg/graph/graph_store_internal.h"

#include "pg/graph/object_clause.h"
#include "pg/server/bridge.h"

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
node_column(const RpFetch *fetch, const RpReadGroup *group)
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
has_node(const RpFetch *fetch, const RpReadGroup *group, int column)
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

/* Find the rows of each node with each predicate, of which there is one where it is not asked for.
 */
static RpStatus
scan_keys(const RpFetch *fetch, const Datum *nodes, uint32 node_count, const Datum *predicates,
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

static void
end_scan(RpFetch *fetch)
{
    if (fetch->scan != NULL) {
        rp_key_scan_end(fetch->scan);
        fetch->scan = NULL;
    }
}

/* Begin the scan that finds a group's rows: mostly it is that of the group before. False: a query
 * has to find them. */
static bool
begin_scan(RpFetch *fetch, const RpReadGroup *group, int node, bool by_predicate)
{
    const RpGraphSource *source = fetch->source;
    const RpKeyIndex *index =
        node == RP_NO_COLUMN ? NULL : rp_read_group_index(source, group, node, by_predicate);

    if (index != fetch->index) {
        end_scan(fetch);
        fetch->index = index;
        if (index != NULL && OidIsValid(index->index)) {
            fetch->scan = rp_key_scan_begin(&source->rows, index);
        }
    }
    return fetch->scan != NULL;
}

/* RpFetch a group by the node's keys, and by each id of the predicate. */
static RpStatus
fetch_group(RpFetch *fetch, const RpReadGroup *group, RpError *error)
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
    if (node != RP_NO_COLUMN && (node_count = rp_read_keys_of_nodes(fetch, group, &nodes)) == 0) {
        return RP_OK;
    }
    if (by_predicate) {
        predicate_count = rp_read_keys_of_predicate(fetch, group->predicate, &predicates);
    }
    return begin_scan(fetch, group, node, by_predicate)
               ? scan_keys(fetch, nodes, node_count, predicates, predicate_count, error)
               : rp_read_group_query(fetch, group, node, by_predicate, nodes, node_count,
                                     predicates, predicate_count, error);
}

static void
begin_source(RpFetch *fetch)
{
    const RpGraphStore *store = fetch->store;

    fetch->found =
        rp_found_rows_begin(fetch->source, &store->graphs,
                            store->ids[fetch->source - store->graph->sources], fetch->sink);
}

/* The scan and SPI are closed also after an error that is returned; where one is raised, the end of
 * the transaction does it. */
static RpStatus
end_source(RpFetch *fetch, RpStatus status, RpError *error)
{
    end_scan(fetch);
    if (fetch->asks_by_queries) {
        rp_look_up_end(&fetch->query);
    }
    return status == RP_OK ? rp_found_rows_offer(fetch->found, error) : status;
}

/* Reads that differ in their node alone stand together when they are sorted: a run is a group. */
static RpStatus
fetch_groups(RpFetch *fetch, const RpStoreRead **reads, uint32 count, RpError *error)
{
    qsort_arg(reads, count, sizeof(RpStoreRead *), compare_reads, (void *)fetch->dictionary);
    rp_read_keys_find(fetch, reads, count, true);
    for (uint32 i = 0, end; i < count; i = end) {
        RpReadGroup group = {.reads = reads + i,
                             .is_inverse = reads[i]->is_inverse,
                             .is_literal = is_literal(fetch->dictionary, reads[i]),
                             .predicate = reads[i]->predicate};

        for (end = i + 1; end < count &&
                          compare_reads(&reads[i], &reads[end], (void *)fetch->dictionary) == 0;) {
            end++;
        }
        group.count = end - i;
        RP_TRY(fetch_group(fetch, &group, error));
    }
    return RP_OK;
}

static RpStatus
fetch_source(RpFetch *fetch, const RpStoreRead *reads, uint32 count, RpError *error)
{
    const RpStoreRead **left = palloc(sizeof(RpStoreRead *) * (count + 1));
    RpStatus status;

    for (uint32 i = 0; i < count; i++) {
        left[i] = &reads[i];
    }
    begin_source(fetch);
    status = rp_subject_scan(fetch, left, &count, error);
    if (status == RP_OK && count > 0) {
        status = fetch_groups(fetch, left, count, error);
    }
    return end_source(fetch, status, error);
}

/* RpStore.fetch */
static RpStatus
fetch_reads(void *state, const RpDictionary *dictionary, const RpStoreRead *reads, uint32_t count,
            const RpTripleSink *sink, RpError *error)
{
    const RpGraphStore *store = state;
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpStatus status = RP_OK;

    MemoryContextSwitchTo(scratch);
    for (uint32 i = 0; status == RP_OK && i < store->graph->source_count; i++) {
        RpFetch fetch = {.store = store,
                         .source = &store->graph->sources[i],
                         .dictionary = dictionary,
                         .sink = sink};

        status = fetch_source(&fetch, reads, count, error);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}

RpStatus
rp_graph_store_fetch_predicate(const RpStore *store, const RpDictionary *dictionary,
                               RpTermId predicate, const RpTripleSink *sink, RpError *error)
{
    const RpGraphStore *state = store->state;
    RpReadGroup group = {.predicate = predicate, .is_of_any_node = true};
    RpStoreRead read = {.node = predicate, .predicate = predicate};
    const RpStoreRead *reads[] = {&read};
    MemoryContext caller = CurrentMemoryContext;
    MemoryContext scratch = rp_bridge_context();
    RpStatus status = RP_OK;

    MemoryContextSwitchTo(scratch);
    for (uint32 i = 0; status == RP_OK && i < state->graph->source_count; i++) {
        RpFetch fetch = {.store = state,
                         .source = &state->graph->sources[i],
                         .dictionary = dictionary,
                         .sink = sink};

        begin_source(&fetch);
        rp_read_keys_find(&fetch, reads, 1, true);
        status = end_source(&fetch, fetch_group(&fetch, &group, error), error);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(scratch);
    return status;
}

void
rp_graph_store_make(RpStore *store, const RpStoredGraph *graph, const RpNamedGraphs *graphs)
{
    RpGraphStore *state = palloc(sizeof(RpGraphStore));

    *state = (RpGraphStore){.graph = graph,
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
    return ((const RpGraphStore *)store->state)->ids[source];
}
