/* Messages, paths and violation types of results. */
#include <stdio.h>
#include <string.h>

#include "validation.h"

#include "validate/message.h"
#include "validate/path_write.h"

RP_TEST(message_counts)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:email ; sh:maxCount 1 .",
                   "ex:a ex:email 1, 2 .", "has 2 values for ex:email, at most 1 is allowed");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:email ; sh:minCount 2 .",
                   "ex:a ex:email 1 .", "has 1 value for ex:email, at least 2 are needed");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:email ; sh:minCount 1 .", "",
                   "has no value for ex:email, at least 1 is needed");
}

RP_TEST(message_values)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:integer .",
                   "ex:a ex:p \"x\"@en .",
                   "value \"x\"@en of ex:p is an rdf:langString, not an xsd:integer");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxInclusive 5 .", "ex:a ex:p 7 .",
                   "value 7 of ex:p is not at most 5");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal .", "",
                   "ex:a is not a literal");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:in ( ex:b 1 \"c\" ) .", "",
                   "ex:a is not one of (ex:b, 1, \"c\")");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxLength 3 .",
                   "ex:a ex:p \"2020-01-01\"^^xsd:date .",
                   "value \"2020-01-01\"^^xsd:date of ex:p is longer than 3 characters");
}

RP_TEST(message_datatypes)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:date .",
                   "ex:a ex:p \"2020-01-01\" .",
                   "value \"2020-01-01\" of ex:p is an xsd:string, not an xsd:date");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:date .",
                   "ex:a ex:p \"2020-02-30\"^^xsd:date .",
                   "value \"2020-02-30\"^^xsd:date of ex:p is not a valid xsd:date");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:datatype ex:dt .", "",
                   "ex:a is an IRI, not an ex:dt");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:datatype <urn:dt> .",
                   "ex:a ex:p _:b .", "value _:b of ex:p is a blank node, not a <urn:dt>");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:decimal .",
                   "ex:a ex:p 5 .", "value 5 of ex:p is an xsd:integer, not an xsd:decimal");
}

RP_TEST(message_lengths)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minLength 1 .", "ex:a ex:p \"\" .",
                   "value \"\" of ex:p is shorter than 1 character");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minLength 2 .", "ex:a ex:p \"\" .",
                   "value \"\" of ex:p is shorter than 2 characters");
}

RP_TEST(message_node_kinds)
{
    CHECK_MESSAGES("ex:S sh:targetNode 1 ; sh:nodeKind sh:IRI .", "", "1 is not an IRI");
    CHECK_MESSAGES("ex:S sh:targetNode 1 ; sh:nodeKind sh:BlankNode .", "",
                   "1 is not a blank node");
    CHECK_MESSAGES("ex:S sh:targetNode 1 ; sh:nodeKind sh:BlankNodeOrIRI .", "",
                   "1 is not a blank node or an IRI");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:nodeKind sh:BlankNodeOrLiteral .", "",
                   "ex:a is not a blank node or a literal");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:nodeKind sh:IRIOrLiteral .",
                   "ex:a ex:p _:b .", "value _:b of ex:p is not an IRI or a literal");
}

RP_TEST(message_pairs)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:equals ex:q .", "ex:a ex:p 1 .",
                   "1 is a value of only one of ex:p and ex:q, which must have the same values");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:equals ex:q .", "ex:a ex:q ex:a, 1 .",
                   "the only value of ex:q must be ex:a");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:disjoint ex:q .",
                   "ex:a ex:p 1 ; ex:q 1 .",
                   "value 1 of ex:p is also a value of ex:q, and must not be");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:lessThan ex:q .",
                   "ex:a ex:p 1 ; ex:q 1 .",
                   "value 1 of ex:p is not less than every value of ex:q");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:lessThanOrEquals ex:q .",
                   "ex:a ex:p 2 ; ex:q 1 .",
                   "value 2 of ex:p is not less than or equal to every value of ex:q");
}

RP_TEST(message_languages)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:languageIn ( \"en\" \"fr\" ) .",
                   "ex:a ex:p \"x\"@de .",
                   "value \"x\"@de of ex:p is in none of the languages (\"en\", \"fr\")");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:uniqueLang true .",
                   "ex:a ex:p \"x\"@de, \"y\"@DE .",
                   "has 2 values for ex:p in one language, at most 1 is allowed");
}

RP_TEST(message_sets)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:hasValue 5 .", "",
                   "lacks the value 5 for ex:p");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:hasValue 5 .", "", "ex:a is not 5");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:closed true .", "ex:a ex:p 5 .",
                   "has the value 5 for ex:p, a property that its closed shape does not allow");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:pattern \"^a\" .",
                   "ex:a ex:p \"b\" .", "value \"b\" of ex:p does not match the pattern \"^a\"");
}

RP_TEST(message_shapes)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:not ex:T ; sh:node [ sh:class ex:C ] . ex:T "
                   "sh:nodeKind sh:IRI .",
                   "",
                   "ex:a conforms to the shape ex:T, and must not\n"
                   "ex:a does not conform to an unnamed shape");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:xone ( ex:T ex:T ) . ex:T sh:nodeKind sh:IRI .",
                   "", "ex:a conforms to 2 of the shapes of sh:xone instead of exactly 1");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedMinCount 2 ;"
                   " sh:qualifiedValueShape ex:T . ex:T sh:class ex:C .",
                   "ex:a ex:p ex:b, ex:c . ex:c a ex:C .",
                   "has 1 value for ex:p conforming to the shape ex:T, at least 2 are needed");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedMaxCount 0 ;"
                   " sh:qualifiedValueShape [ sh:class ex:C ] .",
                   "ex:a ex:p ex:b . ex:b a ex:C .",
                   "has 1 value for ex:p conforming to an unnamed shape, at most 0 are allowed");
}

/* The message of the first result of a report that keeps details. */
static void
check_reasons(const char *shapes, const char *data, const char *expected)
{
    RpTestRun run;
    RpBuffer buffer;

    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    run.report.keeps_details = true;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    if (CHECK(run.report.first != NULL)) {
        rp_message_write(&buffer, &run.data, run.report.first);
    }
    CHECK_TEXT(rp_buffer_text(&buffer), expected);
    rp_test_run_end(&run);
}

/* Where the report keeps nested results, a message says why. */
RP_TEST(message_reasons)
{
    check_reasons(
        "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:T ] . "
        "ex:T sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:maxCount 0 ],"
        " [ sh:path ex:r ; sh:minCount 1 ; sh:message \"no r\" ] .",
        "ex:a ex:p ex:b .",
        "value ex:b of ex:p does not conform to the shape ex:T: has no value for ex:q, at "
        "least 1 is needed; no r");
    check_reasons("ex:S sh:targetNode ex:a ; sh:or ( [ sh:nodeKind sh:Literal ] [ sh:minLength 99 ]"
                  " [ sh:class ex:A ] [ sh:class ex:B ] ) .",
                  "",
                  "ex:a conforms to none of the shapes of sh:or: ex:a is not a literal; ex:a is "
                  "shorter than 99 characters; ex:a is not an instance of ex:A; …");
    check_reasons(
        "ex:S sh:targetNode ex:a ; sh:xone ( ex:T ex:U ) . ex:T sh:class ex:C . "
        "ex:U sh:class ex:D .",
        "",
        "ex:a conforms to 0 of the shapes of sh:xone instead of exactly 1: ex:a is not an "
        "instance of ex:C; ex:a is not an instance of ex:D");
    check_reasons(
        "ex:S sh:targetNode ex:a ; sh:xone ( ex:T ex:T ex:U ) . ex:T sh:nodeKind sh:IRI . "
        "ex:U sh:class ex:D .",
        "", "ex:a conforms to 2 of the shapes of sh:xone instead of exactly 1");
    /* Nested conformance: each level says why, and not for ever. */
    check_reasons(
        "ex:A sh:targetNode ex:a ; sh:node ex:B . ex:B sh:node ex:C . ex:C sh:node ex:D . "
        "ex:D sh:node ex:E . ex:E sh:node ex:F . ex:F sh:nodeKind sh:Literal .",
        "",
        "ex:a does not conform to the shape ex:B: ex:a does not conform to the shape ex:C: "
        "ex:a does not conform to the shape ex:D: ex:a does not conform to the shape ex:E: "
        "ex:a does not conform to the shape ex:F");
}

/* IRIs of bare names (doc/sql.md, "Names") are these names; what is none of them stays an IRI. */
RP_TEST(message_bare_names)
{
    CHECK_MESSAGES("ex:S sh:targetNode <urn:rdfpolicy:name:Ann%20B%C3%A9a> ;"
                   " sh:path <urn:rdfpolicy:name:email> ; sh:minCount 1 ; sh:hasValue"
                   " <urn:rdfpolicy:name:> .",
                   "",
                   "has no value for email, at least 1 is needed\n"
                   "lacks the value <urn:rdfpolicy:name:> for email");
    CHECK_MESSAGES("ex:S sh:targetNode <urn:rdfpolicy:name:Ann%20B%C3%A9a> ; sh:class ex:C .", "",
                   "Ann Béa is not an instance of ex:C");
    CHECK_MESSAGES("ex:S sh:targetNode <urn:rdfpolicy:name:%FF> ; sh:class ex:C .", "",
                   "<urn:rdfpolicy:name:%FF> is not an instance of ex:C");
    CHECK_MESSAGES("ex:S sh:targetNode <urn:rdfpolicy:name:%0A> ; sh:class ex:C .", "",
                   "\\u000A is not an instance of ex:C");
}

/* Prefixes of the shapes text come first; a namespace that leaves no plain local name is no prefix.
 */
RP_TEST(message_shortens_iris)
{
    CHECK_MESSAGES(
        "@prefix e: <http://example.org/> . ex:S sh:targetNode e:a, <http://example.org/a/b> ;"
        "sh:class <http://schema.org/Person> .",
        "",
        "<http://example.org/a/b> is not an instance of schema:Person\n"
        "e:a is not an instance of schema:Person");
    CHECK_MESSAGES("@prefix schema: <https://schema.org/> . ex:S sh:targetNode ex:a ;"
                   "sh:class <http://schema.org/Person> .",
                   "", "ex:a is not an instance of <http://schema.org/Person>");
}

/* Of a value's classes the one that is nearest, where it is near. */
RP_TEST(message_names_the_nearest_class)
{
    CHECK_MESSAGES(
        "@prefix s: <http://schema.org/> . @prefix t: <https://schema.org/> . "
        "ex:S sh:targetNode ex:a, ex:b, ex:c ; sh:class s:Person .",
        "ex:a a ex:Thing, <https://schema.org/Person> . ex:b a <http://schema.org/Persn> . "
        "ex:c a ex:Thing .",
        "ex:a is not an instance of s:Person, but of t:Person\n"
        "ex:b is not an instance of s:Person, but of s:Persn\n"
        "ex:c is not an instance of s:Person");
}

RP_TEST(message_of_shape)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:class ex:C ; sh:message \"{value} is bad\" .", "",
                   "{value} is bad");
}

RP_TEST(message_cuts_values)
{
    char data[400] = "ex:a ex:p \"";
    char expected[400] = "value \"";

    for (int i = 0; i < 250; i++) {
        strcat(data, "x");
        strcat(expected, i < RP_ERROR_VALUE_LENGTH ? "x" : "");
    }
    strcat(data, "\" .");
    strcat(expected, "…\" of ex:p is longer than 3 characters");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxLength 3 .", data, expected);
}

static void
check_type(const char *shapes, const char *data, const char *expected)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    if (CHECK(run.report.first != NULL)) {
        CHECK_TEXT(rp_text_from(rp_result_violation_type(&run.data, run.report.first)), expected);
    }
    rp_test_run_end(&run);
}

RP_TEST(message_violation_types)
{
    check_type("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 1 .", "", "PROPERTY_MISSING");
    check_type("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 2 .", "",
               "MIN_COUNT_VIOLATION");
    check_type("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minLength 9 .", "ex:a ex:p \"x\" .",
               "MIN_LENGTH_VIOLATION");
    check_type("ex:S sh:targetNode ex:a ; sh:datatype xsd:string .", "", "DATATYPE_MISMATCH");
    check_type("ex:S sh:targetNode ex:a ; sh:minExclusive 1 .", "", "MIN_VALUE_VIOLATION");
}

static void
check_path(const char *path, const char *expected)
{
    char shapes[500];
    RpTestRun run;
    RpBuffer buffer;

    (void)snprintf(
        shapes, sizeof(shapes),
        "@prefix e: <e:> . ex:S sh:targetNode ex:a ; sh:path %s ; sh:hasValue ex:nothing .", path);
    CHECK_STATUS(rp_test_run_begin(&run, shapes, ""), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    if (CHECK(run.report.first != NULL)) {
        rp_path_write(&buffer, &run.data, run.report.first, false);
    }
    CHECK_TEXT(rp_buffer_text(&buffer), expected);
    rp_test_run_end(&run);
}

/* SPARQL 1.1, section 9.1: ^ binds less than * + ?, these less than /, which binds less than |. */
RP_TEST(path_write_syntax)
{
    check_path("e:p", "<e:p>");
    check_path("[ sh:inversePath e:p ]", "^<e:p>");
    check_path("( e:p [ sh:inversePath e:q ] e:r )", "<e:p>/^<e:q>/<e:r>");
    check_path("[ sh:alternativePath ( e:p ( e:q e:r ) ) ]", "(<e:p>|<e:q>/<e:r>)");
    check_path("[ sh:zeroOrMorePath ( e:p e:q ) ]", "(<e:p>/<e:q>)*");
    check_path("[ sh:oneOrMorePath [ sh:inversePath e:p ] ]", "(^<e:p>)+");
    check_path("[ sh:inversePath [ sh:oneOrMorePath e:p ] ]", "^<e:p>+");
    check_path("[ sh:zeroOrOnePath [ sh:zeroOrMorePath e:p ] ]", "(<e:p>*)?");
    check_path("[ sh:inversePath [ sh:inversePath e:p ] ]", "^(^<e:p>)");
    check_path("( [ sh:alternativePath ( e:p e:q ) ] ( e:r e:s ) )", "(<e:p>|<e:q>)/(<e:r>/<e:s>)");
}
