/*
 * What a query costs on a small document: 40 constraints of the kinds that shapes have, each evaluated for one to three
 * focus nodes of a graph of 20 triples. small-bench COUNT prints the nanoseconds that one of them takes, evaluated COUNT
 * times; under valgrind --tool=callgrind, the difference of two counts gives the instructions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "graph_of.h"
#include "query_of.h"

enum { KIND_COUNT = 8, QUERY_COUNT = 40 };

static const char document[] =
    "ex:a a ex:Person ; ex:name \"Ada\" ; ex:age 36 ; ex:email \"ada@example.org\" ; ex:born "
    "\"1815-12-10\"^^xsd:date ; ex:died \"1852-11-27\"^^xsd:date ; ex:knows ex:b , ex:c . "
    "ex:b a ex:Person ; ex:name \"Bob\" ; ex:age 70 ; ex:email \"bob@example.org\" ; ex:knows ex:a "
    "; ex:worksFor ex:o . "
    "ex:c a ex:Person ; ex:name \"Cy\" ; ex:age 12 . "
    "ex:o a ex:Company ; ex:name \"Org\" ; ex:partOf ex:p .";

/* %u: a number that makes constants different. */
static const char *const kinds[KIND_COUNT] = {
    "SELECT $this ?value { $this ex:age ?value FILTER(?value > 10%u) }",
    "SELECT $this { $this ex:age ?age FILTER NOT EXISTS { $this ex:name ?name%u } }",
    "SELECT $this ?value { $this ex:knows ?value OPTIONAL { ?value ex:name ?n%u } "
    "FILTER(!BOUND(?n%u)) }",
    "SELECT $this { $this ex:born ?b ; ex:died ?d FILTER(?b > ?d || 0 > %u) }",
    "SELECT $this ?value { $this ex:name ?value FILTER(STRLEN(?value) > 1%u) }",
    "SELECT $this { $this ex:worksFor/ex:partOf ?o%u FILTER NOT EXISTS { ?o%u a ex:Company } }",
    "SELECT $this ?value { $this ex:email ?value FILTER(!CONTAINS(?value, \"@\") || 0 > %u) }",
    "SELECT $this { FILTER NOT EXISTS { $this a ex:Person } FILTER(0 < 1%u) }"};

static RpTestQuery query;
static const RpQueryPlan *plans[QUERY_COUNT];

static void
compile_all(void)
{
    static const RpPreboundName names[] = {{RP_TEXT("this"), false}};

    query.compile_options.prebound = names;
    query.compile_options.prebound_count = 1;
    for (unsigned i = 0; i < QUERY_COUNT; i++) {
        char text[512];

        snprintf(text, sizeof(text), kinds[i % KIND_COUNT], i, i);
        if (rp_test_query_compile(&query, text) != RP_OK ||
            rp_query_plan_make(&plans[i], &query.arena, &query.algebra, NULL, &query.error) !=
                RP_OK) {
            fprintf(stderr, "%s: %s\n", text, query.error.message);
            exit(1);
        }
    }
}

static uint32_t
evaluate_all(RpQueryRun *run, const RpTermId *nodes)
{
    uint32_t solutions = 0;

    for (unsigned i = 0; i < QUERY_COUNT; i++) {
        RpQueryResult result;

        if (rp_query_run_solve(run, plans[i], nodes, 1 + i % 3, &result, &query.error) != RP_OK) {
            fprintf(stderr, "%s\n", query.error.message);
            exit(1);
        }
        solutions += result.count;
    }
    return solutions;
}

int
main(int argument_count, char **arguments)
{
    int times = argument_count > 1 ? atoi(arguments[1]) : 1;
    uint32_t solutions = 0;
    RpTermId nodes[3];
    struct timespec start;
    struct timespec end;

    if (rp_test_query_begin(&query, document) != RP_OK) {
        return 1;
    }
    nodes[0] = rp_test_ex(&query.dictionary, "a");
    nodes[1] = rp_test_ex(&query.dictionary, "b");
    nodes[2] = rp_test_ex(&query.dictionary, "c");
    compile_all();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (int i = 0; i < times; i++) {
        RpQueryRun *run;

        if (rp_query_run_begin(&run, &query.arena, &query.options, &query.error) != RP_OK) {
            return 1;
        }
        solutions += evaluate_all(run, nodes);
        rp_query_end(run);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    printf("%u solutions, %.0f ns for each query\n", solutions,
           ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) /
               times / QUERY_COUNT);
    return 0;
}
