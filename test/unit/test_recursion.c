/*
 * Recursive shapes: which are accepted, and the greatest fixpoint. Expected values: the definition
 * in src/validate/README.md ("Recursive shapes"); by hand, or by reachability in the data.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "host.h"
#include "shapes_of.h"
#include "validation.h"

/* A person has a name, and knows persons only. */
#define PERSON                                                \
    "ex:P sh:property [ sh:path ex:knows ; sh:node ex:P ] , " \
    "  [ sh:path ex:name ; sh:minCount 1 ] . "

RP_TEST(recursion_accepted)
{
    CHECK_COMPILE("ex:A sh:node ex:A .", RP_OK);
    CHECK_COMPILE(PERSON, RP_OK);
    CHECK_COMPILE("ex:A sh:or ( ex:B [ sh:class ex:C ] ) . ex:B sh:and ( ex:A ) .", RP_OK);
    CHECK_COMPILE("ex:A sh:not ex:B . ex:B sh:not ex:A .", RP_OK);
    CHECK_COMPILE("ex:A sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ; "
                  "sh:qualifiedValueShape ex:A ] .",
                  RP_OK);
    CHECK_COMPILE("ex:A sh:not [ sh:property [ sh:path ex:p ; sh:qualifiedMaxCount 0 ; "
                  "sh:qualifiedValueShape ex:A ] ] .",
                  RP_OK);
    /* No cycle: the negation leads out of it; or a deactivated shape ends it. */
    CHECK_COMPILE("ex:A sh:node ex:A ; sh:not ex:B . ex:B sh:class ex:C .", RP_OK);
    CHECK_COMPILE("ex:A sh:not ex:B . ex:B sh:node ex:A ; sh:deactivated true .", RP_OK);
}

RP_TEST(recursion_refused)
{
    RpTestShapes test;

    CHECK_UNSUPPORTED("ex:A sh:not ex:A .", "shape <http://ex/A>: refers to itself through");
    CHECK_UNSUPPORTED("ex:A sh:node ex:B . ex:B sh:node ex:A , ex:C . ex:C sh:not ex:B .",
                      "refers to itself through");
    CHECK_UNSUPPORTED("ex:A sh:xone ( ex:A ) .", "refers to itself through");
    CHECK_UNSUPPORTED("ex:A sh:property [ sh:path ex:p ; sh:qualifiedMaxCount 1 ; "
                      "sh:qualifiedValueShape ex:A ] .",
                      "refers to itself through");
    CHECK_UNSUPPORTED("ex:A sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ; "
                      "sh:qualifiedValueShape ex:B ; sh:qualifiedValueShapesDisjoint true ] , "
                      "[ sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape ex:A ] . "
                      "ex:B sh:class ex:C .",
                      "refers to itself through");
    CHECK_UNSUPPORTED("ex:A sh:not ex:B . ex:B sh:not ex:C . ex:C sh:not ex:A .",
                      "refers to itself through");
    CHECK_STATUS(rp_test_shapes_of(&test,
                                   "ex:A sh:node ex:B .\n"
                                   "ex:B sh:property _:p . _:p sh:path ex:q ; sh:not ex:C .\n"
                                   "ex:C sh:and ( ex:D ex:B ) . ex:D a sh:NodeShape .",
                                   false),
                 RP_UNSUPPORTED);
    CHECK_TEXT(rp_text_from(test.error.detail),
               "<http://ex/B> -> _:p (line 3) -sh:not-> <http://ex/C> -> <http://ex/B>");
    CHECK_INT(test.error.line, 3);
    rp_test_shapes_end(&test);
}

/* Everything that does not contradict itself conforms: the greatest fixpoint. */
RP_TEST(recursion_over_cyclic_data)
{
    const char *shapes = "ex:P sh:targetNode ex:a . " PERSON;

    CHECK_REPORT(shapes, "ex:a ex:name 1 ; ex:knows ex:a .", "conforms");
    CHECK_REPORT(shapes,
                 "ex:a ex:name 1 ; ex:knows ex:b . ex:b ex:name 1 ; ex:knows ex:c . "
                 "ex:c ex:name 1 ; ex:knows ex:a , ex:b .",
                 "conforms");
    CHECK_REPORT(shapes,
                 "ex:a ex:name 1 ; ex:knows ex:b . ex:b ex:name 1 ; ex:knows ex:c . "
                 "ex:c ex:knows ex:a .",
                 "ex:a | ex:knows | Node | ex:b | sh:Violation | []");
    CHECK_REPORT("ex:A sh:targetNode ex:a ; sh:node ex:A .", "", "conforms");
    CHECK_REPORT("ex:A sh:targetNode ex:a ; sh:node ex:B . ex:B sh:node ex:A ; sh:class ex:C .", "",
                 "ex:a | - | Node | ex:a | sh:Violation | ex:A");
}

/* sh:property alone: what is wrong anywhere on the way is reported, and once. */
RP_TEST(recursion_over_nested_properties)
{
    const char *shapes = "ex:S sh:targetNode ex:a , ex:b ; sh:property ex:Known . "
                         "ex:Known sh:path ex:knows ; sh:property ex:Known , ex:Name . "
                         "ex:Name sh:path ex:name ; sh:minCount 1 .";

    CHECK_REPORT(shapes, "ex:a ex:knows ex:b . ex:b ex:name 1 ; ex:knows ex:b .", "conforms");
    CHECK_REPORT(shapes,
                 "ex:a ex:knows ex:b . ex:b ex:knows ex:c . ex:c ex:name 1 ; ex:knows ex:d . "
                 "ex:d ex:knows ex:a , ex:d .",
                 "ex:a | ex:name | MinCount | - | sh:Violation | ex:Name\n"
                 "ex:b | ex:name | MinCount | - | sh:Violation | ex:Name\n"
                 "ex:d | ex:name | MinCount | - | sh:Violation | ex:Name\n"
                 "ex:d | ex:name | MinCount | - | sh:Violation | ex:Name");
}

/* The same shape twice negated; and one that is negated where it is not part of the cycle. */
RP_TEST(recursion_and_negation)
{
    const char *twice = "ex:P sh:targetNode ex:a ; sh:not [ sh:or ( "
                        "  [ sh:not [ sh:property [ sh:path ex:knows ; sh:node ex:P ] ] ] "
                        "  [ sh:not [ sh:property [ sh:path ex:name ; sh:minCount 1 ] ] ] ) ] .";
    const char *below = "ex:A sh:targetNode ex:x ; sh:not ex:P ; "
                        "  sh:property [ sh:path ex:likes ; sh:node ex:A ] . " PERSON;

    CHECK_REPORT(twice, "ex:a ex:name 1 ; ex:knows ex:b . ex:b ex:name 1 ; ex:knows ex:a .",
                 "conforms");
    CHECK_REPORT(twice,
                 "ex:a ex:name 1 ; ex:knows ex:b . ex:b ex:name 1 ; ex:knows ex:c . "
                 "ex:c ex:knows ex:a .",
                 "ex:a | - | Not | ex:a | sh:Violation | ex:P");
    /* x and y know somebody without a name, so neither is a person. */
    CHECK_REPORT(below,
                 "ex:x ex:likes ex:y ; ex:name 1 ; ex:knows ex:z . "
                 "ex:y ex:likes ex:x ; ex:name 1 ; ex:knows ex:x . ex:z ex:knows ex:x .",
                 "conforms");
    /* y is one. */
    CHECK_REPORT(below,
                 "ex:x ex:likes ex:y ; ex:name 1 ; ex:knows ex:z . "
                 "ex:y ex:likes ex:x ; ex:name 1 ; ex:knows ex:y . ex:z ex:knows ex:x .",
                 "ex:x | ex:likes | Node | ex:y | sh:Violation | []");
    /* Two that exclude each other: the one that the text names first is given its way. */
    CHECK_REPORT("ex:A sh:targetNode ex:a ; sh:not ex:B . ex:B sh:targetNode ex:a ; sh:not ex:A .",
                 "", "ex:a | - | Not | ex:a | sh:Violation | ex:B");
}

/* Data of triples between nodes ex:0 to ex:<count - 1>. */
typedef struct RandomData {
    char text[4000];
    bool has_name[8];
    bool knows[8][8];
} RandomData;

static void
make_random_data(RandomData *data, uint32_t *seed)
{
    size_t used = 0;

    for (int i = 0; i < 8; i++) {
        *seed = *seed * 1103515245u + 12345u;
        data->has_name[i] = (*seed >> 16) % 4 != 0;
        used += (size_t)snprintf(data->text + used, sizeof data->text - used,
                                 "ex:n%d a ex:N . %s%d%s", i, data->has_name[i] ? "ex:n" : "# ex:n",
                                 i, data->has_name[i] ? " ex:name 1 .\n" : "\n");
        for (int j = 0; j < 8; j++) {
            *seed = *seed * 1103515245u + 12345u;
            data->knows[i][j] = (*seed >> 16) % 7 == 0;
            if (data->knows[i][j]) {
                used += (size_t)snprintf(data->text + used, sizeof data->text - used,
                                         "ex:n%d ex:knows ex:n%d .\n", i, j);
            }
        }
    }
}

/* Strike out what contradicts, until nothing does: the definition of the greatest fixpoint. */
static void
strike_out(const RandomData *data, bool wants_all, bool *conforms)
{
    bool has_changed = true;

    memset(conforms, true, 8);
    while (has_changed) {
        has_changed = false;
        for (int i = 0; i < 8; i++) {
            int good = 0;
            int bad = 0;
            bool holds;

            for (int j = 0; j < 8; j++) {
                good += data->knows[i][j] && conforms[j];
                bad += data->knows[i][j] && !conforms[j];
            }
            holds = wants_all ? data->has_name[i] && bad == 0 : good >= 2;
            if (conforms[i] && !holds) {
                conforms[i] = false;
                has_changed = true;
            }
        }
    }
}

/* The nodes that violate a shape ex:P of class ex:N, by way of sh:not: a result for each. */
RP_TEST(recursion_random_data)
{
    static const char *const shapes[] = {
        "ex:T sh:targetClass ex:N ; sh:not ex:P . ex:P sh:property [ sh:path ex:knows ; "
        "sh:qualifiedMinCount 2 ; sh:qualifiedValueShape ex:P ] .",
        "ex:T sh:targetClass ex:N ; sh:not ex:P . " PERSON};
    uint32_t seed = 7;

    for (int round = 0; round < 100; round++) {
        RandomData data;
        bool conforms[8];
        char expected[1000] = "";
        size_t used = 0;

        make_random_data(&data, &seed);
        strike_out(&data, round % 2 == 1, conforms);
        for (int i = 0; i < 8; i++) {
            if (conforms[i]) {
                used += (size_t)snprintf(expected + used, sizeof expected - used,
                                         "%sex:n%d | - | Not | ex:n%d | sh:Violation | ex:T",
                                         used > 0 ? "\n" : "", i, i);
            }
        }
        CHECK_REPORT(shapes[round % 2], data.text, used > 0 ? expected : "conforms");
    }
}

enum { LARGE = 100000, POLLS_PER_NODE = 60, POLLS_PER_QUESTION = 1024 };

/* A chain ex:n0 ex:knows ex:n1 … of named nodes, and whatever is to follow. */
static char *
large_chain(const char *rest)
{
    size_t size = (size_t)LARGE * 60 + strlen(rest) + 1;
    char *text = malloc(size);
    size_t used = 0;

    if (!text) {
        abort();
    }
    for (int i = 0; i < LARGE; i++) {
        used += (size_t)snprintf(text + used, size - used, "ex:n%d ex:knows ex:n%d ; ex:name 1 .\n",
                                 i, i + 1);
    }
    (void)snprintf(text + used, size - used, "%s", rest);
    return text;
}

/* Validate with a budget of polls that is linear in the data; gives the number of results. */
static uint64_t
large_result_count(const char *shapes, char *data)
{
    RpTestRun run;
    uint64_t count = 0;

    if (CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK)) {
        rp_test_stop_after = (long)LARGE * POLLS_PER_NODE / POLLS_PER_QUESTION;
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        rp_test_stop_after = -1;
        count = run.report.total_count;
    }
    rp_test_run_end(&run);
    free(data);
    return count;
}

RP_TEST(recursion_over_large_data)
{
    static const char all[] = "ex:P sh:targetSubjectsOf ex:knows . " PERSON;
    static const char nested[] = "ex:Known sh:targetSubjectsOf ex:knows ; sh:path ex:knows ; "
                                 "sh:property ex:Known , [ sh:path ex:name ; sh:minCount 1 ] .";

    /* The end of the chain has no name. */
    CHECK_INT(large_result_count("ex:P sh:targetNode ex:n0 . " PERSON, large_chain("")), 1);
    CHECK_INT(large_result_count(all, large_chain("")), LARGE);
    CHECK_INT(large_result_count(nested, large_chain("")), 1);
    CHECK_INT(large_result_count(all, large_chain("ex:n100000 ex:name 1 .")), 0);
    CHECK_INT(large_result_count(all, large_chain("ex:n100000 ex:name 1 ; ex:knows ex:n0 .")), 0);
    CHECK_INT(large_result_count(all, large_chain("ex:n100000 ex:knows ex:n0 .")), LARGE + 2);
    CHECK_INT(large_result_count(nested, large_chain("ex:n100000 ex:knows ex:n0 .")), 1);
}

/* A node that asks for all of the chain must not be judged again for each that is struck out. */
RP_TEST(recursion_over_a_hub)
{
    /* R asks for one value of the whole chain that conforms, and each of the chain is struck out,
     * the last first. */
    CHECK_INT(
        large_result_count("ex:H sh:targetNode ex:hub ; sh:or ( ex:Q [ sh:hasValue ex:x ] ) . "
                           "ex:Q sh:or ( ex:R ex:P ) . "
                           "ex:R sh:property [ sh:path ( ex:first [ sh:zeroOrMorePath "
                           "ex:knows ] ) ; sh:qualifiedMinCount 1 ; "
                           "sh:qualifiedValueShape ex:Q ] . "
                           "ex:P sh:property [ sh:path ex:knows ; sh:node ex:Q ] , "
                           "[ sh:path ex:name ; sh:minCount 1 ] .",
                           large_chain("ex:hub ex:first ex:n0 .")),
        1);
}

/* Failures within a run come out as such. */
RP_TEST(recursion_failures)
{
    const char *shapes = "ex:P sh:targetNode ex:n0 . " PERSON;

    for (long polls = 0; polls < 4; polls++) {
        RpTestRun run;
        char *data = large_chain("");

        if (CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK)) {
            rp_test_stop_after = 220 + polls * 50;
            CHECK_STATUS(rp_test_run_validate(&run), RP_INTERRUPTED);
            rp_test_stop_after = -1;
        }
        rp_test_run_end(&run);
        free(data);
    }
}
