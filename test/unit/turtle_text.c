/* Documents read into canonical N-Triples, for the tests of the Turtle reader. */
#include "turtle_text.h"

#include "check.h"
#include "host.h"
#include "rdf/turtle_writer.h"

static void
write_term(RpBuffer *buffer, const RpTerm *term, char end)
{
    if (term->kind == RP_IRI && rp_text_starts_with(term->lexical, RP_TEXT("http://e/"))) {
        RpTerm shortened = *term;

        shortened.lexical.data += strlen("http://e/");
        shortened.lexical.length -= (uint32_t)strlen("http://e/");
        rp_term_write(buffer, &shortened);
    } else {
        rp_term_write(buffer, term);
    }
    rp_buffer_append_byte(buffer, end);
}

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    RpTestTurtle *turtle = state;

    CHECK_STATUS(rp_term_check(subject, error), RP_OK);
    CHECK_STATUS(rp_term_check(predicate, error), RP_OK);
    CHECK_STATUS(rp_term_check(object, error), RP_OK);
    turtle->count++;
    turtle->position = position;
    write_term(&turtle->triples, subject, ' ');
    write_term(&turtle->triples, predicate, ' ');
    write_term(&turtle->triples, object, ' ');
    turtle->triples.length--;
    rp_buffer_append_text(&turtle->triples, rp_buffer_text(&turtle->graph));
    rp_buffer_append_byte(&turtle->triples, '\n');
    RP_TRY(rp_buffer_status(&turtle->triples, error));
    return turtle->sink_status == RP_OK ? RP_OK
                                        : rp_error_set(error, turtle->sink_status, "the sink");
}

static RpStatus
on_graph(void *state, const RpTerm *graph, RpError *error)
{
    RpTestTurtle *turtle = state;

    turtle->graph.length = 0;
    if (graph) {
        CHECK_STATUS(rp_term_check(graph, error), RP_OK);
        rp_buffer_append_byte(&turtle->graph, ' ');
        write_term(&turtle->graph, graph, ' ');
        turtle->graph.length--;
    }
    return rp_buffer_status(&turtle->graph, error);
}

static RpStatus
on_prefix(void *state, RpText prefix, RpText namespace_iri, RpError *error)
{
    RpTestTurtle *turtle = state;

    rp_buffer_append_text(&turtle->prefixes, prefix);
    rp_buffer_append_byte(&turtle->prefixes, '=');
    rp_buffer_append_text(&turtle->prefixes, namespace_iri);
    rp_buffer_append_byte(&turtle->prefixes, '\n');
    return rp_buffer_status(&turtle->prefixes, error);
}

void
rp_test_turtle_begin(RpTestTurtle *turtle)
{
    *turtle = (RpTestTurtle){
        .options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT, .prefix_limit = RP_TURTLE_PREFIX_LIMIT}};
    rp_arena_init(&turtle->arena, &rp_test_host, (size_t)1 << 28);
    rp_buffer_init(&turtle->triples, &turtle->arena);
    rp_buffer_init(&turtle->prefixes, &turtle->arena);
    rp_buffer_init(&turtle->graph, &turtle->arena);
}

RpStatus
rp_test_turtle_read(RpTestTurtle *turtle, RpText document)
{
    RpTripleSink sink = {
        .state = turtle, .triple = on_triple, .prefix = on_prefix, .graph = on_graph};

    turtle->graph.length = 0;
    turtle->options.graphs_read = &turtle->graphs_read;

    return rp_turtle_read(&turtle->arena, document, &turtle->options, &sink, &turtle->error);
}

void
rp_test_turtle_end(RpTestTurtle *turtle)
{
    rp_arena_free(&turtle->arena);
    CHECK_INT(rp_test_block_count, 0);
}
