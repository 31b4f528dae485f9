/* sh:minCount, maxCount, datatype, nodeKind, the four bounds, minLength, maxLength and pattern.
 * SHACL Recommendation, sections 4.1 to 4.4.3. */
#include "validation.h"

#define PROPERTY(constraint) "ex:S sh:targetNode ex:a ; sh:path ex:p ; " constraint " ."
#define RESULT(component, value) "ex:a | ex:p | " component " | " value " | sh:Violation | ex:S"
#define INTEGER(lexical) "\"" lexical "\"^^xsd:integer"

RP_TEST(component_min_count)
{
    CHECK_REPORT(PROPERTY("sh:minCount 2"), "ex:a ex:p 1, 2 .", "conforms");
    CHECK_REPORT(PROPERTY("sh:minCount 0"), "", "conforms");
    CHECK_REPORT(PROPERTY("sh:minCount 2"), "ex:a ex:p 1 ; ex:q 2 .", RESULT("MinCount", "-"));
}

RP_TEST(component_max_count)
{
    CHECK_REPORT(PROPERTY("sh:maxCount 1"), "ex:a ex:p 1 .", "conforms");
    CHECK_REPORT(PROPERTY("sh:maxCount 1"), "ex:a ex:p 1, 2 .", RESULT("MaxCount", "-"));
    CHECK_REPORT(PROPERTY("sh:maxCount 0"), "ex:a ex:p 1 .", RESULT("MaxCount", "-"));
}

/* Equal values that are different terms are two values. */
RP_TEST(component_max_count_counts_terms)
{
    CHECK_REPORT(PROPERTY("sh:maxCount 1"), "ex:a ex:p 1, 01 .", RESULT("MaxCount", "-"));
    CHECK_REPORT(PROPERTY("sh:maxCount 1"), "ex:a ex:p 1, 1 .", "conforms");
}

/* The Recommendation asks for an xsd:integer, of whatever sign. */
RP_TEST(component_counts_below_zero)
{
    CHECK_REPORT(PROPERTY("sh:minCount -1"), "", "conforms");
    CHECK_REPORT(PROPERTY("sh:maxCount -1"), "", RESULT("MaxCount", "-"));
    CHECK_REPORT(PROPERTY("sh:minLength -1"), "ex:a ex:p \"\", _:b .", RESULT("MinLength", "_:b"));
    CHECK_REPORT(PROPERTY("sh:maxLength -1"), "ex:a ex:p \"\" .", RESULT("MaxLength", "\"\""));
    CHECK_REPORT(PROPERTY("sh:qualifiedValueShape ex:I ; sh:qualifiedMinCount -1"), "", "conforms");
    CHECK_REPORT(PROPERTY("sh:qualifiedValueShape ex:I ; sh:qualifiedMaxCount -1"), "",
                 RESULT("QualifiedMaxCount", "-"));
}

RP_TEST(component_counts_ill_formed)
{
    CHECK_COMPILE("ex:S a sh:NodeShape ; sh:minCount 1 .", RP_ILL_FORMED);
    CHECK_COMPILE("ex:S a sh:NodeShape ; sh:maxCount 1 .", RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:minCount \"1\"^^xsd:int"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:maxCount 1.0"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:maxCount \"x\"^^xsd:integer"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:minCount 1, 2"), RP_ILL_FORMED);
}

RP_TEST(component_datatype)
{
    CHECK_REPORT(PROPERTY("sh:datatype xsd:integer"), "ex:a ex:p 5, -7 .", "conforms");
    CHECK_REPORT(
        PROPERTY("sh:datatype xsd:integer"), "ex:a ex:p 5, \"5\", ex:b, _:b, 5.0 .",
        RESULT("Datatype", "\"5\"") "\n" RESULT("Datatype", "\"5.0\"^^xsd:decimal") "\n" RESULT(
            "Datatype", "_:b") "\n" RESULT("Datatype", "ex:b"));
}

/* Datatypes are not derived from each other here, and ill-typed literals violate. */
RP_TEST(component_datatype_is_exact)
{
    CHECK_REPORT(PROPERTY("sh:datatype xsd:integer"), "ex:a ex:p \"5\"^^xsd:byte .",
                 RESULT("Datatype", "\"5\"^^xsd:byte"));
    CHECK_REPORT(PROPERTY("sh:datatype xsd:byte"),
                 "ex:a ex:p \"127\"^^xsd:byte, \"128\"^^xsd:byte .",
                 RESULT("Datatype", "\"128\"^^xsd:byte"));
    CHECK_REPORT(PROPERTY("sh:datatype xsd:date"), "ex:a ex:p \"1990-02-31\"^^xsd:date .",
                 RESULT("Datatype", "\"1990-02-31\"^^xsd:date"));
}

/* A datatype that the engine does not know is compared by its IRI alone. */
RP_TEST(component_datatype_unknown)
{
    CHECK_REPORT(PROPERTY("sh:datatype ex:T"), "ex:a ex:p \"x\"^^ex:T, \"x\"^^ex:U .",
                 RESULT("Datatype", "\"x\"^^ex:U"));
}

RP_TEST(component_datatype_lang_string)
{
    CHECK_REPORT(PROPERTY("sh:datatype rdf:langString"), "ex:a ex:p \"x\"@en, \"y\" .",
                 RESULT("Datatype", "\"y\""));
    CHECK_REPORT(PROPERTY("sh:datatype xsd:string"), "ex:a ex:p \"x\"@en, \"y\" .",
                 RESULT("Datatype", "\"x\"@en"));
}

RP_TEST(component_datatype_ill_formed)
{
    CHECK_COMPILE(PROPERTY("sh:datatype \"xsd:string\""), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:datatype xsd:string, xsd:integer"), RP_ILL_FORMED);
}

RP_TEST(component_node_kind)
{
    const char *data = "ex:a ex:p ex:b, _:b, \"x\" .";

    CHECK_REPORT(PROPERTY("sh:nodeKind sh:IRI"), data,
                 RESULT("NodeKind", "\"x\"") "\n" RESULT("NodeKind", "_:b"));
    CHECK_REPORT(PROPERTY("sh:nodeKind sh:BlankNode"), data,
                 RESULT("NodeKind", "\"x\"") "\n" RESULT("NodeKind", "ex:b"));
    CHECK_REPORT(PROPERTY("sh:nodeKind sh:Literal"), data,
                 RESULT("NodeKind", "_:b") "\n" RESULT("NodeKind", "ex:b"));
    CHECK_REPORT(PROPERTY("sh:nodeKind sh:BlankNodeOrIRI"), data, RESULT("NodeKind", "\"x\""));
    CHECK_REPORT(PROPERTY("sh:nodeKind sh:BlankNodeOrLiteral"), data, RESULT("NodeKind", "ex:b"));
    CHECK_REPORT(PROPERTY("sh:nodeKind sh:IRIOrLiteral"), data, RESULT("NodeKind", "_:b"));
    CHECK_COMPILE(PROPERTY("sh:nodeKind sh:Violation"), RP_ILL_FORMED);
}

RP_TEST(component_bounds)
{
    const char *data = "ex:a ex:p 4, 5, 6 .";

    CHECK_REPORT(PROPERTY("sh:minInclusive 5"), data, RESULT("MinInclusive", INTEGER("4")));
    CHECK_REPORT(PROPERTY("sh:maxInclusive 5"), data, RESULT("MaxInclusive", INTEGER("6")));
    CHECK_REPORT(PROPERTY("sh:minExclusive 5"), data,
                 RESULT("MinExclusive", INTEGER("4")) "\n" RESULT("MinExclusive", INTEGER("5")));
    CHECK_REPORT(PROPERTY("sh:maxExclusive 5"), data,
                 RESULT("MaxExclusive", INTEGER("5")) "\n" RESULT("MaxExclusive", INTEGER("6")));
}

/* Values are compared, not terms; what cannot be compared violates each bound. */
RP_TEST(component_bounds_compare_values)
{
    CHECK_REPORT(PROPERTY("sh:minInclusive 5 ; sh:maxInclusive 5.0"),
                 "ex:a ex:p 5, 05, 5.00, 5e0 .", "conforms");
    CHECK_REPORT(
        PROPERTY("sh:minInclusive 5 ; sh:maxInclusive 7"), "ex:a ex:p \"unknown\", ex:b, _:b .",
        RESULT("MaxInclusive", "\"unknown\"") "\n" RESULT("MaxInclusive", "_:b") "\n" RESULT(
            "MaxInclusive",
            "ex:b") "\n" RESULT("MinInclusive",
                                "\"unknown\"") "\n" RESULT("MinInclusive",
                                                           "_:b") "\n" RESULT("MinInclusive",
                                                                              "ex:b"));
    CHECK_REPORT(PROPERTY("sh:minInclusive 5"),
                 "ex:a ex:p \"NaN\"^^xsd:double, \"x\"^^xsd:integer .",
                 RESULT("MinInclusive", "\"NaN\"^^xsd:double") "\n" RESULT("MinInclusive",
                                                                           "\"x\"^^xsd:integer"));
}

/* A bound with a zone and a value without one less than 14 hours apart have no order. */
RP_TEST(component_bounds_of_date_times)
{
    CHECK_REPORT(PROPERTY("sh:minInclusive \"2020-01-01T12:00:00Z\"^^xsd:dateTime"),
                 "ex:a ex:p \"2020-01-01T13:00:00\"^^xsd:dateTime, "
                 "\"2020-01-01T14:00:00+01:00\"^^xsd:dateTime,"
                 "\"2020-01-03T00:00:00\"^^xsd:dateTime .",
                 RESULT("MinInclusive", "\"2020-01-01T13:00:00\"^^xsd:dateTime"));
}

RP_TEST(component_bounds_ill_formed)
{
    CHECK_COMPILE(PROPERTY("sh:minInclusive ex:b"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:maxExclusive 1, 2"), RP_ILL_FORMED);
}

/* Lengths are in characters, of lexical forms and IRIs. */
RP_TEST(component_lengths)
{
    CHECK_REPORT(PROPERTY("sh:minLength 3"), "ex:a ex:p \"äöü\", \"ab\", 12, 123 .",
                 RESULT("MinLength", "\"12\"^^xsd:integer") "\n" RESULT("MinLength", "\"ab\""));
    CHECK_REPORT(PROPERTY("sh:minLength 2"), "ex:a ex:p \"é\", \"日\", \"éé\" .",
                 RESULT("MinLength", "\"é\"") "\n" RESULT("MinLength", "\"日\""));
    CHECK_REPORT(PROPERTY("sh:maxLength 3"),
                 "ex:a ex:p \"\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\", \"abcd\" .",
                 RESULT("MaxLength", "\"abcd\""));
    CHECK_REPORT(PROPERTY("sh:maxLength 11"), "ex:a ex:p ex:b, ex:cc .",
                 RESULT("MaxLength", "ex:cc"));
}

RP_TEST(component_lengths_of_blank_nodes)
{
    CHECK_REPORT(PROPERTY("sh:minLength 0"), "ex:a ex:p _:b, \"\" .", RESULT("MinLength", "_:b"));
    CHECK_REPORT(PROPERTY("sh:maxLength 1000"), "ex:a ex:p _:b .", RESULT("MaxLength", "_:b"));
}

RP_TEST(component_lengths_ill_formed)
{
    CHECK_COMPILE(PROPERTY("sh:minLength \"3\""), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:maxLength 1, 2"), RP_ILL_FORMED);
}

/* A pattern is not anchored. */
RP_TEST(component_pattern)
{
    CHECK_REPORT(PROPERTY("sh:pattern \"bcd\""), "ex:a ex:p \"abcde\", \"bcD\", \"x\"@en .",
                 RESULT("Pattern", "\"bcD\"") "\n" RESULT("Pattern", "\"x\"@en"));
    CHECK_REPORT(PROPERTY("sh:pattern \"^http://ex/b\""), "ex:a ex:p ex:b, ex:c .",
                 RESULT("Pattern", "ex:c"));
    CHECK_REPORT(PROPERTY("sh:pattern \"\""), "ex:a ex:p _:b, \"\" .", RESULT("Pattern", "_:b"));
}

RP_TEST(component_pattern_flags)
{
    CHECK_REPORT(PROPERTY("sh:pattern \"a.c\" ; sh:flags \"q\""), "ex:a ex:p \"xa.cx\", \"abc\" .",
                 RESULT("Pattern", "\"abc\""));
}

RP_TEST(component_pattern_ill_formed)
{
    CHECK_COMPILE(PROPERTY("sh:pattern \"(\""), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:pattern \"(a)\\\\1\""), RP_UNSUPPORTED);
    CHECK_COMPILE(PROPERTY("sh:pattern 5"), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:pattern \"a\" ; sh:flags \"z\""), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:pattern \"a\" ; sh:flags \"i\", \"s\""), RP_ILL_FORMED);
    CHECK_COMPILE(PROPERTY("sh:flags \"i\""), RP_OK);
    /* Syntax rule multiple-parameters: sh:pattern has a second parameter, sh:flags. */
    CHECK_COMPILE(PROPERTY("sh:pattern \"x\", \"y\""), RP_ILL_FORMED);
}
