/* Queries asked for many focus nodes at once give each what it would have got alone. */
#include "validation.h"

#include "host.h"

#include <stdio.h>
#include <string.h>

enum { NODE_COUNT = 300, DATA_SIZE = 64 * 1024 };

/* A target of its own, a shape that is both a target and asked by others, values of a path by ASK,
 * and terms that functions make. */
static const char shapes[] =
    "ex: sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://ex/\" ] ."
    "ex:Small a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ;"
    "  sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex: ;"
    "    sh:ask \"ASK { $value ex:v ?v FILTER (?v < $limit) }\" ] ."
    "ex:A sh:targetClass ex:T ; sh:node ex:B ; ex:limit 6 ;"
    "  sh:sparql [ sh:prefixes ex: ; sh:select \"SELECT $this ?value {"
    "    $this ex:k ?value . ?value ex:v ?v FILTER (?v > 3) }\" ] ;"
    "  sh:property [ sh:path ex:k ; ex:limit 2 ; sh:node ex:B ] ."
    "ex:B sh:targetNode ex:first ; sh:targetSubjectsOf ex:w ; sh:message \"{?value} of {$this}\" ;"
    "  sh:sparql [ sh:prefixes ex: ; sh:select \"SELECT $this ?value {"
    "    $this ex:v ?v FILTER (?v = 5) BIND (CONCAT('v', STR(?v)) AS ?value) }\" ] .";

/* Where nothing has ex:w, ex:B is asked by others alone. ex:first, which has no results, makes its
 * focus nodes stand elsewhere than those of ex:A. */
static void
write_data(char *data, bool has_targets)
{
    int length = 0;

    for (int i = 0; i < NODE_COUNT; i++) {
        length += snprintf(data + length, DATA_SIZE - (size_t)length,
                           "ex:n%d a ex:T ; ex:v %d ; ex:k ex:n%d, ex:n%d%s .\n", i, i % 7,
                           i * 17 % NODE_COUNT, i * i % NODE_COUNT, has_targets ? " ; ex:w 1" : "");
    }
}

static bool
is_same(const RpDataGraph *data, const RpResult *a, const RpResult *b)
{
    RpTerm left = rp_dictionary_term(&data->dictionary, a->value);
    RpTerm right = rp_dictionary_term(&data->dictionary, b->value);

    return a->focus == b->focus && a->constraint == b->constraint &&
           rp_text_equals(left.lexical, right.lexical) && a->message_count == b->message_count &&
           (a->message_count == 0 || a->messages[0] == b->messages[0]);
}

static uint32_t
count_same(const RpDataGraph *data, const RpResult *first, const RpResult *result)
{
    uint32_t count = 0;

    for (const RpResult *other = first; other != NULL; other = other->next) {
        count += is_same(data, other, result);
    }
    return count;
}

static uint32_t
shape_named(const RpTestRun *run, const char *iri)
{
    RpTerm term = rp_term_iri(rp_text_from(iri));
    RpTermId node = rp_dictionary_find(&run->data.dictionary, &term);

    for (uint32_t i = 0; i < run->image.shape_count; i++) {
        if (run->image.shapes[i].node == node) {
            return i;
        }
    }
    return UINT32_MAX;
}

/* Validate each pair of a shape and a focus node by itself: each of its results is as often in the
 * whole report. Returns how many there are. */
static uint64_t
check_singles(RpTestRun *run, const RpFocus *pairs, uint32_t count)
{
    uint64_t total = 0;

    for (uint32_t i = 0; i < count; i++) {
        RpReport single;

        rp_report_init(&single, &run->arena, UINT64_MAX);
        CHECK_STATUS(rp_validate_focus_nodes(&run->data, &pairs[i], 1, 128, &single, &run->error),
                     RP_OK);
        for (const RpResult *result = single.first; result != NULL; result = result->next) {
            CHECK_INT(count_same(&run->data, single.first, result) > 0, 1);
            CHECK(count_same(&run->data, run->report.first, result) >=
                  count_same(&run->data, single.first, result));
        }
        total += single.total_count;
    }
    return total;
}

static uint32_t
make_pairs(const RpTestRun *run, bool has_targets, RpFocus *pairs)
{
    uint32_t count = 0;

    for (int i = 0; i < NODE_COUNT; i++) {
        char iri[32];
        RpTerm term;

        (void)snprintf(iri, sizeof iri, "http://ex/n%d", i);
        term = rp_term_iri(rp_text_from(iri));
        pairs[count++] = (RpFocus){shape_named(run, "http://ex/A"),
                                   rp_dictionary_find(&run->data.dictionary, &term)};
        if (has_targets) {
            pairs[count] = pairs[count - 1];
            pairs[count++].shape = shape_named(run, "http://ex/B");
        }
    }
    return count;
}

static void
check_batches(bool has_targets)
{
    static char data[DATA_SIZE];
    RpFocus pairs[2 * NODE_COUNT];
    RpTestRun run;

    write_data(data, has_targets);
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK(run.report.total_count > NODE_COUNT);
    CHECK_INT(check_singles(&run, pairs, make_pairs(&run, has_targets, pairs)),
              run.report.total_count);
    rp_test_run_end(&run);
}

RP_TEST(query_batches_are_single_questions)
{
    check_batches(false);
    check_batches(true);
}

/* What is over a limit for many is asked for fewer, and refused for one. */
RP_TEST(query_batches_shrink)
{
    static const char product[] =
        "ex: sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://ex/\" ] ."
        "ex:S sh:targetClass ex:T ; sh:sparql [ sh:prefixes ex: ; sh:select"
        "  \"SELECT $this { $this ex:k ?a . ?b ex:w ?c } GROUP BY $this HAVING (COUNT(?b) > 999)\" "
        "] .";
    static char data[DATA_SIZE];
    const uint64_t limits[] = {20000, 1000, 200};
    RpTestRun run;

    write_data(data, true);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        rp_test_host.row_limit = limits[i];
        CHECK_STATUS(rp_test_run_begin(&run, product, data), RP_OK);
        CHECK_STATUS(rp_test_run_validate(&run), limits[i] == 200 ? RP_TOO_LARGE : RP_OK);
        CHECK_INT(run.report.total_count, 0);
        rp_test_run_end(&run);
    }
    rp_test_host.row_limit = 0;
}

/* The same of a focus node's value nodes: each of 100 meets 30 triples. */
RP_TEST(query_batches_of_value_nodes_shrink)
{
    static const char ask[] =
        "ex: sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://ex/\" ] ."
        "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ; sh:validator ["
        "  a sh:SPARQLAskValidator ; sh:prefixes ex: ;"
        "  sh:ask \"ASK { ?x ex:w ?y ; ex:v ?z FILTER($value * ?y * ?z >= $least) }\" ] ."
        "ex:S sh:targetNode ex:a, ex:b ; sh:path ex:p ; ex:least 40 .";
    static char data[DATA_SIZE];
    const uint64_t limits[] = {10000, 1000, 20};
    char *end = data + sprintf(data, "ex:b ex:p 1 , 41 .");
    RpTestRun run;

    for (int i = 0; i < 100; i++) {
        end += sprintf(end, "ex:a ex:p %d . ", i);
        end += sprintf(end, i < 30 ? "ex:n%d ex:w 1 ; ex:v 1 . " : "", i);
    }
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        rp_test_host.row_limit = limits[i];
        CHECK_STATUS(rp_test_run_begin(&run, ask, data), RP_OK);
        CHECK_STATUS(rp_test_run_validate(&run), limits[i] == 20 ? RP_TOO_LARGE : RP_OK);
        CHECK_INT(run.report.total_count, limits[i] == 20 ? 0 : 41);
        rp_test_run_end(&run);
    }
    rp_test_host.row_limit = 0;
}

/* A verdict needs the first batch alone. */
RP_TEST(query_batches_end_early)
{
    static const char one[] = "ex: sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://ex/\" ] ."
                              "ex:S sh:targetClass ex:T ; sh:sparql [ sh:prefixes ex: ; sh:select"
                              "  \"SELECT $this { $this a ex:T }\" ] .";
    static char data[DATA_SIZE];
    RpTestRun run;

    write_data(data, false);
    CHECK_STATUS(rp_test_run_begin(&run, one, data), RP_OK);
    run.report.stop_at_disallowed = 1;
    rp_test_host.row_limit = 100;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_test_host.row_limit = 0;
    CHECK_INT(run.report.total_count, 1);
    rp_test_run_end(&run);
}

static void
check_total(const char *text, const char *data, uint64_t total)
{
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, text, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, total);
    rp_test_run_end(&run);
}

/* A path of zero length needs a node of the data: by whatever predicate, which no shape reads. */
RP_TEST(query_of_a_focus_node_that_nothing_reads)
{
    static const char star[] = "ex: sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://ex/\" ] ."
                               "ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex: ; sh:select"
                               "  \"SELECT $this ?value { $this ex:p* ?value }\" ] .";

    check_total(star, "ex:a ex:other 1 .", 1);
    check_total(star, "ex:b ex:p ex:c .", 0);
    check_total(star, "ex:b ex:other ex:a . ex:a ex:p ex:b .", 2);
}

/* What stands in brackets is a variable's name, or stays; and a text is read once. */
RP_TEST(query_messages_with_brackets)
{
    static const char head[] =
        "ex: sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://ex/\" ] ."
        "ex:S sh:targetNode ex:a ; sh:sparql [ sh:select \"SELECT $this { }\" ; sh:message \"";
    static char text[200000];

    snprintf(text, sizeof(text), "%s%s\" ] .", head, "{{$this} {?this}} {? {$this {?none}");
    CHECK_MESSAGES(text, "ex:a ex:p 1 .", "{ex:a ex:a} {? {$this {?none}");
    snprintf(text, sizeof(text), "%s%s\" ] .", head, "{?");
    CHECK_MESSAGES(text, "ex:a ex:p 1 .", "{?");
}

RP_TEST(query_messages_without_a_value)
{
    static const char none[] =
        "ex: sh:declare [ sh:prefix \"ex\" ; sh:namespace \"http://ex/\" ] ."
        "ex:S sh:targetClass ex:T ; sh:path ex:p ; sh:sparql ex:Two ."
        "ex:Two sh:prefixes ex: ; sh:select \"SELECT $this { $this $PATH 1, 2 }\" .";

    CHECK_MESSAGES(none, "ex:a a ex:T ; ex:p 1, 2 .",
                   "ex:a, by ex:p violates the SPARQL constraint ex:Two");
}
