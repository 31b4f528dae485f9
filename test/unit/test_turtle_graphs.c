/* rdf/turtle_block, rdf/turtle_quad: graphs of TriG and N-Quads (RDF 1.1 TriG; RDF 1.1 N-Quads). */
#include "check.h"
#include "turtle_text.h"

#define PREFIXES "@prefix : <http://e/> .\n"
#define TYPE "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define ONE "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"

/* What a choice of graphs gives. */
static void
check_choice(RpGraphChoice choice, const char *iri, const char *document, const char *triples)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    turtle.options.graphs = choice;
    turtle.options.graph_iri = rp_text_from(iri);
    if (!CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), RP_OK) ||
        !CHECK_TEXT(rp_buffer_text(&turtle.triples), triples)) {
        CHECK_TEXT(rp_text_from(document), turtle.error.message);
    }
    rp_test_turtle_end(&turtle);
}

static void
check_reads(const char *document, const char *triples)
{
    check_choice(RP_GRAPHS_ALL, "", document, triples);
}

static void
check_refuses(const char *document, uint32_t line, uint32_t column, const char *message)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    turtle.options.graphs = RP_GRAPHS_ALL;
    if (!CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(document)), RP_SYNTAX) ||
        !CHECK_INT(turtle.error.line, line) || !CHECK_INT(turtle.error.column, column) ||
        !CHECK_TEXT(rp_text_from(turtle.error.message), message)) {
        CHECK_TEXT(rp_text_from(document), turtle.error.message);
    }
    rp_test_turtle_end(&turtle);
}

RP_TEST(turtle_graphs_of_trig)
{
    check_reads(PREFIXES ":a :b :c . :g { :a :b :d . :a :b 1 } { :a :b :e } :a :b :f .",
                "<a> <b> <c>\n<a> <b> <d> <g>\n<a> <b> " ONE " <g>\n<a> <b> <e>\n<a> <b> <f>\n");
    check_reads(PREFIXES "GRAPH :g { :a a :b } graph <http://e/h>{:a a :b.}<http://e/i>{:a a :b}",
                "<a> " TYPE " <b> <g>\n<a> " TYPE " <b> <h>\n<a> " TYPE " <b> <i>\n");
    check_reads("{}", "");
    check_reads(PREFIXES ":g {} :h { } GRAPH :i { # }\n } :a :b :c .", "<a> <b> <c>\n");
    check_reads(PREFIXES "_:g { _:g :b \"}\" , '{' } _:b1 { :a :b _:b1 }",
                "_:g <b> \"}\" _:g\n_:g <b> \"{\" _:g\n<a> <b> _:b1 _:b1\n");
    check_reads(PREFIXES "[] { :a :b [ :c :d ] } GRAPH [ ] { [ :c :d ] } [ :e :f ] .",
                "<a> <b> _:b2 _:b1\n_:b2 <c> <d> _:b1\n_:b4 <c> <d> _:b3\n_:b5 <e> <f>\n");
    check_reads(PREFIXES ":g{:a :b 1}:g{:a :b 1.}:g{:a :b true}:g{:a :b \"x\"@en}:g{:a :b :c ;}",
                "<a> <b> " ONE " <g>\n<a> <b> " ONE " <g>\n"
                "<a> <b> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> <g>\n"
                "<a> <b> \"x\"@en <g>\n<a> <b> <c> <g>\n");
    check_reads("@base <http://e/> . <graph> { <base> <prefix> <graph> }",
                "<base> <prefix> <graph> <graph>\n");
    check_reads("@prefix graph: <http://e/> . graph:g { graph:a graph:b graph:c }",
                "<a> <b> <c> <g>\n");
}

RP_TEST(turtle_graphs_of_nquads)
{
    check_reads("<http://e/a> <http://e/b> <http://e/c> <http://e/g> .\n"
                "<http://e/a> <http://e/b> <http://e/c> .\n"
                "_:a <http://e/b> \"x\\n\"@en _:g . # and\n"
                "_:a <http://e/b> \"1\"^^<http://e/d>\t_:g.\n"
                "<http://e/a> <http://e/b> _:o <http://e/\\u0067> .\n"
                "<http://e/a> <http://e/b> _:o <http://e/\\u0067> .",
                "<a> <b> <c> <g>\n<a> <b> <c>\n_:a <b> \"x\\n\"@en _:g\n"
                "_:a <b> \"1\"^^<http://e/d> _:g\n<a> <b> _:o <g>\n<a> <b> _:o <g>\n");
    check_reads("<http://e/a><http://e/b><http://e/c><http://e/g>.\n"
                "_:a<http://e/b>\"x\"<http://e/g>.\n_:a<http://e/b>\"x\"@en_:g.\n"
                "_:a<http://e/b>\"x\"^^<http://e/d><http://e/g>.\n_:a<http://e/b>_:o<http://e/g>.",
                "<a> <b> <c> <g>\n_:a <b> \"x\" <g>\n_:a <b> \"x\"@en _:g\n"
                "_:a <b> \"x\"^^<http://e/d> <g>\n_:a <b> _:o <g>\n");
    check_reads("<http://e/a> <http://e/b> <http://e/c>.<http://e/a> <http://e/b> \"\".\n"
                "<http://e/a> <http://e/b> _:x.y.<http://e/a> <http://e/b> _:x.y <http://e/g>.",
                "<a> <b> <c>\n<a> <b> \"\"\n<a> <b> _:x.y\n<a> <b> _:x.y <g>\n");
}

/* What is read is of one format: nothing of Turtle's stands in N-Quads. */
RP_TEST(turtle_graphs_are_of_one_format)
{
#define QUAD "<http://e/a> <http://e/b> <http://e/c> <http://e/g> .\n"
#define NO_END "not valid Turtle: \".\", \";\" or \",\" is expected after an object"
    check_refuses(PREFIXES QUAD, 2, 40, NO_END);
    check_refuses("<http://e/a> a <http://e/b> .\n" QUAD, 2, 40, NO_END);
    check_refuses("<http://e/a> <http://e/b> 'x' .\n" QUAD, 2, 40, NO_END);
    check_refuses("<http://e/a> <http://e/b> \"\"\"x\"\"\" .\n" QUAD, 2, 40, NO_END);
    check_refuses("<http://e/a> <http://e/b> 1 .\n" QUAD, 2, 40, NO_END);
    check_refuses("<http://e/a> <http://e/b> [] .\n" QUAD, 2, 40, NO_END);
    check_refuses("<http://e/a> <http://e/b> <http://e/c> ; .\n" QUAD, 2, 40, NO_END);
    check_refuses("<http://e/a> <http://e/b> <http://e/c> , <http://e/d> .\n" QUAD, 2, 40, NO_END);
    check_refuses("{}\n" QUAD, 2, 40,
                  "not valid TriG: \".\", \";\" or \",\" is expected after an object");
    check_refuses(QUAD PREFIXES, 2, 1, "not valid N-Quads: unexpected \"@\"");
    check_refuses(QUAD "PREFIX e: <http://e/>", 2, 1, "not valid N-Quads: unexpected \"P\"");
    check_refuses(QUAD "<http://e/a> a <http://e/b> .", 2, 14,
                  "not valid N-Quads: unexpected \"a\"");
    check_refuses(QUAD "{}", 2, 1, "not valid N-Quads: unexpected \"{\"");
    check_refuses(QUAD "GRAPH <http://e/g> {}", 2, 1, "not valid N-Quads: unexpected \"G\"");
    check_refuses(QUAD "<http://e/a> <http://e/b> 'x' .", 2, 27,
                  "not valid N-Quads: unexpected \"'\"");
    check_refuses(QUAD "<http://e/a> <http://e/b> \"x\" ;.", 2, 31,
                  "not valid N-Quads: unexpected \";\"");
    check_refuses("<http://e/a> <http://e/b> <http://e/c>\n<http://e/d> .", 2, 1, NO_END);
    check_refuses("<http://e/a> <http://e/b> <http://e/c>#<http://e/d> .", 1, 54,
                  "not valid Turtle: the text ends within a statement, before its \".\"");
    check_refuses("<http://e/a> <http://e/b> <http://e/c> <http://e/d> <http://e/e> .", 1, 40,
                  NO_END);
    check_refuses("<http://e/a> <http://e/b> <http://e/c> \"d\" .", 1, 40, NO_END);
    check_refuses("<http://e/a> <http://e/b> <http://e/c> <d> .", 1, 40,
                  "not valid N-Quads: IRI <d> is not absolute");
}

RP_TEST(turtle_graphs_refused)
{
    static const char no_name[] =
        "not valid TriG: GRAPH needs the name of a graph: an IRI or a blank node";

    check_refuses("GRAPH {}", 1, 7, no_name);
    check_refuses("GRAPH", 1, 6, no_name);
    check_refuses("GRAPH () {}", 1, 7, no_name);
    check_refuses("GRAPH \"g\" {}", 1, 7, no_name);
    check_refuses(PREFIXES "GRAPH [ :a :b ] {}", 2, 9, no_name);
    check_refuses(PREFIXES "GRAPH :g :h {}", 2, 10,
                  "not valid TriG: \"{\" is expected after the name of a graph");
    check_refuses(PREFIXES "GRAPH :g", 2, 9,
                  "not valid TriG: \"{\" is expected after the name of a graph");
    check_refuses(PREFIXES "GRAPH :g { :a :b :c } .", 2, 23, "not valid TriG: unexpected \".\"");
    check_refuses(PREFIXES ":g { :a :b :c", 2, 4, "not valid TriG: \"{\" is not closed by \"}\"");
    check_refuses(PREFIXES ":g { :h {} }", 2, 9,
                  "not valid TriG: a graph may not stand in a graph");
    check_refuses(PREFIXES ":g { GRAPH :h {} }", 2, 6,
                  "not valid TriG: a graph may not stand in a graph");
    check_refuses(PREFIXES ":g { @prefix a: <http://e/> . }", 2, 6,
                  "not valid TriG: a directive may not stand in a graph");
    check_refuses(PREFIXES ":g { BASE <http://e/> }", 2, 6,
                  "not valid TriG: a directive may not stand in a graph");
    check_refuses(PREFIXES ":g { [] }", 2, 9,
                  "not valid TriG: a statement needs a predicate and an object after []");
    check_refuses(PREFIXES ":g { :a :b [ }", 2, 14,
                  "not valid TriG: \"[\" or \"(\" is not closed before \"}\"");
    check_refuses(PREFIXES ":g { :a :b }", 2, 12,
                  "not valid TriG: an object, or a digit of a number, is expected");
    check_refuses("}", 1, 1, "not valid Turtle: unexpected \"}\"");
    check_refuses("{\"a\": 1}", 1, 1, "not valid Turtle: unexpected \"{\"");
#define BEFORE                                                                               \
    "not valid Turtle: before \"{\" nothing but the name of a graph may stand: an IRI or a " \
    "blank node"
    check_refuses(PREFIXES "[ :a :b ] {}", 2, 11, BEFORE);
    check_refuses(PREFIXES "( 1 ) {}", 2, 7, BEFORE);
    check_refuses("() {}", 1, 4, BEFORE);
    check_refuses(PREFIXES ":a :b {}", 2, 7, BEFORE);
    check_refuses(PREFIXES ":a :b :c {}", 2, 10, BEFORE);
    check_refuses("@prefix {}", 1, 9, BEFORE);
    check_refuses("no:g {}", 1, 1, "not valid TriG: prefix \"no:\" is not declared");
    check_refuses("<g> {}", 1, 1, "not valid TriG: no base IRI is known for the relative IRI <g>");
}

/* Shapes are of one graph: the formats that have more are refused, and named. */
RP_TEST(turtle_graphs_of_shapes)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("<http://e/g> {}")), RP_SYNTAX);
    CHECK_TEXT(rp_text_from(turtle.error.message), "not valid Turtle: unexpected \"{\"");
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT(QUAD)), RP_SYNTAX);
    CHECK_TEXT(rp_text_from(turtle.error.message), NO_END);
    rp_test_turtle_end(&turtle);
}

RP_TEST(turtle_graphs_chosen)
{
    static const char trig[] = PREFIXES ":a :b 1 . :g { :a :b :c } :h { :a :b :d, :e } :i {}";
    static const char nquads[] =
        "<http://e/a> <http://e/b> \"\" .\n" QUAD "<http://e/a> <http://e/b> _:a <http://e/h> .";
    RpTestTurtle turtle;

    check_choice(RP_GRAPHS_DEFAULT, "", trig, "<a> <b> " ONE "\n");
    check_choice(RP_GRAPHS_ONE, "http://e/h", trig, "<a> <b> <d> <h>\n<a> <b> <e> <h>\n");
    check_choice(RP_GRAPHS_DEFAULT, "", nquads, "<a> <b> \"\"\n");
    check_choice(RP_GRAPHS_ONE, "http://e/g", nquads, "<a> <b> <c> <g>\n");
    rp_test_turtle_begin(&turtle);
    turtle.options.graphs = RP_GRAPHS_DEFAULT;
    CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(trig)), RP_OK);
    CHECK_INT(turtle.graphs_read.left_aside, 3);
    turtle.options.graphs = RP_GRAPHS_ONE;
    turtle.options.graph_iri = RP_TEXT("http://e/i");
    CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(trig)), RP_OK);
    CHECK(turtle.graphs_read.has_chosen);
    turtle.options.graph_iri = RP_TEXT("http://e/j");
    CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(trig)), RP_OK);
    CHECK(!turtle.graphs_read.has_chosen);
    rp_test_turtle_end(&turtle);
}

/* Lines and columns are those of the document, whatever libserd gets. */
RP_TEST(turtle_graphs_positions)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    turtle.options.graphs = RP_GRAPHS_ALL;
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT("@prefix : <http://e/> .\nGRAPH :g {\n"
                                                      "  :a :b :c .\n  :d :b\n :e }")),
                 RP_OK);
    CHECK_INT(turtle.position.line, 5);
    CHECK_INT(turtle.position.column, 2);
    CHECK_INT(turtle.position.subject_line, 4);
    CHECK_STATUS(rp_test_turtle_read(&turtle, RP_TEXT(QUAD QUAD)), RP_OK);
    CHECK_INT(turtle.position.line, 2);
    CHECK_INT(turtle.position.column, 27);
    CHECK_INT(turtle.position.subject_line, 2);
    rp_test_turtle_end(&turtle);
    check_refuses("@prefix : <http://e/> .\n:g { :a :b :c }\n:h { :a no:b :c }", 3, 9,
                  "not valid TriG: prefix \"no:\" is not declared");
}
