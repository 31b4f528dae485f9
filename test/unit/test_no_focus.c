/* Why nothing was judged: what is sought, and what the data has that is nearest to it. */
#include "validate/no_focus.h"

#include <stdio.h>

#include "host.h"
#include "validation.h"

static RpStatus
add_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
           RpPosition position, RpError *error)
{
    (void)position;
    return rp_no_focus_add_triple(state, subject, predicate, object, error);
}

/* Write the message of data without a focus node into a buffer of the run's arena. The data
 * declares no prefixes. */
static RpStatus
write_message(RpTestRun *run, const char *shapes, RpText data, RpBuffer *buffer)
{
    static const RpTurtleOptions options = {.depth_limit = 10, .prefix_limit = 10};
    RpNoFocus no_focus;
    RpTripleSink sink = {.state = &no_focus, .triple = add_triple};

    RP_TRY(rp_test_run_begin(run, shapes, ""));
    rp_buffer_init(buffer, &run->arena);
    rp_no_focus_begin(&no_focus, &run->arena);
    RP_TRY(rp_no_focus_add_targets(&no_focus, &run->image, &run->error));
    RP_TRY(rp_turtle_read(&run->arena, data, &options, &sink, &run->error));
    return rp_no_focus_write(&no_focus, buffer, &run->error);
}

static void
check_message(const char *shapes, const char *data, const char *expected)
{
    RpTestRun run;
    RpBuffer buffer;

    CHECK_STATUS(write_message(&run, shapes, rp_text_from(data), &buffer), RP_OK);
    CHECK_TEXT(rp_buffer_text(&buffer), expected);
    rp_test_run_end(&run);
}

static const char person[] = "ex:S sh:targetClass <http://schema.org/Person> .";

RP_TEST(no_focus_says_what_is_there_instead)
{
    check_message(person, "<urn:bob> a <https://schema.org/Person> .",
                  "no node of class <http://schema.org/Person>; the document has "
                  "<https://schema.org/Person> (1 node)");
    check_message(person, "",
                  "no node of class <http://schema.org/Person>; the document has no triples");
    check_message(person, "<urn:a> a _:b . _:b a \"Person\" .",
                  "no node of class <http://schema.org/Person>; the document has \"Person\" (1 "
                  "node) and _:b (1 node)");
    check_message("ex:S sh:targetClass ex:C ; sh:deactivated true .", "<urn:a> a <urn:b> .",
                  "no shape has a target");
}

/* A node counts once for a class, however often it is said; subjects are nodes. */
RP_TEST(no_focus_counts_nodes)
{
    check_message(person,
                  "<urn:a> a <urn:x#Place> . <urn:a> a <urn:x#Place> . <urn:b> a <urn:x#Place> . "
                  "<urn:a> <urn:p> 1, 2 .",
                  "no node of class <http://schema.org/Person>; the document has <urn:x#Place> (2 "
                  "nodes)");
}

/* Nearest first: case and one edit, then the same local name elsewhere; three of them. */
RP_TEST(no_focus_names_come_nearest_first)
{
    check_message(person,
                  "<urn:a> a <http://schema.org/Thing>, <http://xmlns.com/foaf/0.1/Person>, "
                  "<http://schema.org/Persons>, <http://schema.org/person>, <urn:x> .",
                  "no node of class <http://schema.org/Person>; the document has "
                  "<http://schema.org/person> (1 node), <http://schema.org/Persons> (1 node), "
                  "<http://xmlns.com/foaf/0.1/Person> (1 node) and 2 others");
    check_message("ex:A sh:targetClass ex:Anything, ex:Other, ex:More, ex:Person, ex:Person2 .",
                  "<urn:a> a <http://ex/Persn> .",
                  "no node of class <http://ex/Person>, <http://ex/Person2>, <http://ex/More> or 2 "
                  "others; the document has <http://ex/Persn> (1 node)");
}

RP_TEST(no_focus_without_types_names_predicates)
{
    check_message(person,
                  "<urn:a> <urn:rdfpolicy:name:name> \"x\" ; <urn:rdfpolicy:name:type> <urn:b> .",
                  "no node of class <http://schema.org/Person>; the document has no rdf:type, but "
                  "the predicates <urn:rdfpolicy:name:type> (1 node) and <urn:rdfpolicy:name:name> "
                  "(1 node)");
    check_message(person, "<urn:a> <urn:y> <urn:z> .",
                  "no node of class <http://schema.org/Person>; the document has no rdf:type, but "
                  "the predicate <urn:y> (1 node)");
}

RP_TEST(no_focus_of_each_kind_of_target)
{
    check_message("ex:S sh:targetNode ex:alice .", "<http://ex/Alice> <urn:p> 1 .",
                  "no mention of <http://ex/alice>; the document has the node <http://ex/Alice>");
    check_message("ex:S sh:targetSubjectsOf ex:knows .",
                  "<urn:a> <http://ex/know> <urn:b>, <urn:c> ; <urn:q> 1 .",
                  "no subject of <http://ex/knows>; the document has the predicates "
                  "<http://ex/know> (1 node) and <urn:q> (1 node)");
    check_message("ex:S sh:targetObjectsOf ex:knows .", "<urn:a> <http://ex/know> <urn:b> .",
                  "no object of <http://ex/knows>; the document has the predicate <http://ex/know> "
                  "(1 node)");
    check_message(
        "ex:S a sh:NodeShape, rdfs:Class ; sh:targetNode ex:n ; sh:targetSubjectsOf ex:p ; "
        "sh:targetObjectsOf ex:p . ex:T sh:targetClass ex:S .",
        "<urn:a> a <urn:S> .",
        "no node of class <http://ex/S>, no mention of <http://ex/n>, no subject of "
        "<http://ex/p>, no object of <http://ex/p>; the document has <urn:S> (1 node), "
        "the node <urn:a>, the predicate "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> (1 node)");
}

/* Data that names as many classes as fit, the nearest last; and one that is as long as it likes. */
RP_TEST(no_focus_of_many_names)
{
    enum { MANY = 30000, SIZE = MANY * 60 };
    static char data[SIZE];
    size_t length = 0;
    RpTestRun run;
    RpBuffer buffer;

    for (int i = 0; i < MANY; i++) {
        length += (size_t)snprintf(data + length, SIZE - length,
                                   "<urn:n%d> a <http://schema.org/Pxxxxn%05d> .\n", i, i);
    }
    length += (size_t)snprintf(data + length, SIZE - length, "<urn:z> a <https://x/PERSON> .");
    CHECK_STATUS(write_message(&run, person, (RpText){data, (uint32_t)length}, &buffer), RP_OK);
    CHECK(rp_text_starts_with(rp_buffer_text(&buffer),
                              RP_TEXT("no node of class <http://schema.org/Person>; the document "
                                      "has <https://x/PERSON> (1 node), ")));
    rp_test_run_end(&run);
    memset(data, 'x', SIZE);
    memcpy(data, "<urn:n> a <urn:", 15);
    memcpy(data + SIZE - 3, "> .", 3);
    CHECK_STATUS(write_message(&run, person, (RpText){data, SIZE}, &buffer), RP_OK);
    CHECK(buffer.length < 400);
    rp_test_run_end(&run);
}

/* Comparing ends, whatever the data: names that are all alike, and as long as is compared. */
RP_TEST(no_focus_work_is_bounded)
{
    enum { SOUGHT = 50 };
    static const char end[] = " in its first 100000 triples";
    char shapes[SOUGHT * 60];
    size_t length = 0;
    RpTestRun run;
    RpNoFocus no_focus;
    RpBuffer buffer;

    for (int i = 0; i < SOUGHT; i++) {
        length += (size_t)snprintf(shapes + length, sizeof(shapes) - length,
                                   "ex:S%d sh:targetClass ex:Wanted%d .\n", i, i);
    }
    CHECK_STATUS(rp_test_run_begin(&run, shapes, ""), RP_OK);
    rp_no_focus_begin(&no_focus, &run.arena);
    CHECK_STATUS(rp_no_focus_add_targets(&no_focus, &run.image, &run.error), RP_OK);
    for (int i = 0; i < RP_NO_FOCUS_TRIPLE_LIMIT + 5; i++) {
        char iri[200];
        RpTerm predicate = rp_term_iri(rp_vocabulary_iri(RP_VOCABULARY_rdf_type));
        RpTerm node;

        (void)snprintf(iri, sizeof(iri), "urn:%0*d:%d", 120, 0, i);
        node = rp_term_iri(rp_text_from(iri));
        CHECK_STATUS(rp_no_focus_add_triple(&no_focus, &node, &predicate, &node, &run.error),
                     RP_OK);
    }
    rp_buffer_init(&buffer, &run.arena);
    CHECK_STATUS(rp_no_focus_write(&no_focus, &buffer, &run.error), RP_OK);
    CHECK(no_focus.is_cut);
    CHECK(no_focus.pairs_left < SOUGHT);
    CHECK(no_focus.steps_left < 20000);
    CHECK(memcmp(buffer.data + buffer.length - strlen(end), end, strlen(end)) == 0);
    rp_test_run_end(&run);
}
