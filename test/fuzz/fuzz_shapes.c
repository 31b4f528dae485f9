/*
 * Fuzzes the way from a Turtle text to an image: no text may crash it, and an image that was built
 * must pass its check. The first byte chooses the options.
 */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "image/image_builder.h"
#include "image/image_check.h"
#include "shacl/shape_findings.h"
#include "shacl/shape_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_LIMIT_BYTES = 64 << 20, DEPTH_LIMIT = 64 };

static const char prefixes[] = "@prefix : <http://e/> ."
                               "@prefix sh: <http://www.w3.org/ns/shacl#> ."
                               "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
                               "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
                               "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .";

static void
compile(RpArena *arena, const uint8_t *data, size_t size)
{
    RpTurtleOptions turtle = {.base_iri = RP_TEXT("http://e/"),
                              .depth_limit = RP_TURTLE_DEPTH_LIMIT,
                              .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpShapeReaderOptions options = {.leaves_out = data[0] & 1,
                                    .subclass_from_shapes = data[0] & 2,
                                    .collects_findings = data[0] & 4,
                                    .depth_limit = DEPTH_LIMIT};
    RpShapesGraph graph;
    RpShapes shapes;
    RpText image;
    RpError error;

    rp_shapes_graph_init(&graph, arena);
    if (rp_shapes_graph_read_turtle(&graph, RP_TEXT(prefixes), &turtle, &error) == RP_OK &&
        rp_shapes_graph_read_turtle(&graph, (RpText){(const char *)data + 1, (uint32_t)size - 1},
                                    &turtle, &error) == RP_OK &&
        rp_shapes_read(&graph, &options, &shapes, &error) == RP_OK &&
        rp_shape_findings_warn(&shapes, &error) == RP_OK && !options.collects_findings &&
        rp_image_build(arena, &shapes, ARENA_LIMIT_BYTES, &image, &error) == RP_OK &&
        rp_image_check(image.data, image.length, &error) != RP_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    RpArena arena;

    if (size > 0 && size < UINT32_MAX) {
        rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
        compile(&arena, data, size);
        rp_arena_free(&arena);
    }
    return 0;
}
