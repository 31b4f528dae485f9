/*
 * Bounds of queries: the host is asked whether to stop in every loop over rows, triples and
 * characters, as counts of its polls tell; limits say what was exceeded; memory has one ceiling.
 */
#include <stdio.h>
#include <stdlib.h>

#include "graph_of.h"
#include "host.h"
#include "query/pool.h"
#include "query/solutions.h"
#include "query_of.h"
#include "xsd/exact.h"

enum {
    TURNS = 1024,           /* between two polls */
    PASSES = 8,             /* polls in a loop over all rows */
    COUNT = TURNS * PASSES, /* nodes */
    LONG = 100000,          /* characters */
    LONG_COUNT = 16
};

static void
add(RpTestQuery *query, RpTerm subject, const char *predicate, RpTerm object)
{
    RpTerm predicate_term = rp_term_iri(rp_text_from(predicate));
    RpTriple triple;

    rp_dictionary_add(&query->dictionary, &subject, &triple.subject, &query->error);
    rp_dictionary_add(&query->dictionary, &predicate_term, &triple.predicate, &query->error);
    rp_dictionary_add(&query->dictionary, &object, &triple.object, &query->error);
    rp_graph_add(&query->graph, triple, &query->error);
}

/* Nodes in a row by ex:next, each with a string of its own, members of the first or the second;
 * the first ones with long texts. */
static void
begin_chain(RpTestQuery *query, uint32_t count)
{
    static char text[LONG];

    rp_test_query_begin(query, "");
    query->options.row_limit = 10000000;
    query->graph.is_frozen = false;
    memset(text, 'e', LONG);
    for (uint32_t i = 0; i < count; i++) {
        char names[2][32];
        char number[16];
        RpTerm node;
        RpTerm next;

        snprintf(names[0], sizeof(names[0]), "http://ex/n%05u", i);
        snprintf(names[1], sizeof(names[1]), "http://ex/n%05u", i + 1);
        snprintf(number, sizeof(number), "%05u", (i * 7919) % count);
        node = rp_term_iri(rp_text_from(names[0]));
        next = rp_term_iri(rp_text_from(names[1]));
        add(query, node, "http://ex/next", next);
        add(query, node, "http://ex/text", rp_term_literal(rp_text_from(number), RP_TEXT("")));
        snprintf(names[1], sizeof(names[1]), "http://ex/n%05u", i % 2);
        add(query, rp_term_iri(rp_text_from(names[1])), "http://ex/member", node);
        if (i < LONG_COUNT) {
            text[LONG - 1] = (char)('a' + i);
            add(query, node, "http://ex/long", rp_term_literal((RpText){text, LONG}, RP_TEXT("")));
        }
    }
    CHECK_STATUS(rp_graph_freeze(&query->graph, &query->error), RP_OK);
}

/* How often the host is asked while a query is evaluated. */
static long
polls_of(RpTestQuery *query, const char *text, uint32_t expected_count)
{
    const long many = 1000000000;
    long polls;

    CHECK_STATUS(rp_test_query_compile(query, text), RP_OK);
    query->run = NULL;
    CHECK_STATUS(rp_test_query_solve(query, NULL, 1), RP_OK); /* makes the graph's orderings */
    rp_test_stop_after = many;
    CHECK_STATUS(rp_test_query_solve(query, NULL, 1), RP_OK);
    polls = many - rp_test_stop_after;
    rp_test_stop_after = -1;
    CHECK_INT(query->result.count, expected_count);
    rp_query_end(query->run);
    query->run = NULL;
    return polls;
}

/* That a query asks so many times more often than another one: turns of its loops. */
static void
check_polls(RpTestQuery *query, const char *text, uint32_t expected_count, long base, long expected)
{
    long polls = polls_of(query, text, expected_count) - base;

    if (!CHECK(polls >= expected)) {
        printf("%ld polls of %ld: %s\n", polls, expected, text);
    }
}

#define ALL "?s ex:text ?t "

RP_TEST(query_polls_in_loops_over_rows)
{
    RpTestQuery query;
    long base;
    long sort = PASSES * 13L; /* 2^13 rows */

    begin_chain(&query, COUNT);
    base =
        polls_of(&query, "SELECT ?s ?t { " ALL "}", COUNT); /* of the triples, and of the result */
    CHECK(base >= PASSES * 2);
    check_polls(&query, "SELECT ?s ?t { " ALL "} ORDER BY ?t", COUNT, base, sort + PASSES * 2);
    check_polls(&query, "SELECT ?s ?t { " ALL "} LIMIT 100000", COUNT, base, sort + PASSES * 4);
    check_polls(&query, "SELECT DISTINCT ?s ?t { " ALL "}", COUNT, base, PASSES * 3);
    check_polls(&query, "SELECT ?s ?v { " ALL "BIND(STRLEN(?t) AS ?v) }", COUNT, base, PASSES);
    check_polls(&query, "SELECT (COUNT(?t) AS ?n) { " ALL "}", 1, base, PASSES);
    check_polls(&query, "SELECT (COUNT(DISTINCT ?t) AS ?n) { " ALL "}", 1, base, sort + PASSES * 2);
    check_polls(&query, "SELECT (COUNT(DISTINCT *) AS ?n) { " ALL "}", 1, base, PASSES * 3);
    check_polls(&query, "SELECT (MIN(?t) AS ?n) { " ALL "}", 1, base, PASSES * 3);
    check_polls(&query, "SELECT (SAMPLE(?t) AS ?n) { " ALL "}", 1, base, PASSES * 3);
    check_polls(&query, "SELECT (SUM(STRLEN(?t)) AS ?n) { " ALL "}", 1, base, PASSES * 4);
    check_polls(&query, "SELECT (GROUP_CONCAT(?t) AS ?n) { " ALL "}", 1, base, sort + PASSES * 3);
    check_polls(&query, "SELECT ?t (COUNT(?s) AS ?n) { " ALL "} GROUP BY ?t", COUNT, base,
                PASSES * 6);
    check_polls(&query, "SELECT ?s ?t { " ALL "OPTIONAL { ?s ex:none ?o } }", COUNT, base,
                PASSES * 5);
    check_polls(&query, "SELECT ?s ?t { " ALL "{ SELECT ?s ?o { ?s ex:next ?o } LIMIT 100000 } }",
                COUNT, base, sort + PASSES * 8);
    check_polls(&query, "SELECT ?s ?t { " ALL "FILTER NOT EXISTS { ?s ex:none ?o } }", COUNT, base,
                PASSES * 4);
    check_polls(&query, "SELECT ?s ?t { { " ALL "} UNION { ?s ex:none ?t } }", COUNT, base, PASSES);
    check_polls(&query, "SELECT ?s ?t { " ALL ". ?s ex:next ?o }", COUNT, base, PASSES * 4);
    rp_test_query_end(&query);
}

RP_TEST(query_polls_in_walks_and_products)
{
    RpTestQuery query;

    begin_chain(&query, COUNT);
    check_polls(&query, "SELECT ?s { ex:n00000 ex:next+ ?s }", COUNT, 0, PASSES * 10);
    check_polls(&query, "SELECT ?s { ex:n00000 (!ex:none)+ ?s }", 2 * COUNT + LONG_COUNT + 1, 0,
                PASSES * 10);
    /* One walk serves all rows that it starts from the same node for. */
    CHECK(polls_of(&query, "SELECT DISTINCT ?t { ?t ex:member ?s . ?t ex:next+ ?o }", 2) <
          PASSES * 100);
    /* A product of which nothing is taken. */
    check_polls(&query, "ASK { ?a ex:long ?b . ?c ex:next ?d FILTER(?c = ?a && ?d = ?a) }", 0, 0,
                PASSES * LONG_COUNT);
    rp_test_query_end(&query);
}

RP_TEST(query_polls_in_long_texts)
{
    long each = LONG / TURNS * LONG_COUNT;
    RpTestQuery query;

    begin_chain(&query, LONG_COUNT);
    check_polls(&query, "SELECT ?v { ?s ex:long ?t BIND(UCASE(?t) AS ?v) }", LONG_COUNT, 0,
                LONG / 256 * LONG_COUNT / TURNS - 1);
    check_polls(&query, "SELECT ?v { ?s ex:long ?t BIND(LCASE(?t) AS ?v) }", LONG_COUNT, 0,
                LONG / 256 * LONG_COUNT / TURNS - 1);
    check_polls(&query, "SELECT ?v { ?s ex:long ?t BIND(ENCODE_FOR_URI(?t) AS ?v) }", LONG_COUNT, 0,
                each);
    check_polls(&query, "SELECT ?v { ?s ex:long ?t BIND(BNODE(?t) AS ?v) }", LONG_COUNT, 0, each);
    check_polls(&query, "SELECT ?v { ?s ex:long ?t BIND(REPLACE(?t, \"a\", \"b\") AS ?v) }",
                LONG_COUNT, 0, each);
    check_polls(&query, "SELECT ?v { ?s ex:long ?t BIND(REPLACE(\"a\", \"a\", ?t) AS ?v) }",
                LONG_COUNT, 0, each);
    check_polls(&query, "SELECT ?s { ?s ex:long ?t FILTER(?t IN (?t)) }", LONG_COUNT, 0,
                LONG / 256 * LONG_COUNT / TURNS - 1);
    check_polls(&query, "SELECT ?s { ?s ex:long ?t FILTER(CONTAINS(?t, ?t)) }", LONG_COUNT, 0,
                3 * (LONG / 256 * LONG_COUNT / TURNS - 1));
    check_polls(&query, "SELECT ?s { ?s ex:long ?t } ORDER BY ?t", LONG_COUNT, 0, LONG_COUNT);
    check_polls(&query, "SELECT (MAX(?t) AS ?v) { ?s ex:long ?t }", 1, 0, LONG_COUNT / 2);
    check_polls(&query, "SELECT (GROUP_CONCAT(?t) AS ?v) { ?s ex:long ?t }", 1, 0,
                LONG_COUNT + LONG / 256 * LONG_COUNT / TURNS);
    rp_test_query_end(&query);
}

/* A table that grows is copied. */
RP_TEST(query_polls_in_copies)
{
    enum { ROWS = 1 << 19 };
    RpArena arena;
    RpError error;
    RpSolutions table;
    RpSolutionsHome home = {.pool = {.arena = &arena}, .row_limit = UINT64_MAX, .error = &error};
    RpTermId *row;

    rp_arena_init(&arena, &rp_test_host, 64 << 20);
    CHECK_STATUS(rp_solutions_make(&table, &home, 1), RP_OK);
    rp_solutions_add_column(&table, 0, true);
    for (uint32_t i = 0; i < ROWS; i++) {
        if (!CHECK_STATUS(rp_solutions_append(&table, &row), RP_OK)) {
            break;
        }
        row[0] = i;
        row[1] = i;
    }
    rp_test_stop_after = 0;
    CHECK_STATUS(rp_solutions_append(&table, &row), RP_INTERRUPTED);
    rp_test_stop_after = -1;
    rp_arena_free(&arena);
}

/* So many times the same part of a group, and how often the host is asked of them. */
static void
check_polls_of_parts(RpTestQuery *query, const char *part, int count, uint32_t expected_count,
                     long expected)
{
    static char text[100000];

    strcpy(text, "SELECT ?s { ");
    for (int i = 0; i < count; i++) {
        strcat(text, part);
    }
    strcat(text, "}");
    check_polls(query, text, expected_count, 0, expected);
}

/* Which part of a query is evaluated next is asked of all that are left. */
RP_TEST(query_polls_in_long_queries)
{
    RpTestQuery query;

    begin_chain(&query, 1);
    check_polls_of_parts(&query, "?s ex:none ?o . ", 300, 0, 300 * 300 / 2 / TURNS - 1);
    check_polls_of_parts(&query, "{ } ", 300, 1, 300 * 300 / 2 / TURNS - 1);
    rp_test_query_end(&query);
    /* Parts of a condition. */
    begin_chain(&query, COUNT);
    check_polls(&query, "SELECT ?s { " ALL "FILTER(!BOUND(?x) && !BOUND(?y) && BOUND(?s)) }", COUNT,
                polls_of(&query, "SELECT ?s { " ALL "}", COUNT), 2 * PASSES);
    rp_test_query_end(&query);
}

static void
check_refused(const char *text, const char *message, const char *hint)
{
    RpTestQuery query;

    begin_chain(&query, 200);
    query.options.row_limit = 1000;
    query.options.row_limit_name = "max_rows";
    CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK);
    CHECK_STATUS(rp_test_query_solve(&query, NULL, 1), RP_TOO_LARGE);
    CHECK_TEXT(rp_text_from(query.error.message), message);
    CHECK_TEXT(rp_text_from(query.error.hint), hint);
    rp_test_query_end(&query);
}

RP_TEST(query_limits_say_what_was_exceeded)
{
    check_refused("SELECT * { ?a ex:next ?b . ?c ex:next ?d }",
                  "a query has more than 1000 solutions at a time",
                  "What it joins may have no variable in common. The limit is max_rows.");
    check_refused("SELECT (CONCAT(STR(?a), \"1\") AS ?v) (CONCAT(STR(?a), \"2\") AS ?w) "
                  "(CONCAT(STR(?a), \"3\") AS ?x) (CONCAT(STR(?a), \"4\") AS ?y) "
                  "(CONCAT(STR(?a), \"5\") AS ?z) (CONCAT(STR(?a), \"6\") AS ?c) { ?a ex:next ?b }",
                  "a query has more than 1000 terms that its functions made",
                  "The limit is max_rows.");
}

#define EIGHT(t) t t t t t t t t
#define EIGHT_OF(v) "CONCAT(" v ", " v ", " v ", " v ", " v ", " v ", " v ", " v ")"

/* A text that grows from function to function, within one, and over a group. */
RP_TEST(query_texts_have_a_limit)
{
    static const char message[] = "a text that a query makes is longer than 33554432 bytes";
    static const char concat[] =
        "SELECT ?c { ex:n00000 ex:long ?t "
        "BIND(" EIGHT_OF("?t") " AS ?a) "
                               "BIND(" EIGHT_OF("?a") " AS ?b) "
                                                      "BIND(" EIGHT_OF("?b") " AS ?c) }";
    static const char replace[] =
        "SELECT ?b { ex:n00000 ex:long ?t BIND(REPLACE(?t, \"e\", "
        "\"" EIGHT(EIGHT("01234567")) "\") AS ?a) "
                                      "BIND(REPLACE(?a, \"0\", \"12345678\") AS ?b) }";
    static const char group[] = "SELECT (GROUP_CONCAT(?a) AS ?g) { ?s ex:long ?t . ?r ex:long ?u "
                                "BIND(CONCAT(?t, ?t) AS ?a) }";

    check_refused(concat, message, "");
    check_refused(replace, message, "");
    check_refused(group, message, "");
}

/* Evaluate with a ceiling of memory. */
static RpStatus
solve_within(const char *text, size_t memory_bytes)
{
    RpTestQuery query;
    RpStatus status;

    begin_chain(&query, COUNT);
    query.options.memory_bytes = memory_bytes;
    CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK);
    status = rp_test_query_solve(&query, NULL, 1);
    rp_test_query_end(&query);
    return status;
}

#define BOTH "SELECT * { ?a ex:next ?b OPTIONAL { ?a ex:long ?t FILTER(STRLEN(" TEN ") > 0) } }"
#define TEN "CONCAT(?t, ?t, ?t, ?t, ?t, ?t, ?t, ?t, ?t, ?t, STR(?a))"

RP_TEST(query_memory_has_one_ceiling)
{
    static const char *const texts[] = {
        "SELECT ?s ?t { ?s ex:text ?t }", "SELECT (MIN(?t) AS ?n) { ?s ex:text ?t }",
        "SELECT ?s ?v { ?s ex:text ?t BIND(CONCAT(?t, \"a\") AS ?v) }", /* terms that are made */
        "SELECT (GROUP_CONCAT(STR(?s)) AS ?n) { ?s ex:text ?t }",
        "SELECT ?s { ex:n00000 ex:next+ ?s }"};

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        CHECK_STATUS(solve_within(texts[i], 100000), RP_TOO_LARGE);
        CHECK_STATUS(solve_within(texts[i], 10000000), RP_OK);
    }
    /* A text that one row makes and forgets, beside tables that leave too little. */
    CHECK_STATUS(solve_within("SELECT * { ?a ex:next ?b OPTIONAL { ?a ex:long ?t } }", 3900000),
                 RP_OK);
    CHECK_STATUS(solve_within("SELECT ?a { ?a ex:long ?t FILTER(STRLEN(" TEN ") > 0) }", 3900000),
                 RP_OK);
    /* Of each group, too. */
    CHECK_STATUS(
        solve_within("SELECT ?a (GROUP_CONCAT(?t) AS ?v) { ?a ex:long ?t } GROUP BY ?a", 1000000),
        RP_OK);
    CHECK_STATUS(solve_within(BOTH, 3900000), RP_TOO_LARGE);
    CHECK_STATUS(solve_within(BOTH, 7800000), RP_OK);
}

/* Blocks that nobody has make room for one of another size. */
RP_TEST(query_pool_gives_up_unused_blocks)
{
    RpArena arena;
    RpPool pool = {.arena = &arena};
    void *kept;
    void *block;

    rp_arena_init(&arena, &rp_test_host, 21 << 20);
    kept = rp_pool_take(&pool, 2 << 20);
    for (size_t size = 4 << 20; size <= 16 << 20; size *= 2) {
        block = rp_pool_take(&pool, size);
        CHECK(kept && block);
        rp_pool_give(&pool, block, size);
    }
    CHECK(rp_pool_take(&pool, 16 << 20) == block);
    CHECK(rp_pool_take(&pool, 4 << 20) == NULL);
    CHECK(arena.has_met_limit);
    rp_arena_free(&arena);
}

/* What is wrong with a sum does not depend on which value comes first: one that is no number makes
 * it an error of the expression, also beside what has too many digits, for itself or together. */
RP_TEST(query_sums_are_the_same_in_any_order)
{
    static const char query[] = "SELECT (SUM(?v) AS ?s) (AVG(?v) AS ?a) { ex:a ex:p ?v }";
    static const char sum[] = "SELECT (SUM(?v) AS ?s) { ex:a ex:p ?v }";
    static const char *const orders[] = {"ex:a ex:p 99%1$s , \"x\" .", "ex:a ex:p \"x\" , 99%1$s .",
                                         "ex:a ex:p \"x\" , 8%1$s , 9%1$s .",
                                         "ex:a ex:p 9%1$s , 8%1$s , \"x\" ."};
    static const char *const numbers[] = {"ex:a ex:p 8%1$s , 9%1$s , -9%1$s .",
                                          "ex:a ex:p -9%1$s , 9%1$s , 8%1$s .",
                                          "ex:a ex:p 9%1$s , -9%1$s , 8%1$s ."};
    static char digits[RP_EXACT_DIGIT_LIMIT];
    static char data[8 * RP_EXACT_DIGIT_LIMIT];
    static char first[4 * RP_EXACT_DIGIT_LIMIT];

    memset(digits, '7', sizeof(digits) - 1);
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        snprintf(data, sizeof(data), orders[i], digits);
        CHECK_QUERY(data, query, "- -");
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        snprintf(data, sizeof(data), numbers[i], digits);
        if (i == 0) {
            snprintf(first, sizeof(first), "%s", rp_test_query(data, sum));
        }
        CHECK_QUERY(data, sum, first);
    }
    CHECK_INT(first[0], '8');
    snprintf(data, sizeof(data), "ex:a ex:p 99%1$s , 2 .", digits);
    CHECK_QUERY(data, sum, "7: a number of a query has more than 1008 digits");
}
