/* Shapes that share parts are judged in linear time. */
#include "validation.h"

#include "host.h"

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
