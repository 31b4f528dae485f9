/* sh:and, or, not, xone, node, property, and the qualified counts. SHACL Recommendation,
 * sections 4.6 and 4.7. */
#include <stdio.h>
#include <stdlib.h>

#include "shapes_of.h"
#include "validation.h"

#define NODE(constraint) \
    "ex:S sh:targetNode ex:a ; " constraint " . ex:I sh:nodeKind sh:IRI . ex:C sh:class ex:D . "
#define RESULT(component) "ex:a | - | " component " | ex:a | sh:Violation | ex:S"

RP_TEST(component_and)
{
    CHECK_REPORT(NODE("sh:and ( ex:I ex:C )"), "ex:a a ex:D .", "conforms");
    CHECK_REPORT(NODE("sh:and ( ex:I ex:C )"), "ex:a a ex:E .", RESULT("And"));
    CHECK_REPORT(NODE("sh:and ()"), "", "conforms");
    CHECK_COMPILE(NODE("sh:and ex:I"), RP_ILL_FORMED);
    CHECK_COMPILE(NODE("sh:and ( \"x\" )"), RP_ILL_FORMED);
}

RP_TEST(component_or)
{
    CHECK_REPORT(NODE("sh:or ( [ sh:nodeKind sh:Literal ] ex:C )"), "ex:a a ex:D .", "conforms");
    CHECK_REPORT(NODE("sh:or ( [ sh:nodeKind sh:Literal ] ex:C )"), "ex:a a ex:E .", RESULT("Or"));
    CHECK_REPORT(NODE("sh:or ()"), "", RESULT("Or"));
    CHECK_REPORT(NODE("sh:or ( ex:C ) ; sh:or ( [ sh:nodeKind sh:Literal ] )"), "",
                 RESULT("Or") "\n" RESULT("Or"));
    CHECK_COMPILE(NODE("sh:or \"x\""), RP_ILL_FORMED);
}

RP_TEST(component_not)
{
    CHECK_REPORT(NODE("sh:not ex:C"), "ex:a a ex:E .", "conforms");
    CHECK_REPORT(NODE("sh:not ex:C, ex:I"), "ex:a a ex:D .", RESULT("Not") "\n" RESULT("Not"));
    CHECK_COMPILE(NODE("sh:not \"x\""), RP_ILL_FORMED);
}

/* A shape that is listed twice counts twice. */
RP_TEST(component_xone)
{
    CHECK_REPORT(NODE("sh:xone ( ex:I ex:C )"), "ex:a a ex:E .", "conforms");
    CHECK_REPORT(NODE("sh:xone ( ex:I ex:C )"), "ex:a a ex:D .", RESULT("Xone"));
    CHECK_REPORT(NODE("sh:xone ( ex:C [ sh:class ex:F ] )"), "ex:a a ex:E .", RESULT("Xone"));
    CHECK_REPORT(NODE("sh:xone ( ex:I ex:I )"), "", RESULT("Xone"));
    CHECK_COMPILE(NODE("sh:xone ( ex:I \"x\" )"), RP_ILL_FORMED);
}

/* Severities of nested shapes do not matter: any result is one too many. */
RP_TEST(component_node)
{
    CHECK_REPORT(NODE("sh:node ex:C"), "ex:a a ex:D .", "conforms");
    CHECK_REPORT(NODE("sh:node ex:C"), "ex:a a ex:E .", RESULT("Node"));
    CHECK_REPORT(
        "ex:S sh:targetNode ex:a ; sh:node ex:T . ex:T sh:class ex:D ; sh:severity sh:Info .", "",
        RESULT("Node"));
    CHECK_REPORT(
        "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:node ex:T . ex:T sh:nodeKind sh:IRI .",
        "ex:a ex:p ex:b, \"x\", \"y\" .",
        "ex:a | ex:p | Node | \"x\" | sh:Violation | ex:S\n"
        "ex:a | ex:p | Node | \"y\" | sh:Violation | ex:S");
}

/* Every node conforms to a shape that nothing describes. */
RP_TEST(component_of_shapes_that_nothing_describes)
{
    CHECK_REPORT(NODE("sh:node ex:U"), "", "conforms");
    CHECK_REPORT(NODE("sh:and ( ex:U )"), "", "conforms");
    CHECK_REPORT(NODE("sh:or ( ex:I ex:U )"), "", "conforms");
    CHECK_REPORT(NODE("sh:not ex:U"), "", "ex:a | - | Not | ex:a | sh:Violation | ex:S");
    CHECK_REPORT(NODE("sh:xone ( ex:U ex:U )"), "", "ex:a | - | Xone | ex:a | sh:Violation | ex:S");
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape ex:U ; "
                 "sh:qualifiedMaxCount 0 .",
                 "ex:a ex:p 1 .", "ex:a | ex:p | QualifiedMaxCount | - | sh:Violation | ex:S");
}

RP_TEST(component_node_ill_formed)
{
    CHECK_COMPILE(NODE("sh:node \"x\""), RP_ILL_FORMED);
    CHECK_COMPILE(NODE("sh:node [ sh:path ex:p ]"), RP_ILL_FORMED);
}

/* Results are those of the property shape; each value node is a focus node of it. */
RP_TEST(component_property)
{
    CHECK_REPORT("ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:p ; sh:maxCount 1 ;"
                 "sh:severity sh:Warning ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .",
                 "ex:a ex:p ex:b, ex:c . ex:b ex:q 1 .",
                 "ex:a | ex:p | MaxCount | - | sh:Warning | ex:P\n"
                 "ex:c | ex:q | MinCount | - | sh:Violation | []");
    CHECK_COMPILE(NODE("sh:property ex:I"), RP_ILL_FORMED);
    CHECK_COMPILE(NODE("sh:property \"x\""), RP_ILL_FORMED);
}

#define QUALIFIED(constraint)                                          \
    "ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:p ;" \
    "sh:qualifiedValueShape [ sh:class ex:D ] ; " constraint " ."
#define QUALIFIED_RESULT(component) "ex:a | ex:p | " component " | - | sh:Violation | ex:P"
#define TWO "ex:a ex:p ex:b, ex:c, ex:d . ex:b a ex:D . ex:c a ex:D . ex:d a ex:E ."

RP_TEST(component_qualified_counts)
{
    CHECK_REPORT(QUALIFIED("sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 2"), TWO, "conforms");
    CHECK_REPORT(QUALIFIED("sh:qualifiedMinCount 3"), TWO, QUALIFIED_RESULT("QualifiedMinCount"));
    CHECK_REPORT(QUALIFIED("sh:qualifiedMaxCount 1"), TWO, QUALIFIED_RESULT("QualifiedMaxCount"));
    CHECK_REPORT(QUALIFIED("sh:qualifiedMinCount 0"), "", "conforms");
}

RP_TEST(component_qualified_ill_formed)
{
    CHECK_COMPILE(
        "ex:S a sh:NodeShape ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1 .",
        RP_ILL_FORMED);
    CHECK_COMPILE(QUALIFIED("sh:qualifiedMinCount \"1\""), RP_ILL_FORMED);
    CHECK_COMPILE(QUALIFIED("sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint 5"),
                  RP_ILL_FORMED);
    CHECK_COMPILE(QUALIFIED("sh:qualifiedMinCount 1 ; sh:qualifiedValueShape ex:S"), RP_ILL_FORMED);
}

/* Counts without a shape to count are no constraint. */
RP_TEST(component_qualified_without_shape)
{
    CHECK_REPORT("ex:P sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedMinCount 1 .", "",
                 "conforms");
}

/* The Recommendation's hand: a thumb that is also a finger counts for neither. */
RP_TEST(component_qualified_disjoint)
{
    const char *shapes =
        "ex:S sh:targetNode ex:a ; sh:property ex:P, ex:Q ."
        "ex:P sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:Thumb ] ;"
        "sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 ."
        "ex:Q sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:Finger ] ;"
        "sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 2 .";

    CHECK_REPORT(
        shapes,
        "ex:a ex:p ex:t, ex:f, ex:g . ex:t a ex:Thumb . ex:f a ex:Finger . ex:g a ex:Finger .",
        "conforms");
    CHECK_REPORT(shapes,
                 "ex:a ex:p ex:t, ex:f, ex:g . ex:t a ex:Thumb, ex:Finger . ex:f a ex:Finger . "
                 "ex:g a ex:Finger .",
                 "ex:a | ex:p | QualifiedMinCount | - | sh:Violation | ex:P");
}

/* So many property shapes of each of so many parents, all of them siblings. */
static const char *
siblings_text(int parents, int properties)
{
    static char text[1 << 19];
    int length = snprintf(text, sizeof text, "ex:T sh:class ex:D .");

    for (int i = 0; i < parents; i++) {
        length += snprintf(text + length, sizeof text - (size_t)length,
                           " ex:S%d sh:targetNode ex:a ; sh:property ex:P0", i);
        for (int j = 1; j < properties; j++) {
            length += snprintf(text + length, sizeof text - (size_t)length, ",ex:P%d", j);
        }
        length += snprintf(text + length, sizeof text - (size_t)length, " .");
    }
    for (int j = 0; j < properties; j++) {
        length += snprintf(text + length, sizeof text - (size_t)length,
                           " ex:P%d sh:path ex:p ; sh:qualifiedValueShape [ sh:hasValue %d ] ;"
                           " sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMaxCount 1 .",
                           j, j);
    }
    return text;
}

/* Siblings are operands once, however many parents they share, and are bounded in all. */
RP_TEST(component_qualified_siblings_are_few)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test, siblings_text(20, 10), false), RP_OK);
    for (uint32_t i = 0; i < test.shapes.shape_count; i++) {
        const RpShape *shape = &test.shapes.shapes[i];

        if (shape->path != NULL && CHECK_INT(shape->constraint_count, 1)) {
            CHECK_INT(shape->constraints[0].operand_count, 2 + 9);
        }
    }
    rp_test_shapes_end(&test);
    CHECK(rp_test_shapes_fail(siblings_text(1, 1025), RP_TOO_LARGE, "has too many siblings",
                              __FILE__, __LINE__));
}

/* A list that many shapes share is read for each: a small text must not mean a large policy. */
RP_TEST(component_shared_lists_are_few)
{
    enum { COUNT = 2060 };
    size_t size = (size_t)COUNT * 80;
    char *text = malloc(size);
    size_t used;

    if (text == NULL) {
        abort();
    }
    used = (size_t)snprintf(text, size, "ex:S0 sh:in _:l0 . ");
    for (int i = 0; i < COUNT; i++) {
        used += (size_t)snprintf(text + used, size - used,
                                 "ex:S%d sh:in _:l0 . _:l%d rdf:first %d ; rdf:rest _:l%d . ",
                                 i + 1, i, i, i + 1);
    }
    (void)snprintf(text + used, size - used, "_:l%d rdf:first 0 ; rdf:rest rdf:nil .", COUNT);
    CHECK(rp_test_shapes_fail(text, RP_TOO_LARGE,
                              "its list, path or prefixes are shared by too many shapes", __FILE__,
                              __LINE__));
    free(text);
}

/* Two property shapes with the same qualified value shape are no siblings. */
RP_TEST(component_qualified_same_shape)
{
    CHECK_REPORT(
        "ex:S sh:targetNode ex:a ; sh:property ex:P, ex:Q . ex:T sh:class ex:D ."
        "ex:P sh:path ex:p ; sh:qualifiedValueShape ex:T ; sh:qualifiedValueShapesDisjoint true ;"
        "sh:qualifiedMinCount 1 ."
        "ex:Q sh:path ex:q ; sh:qualifiedValueShape ex:T ; sh:qualifiedMaxCount 5 .",
        "ex:a ex:p ex:b . ex:b a ex:D .", "conforms");
}
