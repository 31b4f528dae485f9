/*
 * Focus nodes that a small graph's triples lead to are those that the shapes' targets ask for: the
 * same data is validated as it is, and among triples enough that targets are asked. SHACL
 * Recommendation, section 2.1.3.
 */
#include <stdio.h>
#include <stdlib.h>

#include "image/target_index.h"
#include "validation.h"
#include "validate/focus_list.h"

enum { FILLER_COUNT = 1100, FILLER_SIZE = 40, TEXT_SIZE = 64 * 1024 };

/* Shapes that every node fails, with the targets given, so that the report says who was judged. */
#define FAILS " sh:hasValue ex:nothing . "
#define READS_FILLER \
    "ex:F sh:targetNode ex:f ; sh:property [ sh:path ex:filler ; sh:minCount 0 ] . "

/* Data with filler behind it, which makes it too large for a list. */
static char *
enlarged(const char *data)
{
    char *text = malloc(TEXT_SIZE + FILLER_COUNT * FILLER_SIZE);
    int length;

    if (!text) {
        abort();
    }
    length = snprintf(text, TEXT_SIZE, "%s", data);
    for (int i = 0; i < FILLER_COUNT; i++) {
        length += snprintf(text + length, FILLER_SIZE, " ex:z%d ex:filler %d .", i, i);
    }
    return text;
}

/* Whether the run's list is known, once it is validated. */
static bool
has_list(RpTestRun *run)
{
    RpFocusList list = {0};

    CHECK_STATUS(rp_focus_list_make(run->report.evaluation, &list), RP_OK);
    return list.is_known;
}

static void
check_both_ways(const char *shapes, const char *data, const char *expected, bool is_listed)
{
    char *large = enlarged(data);
    char all_shapes[4096];
    RpTestRun run;

    (void)snprintf(all_shapes, sizeof all_shapes, "%s%s", shapes, READS_FILLER);
    CHECK_REPORT(all_shapes, data, expected);
    CHECK_REPORT(all_shapes, large, expected);
    CHECK_STATUS(rp_test_run_begin(&run, all_shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK(has_list(&run) == is_listed);
    rp_test_run_end(&run);
    CHECK_STATUS(rp_test_run_begin(&run, all_shapes, large), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK(!has_list(&run));
    rp_test_run_end(&run);
    free(large);
}

#define RESULT(node, shape) node " | - | HasValue | - | sh:Violation | " shape

RP_TEST(focus_list_of_each_kind)
{
    check_both_ways(
        "ex:S sh:targetClass ex:C ;" FAILS "ex:T sh:targetSubjectsOf ex:p ;" FAILS
        "ex:U sh:targetObjectsOf ex:p ;" FAILS "ex:V sh:targetNode ex:v, ex:a ;" FAILS
        "ex:W a rdfs:Class, sh:NodeShape ;" FAILS
        "ex:X sh:targetClass ex:C ; sh:deactivated true ;" FAILS,
        "ex:a a ex:C ; ex:p ex:b, \"b\" . ex:b a ex:W, ex:D . ex:c ex:q ex:d .",
        RESULT("\"b\"", "ex:U") "\n" RESULT("ex:a", "ex:S") "\n" RESULT("ex:a", "ex:T") "\n" RESULT(
            "ex:a", "ex:V") "\n" RESULT("ex:b", "ex:U") "\n" RESULT("ex:b",
                                                                    "ex:W") "\n" RESULT("ex:v",
                                                                                        "ex:V"),
        true);
}

/* A node that several targets of a shape give is judged once. */
RP_TEST(focus_list_is_a_set)
{
    check_both_ways("ex:S sh:targetClass ex:C, ex:D ; sh:targetSubjectsOf ex:p, ex:q ; "
                    "sh:targetObjectsOf ex:p ; sh:targetNode ex:a ;" FAILS,
                    "ex:a a ex:C, ex:D ; ex:p ex:a, ex:b, 1 ; ex:q 1, 2 .",
                    RESULT("\"1\"^^xsd:integer",
                           "ex:S") "\n" RESULT("ex:a", "ex:S") "\n" RESULT("ex:b", "ex:S"),
                    true);
}

/* Edges of the data and of the shapes lead to a target class together; cycles end. */
RP_TEST(focus_list_by_superclasses)
{
    check_both_ways("ex:S sh:targetClass ex:C ;" FAILS "ex:T sh:targetClass ex:T1 ;" FAILS
                    "ex:B rdfs:subClassOf ex:C . ex:D rdfs:subClassOf ex:C, ex:T1 . ",
                    "ex:x a ex:A . ex:A rdfs:subClassOf ex:B . ex:y a ex:D . ex:z a ex:E . "
                    "ex:C rdfs:subClassOf ex:A . ex:E rdfs:subClassOf ex:F . "
                    "ex:w a ex:F . ex:v a ex:B, ex:C .",
                    RESULT("ex:v", "ex:S") "\n" RESULT("ex:x", "ex:S") "\n" RESULT(
                        "ex:y", "ex:S") "\n" RESULT("ex:y", "ex:T"),
                    true);
}

/* A class of more superclasses than are looked at one by one. */
RP_TEST(focus_list_gives_up)
{
    char data[8192] = "ex:x a ex:c0 . ";
    size_t length = strlen(data);

    for (int i = 0; i < 100; i++) {
        length += (size_t)snprintf(data + length, sizeof data - length,
                                   "ex:c%d rdfs:subClassOf ex:c%d . ", i, i + 1);
    }
    check_both_ways("ex:S sh:targetClass ex:c100 ;" FAILS, data, RESULT("ex:x", "ex:S"), false);
}

/* More pairs of shapes and nodes than are worth a list. */
RP_TEST(focus_list_has_a_limit)
{
    enum { SHAPES = 30, NODES = 200 };
    char shapes[SHAPES * 60];
    char data[NODES * 20];
    size_t length = 0;
    RpTestRun run;

    for (int i = 0; i < SHAPES; i++) {
        length += (size_t)snprintf(shapes + length, sizeof shapes - length,
                                   "ex:S%d sh:targetClass ex:C ;" FAILS, i);
    }
    length = 0;
    for (int i = 0; i < NODES; i++) {
        length += (size_t)snprintf(data + length, sizeof data - length, "ex:n%d a ex:C . ", i);
    }
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, SHAPES * NODES);
    CHECK_INT(run.report.focus_node_count, SHAPES * NODES);
    CHECK(!has_list(&run));
    rp_test_run_end(&run);
}

/* What the index has is what the image has, in another order. */
RP_TEST(target_index_has_all_targets)
{
    RpTestRun run;
    uint32_t found = 0;

    CHECK_STATUS(rp_test_run_begin(&run,
                                   "ex:S sh:targetClass ex:C, ex:D ; sh:targetNode ex:n ;" FAILS
                                   "ex:T sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ;" FAILS
                                   "ex:D rdfs:subClassOf ex:C . ex:C rdfs:subClassOf ex:B, ex:A . ",
                                   "ex:a ex:p 1 ."),
                 RP_OK);
    for (uint32_t i = 0; i < run.image.shape_count; i++) {
        const RpImageShape *shape = &run.image.shapes[i];

        for (uint32_t n = 0; n < shape->target_count; n++) {
            const RpTarget *target = &run.image.targets[shape->first_target + n];
            RpTargetRange range = rp_target_index_find(&run.image, target->kind, target->term);

            for (const RpTargetEntry *entry = range.first; entry < range.end; entry++) {
                found += entry->shape == i;
                CHECK(entry->kind == (uint32_t)target->kind && entry->term == target->term);
            }
        }
    }
    CHECK_INT(found, run.image.target_count);
    for (uint32_t i = 0; i < run.image.subclass_count; i++) {
        const RpSubclass *edge = &run.image.subclasses[i];
        RpSubclassRange range = rp_target_index_superclasses(&run.image, edge->subclass);
        bool has_edge = false;

        for (; range.first < range.end; range.first++) {
            has_edge = has_edge || range.first->superclass == edge->superclass;
        }
        CHECK(has_edge);
    }
    CHECK_INT(run.image.subclass_count, 3);
    rp_test_run_end(&run);
}
