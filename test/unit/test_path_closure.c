/* Repetitions within repetitions: what they reach, against relations written out as matrices, and
 * what that costs. */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "validation.h"

enum { NODES = 7, PATH_SIZE = 4000, DATA_SIZE = 4000, CASES = 300 };

/* Row i, bit j: node j is reached from node i. */
typedef struct Relation {
    uint32_t rows[NODES];
} Relation;

static uint32_t random_state;

static uint32_t
random_below(uint32_t limit)
{
    random_state = random_state * 1103515245u + 12345u;
    return random_state >> 16 & 0x7fff ? (random_state >> 16 & 0x7fff) % limit : 0;
}

static Relation
identity(void)
{
    Relation relation;

    for (uint32_t i = 0; i < NODES; i++) {
        relation.rows[i] = 1u << i;
    }
    return relation;
}

static Relation
either(Relation a, Relation b)
{
    for (uint32_t i = 0; i < NODES; i++) {
        a.rows[i] |= b.rows[i];
    }
    return a;
}

static Relation
then(Relation a, Relation b)
{
    Relation relation = {{0}};

    for (uint32_t i = 0; i < NODES; i++) {
        for (uint32_t j = 0; j < NODES; j++) {
            relation.rows[i] |= a.rows[i] >> j & 1 ? b.rows[j] : 0;
        }
    }
    return relation;
}

static Relation
inverse(Relation a)
{
    Relation relation = {{0}};

    for (uint32_t i = 0; i < NODES; i++) {
        for (uint32_t j = 0; j < NODES; j++) {
            relation.rows[j] |= (a.rows[i] >> j & 1) << i;
        }
    }
    return relation;
}

/* One or more. */
static Relation
repeated(Relation a)
{
    Relation relation = a;

    for (uint32_t i = 0; i < NODES; i++) {
        relation = either(relation, then(relation, a));
    }
    return relation;
}

/* Append a random path to a text; what it means. */
static Relation
make_path(char *text, uint32_t depth, const Relation *predicates)
{
    size_t length = strlen(text);
    uint32_t kind = depth == 0 ? 0 : random_below(8);
    bool is_list = kind == 4 || kind == 5;
    Relation first;
    Relation second = {{0}};

    if (kind == 0) {
        uint32_t predicate = random_below(2);

        snprintf(text + length, PATH_SIZE - length, " ex:p%u", predicate);
        return predicates[predicate];
    }
    snprintf(text + length, PATH_SIZE - length, "%s",
             kind == 1   ? " [ sh:inversePath"
             : kind == 2 ? " [ sh:zeroOrOnePath"
             : kind == 3 ? " [ sh:oneOrMorePath"
             : kind == 4 ? " ("
             : kind == 5 ? " [ sh:alternativePath ("
                         : " [ sh:zeroOrMorePath");
    first = make_path(text, depth - 1, predicates);
    if (is_list) {
        second = make_path(text, depth - 1, predicates);
    }
    length = strlen(text);
    snprintf(text + length, PATH_SIZE - length, "%s", kind == 4 ? " )" : kind == 5 ? " ) ]" : " ]");
    switch (kind) {
    case 1:
        return inverse(first);
    case 2:
        return either(identity(), first);
    case 3:
        return repeated(first);
    case 4:
        return then(first, second);
    case 5:
        return either(first, second);
    default:
        return either(identity(), repeated(first));
    }
}

static Relation
make_data(char *text, uint32_t predicate)
{
    Relation relation = {{0}};

    for (uint32_t i = 0; i < NODES + 2; i++) {
        uint32_t from = random_below(NODES);
        uint32_t to = random_below(NODES);
        size_t length = strlen(text);

        relation.rows[from] |= 1u << to;
        snprintf(text + length, DATA_SIZE - length, "ex:n%u ex:p%u ex:n%u . ", from, predicate, to);
    }
    return relation;
}

/* The value nodes of ex:n0, as bits. */
static uint32_t
values_of(const RpTestRun *run)
{
    uint32_t values = 0;

    for (const RpResult *result = run->report.first; result != NULL; result = result->next) {
        RpTerm term = rp_dictionary_term(&run->data.dictionary, result->value);

        values |= 1u << (term.lexical.data[term.lexical.length - 1] - '0');
    }
    return values;
}

RP_TEST(path_closure_is_the_relation)
{
    random_state = 7;
    for (int i = 0; i < CASES; i++) {
        char path[PATH_SIZE] = "";
        char data[DATA_SIZE] = "";
        char shapes[PATH_SIZE + 100];
        Relation predicates[2];
        Relation expected;
        RpTestRun run;

        predicates[0] = make_data(data, 0);
        predicates[1] = make_data(data, 1);
        expected = make_path(path, 5, predicates);
        snprintf(shapes, sizeof(shapes), "ex:S sh:targetNode ex:n0 ; sh:path %s ; sh:in () .",
                 path);
        CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
        CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
        if (!CHECK_INT(values_of(&run), expected.rows[0])) {
            CHECK_TEXT(rp_text_from(path), data);
        }
        rp_test_run_end(&run);
    }
}

/* Looks at the host, one for each 1,024 turns, that a validation takes. */
static long
turns_of(const char *shapes, const char *data)
{
    enum { MANY = 100000 };
    RpTestRun run;
    long turns;

    CHECK_STATUS(rp_test_run_begin(&run, shapes, data), RP_OK);
    rp_test_stop_after = MANY;
    CHECK_STATUS(rp_test_run_validate(&run), RP_OK);
    turns = MANY - rp_test_stop_after;
    rp_test_stop_after = -1;
    rp_test_run_end(&run);
    return turns;
}

/* The turns of so many nested repetitions over a cycle. */
static long
turns_of_nested(const char *kind, int levels)
{
    char shapes[4000] = "ex:S sh:targetNode ex:n0 ; sh:in () ; sh:path ";
    char data[20000] = "";

    for (int i = 0; i < levels; i++) {
        snprintf(shapes + strlen(shapes), sizeof(shapes) - strlen(shapes),
                 "[ %s [ sh:alternativePath ( ex:q ", kind);
    }
    strcat(shapes, "ex:p");
    for (int i = 0; i < levels; i++) {
        strcat(shapes, " ) ] ]");
    }
    strcat(shapes, " .");
    for (int i = 0; i < 400; i++) {
        snprintf(data + strlen(data), sizeof(data) - strlen(data), "ex:n%d ex:p ex:n%d .\n", i,
                 (i + 1) % 400);
    }
    return turns_of(shapes, data);
}

RP_TEST(path_closure_of_nested_repetitions_is_linear)
{
    CHECK(turns_of_nested("sh:zeroOrMorePath", 10) > 0);
    CHECK(turns_of_nested("sh:zeroOrMorePath", 30) < 6 * turns_of_nested("sh:zeroOrMorePath", 10));
    CHECK(turns_of_nested("sh:oneOrMorePath", 30) < 6 * turns_of_nested("sh:oneOrMorePath", 10));
}
