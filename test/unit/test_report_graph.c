/* validate/report_graph: the validation report as Turtle. SHACL Recommendation, section 3.6. */
#include "validate/report_graph.h"

#include <string.h>

#include "host.h"
#include "validation.h"

/* The report of one policy, without the prefixes and the white space at the start of lines. */
static const char *
report_of(const char *shapes, const char *data)
{
    static char text[4000];
    RpTestRun run;
    RpReportPart part = {&run.data, &run.report};
    RpBuffer buffer;
    const char *from;
    char *to = text;

    text[0] = '\0';
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    run.report.keeps_details = true;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    CHECK_STATUS(rp_report_graph_write(&buffer, &part, 1, &run.error), RP_OK);
    rp_buffer_append_byte(&buffer, '\0');
    CHECK(buffer.length < sizeof(text));
    from = strstr(buffer.data, "\n\n");
    for (from = from ? from + 2 : ""; *from && to < text + sizeof(text) - 1; from++) {
        if (*from != ' ' || (to > text && to[-1] != '\n')) {
            *to++ = *from;
        }
    }
    *to = '\0';
    rp_test_run_end(&run);
    return text;
}

#define CHECK_GRAPH(shapes, data, expected) \
    CHECK_TEXT(rp_text_from(report_of((shapes), (data))), (expected))

/* Whether the report has a text. */
#define CHECK_HAS(shapes, data, part) CHECK(strstr(report_of((shapes), (data)), (part)) != NULL)

RP_TEST(report_graph_conforms)
{
    CHECK_GRAPH("ex:S sh:targetClass ex:C ; sh:nodeKind sh:IRI .", "ex:a a ex:C .",
                "[] a sh:ValidationReport ;\nsh:conforms true .\n");
}

RP_TEST(report_graph_of_results)
{
    CHECK_GRAPH("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:severity sh:Warning ; sh:datatype "
                "xsd:integer ; sh:message \"no\\n\\\"number\\\"\"@en, \"keine Zahl\"@de .",
                "ex:a ex:p \"x\"@en, 1 .",
                "[] a sh:ValidationReport ;\n"
                "sh:conforms false ;\n"
                "sh:result _:result_1 .\n"
                "\n"
                "_:result_1 a sh:ValidationResult ;\n"
                "sh:focusNode <http://ex/a> ;\n"
                "sh:resultPath <http://ex/p> ;\n"
                "sh:value \"x\"@en ;\n"
                "sh:sourceShape <http://ex/S> ;\n"
                "sh:sourceConstraintComponent sh:DatatypeConstraintComponent ;\n"
                "sh:resultSeverity sh:Warning ;\n"
                "sh:resultMessage \"no\\n\\\"number\\\"\"@en, \"keine Zahl\"@de .\n");
}

/* A literal may be a focus node; a node shape's results have no path. */
RP_TEST(report_graph_of_literal_focus_node)
{
    CHECK_GRAPH("ex:S sh:targetNode 5 ; sh:nodeKind sh:IRI ; sh:message \"no\" .", "",
                "[] a sh:ValidationReport ;\n"
                "sh:conforms false ;\n"
                "sh:result _:result_1 .\n"
                "\n"
                "_:result_1 a sh:ValidationResult ;\n"
                "sh:focusNode \"5\"^^xsd:integer ;\n"
                "sh:value \"5\"^^xsd:integer ;\n"
                "sh:sourceShape <http://ex/S> ;\n"
                "sh:sourceConstraintComponent sh:NodeKindConstraintComponent ;\n"
                "sh:resultSeverity sh:Violation ;\n"
                "sh:resultMessage \"no\" .\n");
}

RP_TEST(report_graph_of_paths)
{
    CHECK_HAS(
        "ex:S sh:targetNode ex:a ; sh:minCount 1 ; sh:path ( ex:p [ sh:inversePath ex:q ] ) .", "",
        "sh:resultPath ( <http://ex/p> [ sh:inversePath <http://ex/q> ] ) ;");
    CHECK_HAS(
        "ex:S sh:targetNode ex:a ; sh:minCount 1 ;"
        "sh:path [ sh:alternativePath ( ex:p [ sh:oneOrMorePath ( ex:q ex:r ) ] ) ] .",
        "",
        "sh:resultPath [ sh:alternativePath ( <http://ex/p> [ sh:oneOrMorePath ( <http://ex/q> "
        "<http://ex/r> ) ] ) ] ;");
    CHECK_HAS("ex:S sh:targetNode ex:a ; sh:minCount 2 ;"
              "sh:path ( [ sh:zeroOrMorePath ex:p ] [ sh:zeroOrOnePath ex:q ] ) .",
              "",
              "sh:resultPath ( [ sh:zeroOrMorePath <http://ex/p> ] [ sh:zeroOrOnePath "
              "<http://ex/q> ] ) ;");
    CHECK_HAS("ex:S sh:targetNode ex:a ; sh:closed true .", "ex:a ex:p 1 .",
              "sh:resultPath <http://ex/p> ;\nsh:value \"1\"^^xsd:integer ;");
}

/* Nested results are not results of the report. */
RP_TEST(report_graph_of_details)
{
    const char *shapes = "ex:S sh:targetNode ex:a ; sh:node ex:T ; sh:message \"S\" ."
                         "ex:T sh:node ex:U ; sh:message \"T\" . ex:U sh:class ex:C .";

    CHECK_HAS(shapes, "", "sh:conforms false ;\nsh:result _:result_1 .\n");
    CHECK_HAS(shapes, "", "\"S\" ;\nsh:detail _:result_2 .\n\n_:result_2 a sh:ValidationResult ;");
    CHECK_HAS(shapes, "", "\"T\" ;\nsh:detail _:result_3 .\n\n_:result_3 a sh:ValidationResult ;");
    CHECK_HAS(shapes, "", "sh:sourceConstraintComponent sh:ClassConstraintComponent ;");
}

/* Without sh:message it is the component's own. */
RP_TEST(report_graph_of_default_message)
{
    CHECK_HAS("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 1 .", "",
              "sh:resultMessage \"has no value for ex:p, at least 1 is needed\" .");
}

/* Equal labels in shapes and data are two nodes, and none of the data's labels is taken. */
RP_TEST(report_graph_keeps_blank_nodes_apart)
{
    const char *shapes = "ex:S sh:targetSubjectsOf ex:p ; sh:property _:x ."
                         "_:x sh:path ex:p ; sh:in ( _:x _:y ) .";

    CHECK_HAS(shapes, "_:x ex:p _:y .",
              "sh:focusNode _:x ;\nsh:resultPath <http://ex/p> ;\nsh:value _:y ;\nsh:sourceShape "
              "_:shape_1_x ;");
    CHECK_HAS(shapes, "_:result_1 ex:p _:shape__1_x .", "sh:result _:result2_1 .");
    CHECK_HAS(shapes, "_:result_1 ex:p _:shape__1_x .",
              "sh:value _:shape__1_x ;\nsh:sourceShape _:shape2_1_x ;");
}

/* Whatever labels the data has, those of ours are as short as their numbers. */
RP_TEST(report_graph_labels_stay_short)
{
    const char *shapes = "ex:S sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI .";

    CHECK_HAS(shapes, "_:result________________________________9 ex:p 1 .",
              "sh:result _:result2_1 .");
    CHECK_HAS(shapes, "_:result_1 ex:p _:result2_1, _:shape3_x, _:result5_1 .",
              "sh:result _:result4_1 .");
    CHECK_HAS(shapes, "_:result2_1 ex:p _:result, _:result1, _:results_1, _:result99999999999_1 .",
              "sh:result _:result_1 .");
}

/* What is left out is said of the report, and of the result whose details are. */
RP_TEST(report_graph_says_that_it_is_cut)
{
    RpReportRoom room = {.bytes = RP_REPORT_BYTES_UNLIMITED, .details = 0};
    RpTestRun run;
    RpReportPart part = {&run.data, &run.report};
    RpBuffer buffer;

    CHECK_STATUS(rp_test_run_begin(&run,
                                   "ex:S sh:targetNode ex:a ; sh:node ex:T ."
                                   "ex:T sh:nodeKind sh:Literal .",
                                   ""),
                 RP_OK);
    run.report.keeps_details = true;
    run.report.room = &room;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    CHECK_STATUS(rp_report_graph_write(&buffer, &part, 1, &run.error), RP_OK);
    rp_buffer_append_byte(&buffer, '\0');
    CHECK(strstr(buffer.data, "sh:conforms false ;\n    <urn:rdfpolicy:truncated> true ;\n    "
                              "sh:result _:result_1 .") != NULL);
    CHECK(strstr(buffer.data, "\" ;\n    <urn:rdfpolicy:detailsTruncated> true .") != NULL);
    CHECK(strstr(buffer.data, "sh:detail") == NULL);
    rp_test_run_end(&run);
}

/* Policies have blank nodes of their own each, and all must conform. */
RP_TEST(report_graph_of_two_policies)
{
    const char *shapes =
        "ex:S sh:targetNode ex:a ; sh:property _:x . _:x sh:path ex:p ; sh:minCount 1 .";
    RpTestRun runs[2];
    RpReportPart parts[2] = {{&runs[0].data, &runs[0].report}, {&runs[1].data, &runs[1].report}};
    RpBuffer buffer;

    CHECK_STATUS(rp_test_run_begin(&runs[0], shapes, "ex:a ex:q 1 ."), RP_OK);
    CHECK_STATUS(rp_test_run_begin(&runs[1], shapes, "ex:a ex:q 1 ."), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&runs[0]), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&runs[1]), RP_OK);
    rp_buffer_init(&buffer, &runs[0].arena);
    CHECK_STATUS(rp_report_graph_write(&buffer, parts, 2, &runs[0].error), RP_OK);
    rp_buffer_append_byte(&buffer, '\0');
    CHECK(strstr(buffer.data, "sh:result _:result_1 ;\n    sh:result _:result_2 .") != NULL);
    CHECK(strstr(buffer.data, "sh:sourceShape _:shape_1_x ;") != NULL);
    CHECK(strstr(buffer.data, "sh:sourceShape _:shape_2_x ;") != NULL);
    rp_test_run_end(&runs[0]);
    rp_test_run_end(&runs[1]);
}

/* Whether a report takes no more than its results were counted for, and half of that at least. */
static void
check_size(const char *shapes, const char *data)
{
    enum { ROOM = 1000000, FRAME = 200 };
    RpReportRoom room = {.bytes = ROOM, .details = 1000};
    RpTestRun run;
    RpReportPart part = {&run.data, &run.report};
    RpBuffer buffer;

    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    run.report.keeps_details = true;
    run.report.room = &room;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK(run.report.total_count > 0 && !run.report.is_cut);
    rp_buffer_init(&buffer, &run.arena);
    CHECK_STATUS(rp_report_graph_write(&buffer, &part, 1, &run.error), RP_OK);
    CHECK(buffer.length <= ROOM - room.bytes + FRAME);
    CHECK(buffer.length >= (ROOM - room.bytes) / 2);
    rp_test_run_end(&run);
}

RP_TEST(report_graph_is_no_larger_than_counted)
{
    char quotes[5000] = "ex:a ex:p \"";

    for (size_t end = strlen(quotes); end < 4000; end += 2) {
        memcpy(quotes + end, "\\\"", 3);
    }
    strcat(quotes, "\" .");
    check_size("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:nodeKind sh:IRI .", quotes);
    check_size("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 1 .", "");
    check_size("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedMinCount 1 ;"
               " sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] .",
               "");
    check_size(
        "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:nodeKind sh:IRI .",
        "ex:a ex:p \"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\n\\n\\n\\n\\n\\n\\n\\\\\\\\\\\\\\\\\"@en-GB, 1, "
        "1.5 .");
    check_size(
        "ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ;"
        " sh:message \"\\\"\\\"\\\"\\\"\\\"\"@en, \"zwei\"@de, \"trois\"@fr, \"quattro\"@it .",
        "");
    check_size("@prefix e: <urn:> . e:S sh:targetNode e:a ; sh:minCount 1 ; sh:path ( e:p"
               " [ sh:inversePath [ sh:zeroOrMorePath e:q ] ] [ sh:alternativePath"
               " ( [ sh:oneOrMorePath e:r ] [ sh:zeroOrOnePath e:s ] e:t [ sh:inversePath e:u ] ) ]"
               " ) .",
               "");
    check_size("ex:S sh:targetNode ex:a ; sh:node ex:T . ex:T sh:or ( [ sh:node ex:U ]"
               " [ sh:class ex:A ] [ sh:class ex:B ] [ sh:class ex:C ] [ sh:class ex:D ] ) ."
               " ex:U sh:node ex:V . ex:V sh:node ex:W . ex:W sh:node ex:X . ex:X sh:class ex:Y .",
               "");
}

/* A report that could not be written is an error, not half a report. */
RP_TEST(report_graph_without_memory)
{
    RpTestRun run;
    RpReportPart part = {&run.data, &run.report};
    RpArena arena;
    RpBuffer buffer;

    CHECK_STATUS(rp_test_run_begin(&run, "ex:S sh:targetNode ex:a ; sh:class ex:C .", ""), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_arena_init(&arena, &rp_test_host, 1);
    rp_buffer_init(&buffer, &arena);
    CHECK_STATUS(rp_report_graph_write(&buffer, &part, 1, &run.error), RP_TOO_LARGE);
    rp_arena_free(&arena);
    rp_test_run_end(&run);
}
