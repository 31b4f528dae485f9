/*
 * Evaluates SPARQL constraints by the engine, without a server: sparql-bench DATA SHAPES.
 *
 * The shapes are node shapes with sh:targetClass and sh:sparql, whose queries use the prefixes that
 * the file declares by sh:declare. Each query is evaluated for all focus nodes of its class and of
 * the classes below it at once. Prints, with tabs between them, the milliseconds and solutions of
 * each shape, then of reading the data, of all shapes, and of all shapes evaluated again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "graph_of.h"
#include "host.h"
#include "query/query.h"
#include "sparql/algebra_check.h"
#include "sparql/compile.h"

enum {
    DEPTH_LIMIT = 128,
    ROW_LIMIT = 100000000,
    NODE_LIMIT = 10000000,
    SHAPE_LIMIT = 100
};
#define MEMORY_BYTES ((size_t)16 << 30)

static RpArena arena;
static RpDictionary dictionary;
static RpGraph data;
static RpGraph shapes;
static RpPrefixTable prefixes;
static RpError error;

static void
fail(const char *what)
{
    fprintf(stderr, "sparql-bench: %s: %s\n", what, error.message);
    exit(1);
}

static void
expect(RpStatus status, const char *what)
{
    if (status != RP_OK) {
        fail(what);
    }
}

static double
now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static RpText
read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = -1;
    char *text = NULL;

    if (file && fseek(file, 0, SEEK_END) == 0) {
        size = ftell(file);
        rewind(file);
        text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    }
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) {
        rp_error_set(&error, RP_UNDEFINED, "%s", path);
        fail("cannot read");
    }
    fclose(file);
    return (RpText){text, (uint32_t)size};
}

static void
read_graph(RpGraph *graph, const char *path, const char *prefix)
{
    RpTurtleOptions options = {.base_iri = RP_TEXT("http://example.org/"),
                               .blank_prefix = rp_text_from(prefix),
                               .depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpTripleSink sink = {.state = graph, .triple = rp_test_add_triple};

    rp_graph_init(graph, &arena, &dictionary);
    rp_dictionary_forget_marks(&dictionary);
    expect(rp_turtle_read(&arena, read_file(path), &options, &sink, &error), path);
    expect(rp_graph_freeze(graph, &error), path);
}

static RpTripleRange
match(RpGraph *graph, RpTermId subject, RpTermId predicate, RpTermId object)
{
    RpTripleRange range;

    expect(rp_graph_match(graph, subject, predicate, object, &range, &error), "matching");
    return range;
}

static RpTermId
object_of(RpTermId subject, RpTermId predicate)
{
    RpTripleRange range = match(&shapes, subject, predicate, RP_TERM_NONE);

    return range.first < range.end ? range.first->object : RP_TERM_NONE;
}

static void
read_prefixes(void)
{
    RpTripleRange range = match(&shapes, RP_TERM_NONE, RP_VOCABULARY_sh_declare, RP_TERM_NONE);

    rp_prefix_table_init(&prefixes, &arena, RP_QUERY_PREFIX_LIMIT);
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        RpTermId prefix = object_of(triple->object, RP_VOCABULARY_sh_prefix);
        RpTermId name = object_of(triple->object, RP_VOCABULARY_sh_namespace);

        expect(rp_prefix_table_set(&prefixes, rp_dictionary_term(&dictionary, prefix).lexical,
                                   rp_dictionary_term(&dictionary, name).lexical, &error),
               "prefixes");
    }
}

/* The instances of a class and of those below it, as rows of one tuple each. */
static uint32_t
find_focus_nodes(RpTermId class, RpTermId *nodes, uint32_t count)
{
    RpTripleRange range = match(&data, RP_TERM_NONE, RP_VOCABULARY_rdf_type, class);

    for (const RpTriple *triple = range.first; triple < range.end && count < NODE_LIMIT; triple++) {
        nodes[count++] = triple->subject;
    }
    range = match(&data, RP_TERM_NONE, RP_VOCABULARY_rdfs_subClassOf, class);
    for (const RpTriple *triple = range.first; triple < range.end; triple++) {
        count = find_focus_nodes(triple->subject, nodes, count);
    }
    return rp_term_ids_to_set(nodes, count);
}

static void
compile(RpTermId select, RpAlgebra *algebra)
{
    static const RpPreboundName names[] = {{RP_TEXT("this"), false}};
    RpCompileOptions options = {.prefixes = &prefixes,
                                .base_iri = RP_TEXT("http://example.org/"),
                                .prebound = names,
                                .prebound_count = 1,
                                .refuses_values = true,
                                .depth_limit = DEPTH_LIMIT};
    RpText text;
    RpText bytes;

    if (!rp_arena_copy_text(&arena, rp_dictionary_term(&dictionary, select).lexical, &text)) {
        fail("memory");
    }
    expect(rp_query_compile(&arena, &dictionary, text, &options, &bytes, &error), text.data);
    expect(rp_algebra_check(bytes.data, bytes.length, &dictionary.own, &error), "checking");
    rp_algebra_open(bytes.data, algebra);
}

/* A shape's query. */
typedef struct Shape {
    RpTermId id;
    const RpQueryPlan *plan;
} Shape;

static uint32_t
read_shapes(Shape *read)
{
    RpTripleRange range = match(&shapes, RP_TERM_NONE, RP_VOCABULARY_sh_sparql, RP_TERM_NONE);
    uint32_t count = 0;

    for (const RpTriple *triple = range.first; triple < range.end && count < SHAPE_LIMIT;
         triple++) {
        RpAlgebra algebra;

        compile(object_of(triple->object, RP_VOCABULARY_sh_select), &algebra);
        read[count].id = triple->subject;
        expect(rp_query_plan_make(&read[count++].plan, &arena, &algebra, NULL, &error), "planning");
    }
    return count;
}

/* Evaluate a shape's query for its focus nodes: all in the time that is told. */
static double
evaluate(RpQueryRun *run, const Shape *shape, RpTermId *nodes, uint32_t *solutions)
{
    RpTermId class = object_of(shape->id, RP_VOCABULARY_sh_targetClass);
    RpQueryResult result;
    double start = now_ms();

    expect(rp_query_run_solve(run, shape->plan, nodes, find_focus_nodes(class, nodes, 0), &result,
                              &error),
           "evaluating");
    *solutions = result.count;
    return now_ms() - start;
}

static void
evaluate_all(const Shape *read, uint32_t count, RpTermId *nodes, bool is_again)
{
    RpQueryOptions options = {.data = &data,
                              .row_limit = ROW_LIMIT,
                              .memory_bytes = MEMORY_BYTES,
                              .now = RP_TEXT("2026-01-02T03:04:05Z")};
    RpQueryRun *run;
    double sum = 0;
    uint32_t sum_of_solutions = 0;

    expect(rp_query_run_begin(&run, &arena, &options, &error), "beginning");
    for (uint32_t i = 0; i < count; i++) {
        RpText name = rp_dictionary_term(&dictionary, read[i].id).lexical;
        uint32_t solutions;
        double taken = evaluate(run, &read[i], nodes, &solutions);

        if (!is_again) {
            printf("%.*s\t%.1f\t%u\n", (int)name.length, name.data, taken, solutions);
        }
        sum += taken;
        sum_of_solutions += solutions;
    }
    rp_query_end(run);
    printf("%s\t%.1f\t%u\n", is_again ? "again" : "validate", sum, sum_of_solutions);
}

int
main(int argument_count, char **arguments)
{
    static Shape read[SHAPE_LIMIT];
    RpTermId *nodes = malloc(sizeof(RpTermId) * NODE_LIMIT);
    uint32_t count;
    double start;

    if (argument_count < 3 || !nodes) {
        fprintf(stderr, "usage: sparql-bench DATA SHAPES\n");
        return 2;
    }
    rp_arena_init(&arena, &rp_test_host, MEMORY_BYTES);
    rp_dictionary_init(&dictionary, &arena, NULL);
    read_graph(&shapes, arguments[2], "s");
    read_prefixes();
    count = read_shapes(read);
    start = now_ms();
    read_graph(&data, arguments[1], "");
    printf("load\t%.1f\t%u\n", now_ms() - start, data.count);
    evaluate_all(read, count, nodes, false);
    evaluate_all(read, count, nodes, true);
    return 0;
}
