/*
 * Fuzzing of rp_turtle_read, with libFuzzer and the unit tests' host. Each term that reaches the
 * sink must pass its check, be written, and be read back as the same term; a refusal has a place in
 * the document. What is Turtle is TriG too, and its triples are of the default graph.
 */
#include <stdlib.h>

#include "host.h"
#include "rdf/turtle_reader.h"
#include "rdf/turtle_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_round_trip(RpArena *arena, const RpTerm *term, RpError *error)
{
    RpBuffer buffer;
    RpTerm again;

    rp_buffer_init(&buffer, arena);
    rp_term_write(&buffer, term);
    if (!buffer.has_failed &&
        (rp_term_check(term, error) != RP_OK ||
         rp_term_parse(arena, rp_buffer_text(&buffer), &again, error) == RP_SYNTAX ||
         (error->status == RP_OK && !rp_term_equals(term, &again)))) {
        abort();
    }
}

/* What a reading meets. */
typedef struct Reading {
    RpArena arena;
    uint32_t count; /* of triples in the default graph */
    bool is_in_default_graph;
} Reading;

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    Reading *reading = state;

    if (position.line == 0 || position.column == 0 || subject->kind == RP_LITERAL ||
        predicate->kind != RP_IRI) {
        abort();
    }
    error->status = RP_OK;
    check_round_trip(&reading->arena, subject, error);
    check_round_trip(&reading->arena, predicate, error);
    check_round_trip(&reading->arena, object, error);
    reading->count += reading->is_in_default_graph;
    return RP_OK;
}

static RpStatus
on_graph(void *state, const RpTerm *graph, RpError *error)
{
    Reading *reading = state;

    error->status = RP_OK;
    if (graph && graph->kind == RP_LITERAL) {
        abort();
    }
    if (graph) {
        check_round_trip(&reading->arena, graph, error);
    }
    reading->is_in_default_graph = graph == NULL;
    return RP_OK;
}

/* Read, and count the triples of the default graph. */
static RpStatus
read_graphs(RpText document, RpGraphChoice graphs, uint32_t *count)
{
    RpGraphsRead graphs_read;
    RpTurtleOptions options = {.base_iri = RP_TEXT("http://example.org/base/"),
                               .depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT,
                               .graphs = graphs,
                               .graphs_read = &graphs_read};
    Reading reading = {.is_in_default_graph = true};
    RpTripleSink sink = {.state = &reading, .triple = on_triple, .graph = on_graph};
    RpError error;
    RpStatus status;

    rp_arena_init(&reading.arena, &rp_test_host, (size_t)256 << 20);
    status = rp_turtle_read(&reading.arena, document, &options, &sink, &error);
    if (status == RP_SYNTAX && error.line == 0) {
        abort();
    }
    rp_arena_free(&reading.arena);
    if (rp_test_block_count != 0) {
        abort();
    }
    *count = reading.count;
    return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    RpText document = {(const char *)data, (uint32_t)size};
    uint32_t of_turtle;
    uint32_t of_all;
    uint32_t of_default;
    RpStatus turtle = read_graphs(document, RP_GRAPHS_REFUSED, &of_turtle);
    RpStatus all = read_graphs(document, RP_GRAPHS_ALL, &of_all);

    if (turtle == RP_OK && (all != RP_OK || of_turtle != of_all)) {
        abort();
    }
    if (all == RP_OK &&
        (read_graphs(document, RP_GRAPHS_DEFAULT, &of_default) != RP_OK || of_default != of_all)) {
        abort();
    }
    return 0;
}
