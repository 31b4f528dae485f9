/* sh:class: SHACL instances by rdf:type and rdfs:subClassOf. SHACL Recommendation, sections 1.1
 * and 4.1.1. */
#include <stdio.h>

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
