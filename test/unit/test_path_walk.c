/* Value nodes along paths of every kind. SHACL Recommendation, section 2.3.1. The value nodes show
 * as values of sh:in with an empty list, which every value violates. */
#include <stdio.h>

#include "validation.h"

#define SHAPE(path) "ex:S sh:targetNode ex:a ; sh:path " path " ; sh:in () ."
#define RESULT(path, value) "ex:a | " path " | In | " value " | sh:Violation | ex:S"

RP_TEST(path_walk_predicate)
{
    CHECK_REPORT(SHAPE("ex:p"), "ex:a ex:p ex:b, 1 ; ex:q ex:c . ex:b ex:p ex:d .",
                 RESULT("ex:p", "\"1\"^^xsd:integer") "\n" RESULT("ex:p", "ex:b"));
    CHECK_REPORT(SHAPE("ex:p"), "ex:b ex:p ex:a .", "conforms");
}

RP_TEST(path_walk_inverse)
{
    CHECK_REPORT(SHAPE("[ sh:inversePath ex:p ]"),
                 "ex:b ex:p ex:a . ex:c ex:p ex:a . ex:a ex:p ex:d .",
                 RESULT("^ex:p", "ex:b") "\n" RESULT("^ex:p", "ex:c"));
    CHECK_REPORT("ex:S sh:targetNode \"x\" ; sh:path [ sh:inversePath ex:p ] ; sh:in () .",
                 "ex:b ex:p \"x\" .", "\"x\" | ^ex:p | In | ex:b | sh:Violation | ex:S");
}

/* Two ways to one value give it once. */
RP_TEST(path_walk_sequence)
{
    CHECK_REPORT(SHAPE("( ex:p ex:q )"),
                 "ex:a ex:p ex:b, ex:c . ex:b ex:q ex:d . ex:c ex:q ex:d, ex:e .",
                 RESULT("ex:p/ex:q", "ex:d") "\n" RESULT("ex:p/ex:q", "ex:e"));
    CHECK_REPORT(SHAPE("( ex:p ex:q )"), "ex:a ex:p ex:b . ex:c ex:q ex:d .", "conforms");
}

RP_TEST(path_walk_inverse_of_sequence)
{
    CHECK_REPORT(SHAPE("[ sh:inversePath ( ex:p ex:q ) ]"),
                 "ex:c ex:p ex:b . ex:b ex:q ex:a . ex:d ex:q ex:a .",
                 RESULT("^(ex:p/ex:q)", "ex:c"));
}

RP_TEST(path_walk_alternative)
{
    CHECK_REPORT(SHAPE("[ sh:alternativePath ( ex:p ex:q ) ]"),
                 "ex:a ex:p ex:b ; ex:q ex:b, ex:c ; ex:r ex:d .",
                 RESULT("(ex:p|ex:q)", "ex:b") "\n" RESULT("(ex:p|ex:q)", "ex:c"));
}

/* The focus node itself is one of the values, also when it is in no triple. */
RP_TEST(path_walk_zero_or_more)
{
    CHECK_REPORT(SHAPE("[ sh:zeroOrMorePath ex:p ]"), "", RESULT("ex:p*", "ex:a"));
    CHECK_REPORT(SHAPE("[ sh:zeroOrMorePath ex:p ]"),
                 "ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:a .",
                 RESULT("ex:p*", "ex:a") "\n" RESULT("ex:p*", "ex:b") "\n" RESULT("ex:p*", "ex:c"));
}

/* The focus node is a value only where a cycle leads back to it. */
RP_TEST(path_walk_one_or_more)
{
    CHECK_REPORT(SHAPE("[ sh:oneOrMorePath ex:p ]"), "", "conforms");
    CHECK_REPORT(SHAPE("[ sh:oneOrMorePath ex:p ]"), "ex:a ex:p ex:b . ex:b ex:p ex:c, ex:b .",
                 RESULT("ex:p+", "ex:b") "\n" RESULT("ex:p+", "ex:c"));
    CHECK_REPORT(SHAPE("[ sh:oneOrMorePath ex:p ]"), "ex:a ex:p ex:b . ex:b ex:p ex:a .",
                 RESULT("ex:p+", "ex:a") "\n" RESULT("ex:p+", "ex:b"));
}

RP_TEST(path_walk_zero_or_one)
{
    CHECK_REPORT(SHAPE("[ sh:zeroOrOnePath ex:p ]"), "ex:a ex:p ex:b, ex:a . ex:b ex:p ex:c .",
                 RESULT("ex:p?", "ex:a") "\n" RESULT("ex:p?", "ex:b"));
}

RP_TEST(path_walk_nested)
{
    CHECK_REPORT(
        SHAPE("[ sh:zeroOrMorePath [ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ] ]"),
        "ex:a ex:p ex:b . ex:c ex:q ex:b . ex:c ex:p ex:d . ex:e ex:p ex:d .",
        RESULT("(ex:p|^ex:q)*", "ex:a") "\n" RESULT("(ex:p|^ex:q)*", "ex:b") "\n" RESULT(
            "(ex:p|^ex:q)*", "ex:c") "\n" RESULT("(ex:p|^ex:q)*", "ex:d"));
    CHECK_REPORT(SHAPE("[ sh:oneOrMorePath ( [ sh:zeroOrMorePath ex:p ] ex:q ) ]"),
                 "ex:a ex:p ex:b . ex:b ex:p ex:c ; ex:q ex:d . ex:d ex:p ex:e . ex:e ex:q ex:f .",
                 RESULT("(ex:p*/ex:q)+", "ex:d") "\n" RESULT("(ex:p*/ex:q)+", "ex:f"));
    CHECK_REPORT(SHAPE("( ex:p [ sh:zeroOrMorePath ( ex:q ex:r ) ] )"),
                 "ex:a ex:p ex:b . ex:b ex:q ex:c . ex:c ex:r ex:d .",
                 RESULT("ex:p/(ex:q/ex:r)*", "ex:b") "\n" RESULT("ex:p/(ex:q/ex:r)*", "ex:d"));
}

/* Chain of nodes without end to speak of: linear, and no recursion. */
RP_TEST(path_walk_long_chain)
{
    enum { LENGTH = 100000 };
    RpTestRun run;
    RpStatus status = rp_test_run_begin(&run, SHAPE("[ sh:zeroOrMorePath ex:p ]"), "");
    RpTerm predicate = rp_term_iri(RP_TEXT("http://ex/p"));

    for (int i = 0; i < LENGTH && status == RP_OK; i++) {
        char from[40], to[40];
        RpTerm subject, object;

        (void)snprintf(from, sizeof(from), "http://ex/%s%d", i == 0 ? "a" : "n", i);
        (void)snprintf(to, sizeof(to), "http://ex/n%d", i + 1);
        subject = rp_term_iri(i == 0 ? RP_TEXT("http://ex/a") : rp_text_from(from));
        object = rp_term_iri(rp_text_from(to));
        status = rp_data_graph_add(&run.data, &subject, &predicate, &object, &run.error);
    }
    CHECK_STATUS(status, RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, LENGTH + 1);
    rp_test_run_end(&run);
}

/* More values than the scratch starts with, in several rounds. */
RP_TEST(path_walk_many_values)
{
    char data[40000];
    size_t length = 0;
    RpTestRun run;

    for (int i = 0; i < 300; i++) {
        length += (size_t)snprintf(data + length, sizeof(data) - length,
                                   "ex:a ex:p ex:n%d . ex:n%d ex:p ex:m%d, ex:m%d . ",
                                   (i * 7) % 300, i, (i * 11) % 300, (i * 13) % 300);
    }
    CHECK_STATUS(rp_test_run_begin(&run, SHAPE("( ex:p ex:p )"), data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count,
              300); /* i*11 mod 300 takes every value: 11 and 300 are coprime */
    rp_test_run_end(&run);
}
