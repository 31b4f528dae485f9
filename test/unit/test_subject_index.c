/* The objects of a subject and predicate, whatever was asked for before: subject_index.h. */
#include "rdf/graph.h"
#include "validate/subject_index.h"
#include "validation.h"

enum { PREDICATES = 4, ASKED = PREDICATES + 2 /* one before them all, and one behind */ };

/* Subject s has 0, 1, 2 or 3 objects of its predicates, in another order for each. */
static uint32_t
object_count(uint32_t subject, uint32_t predicate)
{
    return (subject + predicate * 3) % 4;
}

static void
fill(RpGraph *graph)
{
    RpError error;

    for (uint32_t subject = 1; subject <= 3; subject++) {
        for (uint32_t predicate = 1; predicate <= PREDICATES; predicate++) {
            for (uint32_t object = 0; object < object_count(subject, predicate); object++) {
                CHECK_STATUS(
                    rp_graph_add(graph, (RpTriple){subject, predicate * 2, 10 + object}, &error),
                    RP_OK);
            }
        }
    }
    CHECK_STATUS(rp_graph_freeze(graph, &error), RP_OK);
}

/* Every predicate is asked for after every other, of the same subject and of another. */
RP_TEST(subject_index_forgets_nothing)
{
    RpTestRun run;
    RpSubjectIndex index;
    RpError error;

    CHECK_STATUS(rp_test_run_begin(&run, "ex:S sh:targetNode ex:a .", ""), RP_OK);
    fill(&run.data.graph);
    CHECK_STATUS(rp_subject_index_init(&index, &run.data.graph, &run.arena, &error), RP_OK);
    for (uint32_t i = 0; i < 4 * 4 * ASKED * ASKED; i++) {
        uint32_t before[] = {1 + i % 4, i / 16 % ASKED * 2 + 1 - i % 2};
        uint32_t now[] = {1 + i / 4 % 4, i / 16 / ASKED * 2};
        RpTripleRange expected = rp_graph_objects(&run.data.graph, now[0], now[1]);
        RpTripleRange range;

        (void)rp_subject_index_objects(&index, before[0], before[1]);
        range = rp_subject_index_objects(&index, now[0], now[1]);
        CHECK_INT(rp_triple_range_count(range), rp_triple_range_count(expected));
        CHECK(range.first == expected.first || range.first == range.end);
    }
    rp_test_run_end(&run);
}
