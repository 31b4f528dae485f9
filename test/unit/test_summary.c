/* Summaries: the counts are those of the report, whatever way leads to them. */
#include "validation.h"

#include "host.h"
#include "validate/summary.h"

#include <stdio.h>
#include <string.h>

/* Validate with a summary; to be ended whatever happened. */
static void
summarize(RpTestRun *run, RpSummary *summary, const char *shapes, const char *data, uint64_t limit)
{
    CHECK_STATUS(rp_test_run_begin(run, shapes, data), RP_OK);
    rp_summary_init(summary, &run->arena, &run->image, rp_dictionary_key(&run->data.dictionary));
    run->report.summary = summary;
    run->report.kept_limit = limit;
    CHECK_STATUS(rp_test_run_validate(run), RP_OK);
}

/* How many results of the report are of the group of a summary's example. */
static uint64_t
count_group(const RpTestRun *run, const RpSummaryGroup *group)
{
    uint64_t count = 0;

    for (const RpResult *result = run->report.first; result != NULL; result = result->next) {
        count += result->shape == group->shape && result->path_predicate == group->path_predicate &&
                 run->image.constraints[result->constraint].component == group->component;
    }
    return count;
}

static void
check_summary(const char *shapes, const char *data, uint32_t group_count)
{
    RpTestRun run, listed;
    RpSummary summary;
    uint64_t total = 0;

    summarize(&run, &summary, shapes, data, UINT64_MAX);
    CHECK_STATUS(rp_test_run_begin(&listed, shapes, data), RP_OK);
    CHECK_STATUS(rp_test_run_validate(&listed), RP_OK);
    CHECK_INT(summary.group_count, group_count);
    CHECK_INT(run.report.kept_count, group_count);
    for (uint32_t i = 0; i < summary.group_count; i++) {
        CHECK_INT(summary.groups[i].count, count_group(&listed, &summary.groups[i]));
        total += summary.groups[i].count;
    }
    CHECK_INT(total, listed.report.kept_count);
    CHECK_INT(run.report.total_count, listed.report.total_count);
    CHECK_INT(run.report.disallowed_count, listed.report.disallowed_count);
    rp_test_run_end(&listed);
    rp_test_run_end(&run);
}

RP_TEST(summary_counts_what_the_report_lists)
{
    check_summary("ex:S sh:targetNode ex:a ; sh:class ex:C .", "ex:a a ex:C .", 0);
    check_summary("ex:S sh:targetNode ex:a, ex:b ; sh:class ex:C, ex:D ; sh:nodeKind sh:Literal .",
                  "ex:a a ex:C .", 2);
    check_summary("ex:S sh:targetNode ex:a ; sh:closed true .",
                  "ex:a ex:p 1, 2 ; ex:q 3 ; ex:r 4 .", 3);
    check_summary("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .",
                  "ex:a ex:p 5, 6, 7 ; ex:q 1, 2, 9 .", 1);
    check_summary("ex:S sh:targetNode ex:a ; sh:node [ sh:class ex:C ] ; sh:property ex:P ."
                  "ex:P sh:path ex:p ; sh:property ex:P ; sh:nodeKind sh:Literal .",
                  "ex:a ex:p ex:b, ex:c . ex:b ex:p ex:c, ex:a . ex:c ex:p ex:b .", 2);
}

/* A node of 40 values, all of which lead to 40 others: verdicts are noted, and counted again. */
RP_TEST(summary_counts_what_is_known)
{
    static const char shapes[] =
        "ex:S sh:targetNode ex:a, ex:b ; sh:property [ sh:path ex:p ; sh:property ex:T ] ."
        "ex:T sh:path ex:q ; sh:nodeKind sh:Literal ; sh:closed true ; sh:property ex:U ."
        "ex:U sh:path ex:r ; sh:minCount 1 .";
    static char data[1 << 16];
    size_t length = 0;

    for (int i = 0; i < 40; i++) {
        length += (size_t)snprintf(data + length, sizeof(data) - length,
                                   "ex:a ex:p ex:v%d . ex:b ex:p ex:v%d . ex:v%d ex:q ", i, i, i);
        for (int j = 0; j < 40; j++) {
            length += (size_t)snprintf(data + length, sizeof(data) - length, "%s ex:w%d",
                                       j > 0 ? "," : "", j);
        }
        length += (size_t)snprintf(data + length, sizeof(data) - length, " . ex:w%d ex:s%d 1 .", i,
                                   i % 3);
    }
    check_summary(shapes, data, 5);
}

/* What recursive shapes have comes once in a report, and is no part of what is counted again. */
RP_TEST(summary_counts_recursive_shapes_once)
{
    static const char shapes[] =
        "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:property ex:T ] ."
        "ex:T sh:path ex:q ; sh:nodeKind sh:Literal ; sh:property ex:R ."
        "ex:R sh:path ex:r ; sh:minCount 1 ; sh:property ex:R .";
    char data[4000] = "ex:a ex:p ex:b, ex:c . ex:b ex:q ex:v . ex:c ex:q ex:v . ";
    size_t length = strlen(data);

    for (int i = 0; i < 50; i++) {
        length += (size_t)snprintf(data + length, sizeof(data) - length,
                                   "ex:b ex:q ex:w%d . ex:c ex:q ex:w%d . ", i, i);
    }
    check_summary(shapes, data, 2);
    check_summary(
        "ex:S sh:targetNode ex:a, ex:d ; sh:property [ sh:path ex:o ; sh:property ex:U ] ."
        "ex:U sh:path ex:p ; sh:property ex:T ."
        "ex:T sh:path ex:q ; sh:nodeKind sh:Literal ; sh:property ex:R ."
        "ex:R sh:path ex:r ; sh:minCount 1 ; sh:property ex:R .",
        strcat(data, "ex:a ex:o ex:a . ex:d ex:o ex:a ."), 2);
}

/* One focus node of many values, whose results are of two groups by turns: the list of counts does
 * not grow with them. */
RP_TEST(summary_keeps_no_list_of_results)
{
    static const char shapes[] =
        "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:property ex:T ] ."
        "ex:T sh:path ex:q ; sh:minCount 1 ; sh:hasValue 1 .";
    enum { VALUE_COUNT = 5000 };
    static char data[VALUE_COUNT * 24];
    size_t length = 0;
    RpTestRun run;
    RpSummary summary;

    for (int i = 0; i < VALUE_COUNT; i++) {
        length += (size_t)snprintf(data + length, sizeof(data) - length, "ex:a ex:p ex:v%d .", i);
    }
    summarize(&run, &summary, shapes, data, UINT64_MAX);
    CHECK_INT(summary.group_count, 2);
    CHECK_INT(summary.groups[0].count, VALUE_COUNT);
    CHECK_INT(summary.groups[1].count, VALUE_COUNT);
    CHECK(summary.waiting_capacity < VALUE_COUNT);
    rp_test_run_end(&run);
}

RP_TEST(summary_limit)
{
    static const char shapes[] = "ex:S sh:targetNode ex:a, ex:b ; sh:class ex:C, ex:D .";
    RpTestRun run;
    RpSummary summary;

    summarize(&run, &summary, shapes, "", 4);
    CHECK(!run.report.is_cut);
    rp_test_run_end(&run);
    summarize(&run, &summary, shapes, "", 3);
    CHECK(run.report.is_cut);
    CHECK_INT(run.report.total_count, 3);
    CHECK_INT(summary.groups[0].count, 3);
    rp_test_run_end(&run);
}
