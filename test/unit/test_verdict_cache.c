/* Shapes that share parts are judged in linear time. */
#include "validation.h"

#include "host.h"
#include "validate/verdict_cache.h"

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

/* Many pairs share a place of the cache: whichever stays there, none is taken for another. */
RP_TEST(verdicts_are_of_one_shape)
{
    enum { SHAPES = 200, NODES = 200 };
    RpVerdictCache cache = {NULL};
    RpArena arena;
    RpError error = {.status = RP_OK};
    uint32_t found = 0;

    rp_arena_init(&arena, &rp_test_host, 1 << 20);
    for (uint32_t shape = 0; shape < SHAPES; shape++) {
        for (RpTermId node = 1; node <= NODES; node++) {
            CHECK_STATUS(
                rp_verdict_cache_put(&cache, &arena, shape, node, (shape + node) % 2 == 0, &error),
                RP_OK);
        }
    }
    for (uint32_t shape = 0; shape < SHAPES; shape++) {
        for (RpTermId node = 1; node <= NODES; node++) {
            bool conforms = false;

            if (rp_verdict_cache_find(&cache, shape, node, &conforms)) {
                found++;
                CHECK(conforms == ((shape + node) % 2 == 0));
            }
        }
    }
    CHECK(found > 0 && found <= RP_VERDICT_CACHE_SIZE);
    rp_arena_free(&arena);
}
