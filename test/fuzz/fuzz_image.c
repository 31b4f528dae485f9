/*
 * Fuzzes the check of images. The input is a list of changes to a good image: three bytes say
 * where (24 bits, modulo the size), one what is put there. A byte too much asks for the image with
 * queries. The checksum is corrected. The check may not crash; and where it passes, the image is
 * compared with the good one and explained, its read map is made, and a small graph is validated by
 * it, which may not crash either.
 */
#include <stdlib.h>

#include "host.h"
#include "image/image_builder.h"
#include "image/image_index.h"
#include "image/image_numbers.h"
#include "image/image_sections.h"
#include "image/shape_changes.h"
#include "incremental/read_map.h"
#include "query_shapes.h"
#include "shacl/shape_reader.h"
#include "validate/details.h"
#include "validate/explain.h"
#include "validate/message.h"
#include "validate/validator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    ARENA_LIMIT_BYTES = 64 << 20,
    DEPTH_LIMIT = 8,
    RESULT_LIMIT = 100,
    ROOM_BYTES = 100000,
    CHANGE_BYTES = 4,
    POLL_LIMIT = 1000
};

static const char shapes_text[] =
    "@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    ":S a sh:NodeShape ; sh:targetClass :C ; sh:targetNode :a , 1 ; sh:targetSubjectsOf :p ;\n"
    "  sh:targetObjectsOf :q ; sh:message \"no\" , \"nein\"@de ; sh:severity sh:Warning ;\n"
    "  sh:closed true ; sh:ignoredProperties ( :p :r ) ; sh:nodeKind sh:IRI ; sh:class :C ;\n"
    "  sh:not [ sh:datatype :d ] ; sh:and ( :T [ sh:minLength 2 ; sh:maxLength 9 ] ) ;\n"
    "  sh:xone ( [ sh:hasValue :a ] [ sh:equals :p ] ) ; sh:disjoint :q ;\n"
    "  sh:property [ sh:path ( :p [ sh:inversePath :q ] ) ; sh:minCount 1 ; sh:maxCount 2 ] ,\n"
    "    [ sh:path [ sh:alternativePath ( :p [ sh:zeroOrMorePath :q ] ) ] ; sh:lessThan :p ] ,\n"
    "    [ sh:path [ sh:oneOrMorePath :q ] ; sh:uniqueLang true ; sh:languageIn ( \"en\" ) ] ,\n"
    "    [ sh:path :p ; sh:pattern \"^a+b\" ; sh:flags \"i\" ; sh:in ( 1 :a \"x\"@en ) ] ,\n"
    "    [ sh:path :q ; sh:qualifiedValueShape :T ; sh:qualifiedMinCount 1 ;\n"
    "      sh:qualifiedMaxCount 2 ; sh:minInclusive 1 ; sh:maxExclusive 5 ] .\n"
    ":T sh:node [ sh:or ( [ sh:lessThanOrEquals :q ; sh:path :p ] [ sh:nodeKind sh:IRI ] ) ] ;\n"
    "  sh:deactivated true .\n"
    ":D rdfs:subClassOf :C .\n"
    ":N sh:targetNode :a ; sh:path :r ; sh:property [ sh:path :r ;\n"
    "  sh:datatype <http://www.w3.org/2001/XMLSchema#int> ] , [ sh:path :p ;\n"
    "  sh:datatype <http://www.w3.org/2001/XMLSchema#double> ] .\n";

static const char data_text[] =
    "@prefix : <http://e/> . :a a :D ; :p 1 , \"aab\" , \"x\"@en , :b ; :q :b , 3 , :c .\n"
    ":b a :C ; :q :a , \"y\"@en , \"z\"@en ; :p :c . :c :q :b ; :r 5 .\n";

static const RpTurtleOptions turtle_options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};

/* A good image: of shapes without queries, or of those with queries; each is made once. */
static RpText
good_image(bool has_queries)
{
    static RpArena arenas[2];
    static RpText images[2];
    const char *text = has_queries ? rp_test_query_shapes : shapes_text;
    RpArena *arena = &arenas[has_queries];
    RpText *image = &images[has_queries];
    RpShapeReaderOptions options = {.subclass_from_shapes = true, .depth_limit = 64};
    RpShapesGraph graph;
    RpShapes shapes;
    RpError error;

    if (image->length == 0) {
        rp_arena_init(arena, &rp_test_host, ARENA_LIMIT_BYTES);
        rp_shapes_graph_init(&graph, arena);
        if (rp_shapes_graph_read_turtle(&graph, rp_text_from(text), &turtle_options, &error) !=
                RP_OK ||
            rp_shapes_read(&graph, &options, &shapes, &error) != RP_OK ||
            rp_image_build(arena, &shapes, ARENA_LIMIT_BYTES, image, &error) != RP_OK) {
            abort();
        }
    }
    return *image;
}

static RpStatus
offer_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position, RpError *error)
{
    (void)position;
    return rp_data_graph_add(state, subject, predicate, object, error);
}

/* Compare the image with the good one, and find out what it reads. Any status will do. */
static void
compare_and_map(RpArena *arena, const RpImage *image, RpText good_bytes)
{
    RpImage good;
    bool *changed;
    RpReadMap *map;
    RpError error;

    rp_image_open(good_bytes.data, &good);
    (void)rp_shape_changes(&good, image, arena, &changed, &error);
    (void)rp_read_map_make(image, arena, &map, &error);
}

/* Explain the image, validate the data, write every message, and look a number up. Any status will
 * do. */
static void
explain_and_validate(RpArena *arena, const RpImage *image)
{
    RpDataGraph data;
    RpTripleSink sink = {.state = &data, .triple = offer_triple};
    RpReport report;
    RpReport *reports = &report;
    RpTerm number_predicate = rp_term_iri(RP_TEXT("http://e/r"));
    RpReportRoom room = {ROOM_BYTES, RESULT_LIMIT, false};
    RpBuffer buffer;
    RpError error;

    rp_buffer_init(&buffer, arena);
    (void)rp_image_number_datatype(image, &number_predicate, RP_TEXT("5"));
    rp_report_init(&report, arena, RESULT_LIMIT);
    report.keeps_details = true;
    report.room = &room;
    report.stops_when_cut = true;
    rp_data_graph_init(&data, image, arena, 0);
    if (rp_explain_write(&buffer, &data, &error) == RP_OK &&
        rp_turtle_read(arena, RP_TEXT(data_text), &turtle_options, &sink, &error) == RP_OK &&
        rp_turtle_read(arena, RP_TEXT(rp_test_query_data), &turtle_options, &sink, &error) ==
            RP_OK &&
        rp_validate(&data, DEPTH_LIMIT, &report, &error) == RP_OK &&
        rp_details_find(&reports, 1, &error) == RP_OK) {
        for (const RpResult *result = report.first; result != NULL; result = result->next) {
            rp_message_write(&buffer, &data, result);
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    RpText good = good_image(size % CHANGE_BYTES == 1);
    RpArena arena;
    RpImage image;
    char *bytes;
    RpError error;

    rp_test_stop_after = POLL_LIMIT;
    rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
    bytes = malloc(good.length);
    if (bytes == NULL) {
        return 0;
    }
    memcpy(bytes, good.data, good.length);
    for (size_t i = 0; i + CHANGE_BYTES <= size; i += CHANGE_BYTES) {
        uint32_t place = (uint32_t)data[i] << 16 | (uint32_t)data[i + 1] << 8 | data[i + 2];

        bytes[place % good.length] = (char)data[i + 3];
    }
    ((RpImageHeader *)(void *)bytes)->checksum = rp_image_checksum(bytes, good.length);
    if (rp_image_load((RpText){bytes, good.length}, &rp_test_host.hash_key, &arena, &image,
                      &error) == RP_OK) {
        compare_and_map(&arena, &image, good);
        explain_and_validate(&arena, &image);
    }
    free(bytes);
    rp_arena_free(&arena);
    return 0;
}
