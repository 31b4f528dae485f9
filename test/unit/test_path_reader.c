/* Property paths. Expected values: SHACL Recommendation, section 2.3.1, and the test suite's
 * path-strange-001 and -002. */
#include "shacl/path_reader.h"

#include <stdio.h>

#include "base/buffer.h"
#include "shapes_of.h"

/* Write a path with ex:'s local names, as Lisp does: (sequence p (inverse q)). */
static void
write_path(const RpTestShapes *test, RpBuffer *buffer, const RpPath *path)
{
    static const char *const names[] = {
        "", "", "inverse", "sequence", "alternative", "zeroOrMore", "oneOrMore", "zeroOrOne"};

    if (path->kind == RP_PATH_PREDICATE) {
        RpTerm term = rp_dictionary_term(&test->graph.dictionary, path->predicate);

        rp_buffer_append(buffer, term.lexical.data + 10, term.lexical.length - 10);
        return;
    }
    rp_buffer_append_format(buffer, "(%s", names[path->kind]);
    for (uint32_t i = 0; i < path->part_count; i++) {
        rp_buffer_append_byte(buffer, ' ');
        write_path(test, buffer, path->parts[i]);
    }
    rp_buffer_append_byte(buffer, ')');
}

/* Check the path that ex:s sh:path … gives; a message instead of one where reading fails. */
static void
check_path(const char *turtle, const char *expected, int line)
{
    RpTestShapes test;
    char text[2000];
    RpBuffer buffer;
    RpTripleRange paths;
    uint32_t part_count;
    RpPath *path;

    (void)snprintf(text, sizeof text, "ex:s sh:path %s .", turtle);
    rp_check_status(rp_test_shapes_graph(&test, text), RP_OK, turtle, __FILE__, line);
    rp_check_status(rp_graph_freeze(&test.graph.graph, &test.error), RP_OK, turtle, __FILE__, line);
    rp_buffer_init(&buffer, &test.arena);
    paths =
        rp_graph_objects(&test.graph.graph, rp_test_shapes_ex(&test, "s"), RP_VOCABULARY_sh_path);
    if (rp_path_read(&test.graph, paths.first->object, RP_TEST_DEPTH_LIMIT, &path, &part_count,
                     &test.error) == RP_OK) {
        write_path(&test, &buffer, path);
    } else {
        rp_buffer_append_format(&buffer, "%d %s", (int)test.error.status, test.error.message);
    }
    rp_check_text(rp_buffer_text(&buffer), expected, turtle, __FILE__, line);
    rp_test_shapes_end(&test);
}

#define CHECK_PATH(turtle, expected) check_path((turtle), (expected), __LINE__)
#define ILL_FORMED "3 sh:path "

RP_TEST(path_seven_kinds)
{
    CHECK_PATH("ex:p", "p");
    CHECK_PATH("[ sh:inversePath ex:p ]", "(inverse p)");
    CHECK_PATH("( ex:p ex:q ex:p )", "(sequence p q p)");
    CHECK_PATH("[ sh:alternativePath ( ex:p ex:q ) ]", "(alternative p q)");
    CHECK_PATH("[ sh:zeroOrMorePath ex:p ]", "(zeroOrMore p)");
    CHECK_PATH("[ sh:oneOrMorePath ex:p ]", "(oneOrMore p)");
    CHECK_PATH("[ sh:zeroOrOnePath ex:p ]", "(zeroOrOne p)");
}

RP_TEST(path_nesting)
{
    CHECK_PATH("( ex:p [ sh:inversePath ( ex:q [ sh:zeroOrMorePath ex:r ] ) ] )",
               "(sequence p (inverse (sequence q (zeroOrMore r))))");
    CHECK_PATH("[ sh:alternativePath ( ( ex:p ex:q ) [ sh:oneOrMorePath ex:r ] ) ]",
               "(alternative (sequence p q) (oneOrMore r))");
}

/* A node that is a list is a sequence, whatever else it has. */
RP_TEST(path_strange)
{
    CHECK_PATH("[ rdf:first ex:p ; rdf:rest [ rdf:first ex:q ; rdf:rest rdf:nil ] ;\n"
               "  sh:inversePath ex:p ]",
               "(sequence p q)");
    CHECK_PATH("[ rdf:first ex:p ; rdf:rest [ rdf:first ex:q ; rdf:rest rdf:nil ] ;\n"
               "  sh:inversePath ( ex:p ) ]",
               "(sequence p q)");
}

RP_TEST(path_ill_formed)
{
    CHECK_PATH("\"p\"", ILL_FORMED "must be an IRI or a blank node, not a literal");
    CHECK_PATH("()", ILL_FORMED "has an empty list");
    CHECK_PATH("( ex:p )", ILL_FORMED "has a list of less than two members");
    CHECK_PATH("[ sh:alternativePath ( ex:p ) ]", ILL_FORMED "has a list of less than two members");
    CHECK_PATH("[ sh:alternativePath () ]", ILL_FORMED "has a list of less than two members");
    CHECK_PATH("[]", ILL_FORMED "has a blank node that is not the subject of exactly one triple");
    CHECK_PATH("[ sh:inversePath ex:p ; sh:zeroOrOnePath ex:p ]",
               ILL_FORMED "has a blank node that is not the subject of exactly one triple");
    CHECK_PATH("[ ex:inversePath ex:p ]", ILL_FORMED "has a blank node that is no path");
    CHECK_PATH("( ex:p 5 )", ILL_FORMED "must be an IRI or a blank node, not a literal");
    CHECK_PATH("_:a . _:a sh:inversePath _:b . _:b sh:zeroOrMorePath _:a",
               ILL_FORMED "contains itself");
}

RP_TEST(path_depth)
{
    char text[RP_TEST_DEPTH_LIMIT * 40] = "";
    char expected[RP_TEST_DEPTH_LIMIT * 20] = "";

    for (int i = 1; i < RP_TEST_DEPTH_LIMIT; i++) {
        strcat(text, "[ sh:inversePath ");
        strcat(expected, "(inverse ");
    }
    strcat(text, "ex:p");
    strcat(expected, "p");
    for (int i = 1; i < RP_TEST_DEPTH_LIMIT; i++) {
        strcat(text, " ]");
        strcat(expected, ")");
    }
    CHECK_PATH(text, expected);
    CHECK_PATH("_:a . _:a sh:inversePath [ sh:inversePath [ sh:inversePath [ sh:inversePath "
               "[ sh:inversePath [ sh:inversePath [ sh:inversePath [ sh:inversePath "
               "[ sh:inversePath [ sh:inversePath [ sh:inversePath [ sh:inversePath "
               "[ sh:inversePath [ sh:inversePath [ sh:inversePath [ sh:inversePath "
               "[ sh:inversePath [ sh:inversePath [ sh:inversePath [ sh:inversePath ex:p "
               "]]]]]]]]]]]]]]]]]]]",
               "6 sh:path is nested more than 20 deep");
}

/* A small graph whose path would have 2^15 parts: each list holds the next one twice. */
RP_TEST(path_size)
{
    char text[1500] = "( _:n0 _:n0 )";
    char line[80];

    for (int i = 0; i < 15; i++) {
        (void)snprintf(line, sizeof line, " . _:n%d sh:alternativePath ( _:n%d _:n%d )", i, i + 1,
                       i + 1);
        strcat(text, line);
    }
    strcat(text, " . _:n15 sh:inversePath ex:p");
    CHECK_PATH(text, "7 sh:path has more than 10000 parts");
}

/* The suite's path-unused-001: what no sh:path refers to is not judged. */
RP_TEST(path_unused)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:S sh:path ex:p ; sh:minCount 1 .\n"
                                   "[] sh:inversePath 5 , ex:q .",
                                   false),
                 RP_OK);
    rp_test_shapes_end(&test);
}
