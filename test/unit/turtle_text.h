/* Documents read into canonical N-Triples, for the tests of the Turtle reader. */
#ifndef RP_TEST_TURTLE_TEXT_H
#define RP_TEST_TURTLE_TEXT_H

#include "rdf/turtle_reader.h"

typedef struct RpTestTurtle {
    RpArena arena;
    RpBuffer triples; /* "s p o\n" each, or "s p o g\n" in a named graph, with http://e/
                            shortened to nothing inside <> */
    RpBuffer graph;   /* " g" of the triples that follow, or nothing */
    RpGraphsRead graphs_read;
    RpBuffer prefixes;   /* "prefix=namespace\n" each */
    RpPosition position; /* of the last triple */
    uint32_t count;
    RpStatus sink_status; /* what the sink returns */
    RpError error;
    RpTurtleOptions options;
} RpTestTurtle;

/* Begin with the default options; end frees the arena and checks that no block is left. */
void rp_test_turtle_begin(RpTestTurtle *turtle);
RpStatus rp_test_turtle_read(RpTestTurtle *turtle, RpText document);
void rp_test_turtle_end(RpTestTurtle *turtle);

#endif
