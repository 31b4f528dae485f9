/* sh:equals, disjoint, lessThan, lessThanOrEquals, languageIn, uniqueLang, closed, hasValue and in.
 * SHACL Recommendation, sections 4.4.4, 4.4.5, 4.5 and 4.8. */
#include "validation.h"

#define PROPERTY(constraint) "ex:S sh:targetNode ex:a ; sh:path ex:p ; " constraint " ."
#define NODE(constraint) "ex:S sh:targetNode ex:a ; " constraint " ."
#define RESULT(component, value) "ex:a | ex:p | " component " | " value " | sh:Violation | ex:S"
#define NODE_RESULT(component, value) "ex:a | - | " component " | " value " | sh:Violation | ex:S"

RP_TEST(component_equals)
{
    CHECK_REPORT(PROPERTY("sh:equals ex:q"), "ex:a ex:p 1, 2 ; ex:q 2, 1 .", "conforms");
    CHECK_REPORT(PROPERTY("sh:equals ex:q"), "ex:a ex:p ex:b, ex:c ; ex:q ex:c, ex:d .",
                 RESULT("Equals", "ex:b") "\n" RESULT("Equals", "ex:d"));
    CHECK_REPORT(
        PROPERTY("sh:equals ex:q"), "ex:a ex:p 1 ; ex:q 01 .",
        RESULT("Equals", "\"01\"^^xsd:integer") "\n" RESULT("Equals", "\"1\"^^xsd:integer"));
    CHECK_REPORT(NODE("sh:equals ex:q"), "ex:a ex:q ex:a .", "conforms");
    CHECK_REPORT(NODE("sh:equals ex:q"), "ex:b ex:q ex:a .", NODE_RESULT("Equals", "ex:a"));
    CHECK_COMPILE(PROPERTY("sh:equals \"q\""), RP_ILL_FORMED);
}

RP_TEST(component_disjoint)
{
    CHECK_REPORT(PROPERTY("sh:disjoint ex:q"), "ex:a ex:p 1, ex:b ; ex:q 01, ex:c .", "conforms");
    CHECK_REPORT(PROPERTY("sh:disjoint ex:q"), "ex:a ex:p 1, ex:b ; ex:q ex:b, ex:c .",
                 RESULT("Disjoint", "ex:b"));
    CHECK_REPORT(NODE("sh:disjoint ex:q"), "ex:a ex:q ex:a .", NODE_RESULT("Disjoint", "ex:a"));
    CHECK_COMPILE(PROPERTY("sh:disjoint \"q\""), RP_ILL_FORMED);
}

/* One result for each pair. */
RP_TEST(component_less_than)
{
    CHECK_REPORT(PROPERTY("sh:lessThan ex:q"), "ex:a ex:p 1, 2.5 ; ex:q 3, 4e0 .", "conforms");
    CHECK_REPORT(PROPERTY("sh:lessThan ex:q"), "ex:a ex:p 3 ; ex:q 3 .",
                 RESULT("LessThan", "\"3\"^^xsd:integer"));
    CHECK_REPORT(
        PROPERTY("sh:lessThan ex:q"), "ex:a ex:p 4, 5 ; ex:q 1, 2 .",
        RESULT("LessThan", "\"4\"^^xsd:integer") "\n" RESULT(
            "LessThan",
            "\"4\"^^xsd:integer") "\n" RESULT("LessThan",
                                              "\"5\"^^xsd:integer") "\n" RESULT("LessThan",
                                                                                "\"5\"^^xsd:"
                                                                                "integer"));
    CHECK_REPORT(PROPERTY("sh:lessThan ex:q"), "ex:a ex:p 1 ; ex:q \"x\" .",
                 RESULT("LessThan", "\"1\"^^xsd:integer"));
    CHECK_COMPILE(NODE("sh:lessThan ex:q"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:lessThan \"q\""), RP_ILL_FORMED);
}

RP_TEST(component_less_than_or_equals)
{
    CHECK_REPORT(PROPERTY("sh:lessThanOrEquals ex:q"), "ex:a ex:p 3 ; ex:q 3.0, 4 .", "conforms");
    CHECK_REPORT(PROPERTY("sh:lessThanOrEquals ex:q"), "ex:a ex:p 3 ; ex:q 2, 3 .",
                 RESULT("LessThanOrEquals", "\"3\"^^xsd:integer"));
    CHECK_COMPILE(NODE("sh:lessThanOrEquals ex:q"), RP_ILL_FORMED);
}

/* Ranges match as RFC 4647's basic filtering: a prefix that ends at a hyphen, case aside. */
RP_TEST(component_language_in)
{
    CHECK_REPORT(
        PROPERTY("sh:languageIn ( \"en\" \"de-CH\" )"),
        "ex:a ex:p \"a\"@en, \"b\"@EN-gb, \"c\"@de-ch-1996, \"d\"@de, \"e\"@eng, \"f\", ex:g .",
        RESULT("LanguageIn", "\"d\"@de") "\n" RESULT("LanguageIn", "\"e\"@eng") "\n" RESULT(
            "LanguageIn", "\"f\"") "\n" RESULT("LanguageIn", "ex:g"));
    CHECK_REPORT(PROPERTY("sh:languageIn ( \"*\" )"), "ex:a ex:p \"a\"@en, \"b\" .",
                 RESULT("LanguageIn", "\"b\""));
    CHECK_COMPILE(PROPERTY("sh:languageIn ( \"en\"@en )"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:languageIn \"en\""), RP_ILL_FORMED);
}

/* One result for each tag, case aside. */
RP_TEST(component_unique_lang)
{
    CHECK_REPORT(PROPERTY("sh:uniqueLang true"),
                 "ex:a ex:p \"a\"@en, \"b\"@de, \"c\", \"d\", ex:e .", "conforms");
    CHECK_REPORT(PROPERTY("sh:uniqueLang true"),
                 "ex:a ex:p \"a\"@en, \"b\"@EN, \"c\"@en, \"d\"@de, \"e\"@de, \"f\"@fr .",
                 RESULT("UniqueLang", "-") "\n" RESULT("UniqueLang", "-"));
    CHECK_REPORT(PROPERTY("sh:uniqueLang true"),
                 "ex:a ex:p \"a\"@en, \"b\"@EN, \"c\"@en, \"d\"@de, \"e\"@de, \"f\"@fr,"
                 "\"g\"@qa, \"h\"@qb, \"i\"@qc, \"j\"@qd, \"k\", \"l\" .",
                 RESULT("UniqueLang", "-") "\n" RESULT("UniqueLang", "-"));
    CHECK_REPORT(PROPERTY("sh:uniqueLang false"), "ex:a ex:p \"a\"@en, \"b\"@en .", "conforms");
    CHECK_REPORT(PROPERTY("sh:uniqueLang \"1\"^^xsd:boolean"), "ex:a ex:p \"a\"@en, \"b\"@en .",
                 "conforms");
    CHECK_COMPILE(PROPERTY("sh:uniqueLang \"true\""), RP_ILL_FORMED);
    CHECK_COMPILE(NODE("sh:uniqueLang true"), RP_ILL_FORMED);
}

/* Paths of the shape's own property shapes open it, deactivated ones too; complex paths and other
 * shapes do not. */
RP_TEST(component_closed)
{
    const char *shapes =
        "ex:S sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;"
        "sh:property [ sh:path ex:p ], [ sh:path ex:q ; sh:deactivated true ],"
        "[ sh:path ( ex:r ex:s ) ] ; sh:node [ sh:property [ sh:path ex:t ] ] .";

    CHECK_REPORT(shapes, "ex:a a ex:C ; ex:p 1 ; ex:q 2 . ex:b ex:z 1 .", "conforms");
    CHECK_REPORT(shapes, "ex:a ex:r ex:b ; ex:t ex:c ; ex:z ex:d, ex:e .",
                 "ex:a | ex:r | Closed | ex:b | sh:Violation | ex:S\n"
                 "ex:a | ex:t | Closed | ex:c | sh:Violation | ex:S\n"
                 "ex:a | ex:z | Closed | ex:d | sh:Violation | ex:S\n"
                 "ex:a | ex:z | Closed | ex:e | sh:Violation | ex:S");
    CHECK_REPORT(NODE("sh:closed false"), "ex:a ex:z 1 .", "conforms");
}

RP_TEST(component_closed_on_property_shape)
{
    CHECK_REPORT(PROPERTY("sh:closed true"), "ex:a ex:p ex:b ; ex:q 1 . ex:b ex:r ex:c .",
                 "ex:a | ex:r | Closed | ex:c | sh:Violation | ex:S");
}

RP_TEST(component_closed_ill_formed)
{
    CHECK_COMPILE(NODE("sh:closed \"true\""), RP_ILL_FORMED);
    CHECK_COMPILE(NODE("sh:closed true ; sh:ignoredProperties ( \"p\" )"), RP_ILL_FORMED);
    CHECK_COMPILE(NODE("sh:closed true ; sh:ignoredProperties ex:p"), RP_ILL_FORMED);
}

RP_TEST(component_has_value)
{
    CHECK_REPORT(PROPERTY("sh:hasValue 1"), "ex:a ex:p 1, 2, ex:b .", "conforms");
    CHECK_REPORT(PROPERTY("sh:hasValue 1"), "ex:a ex:p 01, \"1\" .", RESULT("HasValue", "-"));
    CHECK_REPORT(PROPERTY("sh:hasValue ex:b, ex:c"), "ex:a ex:p ex:c .", RESULT("HasValue", "-"));
    CHECK_REPORT(NODE("sh:hasValue ex:a"), "", "conforms");
    CHECK_REPORT(NODE("sh:hasValue ex:b"), "ex:a ex:p ex:b .", NODE_RESULT("HasValue", "-"));
}

/* Terms, not values, are compared; the case of language tags does not matter. */
RP_TEST(component_in)
{
    CHECK_REPORT(PROPERTY("sh:in ( ex:b 1 \"x\"@en )"), "ex:a ex:p ex:b, 1, \"x\"@EN .",
                 "conforms");
    CHECK_REPORT(PROPERTY("sh:in ( ex:b 1 )"), "ex:a ex:p ex:c, 01, 1 .",
                 RESULT("In", "\"01\"^^xsd:integer") "\n" RESULT("In", "ex:c"));
    CHECK_REPORT(PROPERTY("sh:in ()"), "ex:a ex:p ex:c .", RESULT("In", "ex:c"));
    CHECK_COMPILE(PROPERTY("sh:in ex:b"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:in ( 1 ), ( 2 )"), RP_ILL_FORMED);
}
