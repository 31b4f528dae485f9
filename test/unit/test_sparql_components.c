/* Constraint components that shapes graphs declare: SHACL Recommendation, section 6. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "host.h"
#include "shacl/component.h"
#include "shapes_of.h"
#include "sparql/algebra.h"

#define ASK "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER ($value = $one) }' ] "
#define COMPONENT(parameters, validators) \
    "ex:C a sh:ConstraintComponent ; sh:parameter " parameters " ; " validators ". "
#define ONE "[ sh:path ex:one ] "
#define TWO "[ sh:path ex:two ; sh:optional true ] "
#define SELECT_OF(property, text) property " [ a sh:SPARQLSelectValidator ; sh:select '" text "' ] "

/* A text; how many constraints of ex:C the shape ex:S has; and the number of warnings. */
typedef struct UseCase {
    const char *shapes;
    uint32_t constraint_count;
    uint32_t warning_count;
} UseCase;

static uint32_t
count_declared(const RpTestShapes *test, const char *local)
{
    const RpShape *shape = rp_test_shape_named(test, local);
    uint32_t count = 0;

    for (uint32_t i = 0; shape != NULL && i < shape->constraint_count; i++) {
        count += shape->constraints[i].component == RP_COMPONENT_DECLARED;
    }
    return count;
}

RP_TEST(component_is_used_where_all_mandatory_parameters_are)
{
    static const UseCase cases[] = {
        {COMPONENT(ONE, ASK) "ex:S ex:one 1 .", 1, 0},
        {COMPONENT(ONE, ASK) "ex:S ex:one 1 , 2 , 3 .", 3, 0},
        {COMPONENT(ONE "," TWO, ASK) "ex:S ex:one 1 .", 1, 0},
        {COMPONENT(ONE "," TWO, ASK) "ex:S ex:one 1 ; ex:two 2 .", 1, 0},
        {COMPONENT(ONE "," TWO, ASK) "ex:S ex:two 1 .", 0, 0},
        {COMPONENT(ONE ", [ sh:path ex:two ]", ASK) "ex:S ex:one 1 .", 0, 0},
        {COMPONENT(ONE ", [ sh:path ex:two ]", ASK) "ex:S ex:one 1 ; ex:two 1 .", 1, 0},
        /* By the kind of shape. Without a validator nothing is asked: a warning, once. */
        {COMPONENT(ONE, SELECT_OF("sh:nodeValidator", "SELECT $this {}")) "ex:S ex:one 1 .", 1, 0},
        {COMPONENT(ONE, SELECT_OF("sh:nodeValidator",
                                  "SELECT $this {}")) "ex:S ex:one 1 , 2 ; sh:path ex:p .",
         0, 1},
        {COMPONENT(ONE,
                   SELECT_OF("sh:propertyValidator",
                             "SELECT $this { $this $PATH $one }")) "ex:S ex:one 1 ; sh:path ex:p .",
         1, 0},
        {COMPONENT(ONE, "rdfs:label 'C'") "ex:S a sh:NodeShape ; ex:one 1 . ex:T a sh:NodeShape ; "
                                          "ex:one 1 .",
         0, 1},
        /* Subclasses, an ASK in place of a SELECT, another validator that is a script. */
        {"ex:K rdfs:subClassOf sh:ConstraintComponent . ex:A rdfs:subClassOf "
         "sh:SPARQLAskValidator . ex:C a ex:K ; sh:parameter " ONE " ; sh:validator [ a ex:A ; "
         "sh:ask 'ASK {}' ] . ex:S ex:one 1 .",
         1, 0},
        {COMPONENT(
             ONE,
             "sh:propertyValidator [ a sh:SPARQLAskValidator ; sh:ask 'ASK {}' ]") "ex:S ex:one 1 "
                                                                                   "; sh:path ex:p "
                                                                                   ".",
         1, 0},
        {COMPONENT(ONE, "sh:validator [ a sh:JSValidator ] ; " ASK) "ex:S ex:one 1 .", 1, 0},
        /* A parameter of SHACL's own, and one of a library's. */
        {COMPONENT(
             "[ sh:path sh:minLength ]",
             "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK {}' ]") "ex:S sh:minLength 1 .",
         1, 0},
        {COMPONENT(
             "[ sh:path dash:stem ]",
             "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK {}' ]") "ex:S dash:stem 'x' .",
         1, 0},
        /* SHACL's vocabulary describes its components: they are those of the table. */
        {"sh:InConstraintComponent a sh:ConstraintComponent ; sh:parameter [ sh:path sh:in ] . "
         "ex:S sh:in () .",
         0, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RpTestShapes test;

        if (!CHECK_STATUS(rp_test_shapes_of(&test, cases[i].shapes, false), RP_OK) ||
            !CHECK_INT(count_declared(&test, "S"), cases[i].constraint_count) ||
            !CHECK_INT(test.shapes.finding_count, cases[i].warning_count)) {
            printf("    %s\n    %s\n", cases[i].shapes, test.error.message);
        }
        rp_test_shapes_end(&test);
    }
}

/* Operands, and the names that the validator's algebra has, in the same order. */
RP_TEST(component_has_operands)
{
    RpTestShapes test;
    const RpConstraint *constraint;
    RpAlgebra algebra;

    CHECK_STATUS(rp_test_shapes_of(
                     &test,
                     "ex:C sh:message 'component' . " COMPONENT(
                         ONE "," TWO ", [ sh:path ex:three ]", ASK) "ex:S ex:one 1 ; ex:three 3 .",
                     false),
                 RP_OK);
    constraint = &rp_test_shape_named(&test, "S")->constraints[0];
    if (CHECK_INT(constraint->operand_count, 6)) {
        CHECK_INT(constraint->operands[1].term, rp_test_shapes_ex(&test, "C"));
        CHECK_INT(constraint->operands[2].term_count, 1);
        CHECK(constraint->operands[3].term != RP_TERM_NONE);
        CHECK_INT(constraint->operands[4].term, RP_TERM_NONE);
        CHECK(constraint->operands[5].term != RP_TERM_NONE);
        rp_algebra_open(test.shapes.queries[0].bytes.data, &algebra);
        CHECK(rp_algebra_is_ask(&algebra));
        CHECK_INT(algebra.header->prebound_count, RP_QUERY_VALUE + 1 + 3);
    }
    rp_test_shapes_end(&test);
    /* The validator's messages come before the component's. */
    CHECK_STATUS(
        rp_test_shapes_of(&test,
                          "ex:C sh:message 'component' . " COMPONENT(
                              ONE, "sh:validator ex:V") "ex:V a sh:SPARQLAskValidator ; "
                                                        "sh:message 'a' , 'b' ; sh:ask 'ASK {}' . "
                                                        "ex:S ex:one 1 . ex:T ex:one 2 .",
                          false),
        RP_OK);
    constraint = &rp_test_shape_named(&test, "T")->constraints[0];
    CHECK_INT(constraint->operands[2].term_count, 2);
    CHECK_INT(test.shapes.query_count, 2); /* each shape has its own */
    CHECK(test.shapes.queries[0].bytes.data == test.shapes.queries[1].bytes.data);
    rp_test_shapes_end(&test);
}

#define OF_TWO_PATHS(path)                                                                     \
    COMPONENT(ONE, SELECT_OF("sh:propertyValidator", "SELECT $this { $this $" path " $one }")) \
    "ex:S ex:one 1 ; sh:path ex:p . ex:T ex:one 1 ; sh:path ( ex:p ex:q ) ."

/* The algebra of a validator that has $PATH, in whatever letters, is that of the shape's path. */
RP_TEST(component_with_a_path)
{
    static const char *const texts[] = {OF_TWO_PATHS("PATH"), OF_TWO_PATHS("P\\\\u0041TH"),
                                        OF_TWO_PATHS("\\\\U00000050ATH")};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        RpTestShapes test;

        CHECK_STATUS(rp_test_shapes_of(&test, texts[i], false), RP_OK);
        if (CHECK_INT(test.shapes.query_count, 2)) {
            CHECK(test.shapes.queries[0].bytes.length != test.shapes.queries[1].bytes.length);
        }
        rp_test_shapes_end(&test);
    }
}

/* A text that is refused: the rule that it breaks, and a piece of the message. */
typedef struct RefusedCase {
    const char *rule;
    const char *message;
    const char *shapes;
} RefusedCase;

RP_TEST(component_is_ill_formed)
{
    static const RefusedCase cases[] = {
        {"ConstraintComponent", "must be an IRI",
         "[] a sh:ConstraintComponent ; sh:parameter " ONE "."},
        {"ConstraintComponent", "must have the type", "ex:C sh:parameter " ONE " ; " ASK "."},
        {"ConstraintComponent-parameter", "not optional", COMPONENT(TWO, ASK)},
        {"ConstraintComponent-parameter", "not optional", "ex:C a sh:ConstraintComponent ."},
        {"Parameter-predicate-count", "exactly one sh:path", COMPONENT("[]", ASK)},
        {"Parameter-predicate-count", "exactly one sh:path",
         COMPONENT("[ sh:path ex:one , ex:two ]", ASK)},
        {"Parameter-predicate-count", "not a literal", COMPONENT("'one'", ASK)},
        {"Parameter", "must be an IRI", COMPONENT("[ sh:path [ sh:inversePath ex:one ] ]", ASK)},
        {"parameter-name-VARNAME", "the name of a variable", COMPONENT("[ sh:path ex:o-ne ]", ASK)},
        {"parameter-name-VARNAME", "the name of a variable", COMPONENT("[ sh:path ex: ]", ASK)},
        {"parameter-name-not-in", "must not be called value",
         COMPONENT("[ sh:path ex:value ]", ASK)},
        {"parameter-name-not-in", "must not be called PATH", COMPONENT("[ sh:path ex:PATH ]", ASK)},
        {"parameter-name-not-in", "must not be called this", COMPONENT("[ sh:path sh:this ]", ASK)},
        {"parameter-name-unique", "the same name", COMPONENT(ONE ", [ sh:path dash:one ]", ASK)},
        {"optional-datatype", "must be true or false",
         COMPONENT(ONE ", [ sh:path ex:two ; sh:optional 'true' ]", ASK)},
        {"optional-maxCount", "one value only",
         COMPONENT(ONE ", [ sh:path ex:two ; sh:optional true , false ]", ASK)},
        {"labelTemplate-datatype", "sh:labelTemplate", COMPONENT(ONE, "sh:labelTemplate 1 ; " ASK)},
        {"validator-class", "sh:SPARQLAskValidator",
         COMPONENT(ONE, "sh:validator [ sh:ask 'ASK {}' ]")},
        {"validator-class", "sh:SPARQLAskValidator",
         COMPONENT(ONE, SELECT_OF("sh:validator", "SELECT $this {}"))},
        {"nodeValidator-class", "sh:SPARQLSelectValidator", COMPONENT(ONE, "sh:nodeValidator []")},
        {"propertyValidator-class", "sh:SPARQLSelectValidator",
         COMPONENT(ONE, "sh:propertyValidator 1")},
        /* Of its use by a shape. */
        {"ask-count", "sh:ask of",
         COMPONENT(ONE, "sh:validator [ a sh:SPARQLAskValidator ]") "ex:S ex:one 1 ."},
        {"ask-datatype", "sh:ask of",
         COMPONENT(ONE, "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 1 ]") "ex:S ex:one 1 ."},
        {"ask-sparql", "must be an ASK",
         COMPONENT(
             ONE,
             "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'SELECT * {}' ]") "ex:S ex:one 1 ."},
        {"SPARQLSelectValidator-select-count", "exactly one",
         COMPONENT(ONE, "sh:nodeValidator [ a sh:SPARQLSelectValidator ]") "ex:S ex:one 1 ."},
        {"select-query-this", "must return ?this",
         COMPONENT(ONE, SELECT_OF("sh:nodeValidator", "SELECT $one {}")) "ex:S ex:one 1 ."},
        {"pre-binding-limitations", "$one",
         COMPONENT(ONE,
                   SELECT_OF("sh:nodeValidator", "SELECT $this (1 AS ?one) {}")) "ex:S ex:one 1 ."},
        {"pre-binding-limitations", "does not return $two",
         COMPONENT(ONE "," TWO,
                   SELECT_OF("sh:nodeValidator", "SELECT $this { { SELECT $this $one { "
                                                 "?this ?one ?x } } }")) "ex:S ex:one 1 ."},
        {"pre-binding-limitations", "$value",
         COMPONENT(ONE,
                   "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK { BIND (1 AS ?value) }' "
                   "]") "ex:S ex:one 1 ."},
        {"PATH-position", "$PATH",
         COMPONENT(ONE, SELECT_OF("sh:nodeValidator",
                                  "SELECT $this { $this $PATH 1 }")) "ex:S ex:one 1 ."},
        {"multiple-parameters", "may have one value only",
         COMPONENT(ONE "," TWO, ASK) "ex:S ex:one 1 , 2 ."},
        {"multiple-parameters", "may have one value only",
         COMPONENT(ONE "," TWO, ASK) "ex:S ex:one 1 ; ex:two 1 , 2 ."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RpTestShapes test;

        if (!CHECK_STATUS(rp_test_shapes_of(&test, cases[i].shapes, false), RP_ILL_FORMED) ||
            !CHECK_TEXT(rp_text_from(test.error.rule), cases[i].rule) ||
            !CHECK(strstr(test.error.message, cases[i].message) != NULL) ||
            !CHECK(test.error.line > 0)) {
            printf("    %s\n    %s\n", cases[i].shapes, test.error.message);
        }
        rp_test_shapes_end(&test);
    }
    CHECK_UNSUPPORTED(COMPONENT(ONE, "sh:validator [ a sh:JSValidator ]") "ex:S ex:one 1 .",
                      "validator is in JavaScript");
    CHECK_UNSUPPORTED(COMPONENT(ONE, "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK {}' ; "
                                     "sh:resultAnnotation [] ]") "ex:S ex:one 1 .",
                      "sh:resultAnnotation");
    CHECK_UNSUPPORTED(COMPONENT("[ sh:path sh:js ]", ASK) "ex:S sh:js 1 .", "uses sh:js");
}

/* What a declaration asks of its parameter's values: one that is taken, and one that is not. */
RP_TEST(component_values_are_what_declarations_ask)
{
    static const char *const cases[][3] = {
        {"sh:datatype xsd:integer", "1", "'1'"},
        {"sh:datatype xsd:integer", "1", "'x'^^xsd:integer"},
        {"sh:nodeKind sh:IRI", "ex:a", "'a'"},
        {"sh:nodeKind sh:BlankNodeOrLiteral", "1", "ex:a"},
        {"sh:in ( 1 ex:a )", "ex:a", "2"},
        {"sh:minLength 2", "'de'", "'d'"},
        {"sh:maxLength 2", "'de'", "'deu'"},
        {"sh:pattern '^a'", "'ab'", "'b'"},
        {"sh:minInclusive 1", "1", "0"},
        {"sh:minExclusive 1", "1.5", "1"},
        {"sh:maxInclusive 1", "1.0", "2"},
        {"sh:maxExclusive 1", "0", "'0'"},
        {"sh:maxCount 1", "1", "1 , 2"},
        {"sh:minCount 2", "1 , 2", "1"},
        {"sh:or ( [ sh:datatype xsd:string ] [ sh:nodeKind sh:IRI ] )", "'x' , ex:a", "1"},
        {"sh:and ( [ sh:minLength 1 ] [ sh:maxLength 2 ] )", "'x'", "'xyz'"},
        {"sh:xone ( [ sh:minLength 2 ] [ sh:maxLength 3 ] )", "'x'", "'xy'"},
        {"sh:not [ sh:nodeKind sh:Literal ]", "ex:a", "1"},
        {"sh:node [ sh:nodeKind sh:Literal ; sh:minLength 2 ]", "12", "1"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int is_wrong = 0; is_wrong < 2; is_wrong++) {
            char text[1000];
            RpTestShapes test;

            (void)snprintf(
                text, sizeof text,
                "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:one ; %s ] ; " ASK
                ". ex:S a sh:NodeShape ; ex:one %s .",
                cases[i][0], cases[i][1 + is_wrong]);
            if (!CHECK_STATUS(rp_test_shapes_of(&test, text, false),
                              is_wrong ? RP_ILL_FORMED : RP_OK) ||
                (is_wrong && !CHECK_TEXT(rp_text_from(test.error.rule), "Parameter-conformance")) ||
                !CHECK_INT(test.shapes.finding_count, 0)) {
                printf("    %s\n    %s\n", text, test.error.message);
            }
            rp_test_shapes_end(&test);
        }
    }
}

/* What is not checked says so, and refuses nothing. */
RP_TEST(component_values_that_are_not_checked)
{
    static const char *const asked[] = {"sh:class ex:D", "sh:languageIn ( 'en' )",
                                        "sh:or ( [ sh:in () ] [ sh:class ex:D ] )",
                                        "sh:not [ sh:class ex:D ]"};
    RpTestShapes test;

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        char text[1000];

        (void)snprintf(text, sizeof text,
                       "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:one ; %s ] ; " ASK
                       ". ex:S ex:one ex:a . ex:T ex:one ex:b .",
                       asked[i]);
        CHECK_STATUS(rp_test_shapes_of(&test, text, false), RP_OK);
        if (CHECK_INT(test.shapes.finding_count, 1)) {
            CHECK_TEXT(rp_text_from(test.shapes.findings[0].error.rule), "unchecked-parameter");
        }
        rp_test_shapes_end(&test);
    }
    CHECK_STATUS(rp_test_shapes_of(
                     &test,
                     COMPONENT("[ sh:path ex:one ; sh:class ex:D ]",
                               ASK) "ex:E rdfs:subClassOf ex:D , ex:E . ex:a a ex:E . ex:S ex:one "
                                    "ex:a .",
                     false),
                 RP_OK);
    CHECK_INT(test.shapes.finding_count, 0);
    rp_test_shapes_end(&test);
}

/* What is left out asks for less, and what negates it goes too. */
RP_TEST(component_is_left_out)
{
    static const char *const texts[] = {
        /* The component; its validator's query; a value. */
        "ex:C a sh:ConstraintComponent ; sh:parameter [] , " ONE "; " ASK
        ". ex:S a sh:NodeShape ; ex:one 1 . ex:T sh:not ex:S .",
        COMPONENT(ONE, "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK { "
                       "WRONG }' ]") "ex:S ex:one 1 . ex:T sh:not ex:S .",
        COMPONENT("[ sh:path ex:one ; sh:datatype xsd:string ]",
                  ASK) "ex:S ex:one 1 . ex:T sh:not ex:S .",
        COMPONENT(ONE "," TWO, ASK) "ex:S ex:one 1 , 2 . ex:T sh:not ex:S ."};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        RpTestShapes test;

        CHECK_STATUS(rp_test_shapes_of(&test, texts[i], true), RP_OK);
        if (!CHECK_INT(count_declared(&test, "S"), 0) || !CHECK(test.shapes.left_out_count >= 2) ||
            !CHECK_INT(rp_test_shape_named(&test, "T")->constraint_count, 0)) {
            printf("    %s\n", texts[i]);
        }
        rp_test_shapes_end(&test);
    }
}
