/* Targets, value nodes, severities and the report: SHACL Recommendation, sections 2.1, 3.4 and 3.6.
 */
#include <stdio.h>

#include "validation.h"

#include "host.h"

/* A shape that every focus node violates, so that results show the focus nodes. */
#define FAILS "sh:hasValue ex:nothing "

RP_TEST(validate_target_node)
{
    CHECK_REPORT("ex:S sh:targetNode ex:a, \"x\" ; " FAILS ".", "ex:b ex:p ex:c .",
                 "\"x\" | - | HasValue | - | sh:Violation | ex:S\n"
                 "ex:a | - | HasValue | - | sh:Violation | ex:S");
}

RP_TEST(validate_target_class)
{
    CHECK_REPORT("ex:S sh:targetClass ex:C ; " FAILS ".",
                 "ex:a a ex:C . ex:b a ex:D . ex:c a ex:E . ex:d a ex:F ."
                 "ex:D rdfs:subClassOf ex:C . ex:E rdfs:subClassOf ex:D .",
                 "ex:a | - | HasValue | - | sh:Violation | ex:S\n"
                 "ex:b | - | HasValue | - | sh:Violation | ex:S\n"
                 "ex:c | - | HasValue | - | sh:Violation | ex:S");
    CHECK_REPORT("ex:S sh:targetClass ex:C ; " FAILS ".", "ex:a a ex:D .", "conforms");
}

RP_TEST(validate_target_class_with_subclass_of_shapes)
{
    CHECK_REPORT("ex:S sh:targetClass ex:C ; " FAILS ". ex:E rdfs:subClassOf ex:D .",
                 "ex:a a ex:E . ex:D rdfs:subClassOf ex:C .",
                 "ex:a | - | HasValue | - | sh:Violation | ex:S");
}

RP_TEST(validate_implicit_class_target)
{
    CHECK_REPORT("ex:C a sh:NodeShape, rdfs:Class ; " FAILS ".", "ex:a a ex:C .",
                 "ex:a | - | HasValue | - | sh:Violation | ex:C");
}

RP_TEST(validate_target_subjects_and_objects)
{
    CHECK_REPORT("ex:S sh:targetSubjectsOf ex:p ; " FAILS ".", "ex:a ex:p ex:b, ex:c ; ex:q ex:d .",
                 "ex:a | - | HasValue | - | sh:Violation | ex:S");
    CHECK_REPORT("ex:S sh:targetObjectsOf ex:p ; " FAILS ".",
                 "ex:a ex:p ex:b, \"x\" . ex:c ex:p ex:b . ex:d ex:q ex:e .",
                 "\"x\" | - | HasValue | - | sh:Violation | ex:S\n"
                 "ex:b | - | HasValue | - | sh:Violation | ex:S");
}

/* A node that several targets give is judged once. */
RP_TEST(validate_targets_are_a_union)
{
    CHECK_REPORT("ex:S sh:targetClass ex:C ; sh:targetNode ex:a ; sh:targetSubjectsOf ex:p ; " FAILS
                 ".",
                 "ex:a a ex:C ; ex:p ex:b .", "ex:a | - | HasValue | - | sh:Violation | ex:S");
}

RP_TEST(validate_targets_on_property_shape)
{
    CHECK_REPORT("ex:P sh:path ex:p ; sh:minCount 1 ; sh:targetNode ex:a .", "",
                 "ex:a | ex:p | MinCount | - | sh:Violation | ex:P");
}

/* Targets of a shape that is used by another one do not matter there. */
RP_TEST(validate_nested_property_shapes)
{
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:property ex:Q ] ."
                 "ex:Q sh:path ex:q ; sh:minCount 1 ; sh:targetNode ex:z .",
                 "ex:a ex:p ex:b, ex:c . ex:b ex:q 1 . ex:z ex:q 1 .",
                 "ex:c | ex:q | MinCount | - | sh:Violation | ex:Q");
}

RP_TEST(validate_deactivated)
{
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:deactivated true ; " FAILS ".", "", "conforms");
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:deactivated false ; " FAILS ".", "",
                 "ex:a | - | HasValue | - | sh:Violation | ex:S");
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:node ex:T ; sh:property ex:P ."
                 "ex:T sh:deactivated true ; " FAILS "."
                 "ex:P sh:path ex:p ; sh:minCount 1 ; sh:deactivated true .",
                 "", "conforms");
}

RP_TEST(validate_severity)
{
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:severity sh:Info ; " FAILS "; sh:property ex:P ."
                 "ex:P sh:path ex:p ; sh:minCount 1 ; sh:severity ex:Bad .",
                 "",
                 "ex:a | - | HasValue | - | sh:Info | ex:S\n"
                 "ex:a | ex:p | MinCount | - | ex:Bad | ex:P");
}

RP_TEST(validate_empty_data)
{
    CHECK_REPORT("ex:S sh:targetClass ex:C ; " FAILS ".", "", "conforms");
}

/* Three violations: two sh:Violation, one sh:Info first. */
static const char counted_shapes[] = "ex:A sh:targetNode ex:a ; sh:severity sh:Info ; " FAILS
                                     ". ex:B sh:targetNode ex:a, ex:b ; " FAILS ".";

RP_TEST(validate_counts_beyond_the_kept)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, counted_shapes, ""), RP_OK);
    run.report.kept_limit = 1;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.kept_count, 1);
    CHECK_INT(run.report.total_count, 3);
    CHECK_INT(run.report.disallowed_count, 3);
    CHECK_INT(run.report.focus_node_count, 3);
    CHECK(run.report.first != NULL && run.report.first->next == NULL);
    CHECK(!rp_report_conforms(&run.report));
    rp_test_run_end(&run);
}

RP_TEST(validate_stops_when_cut)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, counted_shapes, ""), RP_OK);
    run.report.kept_limit = 2;
    run.report.stops_when_cut = true;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.kept_count, 2);
    CHECK_INT(run.report.total_count, 3);
    CHECK(run.report.is_cut);
    rp_test_run_end(&run);
    CHECK_STATUS(rp_test_run_begin(&run, counted_shapes, ""), RP_OK);
    run.report.kept_limit = 1;
    run.report.stops_when_cut = true;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, 2);
    CHECK_INT(run.report.focus_node_count, 2);
    rp_test_run_end(&run);
}

RP_TEST(validate_stops_at_disallowed)
{
    static const RpText severities[] = {{RP_SH "Violation", sizeof(RP_SH "Violation") - 1}};
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, counted_shapes, ""), RP_OK);
    run.report.kept_limit = 0;
    run.report.stop_at_disallowed = 1;
    run.report.disallowed_severities = severities;
    run.report.disallowed_severity_count = 1;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.disallowed_count, 1);
    CHECK_INT(run.report.total_count, 2);
    rp_test_run_end(&run);
}

/* Only severities that are named make the data not conform. */
RP_TEST(validate_disallowed_severities)
{
    static const RpText severities[] = {{"http://ex/Bad", sizeof("http://ex/Bad") - 1}};
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, counted_shapes, ""), RP_OK);
    run.report.disallowed_severities = severities;
    run.report.disallowed_severity_count = 1;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, 3);
    CHECK(rp_report_conforms(&run.report));
    rp_test_run_end(&run);
}

static const char nested_shapes[] =
    "ex:S sh:targetNode ex:a ; sh:node ex:T ."
    "ex:T sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:node ex:U ] ."
    "ex:U " FAILS ".";

RP_TEST(validate_details)
{
    RpTestRun run;
    const RpResult *result;

    CHECK_STATUS(rp_test_run_begin(&run, nested_shapes, "ex:a ex:p ex:b ."), RP_OK);
    run.report.keeps_details = true;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, 1);
    result = run.report.first;
    if (CHECK(result && result->details && result->details->details)) {
        CHECK(result->details->next == NULL);
        CHECK_INT(result->details->focus, result->focus);
        CHECK_INT(result->details->details->focus, result->details->value);
    }
    rp_test_run_end(&run);
}

RP_TEST(validate_without_details)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, nested_shapes, "ex:a ex:p ex:b ."), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, 1);
    CHECK(run.report.first && run.report.first->details == NULL);
    rp_test_run_end(&run);
}

RP_TEST(validate_depth_limit)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, nested_shapes, "ex:a ex:p ex:b ."), RP_OK);
    CHECK_STATUS(rp_validate(&run.data, 3, &run.report, &run.error), RP_TOO_DEEP);
    rp_test_run_end(&run);
    CHECK_STATUS(rp_test_run_begin(&run, nested_shapes, "ex:a ex:p ex:b ."), RP_OK);
    CHECK_STATUS(rp_validate(&run.data, 4, &run.report, &run.error), RP_OK);
    rp_test_run_end(&run);
}

RP_TEST(validate_deep_stack)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, nested_shapes, ""), RP_OK);
    rp_test_stack_is_deep = true;
    CHECK_STATUS(rp_test_run_validate(&run), RP_TOO_DEEP);
    rp_test_stack_is_deep = false;
    rp_test_run_end(&run);
}

/* Whichever allocation fails, validation says so and nothing is lost. */
RP_TEST(validate_out_of_memory)
{
    for (long n = 1; n < 50; n++) {
        RpTestRun run;
        RpStatus status;

        CHECK_STATUS(rp_test_run_begin(&run, nested_shapes, "ex:a ex:p ex:b ."), RP_OK);
        run.report.keeps_details = true;
        rp_test_fail_allocation_after = n;
        status = rp_test_run_validate(&run);
        rp_test_fail_allocation_after = -1;
        CHECK(status == RP_OK || status == RP_OUT_OF_MEMORY);
        rp_test_run_end(&run);
    }
}

/* A validation that the host wants to stop gives no verdict. */
RP_TEST(validate_interrupted)
{
    static char data[60000];
    size_t length = 0;
    RpTestRun run;

    for (int i = 0; i < 2000; i++) {
        length +=
            (size_t)snprintf(data + length, sizeof(data) - length, "ex:n%d ex:p %d .\n", i, i);
    }
    CHECK_STATUS(rp_test_run_begin(&run, "ex:S sh:targetSubjectsOf ex:p ; sh:class ex:C .", data),
                 RP_OK);
    rp_test_stop_after = 1;
    CHECK_STATUS(rp_test_run_validate(&run), RP_INTERRUPTED);
    rp_test_stop_after = -1;
    rp_test_run_end(&run);
}

/* Values of 200 kB that are looked at again and again count as what they take. */
RP_TEST(validate_interrupted_among_long_values)
{
    static const char *const constraints[] = {
        "sh:datatype xsd:integer", "sh:minLength 1",   "sh:pattern \"^9\"",
        "sh:minInclusive 1",       "sh:lessThan ex:q",
    };
    static char data[210000];
    size_t length = (size_t)snprintf(
        data, sizeof(data), "ex:b ex:q 1, 2 . ex:a ex:p \"%0*d\"^^xsd:integer ; ex:q 1, 2 .",
        200000, 9);

    for (int i = 0; i < 100; i++) {
        length += (size_t)snprintf(data + length, sizeof(data) - length, "ex:n%d ex:r ex:a .", i);
    }
    for (size_t i = 0; i < sizeof(constraints) / sizeof(constraints[0]); i++) {
        char shapes[200];
        RpTestRun run;

        (void)snprintf(
            shapes, sizeof(shapes),
            "ex:S sh:targetSubjectsOf ex:r ; sh:property [ sh:path ( ex:r ex:p ) ; %s ] .",
            constraints[i]);
        CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
        rp_test_stop_after = 10;
        CHECK_STATUS(rp_test_run_validate(&run), RP_INTERRUPTED);
        rp_test_stop_after = -1;
        rp_test_run_end(&run);
    }
}

/* A failure at the bottom of many shapes within shapes is found in linear time, not in 2^40 steps.
 */
RP_TEST(validate_nested_shapes_are_not_judged_twice)
{
    char shapes[4000];
    size_t length =
        (size_t)snprintf(shapes, sizeof(shapes), "ex:S sh:targetNode ex:a ; sh:node ex:N0 . ");

    for (int i = 0; i < 40; i++) {
        length += (size_t)snprintf(shapes + length, sizeof(shapes) - length,
                                   "ex:N%d sh:or ( [ sh:node ex:N%d ] ) . ", i, i + 1);
    }
    (void)snprintf(shapes + length, sizeof(shapes) - length, "ex:N40 sh:nodeKind sh:Literal .");
    for (int keeps_details = 0; keeps_details < 2; keeps_details++) {
        RpTestRun run;

        CHECK_STATUS(rp_test_run_begin(&run, shapes, ""), RP_OK);
        run.report.keeps_details = keeps_details;
        CHECK_STATUS(rp_validate(&run.data, 100, &run.report, &run.error), RP_OK);
        CHECK_INT(run.report.total_count, 1);
        rp_test_run_end(&run);
    }
}

/* Triples that no shape reads are counted and not stored; terms of the image keep their ids. */
RP_TEST(data_graph_skips_what_no_shape_reads)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, "ex:P sh:path ex:p ; sh:minCount 1 ; sh:targetNode ex:a .",
                                   "ex:a ex:p ex:b ; ex:q ex:c ; ex:r ex:d . ex:e ex:q ex:f ."),
                 RP_OK);
    CHECK_INT(run.data.triple_count, 4);
    CHECK_INT(run.data.graph.count, 1);
    CHECK_INT(rp_dictionary_first_own(&run.data.dictionary), RP_TERM_FIRST + run.image.terms.count);
    CHECK_INT(rp_dictionary_end(&run.data.dictionary),
              rp_dictionary_first_own(&run.data.dictionary) + 1);
    rp_test_run_end(&run);
}

RP_TEST(data_graph_limit)
{
    RpTestRun run;
    RpTerm term = rp_term_iri(RP_TEXT("http://ex/a"));

    CHECK_STATUS(rp_test_run_begin(&run, counted_shapes, ""), RP_OK);
    run.data.triple_limit = 2;
    CHECK_STATUS(rp_data_graph_add(&run.data, &term, &term, &term, &run.error), RP_OK);
    CHECK_STATUS(rp_data_graph_add(&run.data, &term, &term, &term, &run.error), RP_OK);
    CHECK_STATUS(rp_data_graph_add(&run.data, &term, &term, &term, &run.error), RP_TOO_LARGE);
    rp_test_run_end(&run);
}
