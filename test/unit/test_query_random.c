/*
 * Queries by chance over graphs by chance: narrowed by what is known, they give what they give
 * bottom-up; for many tuples at once what they give for each alone; and pre-bound what they give
 * with VALUES inserted.
 */
#include "random_query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "query_of.h"

enum { QUERY_COUNT = 3000, ANSWER_SIZE = 65536, TUPLE_COUNT = 4, LINE_LIMIT = 8192 };

static const RpPreboundName names[] = {{RP_TEXT("this"), false}, {RP_TEXT("w"), true}};
static char answer[ANSWER_SIZE];
static char other_answer[ANSWER_SIZE];

/* One query by chance, over a graph by chance. */
typedef struct Trial {
    RpTestQuery query;
    const char *text;
} Trial;

/* How many queries: RDFPOLICY_RANDOM_QUERIES says it otherwise. */
static uint32_t
query_count(void)
{
    const char *count = getenv("RDFPOLICY_RANDOM_QUERIES");

    return count ? (uint32_t)strtoul(count, NULL, 10) : QUERY_COUNT;
}

/*
 * Make it of a number, with so many of the names pre-bound, or with VALUES for $this instead of the
 * first. False: it is refused.
 */
static bool
begin(Trial *trial, uint32_t number, uint32_t prebound_count, const char *this, bool is_comparable)
{
    RpRandom random = {(number + 1) * UINT64_C(0x9E3779B97F4A7C15)};
    RpArena arena;
    RpBuffer graph;
    RpBuffer text;
    RpStatus status;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    rp_buffer_init(&graph, &arena);
    rp_random_graph(&random, &graph);
    rp_buffer_append_byte(&graph, '\0');
    status = rp_test_query_begin(&trial->query, graph.data);
    rp_arena_free(&arena);
    CHECK_STATUS(status, RP_OK);
    trial->query.options.row_limit = 20000;
    trial->query.compile_options.prebound = names;
    trial->query.compile_options.prebound_count = prebound_count;
    rp_buffer_init(&text, &trial->query.arena);
    rp_random_query(&(RpRandomQuery){.random = &random,
                                     .text = &text,
                                     .is_comparable = is_comparable,
                                     .has_this = prebound_count > 0 || this,
                                     .this = this});
    rp_buffer_append_byte(&text, '\0');
    trial->text = text.data;
    return rp_test_query_compile(&trial->query, text.data) == RP_OK;
}

/* Solve, and give the solutions as text. False: it was too large, for one way or the other. */
static bool
solve(RpTestQuery *query, bool is_bottom_up, const RpTermId *tuples, uint32_t count, char *text)
{
    RpStatus status;

    query->options.is_bottom_up = is_bottom_up;
    status = rp_test_query_solve(query, tuples, count);
    if (status != RP_OK) { /* RP_UNSUPPORTED: this host has no digests */
        CHECK(status == RP_TOO_LARGE || status == RP_UNSUPPORTED);
        return false;
    }
    if (query->result.count > 2000) {
        return false;
    }
    snprintf(text, ANSWER_SIZE, "%s", rp_test_query_text(query, false));
    return true;
}

/* Whether two answers are the same; if not, the query is shown. */
static void
compare(const Trial *trial, uint32_t number, const char *actual, const char *expected)
{
    if (!CHECK_TEXT(rp_text_from(actual), expected)) {
        printf("%u: %s\n", (unsigned)number, trial->text);
    }
}

RP_TEST(query_random_bottom_up)
{
    uint32_t compared = 0;
    uint32_t with_solutions = 0;

    for (uint32_t i = 0; i < query_count(); i++) {
        Trial trial;

        if (begin(&trial, i, 0, NULL, false) && solve(&trial.query, false, NULL, 1, answer) &&
            solve(&trial.query, true, NULL, 1, other_answer)) {
            compared++;
            with_solutions += answer[0] != '\0';
            compare(&trial, i, answer, other_answer);
        }
        rp_test_query_end(&trial.query);
    }
    CHECK(compared > query_count() / 2);
    CHECK(with_solutions > query_count() / 5);
}

/* Ids of what is pre-bound: IRIs of the graph, one that is not of it, a literal, and a blank node
 * for the second name. */
static void
make_tuples(RpTestQuery *query, uint32_t width, RpTermId *tuples)
{
    for (uint32_t i = 0; i < TUPLE_COUNT * width; i++) {
        RpTerm term = rp_term_iri(rp_text_from((const char *const[]){
            "http://ex/a", "http://ex/b", "http://ex/z", "http://ex/d", "http://ex/c"}[i % 5]));

        if (i % 5 == 2 && i > 2) {
            term = rp_term_blank(RP_TEXT("m1"));
        }
        if (i == 1) {
            term = rp_term_literal(RP_TEXT("1"), RP_TEXT(RP_XSD "integer"));
        }
        rp_dictionary_add(&query->dictionary, &term, &tuples[i], &query->error);
    }
}

/* The solutions for one tuple, with its key among the others'. */
static bool
append_alone(RpTestQuery *query, bool is_bottom_up, const RpTermId *tuple, uint32_t key,
             char *lines[], uint32_t *line_count)
{
    bool is_good = solve(query, is_bottom_up, tuple, 1, answer);

    for (char *line = strtok(answer, ";"); is_good && line; line = strtok(NULL, ";")) {
        char *copy = rp_arena_allocate(&query->arena, strlen(line) + 2);

        while (*line == ' ') {
            line++;
        }
        snprintf(copy, strlen(line) + 1, "%u%s", (unsigned)key, line + 1); /* its own key is 0 */
        lines[(*line_count)++] = copy;
    }
    return is_good;
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The solutions for each tuple alone, as if it had been for all. */
static bool
solve_alone(RpTestQuery *query, bool is_bottom_up, const RpTermId *tuples, uint32_t width,
            char *text)
{
    static char *lines[LINE_LIMIT];
    uint32_t line_count = 0;
    size_t length = 0;

    for (uint32_t i = 0; i < TUPLE_COUNT; i++) {
        if (!append_alone(query, is_bottom_up, tuples + (size_t)i * width, i, lines, &line_count)) {
            return false;
        }
    }
    text[0] = '\0';
    qsort(lines, line_count, sizeof(lines[0]), compare_lines);
    for (uint32_t i = 0; i < line_count && length < ANSWER_SIZE; i++) {
        length += (size_t)snprintf(text + length, ANSWER_SIZE - length, "%s%s", i > 0 ? "; " : "",
                                   lines[i]);
    }
    return true;
}

RP_TEST(query_random_tuples)
{
    static char together[ANSWER_SIZE];
    uint32_t compared = 0;

    for (uint32_t i = 0; i < query_count(); i++) {
        RpTermId tuples[2 * TUPLE_COUNT];
        uint32_t width = i % 2 + 1;
        Trial trial;

        if (begin(&trial, i, width, NULL, false)) {
            make_tuples(&trial.query, width, tuples);
            if (solve(&trial.query, false, tuples, TUPLE_COUNT, together) &&
                solve_alone(&trial.query, i % 3 == 0, tuples, width, other_answer)) {
                compared++;
                compare(&trial, i, together, other_answer);
            }
        }
        rp_test_query_end(&trial.query);
    }
    CHECK(compared > query_count() / 2);
}

/* Whether the order of columns follows where variables stand in the text. */
static bool
returns_all(const char *text)
{
    return strncmp(text, "SELECT * ", 9) == 0;
}

/* Take the key away, which is 0, from each solution. */
static void
drop_keys(char *text)
{
    char *to = text;

    for (const char *from = text; *from;) {
        from += from[1] == ':' ? 3 : 1;
        while (*from && strncmp(from, "; ", 2) != 0) {
            *to++ = *from++;
        }
        for (int i = 0; *from && i < 2; i++) {
            *to++ = *from++;
        }
    }
    *to = '\0';
}

RP_TEST(query_random_values_insertion)
{
    uint32_t compared = 0;

    for (uint32_t i = 0; i < query_count(); i++) {
        Trial prebound;
        Trial inserted;
        RpTermId tuples[TUPLE_COUNT];

        if (begin(&prebound, i, 1, NULL, true) &
                begin(&inserted, i, 0, i % 2 ? "1" : "<http://ex/a>", true) &&
            !returns_all(prebound.text) && !strstr(prebound.text, "BNODE(")) {
            make_tuples(&prebound.query, 1, tuples);
            if (solve(&prebound.query, false, tuples + i % 2, 1, answer) &&
                solve(&inserted.query, true, NULL, 1, other_answer)) {
                compared++;
                drop_keys(answer);
                compare(&inserted, i, answer, other_answer);
            }
        }
        rp_test_query_end(&prebound.query);
        rp_test_query_end(&inserted.query);
    }
    CHECK(compared > query_count() / 2);
}
