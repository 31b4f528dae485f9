/*
 * The workloads whose instructions are counted (test/bench/quick/run):
 *
 *     workloads NAME FOLDER TIMES
 *
 * prepares one of them from files of the folder, and then runs `measured`, the function that is
 * counted, so many times. Hash keys are fixed, so that each run executes the same instructions.
 * Prints what came of it each time (triples, results, …), which must not change either.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "graph_of.h"
#include "host.h"
#include "image/image_builder.h"
#include "image/image_index.h"
#include "json_text.h"
#include "jsonld/jsonld_reader.h"
#include "query_of.h"
#include "rdf/turtle_reader.h"
#include "shacl/shape_reader.h"
#include "validate/validator.h"

enum { MEMORY_BYTES = 1 << 30, DEPTH_LIMIT = 128, ENTITY_COUNT = 1000 };

static const RpTurtleOptions turtle_options = {.depth_limit = DEPTH_LIMIT,
                                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};

/* What the workloads share: inputs, and the count that each adds to. */
static RpArena inputs;
static RpText text;
static RpImage image;
static RpJsonDocument entities;
static RpTestQuery query;
static uint64_t count;

static void
expect(RpStatus status, const RpError *error)
{
    if (status != RP_OK) {
        fprintf(stderr, "workloads: %s\n", error->message);
        exit(1);
    }
}

static RpText
read_file(const char *folder, const char *name)
{
    char path[4096];
    FILE *file;
    RpBuffer buffer;
    char block[65536];
    size_t length;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    rp_buffer_init(&buffer, &inputs);
    while ((length = fread(block, 1, sizeof(block), file)) > 0) {
        rp_buffer_append(&buffer, block, (uint32_t)length);
    }
    fclose(file);
    return rp_buffer_text(&buffer);
}

/* Reading alone. */

static RpStatus
count_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position, RpError *error)
{
    (void)state;
    (void)subject;
    (void)predicate;
    (void)object;
    (void)position;
    (void)error;
    count++;
    return RP_OK;
}

static void
prepare_ntriples(const char *folder)
{
    text = read_file(folder, "catalogue.nt");
}

static void
prepare_turtle(const char *folder)
{
    text = read_file(folder, "catalogue.ttl");
}

static void
read_text(void)
{
    RpTripleSink sink = {.triple = count_triple};
    RpArena arena;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, MEMORY_BYTES);
    expect(rp_turtle_read(&arena, text, &turtle_options, &sink, &error), &error);
    rp_arena_free(&arena);
}

/* Compiling a policy. */

static void
prepare_shapes(const char *folder)
{
    text = read_file(folder, "shapes.ttl");
}

static void
compile_into(RpArena *arena, RpText source)
{
    RpShapeReaderOptions options = {.subclass_from_shapes = true, .depth_limit = DEPTH_LIMIT};
    RpShapesGraph graph;
    RpShapes shapes;
    RpText bytes;
    RpError error;

    rp_shapes_graph_init(&graph, arena);
    expect(rp_shapes_graph_read_turtle(&graph, source, &turtle_options, &error), &error);
    expect(rp_shapes_read(&graph, &options, &shapes, &error), &error);
    expect(rp_image_build(arena, &shapes, MEMORY_BYTES, &bytes, &error), &error);
    expect(rp_image_load(bytes, &rp_test_host.hash_key, arena, &image, &error), &error);
}

static void
compile(void)
{
    RpArena arena;

    rp_arena_init(&arena, &rp_test_host, MEMORY_BYTES);
    compile_into(&arena, text);
    count += image.shape_count;
    rp_arena_free(&arena);
}

/* Judging. */

static void
prepare_core(const char *folder)
{
    compile_into(&inputs, read_file(folder, "core.ttl"));
    prepare_ntriples(folder);
}

static void
prepare_documents(const char *folder)
{
    compile_into(&inputs, read_file(folder, "forty.ttl"));
    text = read_file(folder, "documents.nt");
}

static RpStatus
offer_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position, RpError *error)
{
    (void)position;
    return rp_data_graph_add(state, subject, predicate, object, error);
}

/* Up to so many results, as a report wants all and a verdict one. */
static void
judge_text(RpText document, uint64_t stop_at)
{
    RpDataGraph data;
    RpTripleSink sink = {.state = &data, .triple = offer_triple};
    RpReport report;
    RpArena arena;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, MEMORY_BYTES);
    rp_report_init(&report, &arena, stop_at == 1 ? 0 : UINT64_MAX);
    report.stop_at_disallowed = stop_at;
    rp_data_graph_init(&data, &image, &arena, 0);
    expect(rp_turtle_read(&arena, document, &turtle_options, &sink, &error), &error);
    expect(rp_validate(&data, DEPTH_LIMIT, &report, &error), &error);
    count += report.total_count;
    rp_arena_free(&arena);
}

static void
judge(void)
{
    judge_text(text, 0);
}

/* Each document ends with an empty line. */
static void
judge_documents(void)
{
    for (const char *from = text.data, *end = from + text.length; from < end;) {
        const char *to = from;

        while (to + 1 < end && !(to[0] == '\n' && to[1] == '\n')) {
            to++;
        }
        judge_text((RpText){from, (uint32_t)(to + 1 - from)}, 1);
        from = to + 2;
    }
}

/* JSON-LD: entities with a context of their own. */

static void
prepare_jsonld(const char *folder)
{
    RpBuffer buffer;

    (void)folder;
    rp_buffer_init(&buffer, &inputs);
    rp_buffer_append_string(
        &buffer,
        "{\"@context\": {\"@vocab\": \"http://ex/\", \"id\": \"@id\", \"type\": \"@type\", \"at\": "
        "{\"@type\": \"http://www.w3.org/2001/XMLSchema#dateTime\"}, \"room\": {\"@type\": "
        "\"@id\"}}, \"@graph\": [");
    for (uint32_t i = 0; i < ENTITY_COUNT; i++) {
        rp_buffer_append_format(&buffer,
                                "%s{\"id\": \"urn:sensor:%u\", \"type\": \"Sensor\", \"name\": "
                                "\"sensor %u\", \"value\": %u.5, "
                                "\"at\": \"2026-01-01T12:00:00Z\", \"room\": [\"urn:room:%u\", "
                                "\"urn:room:%u\"], \"address\": {\"street\": \"Ring %u\"}}",
                                i > 0 ? "," : "", i, i, i, i % 7, i % 11, i);
    }
    rp_buffer_append_string(&buffer, "]}");
    if (!rp_test_json_read(&entities, &inputs, rp_buffer_text(&buffer))) {
        fprintf(stderr, "workloads: the entities are no JSON\n");
        exit(1);
    }
}

static void
read_jsonld(void)
{
    RpGraphsRead graphs_read = {0};
    RpJsonldDrops drops = {0};
    RpJsonldContextSet contexts = {.hash_key = rp_test_host.hash_key};
    RpJsonldOptions options = {.contexts = &contexts,
                               .depth_limit = RP_JSONLD_DEPTH_LIMIT,
                               .graphs = RP_GRAPHS_ALL,
                               .graphs_read = &graphs_read,
                               .drops = &drops};
    RpTripleSink sink = {.triple = count_triple};
    RpArena arena;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, MEMORY_BYTES);
    expect(rp_jsonld_read(&arena, &entities, &options, &sink, &error), &error);
    rp_arena_free(&arena);
}

/* SPARQL: one query over the catalogue. */

static void
prepare_query(const char *folder)
{
    RpText turtle = read_file(folder, "catalogue.ttl");
    char *copy = strndup(turtle.data, turtle.length);

    expect(rp_test_query_begin(&query, copy), &query.error);
    free(copy);
}

static void
answer_query(void)
{
    expect(rp_test_query_compile(&query,
                                 "PREFIX m: <https://museum.example/ns#> "
                                 "SELECT ?maker (COUNT(DISTINCT ?object) AS ?objects) { ?object "
                                 "m:maker ?maker ; m:made ?made ; m:location/m:within* ?place . "
                                 "?place m:floor ?floor FILTER (?made > 1500 && ?floor >= 0) "
                                 "OPTIONAL { ?object m:similar/m:maker ?other } } "
                                 "GROUP BY ?maker ORDER BY DESC(?objects) ?maker"),
           &query.error);
    expect(rp_test_query_solve(&query, NULL, 1), &query.error);
    count += query.result.count;
}

static const struct {
    const char *name;
    void (*prepare)(const char *folder);
    void (*work)(void);
} workloads[] = {
    {"read-ntriples", prepare_ntriples, read_text},
    {"read-turtle", prepare_turtle, read_text},
    {"judge-core", prepare_core, judge},
    {"judge-documents", prepare_documents, judge_documents},
    {"compile-shapes", prepare_shapes, compile},
    {"read-jsonld", prepare_jsonld, read_jsonld},
    {"answer-query", prepare_query, answer_query},
};

/* What is between its call and its return is counted. */
__attribute__((noinline)) void measured(void (*work)(void), int times);

void
measured(void (*work)(void), int times)
{
    for (int i = 0; i < times; i++) {
        work();
    }
}

int
main(int argc, char **argv)
{
    if (argc != 4) {
        for (size_t i = 0; i < sizeof(workloads) / sizeof(workloads[0]); i++) {
            puts(workloads[i].name);
        }
        return 0;
    }
    rp_arena_init(&inputs, &rp_test_host, MEMORY_BYTES);
    for (size_t i = 0; i < sizeof(workloads) / sizeof(workloads[0]); i++) {
        if (strcmp(argv[1], workloads[i].name) == 0) {
            workloads[i].prepare(argv[2]);
            measured(workloads[i].work, atoi(argv[3]));
            printf("%llu\n", (unsigned long long)count / (unsigned)atoi(argv[3]));
            return 0;
        }
    }
    fprintf(stderr, "workloads: there is no %s\n", argv[1]);
    return 1;
}
