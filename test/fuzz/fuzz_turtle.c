/*
 * Fuzzing of rp_turtle_read, with libFuzzer and the unit tests' host. Each term that reaches the
 * sink must pass its check, be written, and be read back as the same term; a refusal has a place in
 * the document. What is Turtle is TriG too, and its triples are of the default graph. Behind a
 * statement that is no line of N-Triples, the same is read by the general reader alone.
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
read_graphs(RpText document, RpGraphChoice graphs, uint32_t *count, uint32_t *line)
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
    *line = status == RP_SYNTAX ? error.line : 0;
    return status;
}

/* Behind two lines that are one statement and one triple: the rest is read no other way. Where the
 * bytes are no text, nothing is read. */
static void
check_behind_statement(RpText document, RpStatus status, uint32_t count, uint32_t line)
{
    static const char start[] = "<a:> <a:>\n<a:> .\n";
    uint32_t start_length = sizeof start - 1;
    char *behind = malloc(start_length + document.length);
    uint32_t count_behind;
    uint32_t line_behind;

    if (!behind) {
        abort();
    }
    memcpy(behind, start, start_length);
    if (document.length > 0) {
        memcpy(behind + start_length, document.data, document.length);
    }
    if (read_graphs((RpText){behind, start_length + document.length}, RP_GRAPHS_ALL, &count_behind,
                    &line_behind) != status ||
        (count_behind != count + 1 && count + count_behind > 0) ||
        (line > 0 && line_behind != line + 2)) {
        abort();
    }
    free(behind);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    RpText document = {(const char *)data, (uint32_t)size};
    uint32_t of_turtle;
    uint32_t of_all;
    uint32_t of_default;
    uint32_t line;
    RpStatus turtle = read_graphs(document, RP_GRAPHS_REFUSED, &of_turtle, &line);
    RpStatus all = read_graphs(document, RP_GRAPHS_ALL, &of_all, &line);

    if (turtle == RP_OK && (all != RP_OK || of_turtle != of_all)) {
        abort();
    }
    if (!rp_text_starts_with(document, RP_TEXT("\xEF\xBB\xBF"))) { /* which may only stand first */
        check_behind_statement(document, all, of_all, line);
    }
    if (all == RP_OK && (read_graphs(document, RP_GRAPHS_DEFAULT, &of_default, &line) != RP_OK ||
                         of_default != of_all)) {
        abort();
    }
    return 0;
}
