/* Shapes from a Turtle text, for the tests of shape_reader, path_reader and image. */
#ifndef RP_TEST_SHAPES_OF_H
#define RP_TEST_SHAPES_OF_H

#include "check.h"
#include "shacl/shape_reader.h"

/* One reading; end it whatever happened. */
typedef struct RpTestShapes {
    RpArena arena;
    RpShapesGraph graph;
    RpShapes shapes;
    RpError error;
} RpTestShapes;

enum { RP_TEST_DEPTH_LIMIT = 20 };

/*
 * Read a text that has the prefixes ex: (http://ex/), sh:, xsd:, rdf:, rdfs:, owl: and dash:
 * declared already, on line 1: the text itself starts on line 2.
 */
RpStatus rp_test_shapes_graph(RpTestShapes *test, const char *turtle);
RpStatus rp_test_shapes_of(RpTestShapes *test, const char *turtle, bool leaves_out);
void rp_test_shapes_end(RpTestShapes *test);

/* The id of http://ex/<local>, 0: none. */
RpTermId rp_test_shapes_ex(const RpTestShapes *test, const char *local);

/* The shape of http://ex/<local>; NULL: none. */
const RpShape *rp_test_shape_named(const RpTestShapes *test, const char *local);

/* Check that reading a text gives an error whose message holds a text. */
bool rp_test_shapes_fail(const char *turtle, RpStatus status, const char *message, const char *file,
                         int line);

#define CHECK_ILL_FORMED(turtle, message) \
    rp_test_shapes_fail((turtle), RP_ILL_FORMED, (message), __FILE__, __LINE__)
#define CHECK_UNSUPPORTED(turtle, message) \
    rp_test_shapes_fail((turtle), RP_UNSUPPORTED, (message), __FILE__, __LINE__)

#endif
