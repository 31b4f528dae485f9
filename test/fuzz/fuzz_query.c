/*
 * Fuzzes the way from a query's text to solutions: no text may crash it, what is compiled must pass
 * its check, and many tuples at once must have as many solutions as each alone. The first byte
 * chooses the options.
 */
#include <stdio.h>
#include <stdlib.h>

#include "graph_of.h"
#include "host.h"
#include "query/query.h"
#include "sparql/algebra_check.h"
#include "sparql/compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_LIMIT_BYTES = 64 << 20, ROW_LIMIT = 2000, DEPTH_LIMIT = 64, POLL_LIMIT = 300 };

enum { OPTION_PREBOUND = 1, OPTION_REFUSES_VALUES = 2, TUPLE_COUNT = 3 };

static const char document[] =
    "@prefix : <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    ":a :p :b , :c , 1 , \"x\"@en ; :q :a . :b :p :c ; :q 1.5 , 2e0 . :c :q :a , _:d ; :r \"abc\" ."
    "_:d :p _:d ; :t \"2020-01-01T00:00:00Z\"^^xsd:dateTime , \"bad\"^^xsd:integer .";

typedef struct Fuzzing {
    RpArena arena;
    RpDictionary dictionary;
    RpGraph graph;
    RpPrefixTable prefixes;
    RpError error;
} Fuzzing;

static RpStatus
begin(Fuzzing *fuzzing)
{
    rp_dictionary_init(&fuzzing->dictionary, &fuzzing->arena, NULL);
    rp_prefix_table_init(&fuzzing->prefixes, &fuzzing->arena, 10);
    RP_TRY(rp_prefix_table_set(&fuzzing->prefixes, RP_TEXT(""), RP_TEXT("http://e/"),
                               &fuzzing->error));
    RP_TRY(
        rp_prefix_table_set(&fuzzing->prefixes, RP_TEXT("xsd"), RP_TEXT(RP_XSD), &fuzzing->error));
    return rp_test_graph_of(&fuzzing->arena, document, &fuzzing->dictionary, &fuzzing->graph,
                            &fuzzing->error);
}

/* Solve for some tuples; false: a limit was met. */
static bool
solve(Fuzzing *fuzzing, RpQueryRun *run, const RpTermId *tuples, uint32_t count, uint32_t *counts)
{
    RpQueryResult result;

    rp_test_stop_after = POLL_LIMIT;
    if (rp_query_solve(run, tuples, count, &result, &fuzzing->error) != RP_OK) {
        return false;
    }
    for (uint32_t i = 0; i < result.count; i++) {
        counts[result.keys[i]]++;
    }
    return true;
}

static void
evaluate(Fuzzing *fuzzing, RpText bytes, bool has_tuples)
{
    RpQueryOptions options = {.data = &fuzzing->graph,
                              .row_limit = ROW_LIMIT,
                              .memory_bytes = ARENA_LIMIT_BYTES,
                              .now = RP_TEXT("2026-01-02T03:04:05Z")};
    RpTermId tuples[TUPLE_COUNT];
    uint32_t together[TUPLE_COUNT] = {0};
    RpAlgebra algebra;
    RpQueryRun *run;

    for (uint32_t i = 0; i < TUPLE_COUNT; i++) {
        static const char *const nodes[TUPLE_COUNT] = {"http://e/a", "http://e/c", "http://e/z"};
        RpTerm term = rp_term_iri(rp_text_from(nodes[i]));

        if (rp_dictionary_add(&fuzzing->dictionary, &term, &tuples[i], &fuzzing->error) != RP_OK) {
            return;
        }
    }
    rp_algebra_open(bytes.data, &algebra);
    if (rp_query_begin(&run, &fuzzing->arena, &algebra, &options, &fuzzing->error) != RP_OK) {
        return;
    }
    if (solve(fuzzing, run, tuples, has_tuples ? TUPLE_COUNT : 1, together) && has_tuples) {
        for (uint32_t i = 0; i < TUPLE_COUNT; i++) {
            uint32_t alone = 0;

            if (solve(fuzzing, run, &tuples[i], 1, &alone) && alone != together[i]) {
                fprintf(stderr, "tuple %u: %u solutions, alone %u\n", i, together[i], alone);
                abort();
            }
        }
    }
    rp_test_stop_after = -1;
    rp_query_end(run);
}

static void
fuzz(Fuzzing *fuzzing, const uint8_t *data, size_t size)
{
    static const RpPreboundName names[] = {{RP_TEXT("this"), false}};
    RpCompileOptions options = {.prefixes = &fuzzing->prefixes,
                                .prebound = names,
                                .prebound_count = data[0] & OPTION_PREBOUND ? 1 : 0,
                                .refuses_values = data[0] & OPTION_REFUSES_VALUES,
                                .depth_limit = DEPTH_LIMIT};
    RpText text = {(const char *)data + 1, (uint32_t)size - 1};
    RpText bytes;

    if (begin(fuzzing) != RP_OK || rp_query_compile(&fuzzing->arena, &fuzzing->dictionary, text,
                                                    &options, &bytes, &fuzzing->error) != RP_OK) {
        return;
    }
    if (rp_algebra_check(bytes.data, bytes.length, &fuzzing->dictionary.own, &fuzzing->error) !=
        RP_OK) {
        fprintf(stderr, "%s\n", fuzzing->error.message);
        abort();
    }
    evaluate(fuzzing, bytes, options.prebound_count > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzzing fuzzing;

    if (size > 0 && size < UINT32_MAX) {
        rp_arena_init(&fuzzing.arena, &rp_test_host, ARENA_LIMIT_BYTES);
        fuzz(&fuzzing, data, size);
        rp_arena_free(&fuzzing.arena);
    }
    return 0;
}
