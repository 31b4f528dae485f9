/*
 * Queries by chance: narrowed by what is known, they give what they give bottom-up; and for many
 * tuples at once what they give for each alone.
 */
#include "random_query.h"

#include <stdio.h>
#include <stdlib.h>

#include "query_of.h"

enum { QUERY_COUNT = 3000, ANSWER_SIZE = 65536 };

static const char data[] =
    "ex:a ex:p ex:b , ex:c , 1 ; ex:q ex:a . ex:b ex:p ex:c ; ex:q 1 , 2 ; ex:r "
    "ex:a . ex:c ex:q ex:a , ex:d ; ex:r 1 , ex:b . ex:d ex:p ex:d .";

/* Solve, and give the solutions as text. False: it was too large, for one way or the other. */
static bool
solve(RpTestQuery *query, bool is_bottom_up, const RpTermId *tuples, uint32_t count, char *text)
{
    RpStatus status;

    query->options.is_bottom_up = is_bottom_up;
    status = rp_test_query_solve(query, tuples, count);
    if (status != RP_OK) {
        CHECK_STATUS(status, RP_TOO_LARGE);
        return false;
    }
    if (query->result.count > 2000) {
        return false;
    }
    snprintf(text, ANSWER_SIZE, "%s", rp_test_query_text(query, false));
    return true;
}

RP_TEST(query_random_bottom_up)
{
    static char direct[ANSWER_SIZE];
    static char bottom_up[ANSWER_SIZE];
    RpRandom random = {20261126};
    uint32_t compared = 0;
    uint32_t with_solutions = 0;

    for (uint32_t i = 0; i < QUERY_COUNT; i++) {
        RpTestQuery query;
        RpBuffer text;

        rp_test_query_begin(&query, data);
        query.options.row_limit = 20000;
        rp_buffer_init(&text, &query.arena);
        rp_random_query(&random, false, &text);
        rp_buffer_append_byte(&text, '\0');
        if (rp_test_query_compile(&query, text.data) == RP_OK &&
            solve(&query, false, NULL, 1, direct) && solve(&query, true, NULL, 1, bottom_up)) {
            compared++;
            with_solutions += direct[0] != '\0';
            if (!CHECK_TEXT(rp_text_from(direct), bottom_up)) {
                printf("%s\n", text.data);
            }
        }
        rp_test_query_end(&query);
    }
    CHECK(compared > QUERY_COUNT / 2);
    CHECK(with_solutions > QUERY_COUNT / 4);
}

/* The solutions for one tuple, with its key among the others'. */
static void
append_alone(RpTestQuery *query, const RpTermId *tuple, uint32_t key, char *lines[],
             uint32_t *line_count, bool *is_good)
{
    static char text[ANSWER_SIZE];

    *is_good = *is_good && solve(query, false, tuple, 1, text);
    for (char *line = strtok(text, ";"); *is_good && line; line = strtok(NULL, ";")) {
        char *copy = rp_arena_allocate(&query->arena, strlen(line) + 2);

        while (*line == ' ') {
            line++;
        }
        snprintf(copy, strlen(line) + 1, "%u%s", key, line + 1); /* its own key is 0 */
        lines[(*line_count)++] = copy;
    }
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

RP_TEST(query_random_tuples)
{
    static const RpPreboundName names[] = {{RP_TEXT("this"), false}};
    static char together[ANSWER_SIZE];
    static char alone[ANSWER_SIZE];
    static char *lines[8192];
    RpRandom random = {11};
    uint32_t compared = 0;

    for (uint32_t i = 0; i < QUERY_COUNT; i++) {
        RpTestQuery query;
        RpBuffer text;
        RpTermId tuples[4];
        uint32_t line_count = 0;
        bool is_good;

        rp_test_query_begin(&query, data);
        query.options.row_limit = 20000;
        query.compile_options.prebound = names;
        query.compile_options.prebound_count = 1;
        for (int j = 0; j < 4; j++) {
            char iri[32];
            RpTerm term;

            snprintf(iri, sizeof(iri), "http://ex/%c", "abdz"[j]);
            term = rp_term_iri(rp_text_from(iri));
            rp_dictionary_add(&query.dictionary, &term, &tuples[j], &query.error);
        }
        rp_buffer_init(&text, &query.arena);
        rp_random_query(&random, true, &text);
        rp_buffer_append_byte(&text, '\0');
        is_good = rp_test_query_compile(&query, text.data) == RP_OK &&
                  solve(&query, false, tuples, 4, together);
        for (uint32_t j = 0; j < 4 && is_good; j++) {
            append_alone(&query, &tuples[j], j, lines, &line_count, &is_good);
        }
        if (is_good) {
            size_t length = 0;

            alone[0] = '\0';
            qsort(lines, line_count, sizeof(lines[0]), compare_lines);
            for (uint32_t j = 0; j < line_count; j++) {
                length += (size_t)snprintf(alone + length, sizeof(alone) - length, "%s%s",
                                           j > 0 ? "; " : "", lines[j]);
            }
            compared++;
            if (!CHECK_TEXT(rp_text_from(together), alone)) {
                printf("%s\n", text.data);
            }
        }
        rp_test_query_end(&query);
    }
    CHECK(compared > QUERY_COUNT / 2);
}
