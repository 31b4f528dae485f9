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
                   "ex:a ex:p \"x\"@en .", "value \"x\"@en of ex:p is not a valid xsd:integer");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxInclusive 5 .", "ex:a ex:p 7 .",
                   "value 7 of ex:p is not at most 5");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal .", "",
                   "ex:a is not of node kind sh:Literal");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:in ( ex:b 1 \"c\" ) .", "",
                   "ex:a is not one of (ex:b, 1, \"c\")");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxLength 3 .",
                   "ex:a ex:p \"2020-01-01\"^^xsd:date .",
                   "value \"2020-01-01\"^^xsd:date of ex:p is longer than 3 characters");
}

RP_TEST(message_lengths)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minLength 1 .", "ex:a ex:p \"\" .",
                   "value \"\" of ex:p is shorter than 1 character");
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minLength 2 .", "ex:a ex:p \"\" .",
                   "value \"\" of ex:p is shorter than 2 characters");
}

RP_TEST(message_shapes)
{
    CHECK_MESSAGES("ex:S sh:targetNode ex:a ; sh:not ex:T ; sh:node [ sh:class ex:C ] . ex:T "
                   "sh:nodeKind sh:IRI .",
                   "",
                   "ex:a conforms to the shape ex:T, which it must not\n"
                   "ex:a does not conform to the shape (unnamed)");
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
        rp_path_write(&buffer, &run.data, run.report.first);
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
