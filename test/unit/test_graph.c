/* rdf/graph: order, duplicates, patterns; against a plain search of the same triples. */
#include "rdf/graph.h"

#include <stdlib.h>

#include "check.h"
#include "host.h"

static RpArena arena;
static RpError error;

static uint32_t
next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static bool
fits(RpTriple triple, RpTermId subject, RpTermId predicate, RpTermId object)
{
    return (subject == 0 || triple.subject == subject) &&
           (predicate == 0 || triple.predicate == predicate) &&
           (object == 0 || triple.object == object);
}

/* How many different triples fit a pattern, searched one by one. */
static uint32_t
count_fitting(const RpTriple *triples, uint32_t count, RpTermId subject, RpTermId predicate,
              RpTermId object)
{
    uint32_t found = 0;

    for (uint32_t i = 0; i < count; i++) {
        bool is_first = true;

        for (uint32_t j = 0; j < i && is_first; j++) {
            is_first = memcmp(&triples[i], &triples[j], sizeof(RpTriple)) != 0;
        }
        found += is_first && fits(triples[i], subject, predicate, object);
    }
    return found;
}

static void
check_pattern(RpGraph *graph, const RpTriple *triples, uint32_t count, RpTermId subject,
              RpTermId predicate, RpTermId object)
{
    RpTripleRange range;

    CHECK_STATUS(rp_graph_match(graph, subject, predicate, object, &range, &error), RP_OK);
    CHECK_INT(rp_triple_range_count(range),
              count_fitting(triples, count, subject, predicate, object));
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        CHECK(fits(*triple, subject, predicate, object));
        if (triple > range.first && subject != 0) {
            CHECK(
                triple[-1].predicate < triple->predicate ||
                (triple[-1].predicate == triple->predicate && triple[-1].object < triple->object));
        }
        if (triple > range.first && subject == 0 && predicate != 0) {
            CHECK(triple[-1].object < triple->object ||
                  (triple[-1].object == triple->object && triple[-1].subject < triple->subject));
        }
    }
}

/* Every served pattern of a graph of count random triples of ids below bound. */
static void
check_random_graph(uint32_t count, uint32_t bound)
{
    static RpTriple triples[400];
    uint32_t random = count * 31 + bound;
    RpGraph graph;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_graph_init(&graph, &arena, NULL);
    for (uint32_t i = 0; i < count; i++) {
        triples[i] = (RpTriple){next_random(&random) % bound + 1, next_random(&random) % bound + 1,
                                next_random(&random) % bound + 1};
        CHECK_STATUS(rp_graph_add(&graph, triples[i], &error), RP_OK);
    }
    CHECK_STATUS(rp_graph_freeze(&graph, &error), RP_OK);
    check_pattern(&graph, triples, count, 0, 0, 0);
    for (RpTermId a = 1; a <= bound + 1; a++) {
        check_pattern(&graph, triples, count, a, 0, 0);
        check_pattern(&graph, triples, count, 0, a, 0);
        check_pattern(&graph, triples, count, 0, 0, a);
        for (RpTermId b = 1; b <= bound; b++) {
            RpTriple triple = {a, b, (a * b) % bound + 1};

            check_pattern(&graph, triples, count, a, b, 0);
            check_pattern(&graph, triples, count, 0, a, b);
            check_pattern(&graph, triples, count, a, 0, b);
            check_pattern(&graph, triples, count, triple.subject, triple.predicate, triple.object);
            CHECK_INT(
                rp_graph_contains(&graph, triple),
                count_fitting(triples, count, triple.subject, triple.predicate, triple.object));
            CHECK_INT(rp_triple_range_count(rp_graph_objects(&graph, a, b)),
                      count_fitting(triples, count, a, b, 0));
        }
    }
    rp_arena_free(&arena);
}

RP_TEST(graph_patterns)
{
    static const uint32_t counts[] = {0, 1, 2, 15, 16, 17, 32, 33, 100, 257};

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        check_random_graph(counts[i], 5);
    }
    check_random_graph(400, 6);
}

static int
compare_triples(const void *a, const void *b)
{
    return rp_triple_is_before(b, a) - rp_triple_is_before(a, b);
}

/* A large graph in one of some orders of arrival, the last one of a single subject; freeze gives
 * each triple once, in order. */
static void
check_order(uint32_t count, int kind)
{
    RpTriple *triples = malloc(sizeof(RpTriple) * (size_t)count);
    RpGraph graph;
    uint32_t random = 7;
    uint32_t kept = 0;

    rp_arena_init(&arena, &rp_test_host, 1 << 28);
    rp_graph_init(&graph, &arena, NULL);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = kind == 0   ? i
                          : kind == 1 ? count - i
                          : kind == 2 ? next_random(&random)
                                      : i % 100;

        triples[i] = (RpTriple){number / 100 + 1, number % 10 + 1, number + 1};
        if (kind == 4) {
            triples[i] = (RpTriple){1, number % 3 + 1, next_random(&random)};
        }
        CHECK_STATUS(rp_graph_add(&graph, triples[i], &error), RP_OK);
    }
    CHECK_STATUS(rp_graph_freeze(&graph, &error), RP_OK);
    qsort(triples, count, sizeof(RpTriple), compare_triples);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || compare_triples(&triples[kept - 1], &triples[i]) != 0) {
            triples[kept++] = triples[i];
        }
    }
    CHECK_INT(graph.count, kept);
    CHECK(memcmp(graph.by_subject, triples, sizeof(RpTriple) * (size_t)kept) == 0);
    free(triples);
    rp_arena_free(&arena);
}

/* Ranges of every length, each followed by another subject's. */
RP_TEST(graph_ranges_end)
{
    enum { SUBJECTS = 70 };
    RpGraph graph;
    uint32_t wrong = 0;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_graph_init(&graph, &arena, NULL);
    for (uint32_t subject = 1; subject <= SUBJECTS; subject++) {
        for (uint32_t object = 1; object <= subject; object++) {
            CHECK_STATUS(rp_graph_add(&graph, (RpTriple){subject, 1, object}, &error), RP_OK);
            CHECK_STATUS(rp_graph_add(&graph, (RpTriple){subject, 2, object}, &error), RP_OK);
        }
    }
    CHECK_STATUS(rp_graph_freeze(&graph, &error), RP_OK);
    for (uint32_t subject = 0; subject <= SUBJECTS; subject++) {
        wrong += rp_triple_range_count(rp_graph_subject(&graph, subject)) != 2 * subject;
        wrong += rp_triple_range_count(rp_graph_objects(&graph, subject, 1)) != subject;
        wrong += rp_triple_range_count(rp_graph_objects(&graph, subject, 2)) != subject;
        wrong += rp_triple_range_count(rp_graph_objects(&graph, subject, 3)) != 0;
    }
    CHECK_INT(wrong, 0);
    rp_arena_free(&arena);
}

RP_TEST(graph_freeze_orders)
{
    for (int kind = 0; kind < 5; kind++) {
        check_order(100003, kind);
    }
}

RP_TEST(graph_freeze_stops_and_survives_missing_memory)
{
    RpGraph graph;
    RpTripleRange range;
    uint32_t random = 9;

    rp_arena_init(&arena, &rp_test_host, 1 << 28);
    rp_graph_init(&graph, &arena, NULL);
    for (uint32_t i = 0; i < 200000; i++) {
        rp_graph_add(&graph, (RpTriple){next_random(&random) + 1, 1, 1}, &error);
    }
    rp_test_stop_after = 3;
    CHECK_STATUS(rp_graph_freeze(&graph, &error), RP_INTERRUPTED);
    rp_test_stop_after = -1;
    rp_test_fail_allocation_after = 1;
    CHECK_STATUS(rp_graph_freeze(&graph, &error), RP_OUT_OF_MEMORY);
    rp_test_fail_allocation_after = -1;
    CHECK_STATUS(rp_graph_freeze(&graph, &error), RP_OK);
    rp_test_fail_allocation_after = 1;
    CHECK_STATUS(rp_graph_match(&graph, 0, 1, 0, &range, &error), RP_OUT_OF_MEMORY);
    rp_test_fail_allocation_after = -1;
    rp_arena_free(&arena);
}
