/* What a report keeps: results within its room, and details breadth first. */
#include "validation.h"

#include "host.h"
#include "validate/details.h"
#include "validate/message.h"
#include "validate/result_size.h"

#include <stdio.h>
#include <string.h>

/* Every detail of every level: an unbounded room but for the number of details. */
static RpReportRoom
room_for(uint64_t details)
{
    return (RpReportRoom){.bytes = RP_REPORT_BYTES_UNLIMITED, .details = details};
}

/* Two focus nodes, each with two nested results, each of which has one. */
static const char tree_shapes[] =
    "ex:S sh:targetNode ex:a, ex:b ; sh:node ex:T ."
    "ex:T sh:property [ sh:path ex:p ; sh:node ex:U ] . ex:U sh:nodeKind sh:Literal .";
static const char tree_data[] = "ex:a ex:p ex:a1, ex:a2 . ex:b ex:p ex:b1, ex:b2 .";

/* How many details a list of results has, level by level: 2 1 for the tree of one focus node. */
static void
count_details(const RpResult *first, uint32_t level, uint32_t *counts)
{
    for (const RpResult *result = first; result != NULL; result = result->next) {
        counts[level]++;
        count_details(result->details, level + 1, counts);
    }
}

static void
check_tree(uint64_t detail_limit, uint32_t second_level, uint32_t third_level)
{
    RpReportRoom room = room_for(detail_limit);
    uint32_t counts[4] = {0};
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, tree_shapes, tree_data), RP_OK);
    run.report.keeps_details = true;
    run.report.room = &room;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    count_details(run.report.first, 0, counts);
    CHECK_INT(counts[0], 2);
    CHECK_INT(counts[1], second_level);
    CHECK_INT(counts[2], third_level);
    CHECK_INT(counts[3], 0);
    CHECK(run.report.is_cut == (detail_limit < 8));
    CHECK_INT(run.report.total_count, 2);
    rp_test_run_end(&run);
}

RP_TEST(details_come_breadth_first)
{
    check_tree(100, 4, 4);
    check_tree(8, 4, 4);
    check_tree(7, 4, 3);
    check_tree(4, 4, 0);
    check_tree(3, 3, 0);
    check_tree(0, 0, 0);
}

/* Room for the details of the first focus node and one of the second. */
RP_TEST(details_say_where_they_are_cut)
{
    RpReportRoom room = room_for(3);
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run, tree_shapes, tree_data), RP_OK);
    run.report.keeps_details = true;
    run.report.room = &room;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    if (CHECK(run.report.first && run.report.first->next && run.report.first->details)) {
        const RpResult *second = run.report.first->next;

        CHECK(!run.report.first->details_are_cut);
        CHECK(second->details_are_cut && second->details && second->details->next == NULL);
        CHECK(run.report.first->details->details_are_cut);
        CHECK(run.report.first->details->details == NULL);
    }
    rp_test_run_end(&run);
}

/* Two reports: the details of the second one's results come before details of details of the first.
 */
RP_TEST(details_of_reports_share_one_room)
{
    RpReportRoom room = room_for(8 + 3);
    RpTestRun runs[2];
    RpReport *reports[2];
    uint32_t counts[2][4] = {{0}};
    RpError error;

    for (int i = 0; i < 2; i++) {
        CHECK_STATUS(rp_test_run_begin(&runs[i], tree_shapes, tree_data), RP_OK);
        runs[i].report.keeps_details = true;
        runs[i].report.room = &room;
        reports[i] = &runs[i].report;
        CHECK_STATUS(rp_validate(&runs[i].data, 128, reports[i], &runs[i].error), RP_OK);
    }
    CHECK_STATUS(rp_details_find(reports, 2, &error), RP_OK);
    for (int i = 0; i < 2; i++) {
        count_details(reports[i]->first, 0, counts[i]);
        CHECK_INT(counts[i][1], 4);
        CHECK_INT(counts[i][2], i == 0 ? 3 : 0);
        CHECK(reports[i]->is_cut);
        rp_test_run_end(&runs[i]);
    }
}

enum { LEVELS = 60, POLLS = 2000 };

/* Shapes T0, T1, …, each of which asks by sh:node for the next at every value of ex:p; and as many
 * pairs of nodes, both of which have both of the next pair as values. Ways: 2^60. */
static RpStatus
begin_levels(RpTestRun *run)
{
    char shapes[LEVELS * 64 + 200];
    char data[LEVELS * 96 + 200];
    size_t used =
        (size_t)snprintf(shapes, sizeof(shapes), "ex:S sh:targetNode ex:s ; sh:node ex:T0 .");
    size_t data_used = (size_t)snprintf(data, sizeof(data), "ex:s ex:p ex:a0, ex:b0 .");

    for (int i = 0; i < LEVELS; i++) {
        used +=
            (size_t)snprintf(shapes + used, sizeof(shapes) - used,
                             "ex:T%d sh:property [ sh:path ex:p ; sh:node ex:T%d ] .", i, i + 1);
        data_used += (size_t)snprintf(data + data_used, sizeof(data) - data_used,
                                      "ex:a%d ex:p ex:a%d, ex:b%d . ex:b%d ex:p ex:a%d, ex:b%d .",
                                      i, i + 1, i + 1, i, i + 1, i + 1);
    }
    (void)snprintf(shapes + used, sizeof(shapes) - used, "ex:T%d sh:nodeKind sh:Literal .", LEVELS);
    return rp_test_run_begin(run, shapes, data);
}

/* Shared parts are written as a tree, of which there is as much as there is room for: in number,
 * and in memory. */
RP_TEST(details_take_as_much_as_they_are)
{
    for (uint64_t limit = 0; limit <= 1000; limit += 500) {
        RpReportRoom room = room_for(limit);
        uint32_t counts[LEVELS + 3] = {0};
        uint32_t total = 0;
        size_t used_bytes;
        RpTestRun run;

        CHECK_STATUS(begin_levels(&run), RP_OK);
        used_bytes = run.arena.used_bytes;
        run.report.keeps_details = true;
        run.report.room = &room;
        rp_test_stop_after = POLLS;
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        rp_test_stop_after = -1;
        count_details(run.report.first, 0, counts);
        for (uint32_t i = 1; i < LEVELS + 3; i++) {
            total += counts[i];
            CHECK(counts[i] == 0 || i > 8 || total >= limit || counts[i] == 1u << i);
        }
        CHECK_INT(total, limit);
        CHECK(run.report.is_cut);
        CHECK(run.arena.used_bytes - used_bytes <= (1 << 20) + limit * 200);
        rp_test_run_end(&run);
    }
}

/* One result, whose details are as deep as shapes allow: 200 levels. */
RP_TEST(details_end_at_their_level_limit)
{
    enum { DEEP = 200 };
    static char shapes[DEEP * 64 + 200];
    size_t used =
        (size_t)snprintf(shapes, sizeof(shapes), "ex:S sh:targetNode ex:a ; sh:node ex:N0 .");
    const RpResult *result;
    RpReport *report;
    RpTestRun run;
    uint32_t levels = 0;

    for (int i = 0; i < DEEP; i++) {
        used += (size_t)snprintf(shapes + used, sizeof(shapes) - used, "ex:N%d sh:node ex:N%d .", i,
                                 i + 1);
    }
    (void)snprintf(shapes + used, sizeof(shapes) - used, "ex:N%d sh:nodeKind sh:Literal .", DEEP);
    CHECK_STATUS(rp_test_run_begin_deep(&run, shapes, "", DEEP + 10), RP_OK);
    run.report.keeps_details = true;
    report = &run.report;
    CHECK_STATUS(rp_validate(&run.data, DEEP + 10, report, &run.error), RP_OK);
    CHECK_STATUS(rp_details_find(&report, 1, &run.error), RP_OK);
    for (result = report->first; result->details != NULL; result = result->details) {
        levels++;
        CHECK(!result->details_are_cut);
    }
    CHECK_INT(levels, RP_DETAIL_LEVEL_LIMIT);
    CHECK(result->details_are_cut && report->is_cut);
    rp_test_run_end(&run);
}

RP_TEST(details_can_be_interrupted)
{
    RpReport *report;
    RpTestRun run;

    CHECK_STATUS(begin_levels(&run), RP_OK);
    run.report.keeps_details = true;
    report = &run.report;
    CHECK_STATUS(rp_validate(&run.data, 128, report, &run.error), RP_OK);
    rp_test_stop_after = 3;
    CHECK_STATUS(rp_details_find(&report, 1, &run.error), RP_INTERRUPTED);
    rp_test_stop_after = -1;
    rp_test_run_end(&run);
}

/*
 * 500 results for one node, whose details take long to find: each has them, and details of them,
 * and they are not found 500 times. 4,000 values times 500 would be 2 million turns.
 */
RP_TEST(details_are_found_once)
{
    static char data[100000];
    size_t used = (size_t)snprintf(data, sizeof(data), "ex:x ex:q ");
    const RpResult *result;
    RpTestRun run;
    uint32_t count = 0;

    for (int i = 0; i < 4000; i++) {
        used += (size_t)snprintf(data + used, sizeof(data) - used, "%d, ", i);
    }
    used += (size_t)snprintf(data + used, sizeof(data) - used, "ex:y . ");
    for (int i = 0; i < 500; i++) {
        used += (size_t)snprintf(data + used, sizeof(data) - used, "ex:a%d ex:p ex:x . ", i);
    }
    CHECK_STATUS(
        rp_test_run_begin(&run,
                          "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ;"
                          " sh:node ex:T ] . ex:T sh:property [ sh:path ex:q ;"
                          " sh:or ( [ sh:nodeKind sh:Literal ] [ sh:nodeKind sh:BlankNode ]"
                          " ) ] .",
                          data),
        RP_OK);
    run.report.keeps_details = true;
    rp_test_stop_after = 200;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_test_stop_after = -1;
    for (result = run.report.first; result != NULL; result = result->next, count++) {
        const RpResult *detail = result->details;

        if (CHECK(detail && detail->next == NULL && detail->details && detail->details->next)) {
            CHECK(detail->details->next->next == NULL && !detail->details_are_cut);
        }
    }
    CHECK_INT(count, 500);
    rp_test_run_end(&run);
}

/* Values of 1, 2 and 3 kB, in their order: what no longer fits ends the report, also for what is
 * smaller. */
RP_TEST(results_are_kept_while_they_fit)
{
    static char data[8000];
    static const uint64_t kept[] = {0, 1, 1, 2, 3};
    size_t used = (size_t)snprintf(data, sizeof(data), "ex:a ex:p ");

    for (int i = 1; i <= 3; i++) {
        used += (size_t)snprintf(data + used, sizeof(data) - used, "\"%0*d\", ", i * 1000, i);
    }
    (void)snprintf(data + used, sizeof(data) - used, "\"4\" .");
    for (uint64_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        static const uint64_t sizes[] = {1000, 4000, 7000, 9500, 14600};
        RpReportRoom room = {.bytes = sizes[i], .details = 0};
        RpTestRun run;

        CHECK_STATUS(
            rp_test_run_begin(&run, "ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .", data),
            RP_OK);
        run.report.room = &room;
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        CHECK_INT(run.report.kept_count, kept[i]);
        CHECK_INT(run.report.total_count, 4);
        CHECK(run.report.is_cut && room.is_full);
        rp_test_run_end(&run);
    }
}

/* 400 times 400 results, of which none fits: counted, and nothing more. */
RP_TEST(results_without_number_take_no_memory)
{
    static char data[20000];
    size_t used = (size_t)snprintf(data, sizeof(data), "ex:a ex:p ");
    RpReportRoom room = {.bytes = 10000, .details = UINT64_MAX};
    size_t used_bytes;
    RpTestRun run;

    for (int i = 0; i < 800; i++) {
        used += (size_t)snprintf(data + used, sizeof(data) - used, "%s%d",
                                 i == 400 ? " ; ex:q "
                                 : i > 0  ? ", "
                                          : "",
                                 i < 400 ? 1000 + i : i - 400);
    }
    (void)snprintf(data + used, sizeof(data) - used, " .");
    CHECK_STATUS(rp_test_run_begin(&run,
                                   "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ;"
                                   " sh:lessThan ex:q ] .",
                                   data),
                 RP_OK);
    run.report.room = &room;
    used_bytes = run.arena.used_bytes;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    CHECK_INT(run.report.total_count, 160000);
    CHECK(run.report.kept_count > 5 && run.report.kept_count < 20);
    CHECK(run.arena.used_bytes - used_bytes < 400000);
    rp_test_run_end(&run);
}

static void
check_message(uint64_t detail_limit, const char *expected)
{
    RpReportRoom room = room_for(detail_limit);
    RpBuffer buffer;
    RpTestRun run;

    CHECK_STATUS(rp_test_run_begin(&run,
                                   "ex:S sh:targetNode ex:a ; sh:or ( [ sh:class ex:C ]"
                                   " [ sh:nodeKind sh:Literal ] ) .",
                                   ""),
                 RP_OK);
    run.report.keeps_details = true;
    run.report.room = &room;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    rp_buffer_init(&buffer, &run.arena);
    rp_message_write(&buffer, &run.data, run.report.first);
    CHECK_TEXT(rp_buffer_text(&buffer), expected);
    rp_test_run_end(&run);
}

RP_TEST(messages_say_that_there_is_more)
{
    check_message(2, "ex:a conforms to none of the shapes of sh:or: ex:a is not an instance of "
                     "ex:C; ex:a is not a literal");
    check_message(1, "ex:a conforms to none of the shapes of sh:or: ex:a is not an instance of "
                     "ex:C; …");
    check_message(0, "ex:a conforms to none of the shapes of sh:or: …");
}
