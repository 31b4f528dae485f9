/* See shapes_of.h. */
#include "shapes_of.h"

#include <stdio.h>

#include "base/buffer.h"
#include "host.h"

static const char prefixes[] = "@prefix ex: <http://ex/> . "
                               "@prefix sh: <http://www.w3.org/ns/shacl#> . "
                               "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
                               "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
                               "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
                               "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
                               "@prefix dash: <http://datashapes.org/dash#> .\n";

RpStatus
rp_test_shapes_graph(RpTestShapes *test, const char *turtle)
{
    RpTurtleOptions options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpBuffer text;

    memset(test, 0, sizeof *test);
    rp_arena_init(&test->arena, &rp_test_host, 256 << 20);
    rp_buffer_init(&text, &test->arena);
    rp_buffer_append_string(&text, prefixes);
    rp_buffer_append_string(&text, turtle);
    RP_TRY(rp_buffer_status(&text, &test->error));
    rp_shapes_graph_init(&test->graph, &test->arena);
    return rp_shapes_graph_read_turtle(&test->graph, rp_buffer_text(&text), &options, &test->error);
}

RpStatus
rp_test_shapes_of(RpTestShapes *test, const char *turtle, bool leaves_out)
{
    RpShapeReaderOptions options = {
        .leaves_out = leaves_out, .subclass_from_shapes = true, .depth_limit = RP_TEST_DEPTH_LIMIT};

    RP_TRY(rp_test_shapes_graph(test, turtle));
    return rp_shapes_read(&test->graph, &options, &test->shapes, &test->error);
}

void
rp_test_shapes_end(RpTestShapes *test)
{
    rp_arena_free(&test->arena);
}

RpTermId
rp_test_shapes_ex(const RpTestShapes *test, const char *local)
{
    char iri[100];
    RpTerm term;

    (void)snprintf(iri, sizeof iri, "http://ex/%s", local);
    term = rp_term_iri(rp_text_from(iri));
    return rp_dictionary_find(&test->graph.dictionary, &term);
}

const RpShape *
rp_test_shape_named(const RpTestShapes *test, const char *local)
{
    RpTermId node = rp_test_shapes_ex(test, local);

    for (uint32_t i = 0; i < test->shapes.shape_count; i++) {
        if (test->shapes.shapes[i].node == node) {
            return &test->shapes.shapes[i];
        }
    }
    return NULL;
}

bool
rp_test_shapes_fail(const char *turtle, RpStatus status, const char *message, const char *file,
                    int line)
{
    RpTestShapes test;
    RpStatus actual = rp_test_shapes_of(&test, turtle, false);
    bool is_good = rp_check_status(actual, status, turtle, file, line);

    if (is_good && strstr(test.error.message, message) == NULL) {
        is_good = rp_check_text(rp_text_from(test.error.message), message, turtle, file, line);
    }
    rp_test_shapes_end(&test);
    return is_good;
}
