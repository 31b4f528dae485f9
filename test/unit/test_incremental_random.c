/*
 * Judging changes is judging the whole: what validating all finds after them and did not find
 * before, judging them finds; and it finds nothing that validating all does not. Judging a part is
 * validating it, to the last detail, over fetched triples alone.
 *
 * By chance, from fixed seeds. RDFPOLICY_RANDOM_CASES=number runs more of them, and
 * RDFPOLICY_RANDOM_SEED=number others.
 */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "random_shapes.h"
#include "shacl/component.h"

enum { CASES = 1500, STEPS = 6, FIRST_TRIPLES = 14, CHANGES = 3, MOST_SLICES = 5 };

/* What all cases found: so that it shows if they find nothing. */
typedef struct Found {
    bool has_component[256]; /* by id: some shapes had a constraint of it */
    uint64_t cases;
    uint64_t refused; /* shapes that were */
    uint64_t steps;
    uint64_t whole_steps; /* that ask for the whole, by a query */
    uint64_t new_results;
    uint64_t judged_focus_nodes;
    uint64_t whole_focus_nodes;
    uint64_t slice_triples;         /* that slices read */
    uint64_t slice_triples_at_most; /* all, for each slice */
} Found;

static uint64_t
number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text ? strtoull(text, NULL, 10) : otherwise;
}

static void
tell(const char *what, const char *line, uint64_t seed, const RpBuffer *shapes)
{
    (void)printf("seed %llu: %s: %s\n%.*s\n", (unsigned long long)seed, what, line,
                 (int)shapes->length, shapes->data);
}

/* Change a few triples, some to and fro, and some not at all. */
static void
change_by_chance(RpRandom *random, RpTestStored *stored, RpTestChanges *changes)
{
    uint32_t count = 1 + rp_random_below(random, CHANGES);

    changes->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool is_removal = rp_random_below(random, 2) == 0;
        RpTriple triple = rp_random_triple(random, stored);

        if (is_removal && stored->now.count > 0 && rp_random_below(random, 4) != 0) {
            triple = stored->now.triples[rp_random_below(random, stored->now.count)];
        }
        rp_test_stored_change(stored, triple, is_removal, changes);
        if (rp_random_below(random, 10) == 0) {
            rp_test_stored_change(stored, triple, !is_removal, changes);
        }
    }
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Whether two have the same results: in the same order, where no query gives them, whose solutions
 * have none. */
static bool
are_same(const RpTestStored *stored, const RpTestLines *lines, const RpTestLines *expected,
         const char *what)
{
    if (stored->run.image.query_count > 0) {
        qsort(lines->lines, lines->count, sizeof(char *), compare_lines);
        qsort(expected->lines, expected->count, sizeof(char *), compare_lines);
    }
    return rp_test_lines_are(lines, expected, what);
}

/* Each node of the graph by each shape alone, and then all of them. */
static bool
parts_are_whole(RpTestStored *stored, const RpTestLines *whole)
{
    const RpDictionary *terms = &stored->run.data.dictionary;
    static RpTermId nodes[4096];
    RpPart part = {.nodes = nodes};
    RpTestLines lines;
    bool is_good;

    for (RpTermId id = 1; id < rp_dictionary_end(terms) && part.node_count < 4096;) {
        nodes[part.node_count++] = id;
        id = id == 1 ? RP_TERM_FIRST : id + 1;
    }
    rp_test_stored_part(stored, &part, &lines);
    is_good =
        (stored->outcome.whole_query != 0) || are_same(stored, &lines, whole, "all as a part");
    rp_test_lines_end(&lines);
    return is_good && CHECK_INT(stored->repeated_read_count, 0);
}

/* Slice after slice, each over its reach alone: each result comes once. */
static bool
slices_are_whole(RpRandom *random, RpTestStored *stored, const RpTestLines *whole, Found *found)
{
    uint32_t slice_count = 1 + rp_random_below(random, MOST_SLICES);
    RpTestLines slices;
    bool is_good;

    if (rp_read_map_whole_query(stored->map) != 0) {
        return true;
    }

    rp_test_stored_slices(stored, slice_count, &slices);
    found->slice_triples += stored->triple_count;
    found->slice_triples_at_most += (uint64_t)slice_count * stored->now.count;
    qsort(slices.lines, slices.count, sizeof(char *), compare_lines);
    qsort(whole->lines, whole->count, sizeof(char *), compare_lines);
    is_good = CHECK_STATUS(slices.status, RP_OK) && rp_test_lines_are(&slices, whole, "slices");
    rp_test_lines_end(&slices);
    return is_good;
}

static bool
one_part_is_right(RpRandom *random, RpTestStored *stored)
{
    const RpDictionary *terms = &stored->run.data.dictionary;
    uint32_t shape = rp_random_below(random, stored->run.image.shape_count);
    RpTermId node =
        RP_TERM_FIRST + rp_random_below(random, rp_dictionary_end(terms) - RP_TERM_FIRST);
    RpPart part = {&shape, 1, &node, 1};
    RpTestLines expected;
    RpTestLines lines;
    bool is_good = true;

    rp_test_stored_part(stored, &part, &lines);
    if (stored->outcome.focus_count > 0 && stored->outcome.whole_query == 0) {
        rp_test_stored_focus(stored, shape, node, &expected);
        is_good = are_same(stored, &lines, &expected, "a part");
        rp_test_lines_end(&expected);
    }
    rp_test_lines_end(&lines);
    return is_good;
}

/* Change, and judge by the changes and as a whole. */
static bool
step(RpRandom *random, RpTestStored *stored, RpTestLines *before, Found *found, uint64_t seed,
     const RpBuffer *shapes)
{
    RpTestChanges changes;
    RpTestLines judged;
    RpTestLines after;
    bool is_good = true;

    stored->is_generous = rp_random_below(random, 2) == 0;
    change_by_chance(random, stored, &changes);
    rp_test_stored_validate(stored, &after);
    rp_test_stored_judge(stored, &changes, &judged);
    is_good = CHECK_STATUS(after.status, RP_OK) && CHECK_STATUS(judged.status, RP_OK) &&
              CHECK_INT(stored->repeated_read_count, 0);
    found->steps++;
    found->whole_steps += (stored->outcome.whole_query != 0);
    found->judged_focus_nodes += stored->outcome.focus_count;
    for (uint32_t i = 0; i < after.count; i++) {
        RpTestLines line = {.lines = &after.lines[i], .count = 1};

        if (rp_test_lines_beyond(&line, before)) {
            found->new_results++;
            if (stored->outcome.whole_query == 0 &&
                !CHECK(rp_test_lines_beyond(&line, &judged) == NULL)) {
                tell("not found", after.lines[i], seed, shapes);
                is_good = false;
            }
        }
    }
    if (!CHECK(rp_test_lines_beyond(&judged, &after) == NULL)) {
        tell("found too much", rp_test_lines_beyond(&judged, &after), seed, shapes);
        is_good = false;
    }
    rp_test_lines_end(&judged);
    if (!CHECK(parts_are_whole(stored, &after)) || !CHECK(one_part_is_right(random, stored)) ||
        !CHECK(slices_are_whole(random, stored, &after, found))) {
        tell("a part", "see above", seed, shapes);
        is_good = false;
    }
    rp_test_lines_end(before);
    *before = after;
    return is_good;
}

static void
note_components(const RpImage *image, Found *found)
{
    for (uint32_t i = 0; i < image->constraint_count; i++) {
        found->has_component[image->constraints[i].component % 256] = true;
    }
}

static bool
run_case(uint64_t seed, Found *found)
{
    RpRandom random = {seed * 2 + 1};
    RpTestChanges changes = {0};
    RpTestStored stored;
    RpTestLines before;
    RpBuffer shapes;
    RpArena arena;
    bool is_good = true;

    for (uint32_t i = 0; i < 8; i++) {
        (void)rp_random_below(&random, 2);
    }
    rp_arena_init(&arena, &rp_test_host, 16 << 20);
    rp_buffer_init(&shapes, &arena);
    rp_random_shapes(&random, &shapes);
    rp_buffer_append_byte(&shapes, '\0');
    shapes.length--;
    found->cases++;
    if (rp_test_stored_begin(&stored, shapes.data) != RP_OK) {
        found->refused++;
    } else {
        note_components(&stored.run.image, found);
        for (uint32_t i = 0; i < FIRST_TRIPLES; i++) {
            rp_test_stored_change(&stored, rp_random_triple(&random, &stored), false, &changes);
        }
        rp_test_stored_validate(&stored, &before);
        for (uint32_t i = 0; i < STEPS && is_good; i++) {
            is_good = step(&random, &stored, &before, found, seed, &shapes);
        }
        rp_test_lines_end(&before);
    }
    rp_test_stored_end(&stored);
    rp_arena_free(&arena);
    return is_good;
}

RP_TEST(incremental_is_whole_by_chance)
{
    uint64_t count = number_from("RDFPOLICY_RANDOM_CASES", CASES);
    uint64_t seed = number_from("RDFPOLICY_RANDOM_SEED", 1);
    uint32_t failed = 0;
    Found found = {0};

    for (uint64_t i = 0; i < count && failed < 3; i++) {
        failed += !run_case(seed + i, &found);
    }
    for (uint32_t i = 0; i < rp_component_count; i++) {
        if (!CHECK(found.has_component[i])) {
            (void)printf("no case has a constraint of %s\n", rp_component_table[i].violation_type);
        }
    }
    /* It would prove nothing if hardly any shapes were taken, or hardly anything became wrong. */
    CHECK(found.refused * 3 < found.cases);
    CHECK(found.new_results * 4 > found.cases);
    CHECK(found.whole_steps * 10 < found.steps);
    CHECK(found.slice_triples * 10 < found.slice_triples_at_most * 9);
    if (getenv("RDFPOLICY_RANDOM_CASES")) {
        (void)printf("%llu cases, %llu refused, %llu steps (%llu whole), %llu new results, %llu "
                     "focus nodes, %llu of %llu triples of slices\n",
                     (unsigned long long)found.cases, (unsigned long long)found.refused,
                     (unsigned long long)found.steps, (unsigned long long)found.whole_steps,
                     (unsigned long long)found.new_results,
                     (unsigned long long)found.judged_focus_nodes,
                     (unsigned long long)found.slice_triples,
                     (unsigned long long)found.slice_triples_at_most);
    }
}
