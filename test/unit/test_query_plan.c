/* Plans: one of them serves many runs and data graphs, and a run many plans. */
#include <stdio.h>
#include <stdlib.h>

#include "graph_of.h"
#include "host.h"
#include "query_of.h"
#include "random_query.h"

enum { PLAN_COUNT = 300, ANSWER_SIZE = 65536, TUPLE_COUNT = 4 };

static const char data[] =
    "ex:a ex:p ex:b , ex:c , 1 ; ex:q ex:a . ex:b ex:p ex:c ; ex:q 1 , 2 ; ex:r "
    "ex:a . ex:c ex:q ex:a , ex:d ; ex:r 1 , ex:b . ex:d ex:p ex:d .";

/* A query, and what it gives when it is begun by itself. */
typedef struct Planned {
    RpAlgebra algebra;
    const RpQueryPlan *plan;
    char *answer;
} Planned;

static const RpPreboundName names[] = {{RP_TEXT("this"), false}};

/* Compile one query by chance. False: it is refused. */
static bool
compile(RpTestQuery *query, RpRandom *random)
{
    RpBuffer text;

    rp_buffer_init(&text, &query->arena);
    rp_random_query(&(RpRandomQuery){.random = random, .text = &text, .has_this = true});
    rp_buffer_append_byte(&text, '\0');
    return rp_test_query_compile(query, text.data) == RP_OK;
}

/* The solutions of the last call, or the kind of its error. */
static const char *
answer_of(RpTestQuery *query, RpStatus status)
{
    static char text[32];

    if (status == RP_OK && query->result.count <= 2000) {
        return rp_test_query_text(query, false);
    }
    snprintf(text, sizeof(text), "status %d", (int)status);
    return text;
}

static void
answer_alone(RpTestQuery *query, const RpTermId *tuples, Planned *planned)
{
    RpStatus status;

    query->algebra = planned->algebra;
    query->run = NULL;
    status = rp_test_query_solve(query, tuples, TUPLE_COUNT);
    planned->answer = strdup(answer_of(query, status));
    rp_query_end(query->run);
}

RP_TEST(query_plans_of_one_run)
{
    static Planned planned[PLAN_COUNT];
    long block_count = rp_test_block_count;
    RpRandom random = {5};
    RpTermId tuples[TUPLE_COUNT];
    RpTestQuery query;
    uint32_t count = 0;

    rp_test_query_begin(&query, data);
    query.options.row_limit = 20000;
    query.compile_options.prebound = names;
    query.compile_options.prebound_count = 1;
    for (int i = 0; i < TUPLE_COUNT; i++) {
        char name[2] = {"abcd"[i], '\0'};

        tuples[i] = rp_test_ex(&query.dictionary, name);
    }
    while (count < PLAN_COUNT) {
        if (compile(&query, &random)) {
            planned[count++].algebra = query.algebra;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        answer_alone(&query, tuples, &planned[i]);
        CHECK_STATUS(rp_query_plan_make(&planned[i].plan, &query.arena, &planned[i].algebra, NULL,
                                        &query.error),
                     RP_OK);
    }
    CHECK_STATUS(rp_query_run_begin(&query.run, &query.arena, &query.options, &query.error), RP_OK);
    for (uint32_t turn = 0; turn < 3; turn++) { /* each behind others, some of which fail */
        for (uint32_t i = 0; i < count; i++) {
            RpStatus status = rp_query_run_solve(query.run, planned[i].plan, tuples, TUPLE_COUNT,
                                                 &query.result, &query.error);

            CHECK_TEXT(rp_text_from(answer_of(&query, status)), planned[i].answer);
        }
    }
    rp_test_query_end(&query);
    CHECK_INT(rp_test_block_count, block_count);
    for (uint32_t i = 0; i < count; i++) {
        free(planned[i].answer);
    }
}

/* A document over the dictionary that the plan's constants are of, as over an image. */
static void
read_over(RpTestQuery *query, const char *turtle, RpDictionary *dictionary, RpGraph *graph)
{
    rp_dictionary_init(dictionary, &query->arena, &query->dictionary.own);
    CHECK_STATUS(rp_test_graph_of(&query->arena, turtle, dictionary, graph, &query->error), RP_OK);
}

static void
check_over(RpTestQuery *query, const RpQueryPlan *plan, const char *expected)
{
    CHECK_STATUS(rp_query_run_solve(query->run, plan, NULL, 1, &query->result, &query->error),
                 RP_OK);
    CHECK_TEXT(rp_text_from(rp_test_query_text(query, false)), expected);
}

RP_TEST(query_plan_of_many_documents)
{
    static const char text[] = "SELECT ?x (CONCAT(?n, \"!\") AS ?m) { ?x ex:name ?n . "
                               "?x ex:in/ex:in* ex:z FILTER NOT EXISTS { ?x ex:old ?o } }";
    RpTestQuery query;
    RpDictionary dictionaries[2];
    RpGraph graphs[2];
    const RpQueryPlan *plan;
    RpTerm added[2] = {rp_term_literal(RP_TEXT("x"), RP_TEXT("")),
                       rp_term_literal(RP_TEXT("y"), RP_TEXT(""))};
    RpTermId id;

    rp_test_query_begin(&query, "");
    CHECK_STATUS(rp_test_query_compile(&query, text), RP_OK);
    CHECK_STATUS(rp_query_plan_make(&plan, &query.arena, &query.algebra, NULL, &query.error),
                 RP_OK);
    read_over(&query,
              "ex:a ex:name \"A\" ; ex:in ex:b . ex:b ex:in ex:z ; ex:name \"B\" ; ex:old 1 .",
              &dictionaries[0], &graphs[0]);
    read_over(&query, "ex:q ex:name \"Q\" ; ex:in ex:z . ex:r ex:name \"R\" ; ex:in ex:q .",
              &dictionaries[1], &graphs[1]);
    query.options.data = &graphs[0];
    CHECK_STATUS(rp_query_run_begin(&query.run, &query.arena, &query.options, &query.error), RP_OK);
    for (int turn = 0; turn < 2; turn++) {
        query.options.data = &graphs[0];
        rp_query_run_forget(query.run);
        check_over(&query, plan, "ex:a A!");
        check_over(&query, plan, "ex:a A!");
        query.options.data = &graphs[1];
        rp_query_run_forget(query.run);
        check_over(&query, plan, "ex:q Q!; ex:r R!");
        rp_query_run_forget(query.run); /* ids that the document gives later are not a function's */
        rp_dictionary_add(&dictionaries[1], &added[turn], &id, &query.error);
        check_over(&query, plan, "ex:q Q!; ex:r R!");
        CHECK(query.result.cells[1] > id && query.result.cells[3] > id);
    }
    rp_test_query_end(&query);
}
