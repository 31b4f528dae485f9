/* Fill a shapes graph from Turtle or triple by triple, remembering where each subject stands. */
#include "shacl/shapes_graph.h"

void
rp_shapes_graph_init(RpShapesGraph *graph, RpArena *arena)
{
    memset(graph, 0, sizeof *graph);
    graph->arena = arena;
    rp_dictionary_init(&graph->dictionary, arena, NULL);
    rp_graph_init(&graph->graph, arena, &graph->dictionary);
}

/* Keep the first known place of a subject. */
static RpStatus
remember_position(RpShapesGraph *graph, RpTermId subject, RpPosition position, RpError *error)
{
    if (position.line == 0) {
        return RP_OK;
    }
    if (subject >= graph->position_capacity) {
        uint32_t old_capacity = graph->position_capacity;
        RpPosition *positions =
            rp_arena_grow(graph->arena, graph->positions, old_capacity, subject + 1,
                          &graph->position_capacity, sizeof *positions);

        if (positions == NULL) {
            return rp_arena_failure(graph->arena, error);
        }
        memset(positions + old_capacity, 0,
               (graph->position_capacity - old_capacity) * sizeof *positions);
        graph->positions = positions;
    }
    if (graph->positions[subject].line == 0) {
        graph->positions[subject] = position;
    }
    return RP_OK;
}

static RpStatus
add(RpShapesGraph *graph, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
    RpPosition position, RpTriple *triple, RpError *error)
{
    RP_TRY(rp_dictionary_add(&graph->dictionary, subject, &triple->subject, error));
    RP_TRY(rp_dictionary_add(&graph->dictionary, predicate, &triple->predicate, error));
    RP_TRY(rp_dictionary_add(&graph->dictionary, object, &triple->object, error));
    RP_TRY(remember_position(graph, triple->subject, position, error));
    return rp_graph_add(&graph->graph, *triple, error);
}

RpStatus
rp_shapes_graph_add(RpShapesGraph *graph, const RpTerm *subject, const RpTerm *predicate,
                    const RpTerm *object, RpPosition position, RpError *error)
{
    RpTriple triple;

    return add(graph, subject, predicate, object, position, &triple, error);
}

/* Keep where a query stands. */
static RpStatus
remember_query(RpShapesGraph *graph, const RpTriple *triple, RpPosition position, RpError *error)
{
    RpQueryPlace *places =
        rp_arena_grow(graph->arena, graph->query_places, graph->query_place_count,
                      graph->query_place_count + 1, &graph->query_place_capacity, sizeof *places);

    if (places == NULL) {
        return rp_arena_failure(graph->arena, error);
    }
    places[graph->query_place_count++] =
        (RpQueryPlace){triple->subject, triple->object, graph->document, position};
    graph->query_places = places;
    return RP_OK;
}

const RpQueryPlace *
rp_shapes_graph_query_place(const RpShapesGraph *graph, RpTermId subject, RpTermId literal)
{
    for (uint32_t i = 0; i < graph->query_place_count; i++) {
        if (graph->query_places[i].subject == subject &&
            graph->query_places[i].literal == literal) {
            return &graph->query_places[i];
        }
    }
    return NULL;
}

static RpStatus
receive_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
               RpPosition position, RpError *error)
{
    RpShapesGraph *graph = state;
    RpTriple triple;

    RP_TRY(add(graph, subject, predicate, object, position, &triple, error));
    return triple.predicate == RP_VOCABULARY_sh_select || triple.predicate == RP_VOCABULARY_sh_ask
               ? remember_query(graph, &triple, position, error)
               : RP_OK;
}

/* The entry of a prefix: the one that exists, or a new one. NULL: no memory. */
static RpPrefix *
prefix_entry(RpShapesGraph *graph, RpText prefix)
{
    RpPrefix *prefixes;
    RpPrefix *entry;

    for (uint32_t i = 0; i < graph->prefix_count; i++) {
        if (rp_text_equals(graph->prefixes[i].prefix, prefix)) {
            return &graph->prefixes[i];
        }
    }
    prefixes = rp_arena_grow(graph->arena, graph->prefixes, graph->prefix_count,
                             graph->prefix_count + 1, &graph->prefix_capacity, sizeof *prefixes);
    if (prefixes == NULL) {
        return NULL;
    }
    graph->prefixes = prefixes;
    entry = &prefixes[graph->prefix_count];
    if (!rp_arena_copy_text(graph->arena, prefix, &entry->prefix)) {
        return NULL;
    }
    graph->prefix_count++;
    entry->namespace_iri = (RpText){NULL, 0};
    return entry;
}

static RpStatus
receive_prefix(void *state, RpText prefix, RpText namespace_iri, RpError *error)
{
    RpShapesGraph *graph = state;
    RpPrefix *entry = prefix_entry(graph, prefix);

    if (entry == NULL || !rp_arena_copy_text(graph->arena, namespace_iri, &entry->namespace_iri)) {
        return rp_arena_failure(graph->arena, error);
    }
    return RP_OK;
}

/* In the reader's memory, which is the graph's. */
static RpStatus
receive_base(void *state, RpText base_iri, RpError *error)
{
    RpShapesGraph *graph = state;

    (void)error;
    graph->base_iri = base_iri;
    return RP_OK;
}

RpStatus
rp_shapes_graph_read_turtle(RpShapesGraph *graph, RpText document, const RpTurtleOptions *options,
                            RpError *error)
{
    RpTripleSink sink = {
        .state = graph, .triple = receive_triple, .prefix = receive_prefix, .base = receive_base};

    rp_dictionary_forget_marks(&graph->dictionary);
    graph->document = document;
    graph->base_iri = options->base_iri;
    return rp_turtle_read(graph->arena, document, options, &sink, error);
}
