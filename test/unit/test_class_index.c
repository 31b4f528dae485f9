/* sh:class: SHACL instances by rdf:type and rdfs:subClassOf. SHACL Recommendation, sections 1.1
 * and 4.1.1. */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "validate/message.h"
#include "validation.h"

#define SHAPE "ex:S sh:targetObjectsOf ex:p ; sh:class ex:C ."
#define RESULT(value) value " | - | Class | " value " | sh:Violation | ex:S"

RP_TEST(class_direct_and_missing)
{
    CHECK_REPORT(SHAPE, "ex:x ex:p ex:a, ex:b, _:c . ex:a a ex:C . _:c a ex:C . ex:b a ex:D .",
                 RESULT("ex:b"));
}

RP_TEST(class_of_literal)
{
    CHECK_REPORT(SHAPE, "ex:x ex:p \"a\" .", RESULT("\"a\""));
}

RP_TEST(class_by_subclasses)
{
    CHECK_REPORT(
        SHAPE,
        "ex:x ex:p ex:a, ex:b, ex:c . ex:a a ex:E . ex:b a ex:D . ex:c a ex:F ."
        "ex:E rdfs:subClassOf ex:D . ex:D rdfs:subClassOf ex:C . ex:C rdfs:subClassOf ex:F .",
        RESULT("ex:c"));
}

/* A cycle makes its classes subclasses of each other. */
RP_TEST(class_cycle)
{
    CHECK_REPORT(
        SHAPE,
        "ex:x ex:p ex:a . ex:a a ex:E . ex:E rdfs:subClassOf ex:C . ex:C rdfs:subClassOf ex:D ."
        "ex:D rdfs:subClassOf ex:E .",
        "conforms");
    CHECK_REPORT("ex:S sh:targetClass ex:D ; sh:hasValue ex:nothing .",
                 "ex:a a ex:E, ex:D . ex:D rdfs:subClassOf ex:E . ex:E rdfs:subClassOf ex:D .",
                 "ex:a | - | HasValue | - | sh:Violation | ex:S");
}

RP_TEST(class_by_subclasses_of_the_shapes_text)
{
    CHECK_REPORT(SHAPE " ex:D rdfs:subClassOf ex:C . ex:B rdfs:subClassOf ex:D, ex:A . ex:A "
                       "rdfs:subClassOf ex:Z .",
                 "ex:x ex:p ex:a, ex:b, ex:c . ex:a a ex:D . ex:b a ex:B . ex:c a ex:A .",
                 RESULT("ex:c"));
}

/* Edges whose subclasses and superclasses come in opposite orders. */
RP_TEST(class_by_many_subclasses_of_the_shapes_text)
{
    CHECK_REPORT(
        "ex:S sh:targetNode ex:a ; sh:class ex:L1, ex:L2, ex:L3, ex:L4 ."
        "ex:K1 rdfs:subClassOf ex:L3 . ex:K2 rdfs:subClassOf ex:L2 . ex:K3 rdfs:subClassOf ex:L1 .",
        "ex:a a ex:K1, ex:K2, ex:K3 .", "ex:a | - | Class | ex:a | sh:Violation | ex:S");
}

/* Each value of sh:class is a constraint of its own. */
RP_TEST(class_twice)
{
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:class ex:C, ex:D .", "ex:a a ex:E .",
                 "ex:a | - | Class | ex:a | sh:Violation | ex:S\n"
                 "ex:a | - | Class | ex:a | sh:Violation | ex:S");
}

RP_TEST(class_ill_formed)
{
    CHECK_COMPILE("ex:S sh:targetNode ex:a ; sh:class \"C\" .", RP_ILL_FORMED);
}

/* Many classes, each with subclasses: the sets are kept in a table that grows. */
RP_TEST(class_many_sets)
{
    char shapes[12000];
    char data[12000];
    size_t shapes_length = 0;
    size_t data_length = 0;

    for (int i = 0; i < 100; i++) {
        shapes_length +=
            (size_t)snprintf(shapes + shapes_length, sizeof(shapes) - shapes_length,
                             "ex:S%d sh:targetNode ex:n%d ; sh:class ex:C%d . ", i, i, i);
        data_length += (size_t)snprintf(data + data_length, sizeof(data) - data_length,
                                        "ex:n%d a ex:D%d . ex:D%d rdfs:subClassOf ex:C%d . ", i, i,
                                        i, i == 57 ? 58 : i);
    }
    CHECK_REPORT(shapes, data, "ex:n57 | - | Class | ex:n57 | sh:Violation | ex:S57");
}

/* Looks at the host, one for each 1,024 turns, that judging a chain of classes takes: each is a
 * subclass of the one before. %d in the shapes is each class's number. */
static long
turns_of_chain(const char *shape, int classes, const char *data, uint64_t focus_nodes)
{
    enum { MANY = 1000000, SHAPE_SIZE = 300 };
    char *shapes = malloc((size_t)classes * SHAPE_SIZE);
    size_t length = 0;
    RpTestRun run;
    long turns;

    if (!shapes) {
        abort();
    }
    for (int i = 0; i < classes; i++) {
        length += (size_t)snprintf(shapes + length, SHAPE_SIZE, shape, i, i);
        length += (size_t)snprintf(shapes + length, SHAPE_SIZE - 200,
                                   " ex:c%d rdfs:subClassOf ex:c%d .\n", i + 1, i);
    }
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    rp_test_stop_after = MANY;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    turns = MANY - rp_test_stop_after;
    rp_test_stop_after = -1;
    CHECK_INT(run.report.focus_node_count, focus_nodes);
    CHECK_INT(run.report.total_count, 0);
    rp_test_run_end(&run);
    free(shapes);
    return turns;
}

/* Many classes that are asked for in one hierarchy cost their number, not its square. */
RP_TEST(class_chain_is_linear)
{
    static const char many_shapes[] = "ex:S%d sh:targetClass ex:c%d ; sh:nodeKind sh:IRI .";
    static const char one_shape[] = "ex:S sh:targetClass ex:c%d, ex:c%d .";
    static const char many_values[] = "ex:S sh:targetNode ex:x . ex:S sh:class ex:c%d, ex:c%d .";

    CHECK(turns_of_chain(many_shapes, 2000, "ex:x a ex:c1500 .", 1501) <
          3 * turns_of_chain(many_shapes, 1000, "ex:x a ex:c500 .", 501) + 10);
    CHECK(turns_of_chain(many_shapes, 2000, "ex:x a ex:nothing .", 0) <
          3 * turns_of_chain(many_shapes, 1000, "ex:x a ex:nothing .", 0) + 1);
    CHECK(turns_of_chain(one_shape, 2000, "ex:x a ex:c1500 .", 1) < 20);
    CHECK(turns_of_chain(many_values, 2000, "ex:x a ex:c2000, ex:d .", 1) < 30);
}

/* The way up finds what the way down finds, whichever is shorter. */
RP_TEST(class_ways_agree)
{
    static const char shape[] = "ex:S%d sh:targetClass ex:c%d ; sh:nodeKind sh:IRI .";
    turns_of_chain(shape, 100,
                   "ex:x a ex:c30 . ex:y a ex:c60, ex:c5, ex:e . ex:e rdfs:subClassOf "
                   "ex:c70, ex:f . ex:f rdfs:subClassOf ex:e . ex:z a ex:f .",
                   31 + 71 + 71);
    turns_of_chain(shape, 20, "ex:x a ex:c3 . ex:c0 rdfs:subClassOf ex:c10 .", 11);
    turns_of_chain(shape, 20, "ex:x a ex:c12 . ex:c0 rdfs:subClassOf ex:c10 .", 13);
}

/* A class that is asked about often: each answer from a map of its instances is the one that the
 * node's triples give. More classes than there are places for maps, so that some share one. */
RP_TEST(class_instances_are_mapped)
{
    enum { CLASSES = 40, NODES = 600, SHAPE_SIZE = 100, NODE_SIZE = 100 };
    char *shapes = malloc((size_t)CLASSES * SHAPE_SIZE);
    char *data = malloc((size_t)NODES * NODE_SIZE);
    size_t shapes_length = 0;
    size_t data_length = 0;
    RpTestRun run;

    if (!shapes || !data) {
        abort();
    }
    for (int i = 0; i < CLASSES; i++) {
        shapes_length += (size_t)sprintf(shapes + shapes_length,
                                         "ex:S%d sh:targetObjectsOf ex:p ; sh:class ex:C%d ."
                                         "ex:D%d rdfs:subClassOf ex:C%d .\n",
                                         i, i, i, i);
    }
    for (int i = 0; i < NODES; i++) {
        data_length += (size_t)sprintf(data + data_length,
                                       "ex:x ex:p ex:n%d . ex:n%d a ex:%c%d, ex:E%d, ex:F .\n", i,
                                       i, i < NODES / 2 ? 'C' : 'D', i % CLASSES, i % 7);
    }
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.focus_node_count, CLASSES * NODES);
    CHECK_INT(run.report.total_count, CLASSES * NODES - NODES);
    for (const RpResult *result = run.report.first; result; result = result->next) {
        RpTerm node = rp_dictionary_term(&run.data.dictionary, result->focus);
        RpTerm shape = rp_dictionary_term(&run.data.dictionary, rp_result_shape(&run.data, result));
        int node_number = atoi(node.lexical.data + sizeof("http://ex/n") - 1);
        int class_number = atoi(shape.lexical.data + sizeof("http://ex/S") - 1);

        CHECK(node_number % CLASSES != class_number);
    }
    rp_test_run_end(&run);
    free(shapes);
    free(data);
}
