/* What is said of a text that is no Turtle: rdf/foreign_format, rdf/turtle_complaint, prefixes. */
#include "check.h"
#include "turtle_text.h"

/* The hint about a text. */
static void
check_hint(const char *text, const char *expected)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(text)), RP_SYNTAX);
    if (rp_text_starts_with(rp_text_from(turtle.error.hint), rp_text_from(expected))) {
        CHECK(expected[0] != '\0' || turtle.error.hint[0] == '\0');
    } else {
        CHECK_TEXT(rp_text_from(turtle.error.hint), expected);
    }
    rp_test_turtle_end(&turtle);
}

RP_TEST(foreign_format_by_beginning)
{
    check_hint("{\"@context\": {}, \"@id\": \"http://e/a\"}", "The text looks like JSON-LD");
    check_hint("\n[ {\"@type\": \"http://e/a\"} ]", "The text looks like JSON-LD");
    check_hint("[{\"subject\": \"a\", \"predicate\": \"b\", \"value\": 1}]",
               "The text looks like triples as JSON: cast it to jsonb.");
    check_hint("{\"property\": \"name\", \"required\": true}",
               "The text looks like rules as JSON: rdf_policy_apply() takes all shapes");
    check_hint("{\"name\": 1}", "The text looks like JSON: ");
    check_hint("{}", "The text looks like JSON: ");
    check_hint("{\"{\\\"subject\\\":\\\"a\\\"}\"}", "The text looks like an array of PostgreSQL's");
    check_hint(" [ ] ", "The text looks like JSON: ");
    check_hint("[1, 2]", "The text looks like JSON: ");
    check_hint("[\"a\"]", "The text looks like JSON: ");
    check_hint("[null]", "The text looks like JSON: ");
    check_hint("<?xml version=\"1.0\"?><rdf:RDF/>", "The text looks like XML");
    check_hint("<rdf:RDF xmlns:rdf=\"x\">", "The text looks like XML");
    check_hint("<!-- x --><rdf:RDF>", "The text looks like XML");
    check_hint("<!DOCTYPE html>", "The text looks like XML");
}

RP_TEST(foreign_format_by_place)
{
    check_hint("<http://e/g> { <http://e/a> <http://e/b> <http://e/c> . }",
               "The text looks like TriG");
    check_hint("{ <http://e/a> <http://e/b> <http://e/c> . }", "The text looks like TriG");
    check_hint("GRAPH <http://e/g> { <http://e/a> <http://e/b> 1 }", "The text looks like TriG");
    check_hint("<http://e/a> <http://e/b> <http://e/c> <http://e/g> .",
               "The text looks like N-Quads");
    check_hint("<http://e/a> <http://e/b> 'x' .\n"
               "_:a <http://e/b> \"x \\\" y\"^^<http://e/d> _:g .",
               "The text looks like N-Quads");
    check_hint("<http://e/a> <http://e/b> \"x\"@en-GB <http://e/g> .\n",
               "The text looks like N-Quads");
    check_hint("{ ?x <http://e/b> ?y } => { ?y <http://e/c> ?x } .",
               "The text looks like Notation3");
    check_hint("@forAll <http://e/x> .", "The text looks like Notation3");
    check_hint("<http://e/a> = <http://e/b> .", "The text looks like Notation3");
    check_hint("PREFIX e: <http://e/>\nSELECT * WHERE { ?s ?p ?o }", "The text looks like SPARQL");
    check_hint("PREFIX e: <http://e/> SELECT * WHERE { ?s ?p ?o }", "The text looks like SPARQL");
    check_hint("BASE <http://e/> CONSTRUCT { ?s ?p ?o }", "The text looks like SPARQL");
    check_hint("<http://e/a> <http://e/b> 1 . ASK { ?s ?p ?o }", "The text looks like SPARQL");
    check_hint("<<<http://e/a> <http://e/b> 1>> <http://e/c> 1 .", "Triples within << and >>");
    check_hint("<< <http://e/a> <http://e/b> 1 >> <http://e/c> 1 .", "Triples within << and >>");
    check_hint("<http://e/a> <http://e/b> << <http://e/a> <http://e/b> 1 >> .",
               "Triples within << and >>");
    check_hint("INSERT DATA { <http://e/a> <http://e/b> 1 }", "The text looks like SPARQL");
}

RP_TEST(turtle_hints_at_directives)
{
    check_hint("prefix e: <http://e/> . e:a e:b 1 .", "A prefix is declared as @prefix ex: ");
    check_hint("@prefx e: <http://e/> .", "A prefix is declared as @prefix ex: ");
    check_hint("@prefix e: http://e/ .", "A prefix is declared as @prefix ex: ");
    check_hint("prefix: <http://e/> 1 1 .", "Declare it");
    check_hint("@prefix e: <http://e/> . e:a e:b %1 .", "");
    check_hint("PREFIX e: <http://e/> e:a e:b c .", "A prefix");
}

/* What is Turtle with a fault is not taken for something else. */
RP_TEST(foreign_format_of_turtle)
{
    check_hint("<http://e/a> <http://e/b> <http://e/c> ;;; oops", "");
    check_hint("<http://e/a> <http://e/b> \"x\" <http://e/c>", "");
    check_hint("<http://e/a> <http://e/b> \"{\" , ", "");
    check_hint("[ <http://e/b> ] . ", "");
    check_hint("[ ] <http://e/b> ", "");
    check_hint("@prefix e: <http://e/> . e:ask *", "");
}

RP_TEST(foreign_format_of_prefixes)
{
    check_hint("@prefix people: <http://e/> . poeple:a a people:b .", "Did you mean \"people:\"?");
    check_hint("@prefix ex: <http://e/> . EX:a a ex:b .", "Did you mean \"ex:\"?");
    check_hint("<http://e/a> foaf:name 1 .",
               "Declare it: @prefix foaf: <http://xmlns.com/foaf/0.1/> .");
    check_hint("<http://e/a> shema:name 1 .", "Did you mean \"schema:\"?");
    check_hint("<http://e/a> nothing:name 1 .", "Declare it: @prefix nothing: <namespace IRI> .");
    check_hint("<http://e/a> :name 1 .", "Declare it: @prefix : <namespace IRI> .");
    check_hint("@prefix true: <http://e/> . <http://e/a> tru:name 1 .", "Did you mean \"true:\"?");
    check_hint("@prefix : <http://e/> . :a no:name 1 .",
               "Declare it: @prefix no: <namespace IRI> .");
}

static void
check_message(const char *text, const char *expected)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(text)), RP_SYNTAX);
    CHECK_TEXT(rp_text_from(turtle.error.message), expected);
    rp_test_turtle_end(&turtle);
}

/* Every message is a sentence, and none is libserd's. */
RP_TEST(turtle_complaints)
{
    check_message("<http://e/a> <http://e/b> <http://e/c> ;;; oops",
                  "not valid Turtle: expected an IRI in <> or a name with a prefix like ex:oops, "
                  "found \"oops\"");
    check_message("<http://e/a> <http://e/b> <http://e/c> ; 5 6 .",
                  "not valid Turtle: a predicate (an IRI, a prefixed name or \"a\") is expected");
    check_message("<http://e/a> a Person .", "not valid Turtle: expected an IRI in <> or a name "
                                             "with a prefix like ex:Person, found \"Person\"");
    check_message("<http://e/a> <http://e/b> <http://e/c>",
                  "not valid Turtle: the text ends within a statement, before its \".\"");
    check_message("<http://e/a> <http://e/b> <http://e/c> <http://e/d> .",
                  "not valid Turtle: \".\", \";\" or \",\" is expected after an object");
    check_message("<http://e/a> <http://e/b> .",
                  "not valid Turtle: an object, or a digit of a number, is expected");
    check_message("<http://e/a> .", "not valid Turtle: the statement ends too early");
    check_message("<http://e/a b> <http://e/b> 1 .",
                  "not valid Turtle: a space is not allowed in an IRI");
    check_message("<http://e/a\\u0020b> <http://e/b> 1 .",
                  "not valid Turtle: invalid escaped IRI character U+0020");
    check_message("<a> <http://e/b> 1 .",
                  "not valid Turtle: no base IRI is known for the relative IRI <a>");
    check_message("alice a <http://e/b> .",
                  "not valid Turtle: expected an IRI in <> or a name with a "
                  "prefix like ex:alice, found \"alice\"");
    check_message("@prefix e: http://e/ .", "not valid Turtle: expected an IRI in <>");
    check_message("@prefix e: <http://e/> e:a e:b 1 .", "not valid Turtle: expected \".\"");
    check_message("<http://e/a> <http://e/b> \"x\"@ .", "not valid Turtle: unexpected \" \"");
    check_message(
        "<http://e/a> <http://e/b> \"x\"^^integer .",
        "not valid Turtle: a language is expected behind \"@\", or a datatype behind \"^^\"");

    check_message("<http://e/a> <http://e/b> \"x\"@1 .", "not valid Turtle: unexpected \"1\"");
    check_message("<http://e/a> <http://e/b> \"\\q\" .",
                  "not valid Turtle: there is no such escape");
    check_message("<http://e/a> <http://e/b> %1 .", "not valid Turtle: unexpected \"%\"");
    check_message("<http://e/%zz> <http://e/b> 1 .",
                  "not valid Turtle: \"%\" must be followed by two hexadecimal digits in IRI "
                  "<http://e/%zz>");
}

static void
check_column(const char *text, uint32_t column)
{
    RpTestTurtle turtle;

    rp_test_turtle_begin(&turtle);
    CHECK_STATUS(rp_test_turtle_read(&turtle, rp_text_from(text)), RP_SYNTAX);
    CHECK_INT(turtle.error.column, column);
    rp_test_turtle_end(&turtle);
}

/* The place is that of the term at fault, be it subject, predicate, object or datatype. */
RP_TEST(turtle_faults_have_their_place)
{
    check_column("no:a <http://e/b> 1 .", 1);
    check_column("<http://e/a> no:b 1 .", 14);
    check_column("<http://e/a> <http://e/b> no:c .", 27);
    check_column("<http://e/a> <http://e/b> \"x\"^^no:d .", 32);
    check_column("<a> <http://e/a> <http://e/a> .", 1);
    check_column("<http://e/a> <a> 1 .", 14);
    check_column("<http://e/a> <http://e/b> 1 ; xno:c 2 ; no:c 3 .", 31);
    check_column("<http://e/a> <http://e/b> \"x\"@toolonglanguage .", 27);
    check_column("<http://e/%zz> <http://e/b> 1 .", 1);
    check_column("@prefix a: <b> . a:c a:d a:e .", 12);
}
