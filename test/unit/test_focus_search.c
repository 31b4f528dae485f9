/* Whether data has a focus node, and the result of the document where it must and has none. */
#include "validate/focus_search.h"

#include "rdf/turtle_reader.h"
#include "validate/message.h"
#include "validate/summary.h"
#include "validation.h"

/* Search the run's graph, validated or only begun. */
static bool
is_in_graph(RpTestRun *run, RpFocusSearch *search)
{
    CHECK_STATUS(rp_focus_search_begin(search, &run->image, &run->arena, &run->error), RP_OK);
    CHECK_STATUS(rp_focus_search_graph(search, run->report.evaluation, &run->error), RP_OK);
    return search->is_found;
}

static bool
is_found(const char *shapes, const char *data)
{
    RpFocusSearch search;
    RpTestRun run;
    bool is_there;

    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    is_there = is_in_graph(&run, &search);
    rp_test_run_end(&run);
    return is_there;
}

RP_TEST(focus_search_finds_what_targets_give)
{
    static const char by_class[] = "ex:S sh:targetClass ex:C .";

    CHECK(is_found(by_class, "ex:a a ex:C ."));
    CHECK(!is_found(by_class, "ex:a a ex:D ."));
    CHECK(!is_found(by_class, ""));
    CHECK(is_found(by_class, "ex:D rdfs:subClassOf ex:C . ex:a a ex:D ."));
    CHECK(!is_found(by_class, "ex:D rdfs:subClassOf ex:C . ex:a a ex:E ."));
    CHECK(is_found("ex:S a rdfs:Class, sh:NodeShape .", "ex:a a ex:S ."));
    CHECK(is_found("ex:S sh:targetSubjectsOf ex:p .", "ex:a ex:p 1 ."));
    CHECK(is_found("ex:S sh:targetObjectsOf ex:p .", "ex:a ex:p 1 ."));
    CHECK(!is_found("ex:S sh:targetSubjectsOf ex:p . ex:T sh:targetObjectsOf ex:q .",
                    "ex:a ex:r 1 ."));
    CHECK(is_found("ex:S sh:targetClass ex:C . ex:T sh:targetClass ex:D .", "ex:a a ex:D ."));
    CHECK(!is_found("ex:S sh:targetClass ex:C ; sh:deactivated true .", "ex:a a ex:C ."));
    CHECK(!is_found("ex:S sh:deactivated true ; sh:targetNode ex:a . ex:T sh:targetClass ex:C .",
                    "ex:a a ex:D ."));
}

/* A shape reads ex:p here, and ex:q is passed over. */
RP_TEST(focus_search_of_named_nodes)
{
    static const char shapes[] =
        "ex:S sh:targetNode ex:a, 5 ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] .";
    RpTerm a = rp_term_iri(RP_TEXT("http://ex/a"));
    RpTerm b = rp_term_iri(RP_TEXT("http://ex/b"));
    RpTerm five = rp_term_literal(RP_TEXT("5"), RP_TEXT(RP_XSD "integer"));
    RpTerm text = rp_term_literal(RP_TEXT("http://ex/a"), RP_TEXT(RP_XSD "string"));
    RpFocusSearch search;
    RpTestRun run;

    CHECK(is_found(shapes, "ex:a ex:p 1 ."));
    CHECK(is_found(shapes, "ex:b ex:p ex:a ."));
    CHECK(is_found(shapes, "ex:b ex:p 5 ."));
    CHECK(!is_found(shapes, "ex:b ex:p 6 ."));
    CHECK(!is_found(shapes, "ex:a ex:q 5 ."));

    CHECK_STATUS(rp_test_run_begin(&run, shapes, "ex:b ex:p 6 ."), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK(!is_in_graph(&run, &search));
    CHECK(rp_focus_search_wants_triples(&search));
    rp_focus_search_triple(&search, &b, &b);
    rp_focus_search_triple(&search, &b, &text);
    CHECK(!search.is_found);
    rp_focus_search_triple(&search, &b, &five);
    CHECK(search.is_found);
    CHECK(!is_in_graph(&run, &search));
    rp_focus_search_triple(&search, &a, &b);
    CHECK(search.is_found);
    CHECK(!rp_focus_search_wants_triples(&search));
    rp_test_run_end(&run);
}

/* Where no shape names a node, other triples make no difference. */
RP_TEST(focus_search_before_validating)
{
    RpFocusSearch search;
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, "ex:S sh:targetClass ex:C .", "ex:a a ex:C ."), RP_OK);
    CHECK_STATUS(rp_validate_begin(&run.data, 10, &run.report, &run.error), RP_OK);
    CHECK(is_in_graph(&run, &search));
    CHECK_INT(run.report.focus_node_count, 0);
    rp_test_run_end(&run);
    CHECK_STATUS(rp_test_run_begin(&run, "ex:S sh:targetClass ex:C .", "ex:a a ex:D ."), RP_OK);
    CHECK_STATUS(rp_validate_begin(&run.data, 10, &run.report, &run.error), RP_OK);
    CHECK(!is_in_graph(&run, &search));
    CHECK(!rp_focus_search_wants_triples(&search));
    rp_test_run_end(&run);
}

/* It is no shape's, has its message, and is counted, in a summary too. */
RP_TEST(report_of_the_document)
{
    RpReportRoom room = {.bytes = 10000, .details = 10};
    RpSummary summary;
    const RpResult *result;
    RpBuffer buffer;
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, "ex:S a sh:NodeShape .", ""), RP_OK);
    rp_summary_init(&summary, &run.arena, &run.image, rp_dictionary_key(&run.data.dictionary));
    run.report.summary = &summary;
    run.report.room = &room;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_STATUS(rp_evaluation_report_document(run.report.evaluation, RP_TEXT("nothing")), RP_OK);
    CHECK(!rp_report_conforms(&run.report));
    CHECK_INT(run.report.total_count, 1);
    CHECK_INT(summary.group_count, 1);
    CHECK_INT(summary.groups[0].count, 1);
    CHECK(room.bytes < 10000);
    result = run.report.first;
    CHECK(rp_result_is_of_document(result));
    CHECK_INT(result->focus, RP_TERM_NONE);
    CHECK_INT(rp_result_shape(&run.data, result), RP_TERM_NONE);
    CHECK_INT(rp_result_severity(&run.data, result), RP_VOCABULARY_sh_Violation);
    CHECK(rp_result_component(&run.data, result) == NULL);
    CHECK_TEXT(rp_result_component_iri(&run.data, result), "urn:rdfpolicy:RequireFocus");
    CHECK_TEXT(rp_text_from(rp_result_violation_type(&run.data, result)), "NO_FOCUS_NODE");
    rp_buffer_init(&buffer, &run.arena);
    rp_message_write(&buffer, &run.data, result);
    CHECK_TEXT(rp_buffer_text(&buffer), "nothing");
    rp_test_run_end(&run);
}
