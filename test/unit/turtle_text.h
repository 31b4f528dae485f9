/* Documents read into canonical N-Triples, for the tests of the Turtle reader. */
#ifndef RP_TEST_TURTLE_TEXT_H
#define RP_TEST_TURTLE_TEXT_H

#include "rdf/turtle_reader.h"

typedef struct RpTestTurtle {
    RpArena arena;
    RpBuffer triples;    /* "s p o\n" each, with http://e/ shortened to nothing inside <> */
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
