/* sh:languageIn is SPARQL's langMatches: the basic filtering of RFC 4647, section 3.3.1. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "validation.h"

typedef struct RangeCase {
    const char *range;
    const char *literal;
    bool matches;
} RangeCase;

static const RangeCase cases[] = {
    {"en", "\"x\"@en", true},
    {"en", "\"x\"@EN", true},
    {"EN", "\"x\"@en-us", true},
    {"en", "\"x\"@en-GB-oed", true},
    {"en", "\"x\"@eng", false},
    {"en", "\"x\"@e", false},
    {"en-US", "\"x\"@en", false},
    {"en-us", "\"x\"@en-US-x-a", true},
    {"de-de", "\"x\"@de-DE-1996", true},
    {"de-de", "\"x\"@de-Deva", false},
    {"de-de", "\"x\"@de-Latn-DE", false},
    {"de-*-DE", "\"x\"@de-DE", false}, /* extended ranges are not of basic filtering */
    {"*", "\"x\"@tlh", true},
    {"*", "\"x\"", false},
    {"*", "5", false},
    {"*", "ex:iri", false},
    {"*-US", "\"x\"@en-US", false},
    {"", "\"x\"@en", false},
    {"", "\"x\"", false},
    {"en", "\"en\"", false},
    {"en", "[]", false},
};

/* So many that they are looked up in a table. */
#define MANY_OTHERS "'q1' 'q2' 'q3' 'q4' 'q5' 'q6' 'q7' 'q8' 'q9'"

static void
check_case(const RangeCase *range_case, const char *other_ranges)
{
    char shapes[200];
    char data[200];
    bool matches;

    (void)snprintf(shapes, sizeof shapes,
                   "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:languageIn ( \"%s\" %s ) .",
                   range_case->range, other_ranges);
    (void)snprintf(data, sizeof data, "ex:a ex:p %s .", range_case->literal);
    matches = strcmp(rp_test_report(shapes, data), "conforms") == 0;
    if (!CHECK(matches == range_case->matches)) {
        printf("    range \"%s\", value %s\n", range_case->range, range_case->literal);
    }
}

RP_TEST(language_ranges)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_case(&cases[i], "");
        check_case(&cases[i], MANY_OTHERS);
    }
}

/* The least processor time of some validations of as many values as there are ranges. */
static clock_t
time_of_ranges(int count)
{
    enum { LINE = 40, RUNS = 5 };
    char *shapes = malloc((size_t)count * LINE + 100);
    char *data = malloc((size_t)count * LINE + 100);
    size_t shapes_length = 0;
    size_t data_length = 0;
    clock_t least = 0;

    if (!shapes || !data) {
        abort();
    }
    shapes_length += (size_t)sprintf(shapes, "ex:S sh:targetNode ex:a ; sh:path ex:p ; "
                                             "sh:languageIn (");
    data_length += (size_t)sprintf(data, "ex:a ex:p");
    for (int i = 0; i < count; i++) {
        shapes_length += (size_t)sprintf(shapes + shapes_length, " \"x-%d\"", i);
        data_length += (size_t)sprintf(data + data_length, "%s \"v\"@x-%d-y", i > 0 ? "," : "", i);
    }
    strcpy(shapes + shapes_length, " ) .");
    strcpy(data + data_length, " .");
    for (int i = 0; i < RUNS; i++) {
        RpTestRun run;
        clock_t start;

        CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
        start = clock();
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        start = clock() - start;
        least = i == 0 || start < least ? start : least;
        CHECK_INT(run.report.total_count, 0);
        rp_test_run_end(&run);
    }
    free(shapes);
    free(data);
    return least;
}

/* Each value is looked up: eight times as many are eight times the work, and not sixty-four. */
RP_TEST(language_ranges_are_looked_up)
{
    CHECK(time_of_ranges(8000) < 24 * (time_of_ranges(1000) + 1));
}
