/* Shapes that share parts are judged in linear time. */
#include "validation.h"

#include "host.h"
#include "validate/verdict_table.h"

#include <stdio.h>
#include <string.h>

enum { LEVELS = 60, POLLS = 1000 };

/* Shapes n0 to n60: each asks the next one twice, over a list; the last asks for a literal. */
static void
write_levels(char *text, size_t size, const char *component)
{
    size_t used = (size_t)snprintf(text, size, "ex:n0 sh:targetNode ex:a .\n");

    for (int i = 0; i < LEVELS; i++) {
        used += (size_t)snprintf(text + used, size - used, "ex:n%d %s ( ex:n%d ex:n%d ) .\n", i,
                                 component, i + 1, i + 1);
    }
    snprintf(text + used, size - used, "ex:n%d sh:nodeKind sh:Literal .\n", LEVELS);
}

static void
check_levels(const char *component, const char *data, bool conforms)
{
    char shapes[LEVELS * 64];
    RpTestRun run;

    write_levels(shapes, sizeof(shapes), component);
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    rp_test_stop_after = POLLS;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_test_stop_after = -1;
    CHECK(rp_report_conforms(&run.report) == conforms);
    rp_test_run_end(&run);
}

/* SHACL Recommendation, 4.6: each asks for the verdict of the same shape twice, on 60 levels. */
RP_TEST(verdicts_are_found_again)
{
    check_levels("sh:or", "", false);
    check_levels("sh:xone", "", false);
    check_levels("sh:and", "", false);
}

/* One shape, two nodes: a verdict is of both together. */
RP_TEST(verdicts_are_of_one_node)
{
    const char *shapes = "ex:S sh:targetNode ex:a, ex:b ; sh:node ex:S1 . ex:S1 sh:node ex:S2 ."
                         " ex:S2 sh:node ex:S3 . ex:S3 sh:node ex:S4 . ex:S4 sh:node ex:S5 ."
                         " ex:S5 sh:node ex:S6 . ex:S6 sh:in ( ex:a ) .";

    CHECK_REPORT(shapes, "", "ex:b | - | Node | ex:b | sh:Violation | ex:S");
}

/* Whichever pairs there are, none is taken for another, and none is lost. */
RP_TEST(verdicts_are_of_one_shape)
{
    enum { SHAPES = 100, NODES = 100 };
    RpVerdictTable table = {.key = &rp_test_host.hash_key};
    RpArena arena;
    RpError error = {.status = RP_OK};

    rp_arena_init(&arena, &rp_test_host, 16 << 20);
    for (uint32_t shape = 0; shape < SHAPES; shape++) {
        for (RpTermId node = 1; node <= NODES; node++) {
            RpVerdict *verdict;

            CHECK_STATUS(rp_verdict_table_put(&table, &arena, shape, node, &verdict, &error),
                         RP_OK);
            verdict->conforms = (shape + node) % 2 == 0;
        }
    }
    CHECK_INT(table.count, SHAPES * NODES);
    for (uint32_t shape = 0; shape < SHAPES; shape++) {
        for (RpTermId node = 1; node <= NODES; node++) {
            const RpVerdict *verdict = rp_verdict_table_find(&table, shape, node);

            if (CHECK(verdict != NULL)) {
                CHECK(verdict->conforms == ((shape + node) % 2 == 0));
            }
        }
    }
    CHECK(rp_verdict_table_find(&table, SHAPES, 1) == NULL);
    CHECK(rp_verdict_table_find(&table, 0, NODES + 1) == NULL);
    rp_arena_free(&arena);
}

/*
 * Property shapes P0, P1, …, each of which asks for the next at every value of ex:p; the last one
 * has the given constraint. ex:S asks for the first as it is given.
 */
static void
write_properties(char *text, size_t size, int levels, const char *property, const char *last)
{
    size_t used = (size_t)snprintf(text, size, "ex:S sh:targetNode ex:s ; %s .\n", property);

    for (int i = 0; i < levels; i++) {
        used += (size_t)snprintf(text + used, size - used,
                                 "ex:P%d sh:path ex:p ; sh:property ex:P%d .\n", i, i + 1);
    }
    snprintf(text + used, size - used, "ex:P%d sh:path ex:p ; %s .\n", levels, last);
}

/* ex:s, and pairs of nodes: both of a pair have both of the next one as values of ex:p. */
static void
write_pairs(char *text, size_t size, int levels)
{
    size_t used = (size_t)snprintf(text, size, "ex:s ex:p ex:a0, ex:b0 .\n");

    for (int i = 0; i <= levels; i++) {
        used += (size_t)snprintf(text + used, size - used,
                                 "ex:a%d ex:p ex:a%d, ex:b%d . ex:b%d ex:p ex:a%d, ex:b%d .\n", i,
                                 i + 1, i + 1, i, i + 1, i + 1);
    }
}

/* Judge pairs by property shapes, keeping few results, within a bounded number of steps. */
static void
judge_pairs(int levels, const char *property, const char *last, uint64_t total_count)
{
    char shapes[LEVELS * 64];
    char data[LEVELS * 96];
    RpTestRun run;

    write_properties(shapes, sizeof(shapes), levels, property, last);
    write_pairs(data, sizeof(data), levels);
    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    run.report.kept_limit = 10;
    rp_test_stop_after = POLLS;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_test_stop_after = -1;
    CHECK_INT(run.report.total_count, total_count);
    CHECK_INT(run.report.kept_count, total_count < 10 ? total_count : 10);
    CHECK(run.report.is_cut == (total_count > 10));
    rp_test_run_end(&run);
}

/* 2^50 ways lead to the last shape: where all conforms, none is gone twice. */
RP_TEST(properties_that_conform_are_judged_once)
{
    judge_pairs(50, "sh:property ex:P0", "sh:nodeKind sh:IRI", 0);
    judge_pairs(50, "sh:node [ sh:property ex:P0 ]", "sh:minCount 0", 0);
}

/* Each way has its results, which are counted exactly though not gone one by one. */
RP_TEST(results_of_shared_properties_are_counted)
{
    judge_pairs(3, "sh:property ex:P0", "sh:nodeKind sh:Literal", 16);
    judge_pairs(40, "sh:property ex:P0", "sh:nodeKind sh:Literal", UINT64_C(1) << 41);
    judge_pairs(57, "sh:property ex:P0", "sh:nodeKind sh:Literal", UINT64_C(1) << 58);
    judge_pairs(50, "sh:property ex:P0", "sh:nodeKind sh:Literal ; sh:hasValue ex:x",
                (UINT64_C(1) << 51) + (UINT64_C(1) << 50));
}

/* 2^80 results of two severities, of which only one makes the data not conform. */
RP_TEST(results_beyond_counting_give_a_verdict)
{
    static const RpText severities[] = {{RP_SH "Violation", sizeof(RP_SH "Violation") - 1}};
    char shapes[LEVELS * 96];
    char data[LEVELS * 128];

    for (int is_violation = 0; is_violation < 2; is_violation++) {
        RpTestRun run;

        write_properties(
            shapes, sizeof(shapes), 70, "sh:property ex:P0",
            is_violation ? "sh:property [ sh:path ex:q ; sh:maxCount 0 ] ; sh:severity sh:Info ;"
                           " sh:nodeKind sh:Literal"
                         : "sh:severity sh:Info ; sh:nodeKind sh:Literal");
        write_pairs(data, sizeof(data), 70);
        (void)snprintf(data + strlen(data), sizeof(data) - strlen(data), "ex:a70 ex:q 1 .");
        CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
        run.report.kept_limit = 10;
        run.report.disallowed_severities = severities;
        run.report.disallowed_severity_count = 1;
        rp_test_stop_after = POLLS;
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        rp_test_stop_after = -1;
        CHECK(run.report.total_count == RP_REPORT_COUNT_LIMIT);
        CHECK(rp_report_conforms(&run.report) == (is_violation == 0));
        rp_test_run_end(&run);
    }
}

/* The same behind a recursive shape, whose own results come once however many ways lead to it. */
RP_TEST(properties_lead_to_recursive_shapes_once)
{
    judge_pairs(50, "sh:property ex:P0",
                "sh:property ex:R . ex:R sh:path ex:p ; sh:nodeKind sh:IRI ; sh:property ex:R", 0);
    judge_pairs(50, "sh:property ex:P0",
                "sh:property ex:R . ex:R sh:path ex:p ; sh:nodeKind sh:Literal ; sh:property ex:R",
                4);
    judge_pairs(20, "sh:property ex:P0",
                "sh:property ex:R . ex:R sh:path ex:q ; sh:minCount 1 ; sh:property ex:R", 2);
    judge_pairs(50, "sh:property ex:P0",
                "sh:property ex:R . ex:R sh:path ex:q ; sh:minCount 1 ; sh:property ex:R", 2);
}
