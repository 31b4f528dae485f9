/*
 * What is left out where the caller asks for it: which parts, by what names, and what the rest
 * still finds. Sections are the Recommendation's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "shapes_of.h"
#include "validation.h"

/* A shapes text; what is left out of it, by a piece of each message, in order; and the report. */
typedef struct LeftOutCase {
    const char *shapes;
    const char *left_out[5];
    const char *data;
    const char *report;
} LeftOutCase;

/* A message as a string, which lives until the next call. */
static const char *
message_of(const RpLeftOut *left_out)
{
    static char message[RP_ERROR_MESSAGE_SIZE];

    (void)snprintf(message, sizeof message, "%.*s", (int)left_out->message.length,
                   left_out->message.data);
    return message;
}

static void
check_case(const LeftOutCase *left_out_case)
{
    RpTestShapes test;
    uint32_t count = 0;
    bool is_good = true;

    while (count < 5 && left_out_case->left_out[count] != NULL) {
        count++;
    }
    CHECK_STATUS(rp_test_shapes_of(&test, left_out_case->shapes, true), RP_OK);
    is_good &= CHECK_INT(test.shapes.left_out_count, count);
    for (uint32_t i = 0; i < test.shapes.left_out_count && i < count; i++) {
        is_good &= CHECK(strstr(message_of(&test.shapes.left_out[i]), left_out_case->left_out[i]));
    }
    is_good &= CHECK_TEXT(
        rp_text_from(rp_test_report_leaving_out(left_out_case->shapes, left_out_case->data)),
        left_out_case->report);
    for (uint32_t i = 0; i < test.shapes.left_out_count && !is_good; i++) {
        printf("    left out: %s\n", message_of(&test.shapes.left_out[i]));
    }
    if (!is_good) {
        printf("    of %s\n", left_out_case->shapes);
    }
    rp_test_shapes_end(&test);
}

static void
check_cases(const LeftOutCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_case(&cases[i]);
    }
}

#define CHECK_CASES(cases) check_cases((cases), sizeof(cases) / sizeof *(cases))
#define AT(path, component, value, shape) \
    "ex:a | " path " | " component " | " value " | sh:Violation | " shape

/* The grain is one constraint, and what is no constraint is not missed by those that are. */
RP_TEST(left_out_are_constraints)
{
    static const LeftOutCase cases[] = {
        {"ex:S sh:targetNode \"x\" ; sh:datatype xsd:integer ; sh:pattern \"^(?=a)\" .",
         {"shape <http://ex/S>: sh:pattern"},
         "",
         "\"x\" | - | Datatype | \"x\" | sh:Violation | ex:S"},
        {"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ; "
         "sh:nodeType sh:IRI ] .",
         {"uses sh:nodeType, which is not known"},
         "ex:a ex:q 1 .",
         AT("ex:p", "MinCount", "-", "[]")},
        {"ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ; sh:sparql [ sh:select \"\" ] .",
         {"shape <http://ex/S>: sh:select of _:b"},
         "",
         AT("-", "NodeKind", "ex:a", "ex:S")},
        /* Several values: whichever is meant. */
        {"ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 1 , 2 ; sh:nodeKind sh:IRI .",
         {"sh:minCount may have one value only"},
         "ex:a ex:p 1 .",
         AT("ex:p", "NodeKind", "\"1\"^^xsd:integer", "ex:S")},
        /* One value of several constraints. */
        {"ex:S sh:targetNode ex:a ; sh:class ex:C , \"D\" .",
         {"sh:class must be an IRI"},
         "",
         AT("-", "Class", "ex:a", "ex:S")},
        /* Targets, messages and severities are no constraints. */
        {"ex:S sh:targetNode ex:a , _:b ; sh:message 5 ; sh:nodeKind sh:Literal . "
         "ex:T sh:not ex:S ; sh:targetNode ex:a .",
         {"sh:message must be a string", "sh:targetNode must be an IRI or a literal"},
         "",
         AT("-", "NodeKind", "ex:a", "ex:S")},
        {"ex:S sh:targetNode ex:a ; sh:severity \"high\" ; sh:nodeKind sh:Literal .",
         {"sh:severity must be an IRI"},
         "",
         "ex:a | - | NodeKind | ex:a | <urn:rdfpolicy:UnknownSeverity> | ex:S"},
        {"ex:S sh:target [ sh:select \"\" ] . ex:T sh:targetNode ex:a ; sh:not ex:S .",
         {"shape <http://ex/S>: sh:target is no sh:SPARQLTarget"},
         "",
         AT("-", "Not", "ex:a", "ex:T")},
        /* Parameters that mean nothing by themselves. */
        {"ex:S sh:targetNode ex:a ; sh:flags 1 ; sh:nodeKind sh:Literal . "
         "ex:T sh:targetNode ex:a ; sh:not ex:S .",
         {"sh:flags must be an xsd:string"},
         "",
         AT("-", "NodeKind", "ex:a", "ex:S")},
        /* A component of the text's own, and those who use its parameter. */
        {"ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:even ] ; sh:validator ex:v . "
         "ex:S a sh:NodeShape ; ex:even true . ex:T sh:targetNode ex:a ; sh:not ex:S ; sh:in () .",
         {"constraint component <http://ex/C>: sh:validator must have the type",
          "shape <http://ex/S>: its constraint of <http://ex/C> cannot be enforced",
          "sh:not cannot be enforced, as nothing is left of the shape <http://ex/S>"},
         "",
         AT("-", "In", "ex:a", "ex:T")},
    };

    CHECK_CASES(cases);
}

/* Where it is not known which nodes the constraints of a shape are about, all of them go. */
RP_TEST(left_out_are_shapes)
{
    static const LeftOutCase cases[] = {
        {"ex:S sh:targetNode ex:a ; sh:path \"p\" ; sh:nodeKind sh:Literal . "
         "ex:T sh:targetNode ex:a ; sh:in () .",
         {"sh:path must be an IRI or a blank node, not a literal; nothing of the shape is "
          "enforced"},
         "",
         AT("-", "In", "ex:a", "ex:T")},
        {"ex:S sh:targetNode ex:a ; sh:deactivated \"yes\" ; sh:nodeKind sh:Literal .",
         {"sh:deactivated must be true or false; nothing"},
         "",
         "conforms"},
        {"ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:values [ sh:path ex:q ] ; sh:minCount 1 .",
         {"uses sh:values, which is not implemented; nothing"},
         "",
         "conforms"},
        /* Misspelt, they are missing all the same. */
        {"ex:S sh:targetNode ex:a ; sh:paht ex:p ; sh:in () .",
         {"<http://ex/S> uses sh:paht, which is not known or not implemented; nothing"},
         "",
         "conforms"},
        {"ex:S sh:targetNode ex:a ; sh:pattern \"/A\" ; sh:flag \"i\" .",
         {"<http://ex/S> uses sh:flag, which is not known or not implemented; nothing"},
         "",
         "conforms"},
        {"ex:S sh:targetNode ex:a ; sh:property ex:P , [ sh:path ex:q ; sh:minCount 1 ] . "
         "ex:P sh:path ex:p , ex:r ; sh:minCount 1 .",
         {"sh:path may have one value only, and has 2; nothing"},
         "",
         AT("ex:q", "MinCount", "-", "[]")},
        {"ex:S sh:targetNode ex:a ; sh:property 5 , ex:Nowhere , ex:T , [ sh:path ex:q ; "
         "sh:minCount 1 ] . ex:T sh:in () .",
         {"sh:property must be a property shape", "sh:property must be a shape, not a literal",
          "sh:property refers to a shape that nothing"},
         "",
         AT("ex:q", "MinCount", "-", "[]")},
    };

    CHECK_CASES(cases);
}

/* What asks for less than its text may not be negated: that would ask for more. */
RP_TEST(left_out_are_negations)
{
    static const LeftOutCase cases[] = {
        {"ex:Weak sh:class \"C\" ; sh:nodeKind sh:IRI . ex:S sh:targetNode ex:a ; sh:not ex:Weak .",
         {"<http://ex/Weak>: sh:class",
          "<http://ex/S>: sh:not cannot be enforced, as it negates what is left of the shape "
          "<http://ex/Weak>"},
         "",
         "conforms"},
        /* However far above; and what refers positively stays. */
        {"ex:Weak sh:class \"C\" ; sh:nodeKind sh:Literal . ex:Mid sh:and ( ex:Weak ) . "
         "ex:S sh:targetNode ex:a ; sh:xone ( ex:Mid ) ; sh:node ex:Mid .",
         {"<http://ex/Weak>: sh:class", "<http://ex/S>: sh:xone"},
         "",
         AT("-", "Node", "ex:a", "ex:S")},
        /* Twice negated: the first negation goes, and then the second has nothing left. */
        {"ex:Weak sh:class \"C\" ; sh:nodeKind sh:IRI . ex:Not sh:not ex:Weak . "
         "ex:S sh:targetNode ex:a ; sh:not ex:Not .",
         {"<http://ex/Weak>: sh:class", "<http://ex/Not>: sh:not cannot be enforced, as it negates",
          "<http://ex/S>: sh:not cannot be enforced, as nothing is left of the shape"},
         "",
         "conforms"},
        {"ex:Weak sh:class \"C\" ; sh:nodeKind sh:IRI . ex:S sh:targetNode ex:a ; sh:path ex:p ; "
         "sh:qualifiedValueShape ex:Weak ; sh:qualifiedMinCount 3 ; sh:qualifiedMaxCount 1 .",
         {"<http://ex/Weak>: sh:class", "<http://ex/S>: sh:qualifiedMaxCount"},
         "ex:a ex:p ex:b , ex:c .",
         AT("ex:p", "QualifiedMinCount", "-", "ex:S")},
        /* Siblings are the other way round. */
        {"ex:Weak sh:class \"C\" ; sh:nodeKind sh:IRI . ex:S sh:targetNode ex:a ; sh:property ex:P "
         ","
         "[ sh:path ex:p ; sh:qualifiedValueShape ex:Weak ; sh:qualifiedMinCount 0 ] . ex:P "
         "sh:path "
         "ex:p ; sh:qualifiedValueShape [ sh:minLength 1 ] ; sh:qualifiedValueShapesDisjoint true "
         "; "
         "sh:qualifiedMinCount 5 ; sh:qualifiedMaxCount 0 .",
         {"<http://ex/Weak>: sh:class", "<http://ex/P>: sh:qualifiedMinCount"},
         "ex:a ex:p \"x\" .",
         AT("ex:p", "QualifiedMaxCount", "-", "ex:P")},
        /* Every node conforms to a deactivated shape, whatever it lacks. */
        {"ex:Off sh:class \"C\" ; sh:deactivated true . ex:S sh:targetNode ex:a ; sh:not ex:Off .",
         {"<http://ex/Off>: sh:class"},
         "",
         AT("-", "Not", "ex:a", "ex:S")},
        /* In cycles. */
        {"ex:A sh:targetNode ex:a ; sh:node ex:B . ex:B sh:property [ sh:path ex:p ; sh:node ex:A ]"
         " ; sh:class \"C\" . ex:N sh:targetNode ex:a ; sh:not ex:A ; sh:in () .",
         {"<http://ex/B>: sh:class", "<http://ex/N>: sh:not cannot be enforced, as it negates"},
         "",
         AT("-", "In", "ex:a", "ex:N")},
    };

    CHECK_CASES(cases);
}

/* An alternative to which every node conforms: sh:or asks for nothing, and is named. */
RP_TEST(left_out_are_alternatives)
{
    static const LeftOutCase cases[] = {
        {"ex:A sh:class \"C\" . ex:B sh:nodeKind sh:Literal . "
         "ex:S sh:targetNode ex:a ; sh:or ( ex:A ex:B ) ; sh:in () .",
         {"<http://ex/A>: sh:class",
          "<http://ex/S>: sh:or asks for nothing, as nothing is left of the shape <http://ex/A>"},
         "",
         AT("-", "In", "ex:a", "ex:S")},
        /* Over other shapes. */
        {"ex:A sh:class \"C\" . ex:Mid sh:node ex:A ; sh:and ( ex:A ) . "
         "ex:S sh:targetNode ex:a ; sh:or ( ex:Mid ) .",
         {"<http://ex/A>: sh:class",
          "<http://ex/S>: sh:or asks for nothing, as nothing is left of the shape <http://ex/Mid>"},
         "",
         "conforms"},
        {"ex:A sh:path 5 ; sh:class ex:C . ex:S sh:targetNode ex:a ; sh:or ( ex:A ) , "
         "( [ sh:class ex:C ] ) ; sh:and ( ex:A [ sh:nodeKind sh:Literal ] ) .",
         {"<http://ex/A>: sh:path", "<http://ex/S>: sh:or asks for nothing"},
         "",
         AT("-", "And", "ex:a", "ex:S") "\n" AT("-", "Or", "ex:a", "ex:S")},
        /* Something is left of the alternative. */
        {"ex:A sh:class \"C\" ; sh:minLength 99 . ex:S sh:targetNode ex:a ; sh:or ( ex:A ) .",
         {"<http://ex/A>: sh:class"},
         "",
         AT("-", "Or", "ex:a", "ex:S")},
    };

    CHECK_CASES(cases);
}

#define CLOSED "ex:S sh:targetNode ex:a ; sh:in () ; sh:closed true ; "
#define SIBLINGS(property)                                                                        \
    "ex:S sh:targetNode ex:a ; sh:property ex:P ; " property " . ex:P sh:path ex:p ; "            \
    "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedValueShapesDisjoint true ; " \
    "sh:qualifiedMinCount 9 ; sh:qualifiedMaxCount 0 ."

#define LOST_SIBLING(part)                                                                 \
    "ex:S sh:targetNode ex:a ; sh:propety ex:P ; " part " ; sh:property [ sh:path ex:p ; " \
    "sh:qualifiedValueShape ex:V ; sh:qualifiedMinCount 0 ] . ex:P sh:targetNode ex:a ; "  \
    "sh:path ex:p ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; "                  \
    "sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 9 ; sh:qualifiedMaxCount 0 ."

/* sh:closed allows the text's properties: without one of them it would refuse too much. */
RP_TEST(left_out_are_properties)
{
    static const char closed[] =
        "<http://ex/S>: sh:closed cannot be enforced without all properties";
    static const char siblings[] =
        "<http://ex/P>: sh:qualifiedMaxCount cannot be enforced without all properties";
    static const char data[] = "ex:a ex:p 1 ; ex:q 2 .";
    static const LeftOutCase cases[] = {
        {CLOSED "sh:property [ sh:path \"p\" ] .",
         {closed, "sh:path must be an IRI"},
         data,
         AT("-", "In", "ex:a", "ex:S")},
        {CLOSED "sh:property \"p\" .",
         {closed, "sh:property must be a shape"},
         data,
         AT("-", "In", "ex:a", "ex:S")},
        {CLOSED "sh:propety [ sh:path ex:p ] .",
         {"<http://ex/S> uses sh:propety", closed},
         data,
         AT("-", "In", "ex:a", "ex:S")},
        {CLOSED "sh:ignored ( ex:p ) .",
         {"<http://ex/S> uses sh:ignored", closed},
         data,
         AT("-", "In", "ex:a", "ex:S")},
        {CLOSED "sh:ignoredProperties ( ex:p \"q\" ) .",
         {"<http://ex/S>: sh:ignoredProperties must have IRIs only"},
         data,
         AT("-", "In", "ex:a", "ex:S")},
        /* A path that is known, of a shape that lacks something else. */
        {CLOSED "sh:property [ sh:path ex:p ; sh:minCount \"1\" ] ; sh:nodeType sh:IRI .",
         {"<http://ex/S> uses sh:nodeType", "sh:minCount must be"},
         data,
         AT("-", "In", "ex:a", "ex:S") "\n" AT("ex:q", "Closed", "\"2\"^^xsd:integer", "ex:S")},
        {SIBLINGS("sh:property 5"),
         {"sh:property must be a shape, not a literal", siblings},
         data,
         AT("ex:p", "QualifiedMinCount", "-", "ex:P")},
        {SIBLINGS("sh:propety [ sh:path ex:p ; sh:qualifiedValueShape ex:V ]"),
         {"uses sh:propety", siblings},
         data,
         AT("ex:p", "QualifiedMinCount", "-", "ex:P")},
        /* What the unknown term refers to does not know its siblings either, … */
        {LOST_SIBLING("sh:order 1"),
         {"uses sh:propety", siblings},
         data,
         AT("ex:p", "QualifiedMinCount", "-", "ex:P")},
        /* … not even in a deactivated shape, whose terms are otherwise no matter. */
        {LOST_SIBLING("sh:deactivated true") " ex:T sh:targetNode ex:b ; sh:in 5 .",
         {siblings, "sh:in must be"},
         data,
         AT("ex:p", "QualifiedMinCount", "-", "ex:P")},
        {SIBLINGS("sh:property [ sh:path ex:p ; sh:qualifiedValueShape ex:V , ex:W ; "
                  "sh:qualifiedMinCount 0 ]"),
         {"<http://ex/P>: sh:qualifiedValueShape a sibling has more than one",
          "<http://ex/P>: sh:qualifiedValueShape a sibling has more than one",
          "sh:qualifiedValueShape the shape has more than one"},
         data,
         "conforms"},
    };

    CHECK_CASES(cases);
}

/* Shapes that refer to themselves through a negation lose what negates. */
RP_TEST(left_out_are_cycles)
{
    static const LeftOutCase cases[] = {
        {"ex:A sh:targetNode ex:a ; sh:not ex:A ; sh:nodeKind sh:Literal .",
         {"<http://ex/A>: sh:not cannot be enforced, as the shape refers to itself"},
         "",
         AT("-", "NodeKind", "ex:a", "ex:A")},
        {"ex:A sh:targetNode ex:a ; sh:not ex:B ; sh:in () . ex:B sh:node ex:A ; sh:minLength 1 . "
         "ex:N sh:targetNode ex:a ; sh:not ex:A ; sh:in () .",
         {"<http://ex/A>: sh:not cannot be enforced, as the shape refers to itself",
          "<http://ex/N>: sh:not cannot be enforced, as it negates what is left of the shape"},
         "",
         AT("-", "In", "ex:a", "ex:A") "\n" AT("-", "In", "ex:a", "ex:N")},
        /* Even cycles stay. */
        {"ex:A sh:targetNode ex:a ; sh:not ex:B . ex:B sh:not ex:A . ex:X sh:in 5 .",
         {"<http://ex/X>: sh:in"},
         "",
         "conforms"},
    };

    CHECK_CASES(cases);
}

/* Entailment could add what is missing: without it data might be refused that the text accepts. */
RP_TEST(left_out_is_no_entailment)
{
    RpTestShapes test;

    CHECK_STATUS(rp_test_shapes_of(&test, "ex:G sh:entailment ex:RDFS . ex:S sh:in () .", true),
                 RP_UNSUPPORTED);
    rp_test_shapes_end(&test);
}

/* A member after the other goes, and with the last the constraint. */
RP_TEST(left_out_of_many_members)
{
    enum { MEMBERS = 20000 };
    size_t size = MEMBERS * 40 + 200;
    char *text = calloc(size, 1);
    size_t used;
    RpTestShapes test;

    used = (size_t)snprintf(text, size, "ex:S sh:targetNode ex:a ; sh:and ( ");
    for (int i = 0; i < MEMBERS; i++) {
        used += (size_t)snprintf(text + used, size - used, "[ sh:class 5 ] ");
    }
    (void)snprintf(text + used, size - used, ") .");
    CHECK_STATUS(rp_test_shapes_of(&test, text, true), RP_OK);
    CHECK_INT(test.shapes.left_out_count, MEMBERS);
    CHECK_INT(rp_test_shape_named(&test, "S")->constraint_count, 0);
    rp_test_shapes_end(&test);
    free(text);
}
