/* Memory that ends, and a host that wants to stop, between a text with queries and its report. */
#include "check.h"
#include "host.h"
#include "image/image_builder.h"
#include "image/image_check.h"
#include "image/image_index.h"
#include "image/shape_changes.h"
#include "incremental/read_map.h"
#include "query_shapes.h"
#include "shacl/shape_reader.h"
#include "validate/details.h"
#include "validate/explain.h"
#include "validate/message.h"
#include "validate/validator.h"

enum { LIMIT_BYTES = 64 << 20, RESULT_LIMIT = 1000, DEPTH_LIMIT = 20, STEP_BYTES = 500 };

static const RpTurtleOptions turtle_options = {.depth_limit = RP_TURTLE_DEPTH_LIMIT,
                                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};

/* What a whole run gave. */
typedef struct Outcome {
    uint32_t result_count;
    uint32_t query_count;
    size_t explained;
    size_t used_bytes;
} Outcome;

static RpStatus
offer_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             RpPosition position, RpError *error)
{
    (void)position;
    return rp_data_graph_add(state, subject, predicate, object, error);
}

/* Text to image, as registering does. */
static RpStatus
compile(RpArena *arena, RpImage *image, RpError *error)
{
    RpShapeReaderOptions options = {.depth_limit = DEPTH_LIMIT};
    RpShapesGraph graph;
    RpShapes shapes;
    RpText bytes;

    rp_shapes_graph_init(&graph, arena);
    RP_TRY(rp_shapes_graph_read_turtle(&graph, rp_text_from(rp_test_query_shapes), &turtle_options,
                                       error));
    RP_TRY(rp_shapes_read(&graph, &options, &shapes, error));
    RP_TRY(rp_image_build(arena, &shapes, LIMIT_BYTES, &bytes, error));
    RP_TRY(rp_image_check(bytes.data, bytes.length, error));
    return rp_image_load(bytes, &rp_test_host.hash_key, arena, image, error);
}

/* Judge, and write all that is said of it. */
static RpStatus
judge(RpArena *arena, const RpImage *image, Outcome *outcome, RpError *error)
{
    RpDataGraph data;
    RpTripleSink sink = {.state = &data, .triple = offer_triple};
    RpReport report;
    RpReport *reports = &report;
    RpBuffer buffer;

    rp_buffer_init(&buffer, arena);
    rp_report_init(&report, arena, RESULT_LIMIT);
    report.keeps_details = true;
    rp_data_graph_init(&data, image, arena, 0);
    RP_TRY(rp_turtle_read(arena, rp_text_from(rp_test_query_data), &turtle_options, &sink, error));
    RP_TRY(rp_explain_write(&buffer, &data, error));
    outcome->explained = buffer.length;
    RP_TRY(rp_validate(&data, DEPTH_LIMIT, &report, error));
    RP_TRY(rp_details_find(&reports, 1, error));
    for (const RpResult *result = report.first; result != NULL; result = result->next) {
        rp_message_write(&buffer, &data, result);
    }
    outcome->result_count = (uint32_t)report.total_count;
    return rp_buffer_status(&buffer, error);
}

static RpStatus
run(size_t limit_bytes, Outcome *outcome, RpError *error)
{
    RpArena arena;
    RpImage image;
    RpReadMap *map;
    bool *changed;
    RpStatus status;

    rp_arena_init(&arena, &rp_test_host, limit_bytes);
    status = compile(&arena, &image, error);
    if (status == RP_OK) {
        outcome->query_count = image.query_count;
        status = rp_read_map_make(&image, &arena, &map, error);
    }
    if (status == RP_OK) {
        status = rp_shape_changes(&image, &image, &arena, &changed, error);
    }
    if (status == RP_OK) {
        status = judge(&arena, &image, outcome, error);
    }
    outcome->used_bytes = arena.used_bytes;
    rp_arena_free(&arena);
    return status;
}

static void
check_outcome(const Outcome *outcome)
{
    CHECK_INT(outcome->query_count, 15);
    CHECK_INT(outcome->result_count, 122);
    CHECK(outcome->explained > 4000);
}

/* Whichever allocation fails: that is said, nothing is lost, and the next run is whole. */
RP_TEST(query_shapes_run_out_of_memory)
{
    long blocks = rp_test_block_count;
    RpStatus status = RP_OUT_OF_MEMORY;
    RpError error;
    Outcome outcome;

    for (long n = 1; status == RP_OUT_OF_MEMORY; n++) {
        rp_test_fail_allocation_after = n;
        status = run(LIMIT_BYTES, &outcome, &error);
        rp_test_fail_allocation_after = -1;
        CHECK(status == RP_OK || (status == RP_OUT_OF_MEMORY && error.message[0] != '\0'));
        CHECK_INT(rp_test_block_count, blocks);
    }
    CHECK_STATUS(status, RP_OK);
    check_outcome(&outcome);
}

/* The same of a limit, which ends within blocks too. */
RP_TEST(query_shapes_meet_the_limit_of_memory)
{
    long blocks = rp_test_block_count;
    size_t enough;
    RpError error;
    Outcome outcome;

    CHECK_STATUS(run(LIMIT_BYTES, &outcome, &error), RP_OK);
    check_outcome(&outcome);
    enough = outcome.used_bytes;
    for (size_t limit = 1; limit < enough; limit += STEP_BYTES) {
        RpStatus status = run(limit, &outcome, &error);

        CHECK(status == RP_OK || (status == RP_TOO_LARGE && error.message[0] != '\0'));
        CHECK_INT(rp_test_block_count, blocks);
    }
}

/* Whenever the host wants to stop, that is said, and is no verdict. */
RP_TEST(query_shapes_are_interrupted)
{
    long blocks = rp_test_block_count;
    RpStatus status = RP_INTERRUPTED;
    RpError error;
    Outcome outcome;

    for (long n = 0; status == RP_INTERRUPTED; n++) {
        rp_test_stop_after = n;
        status = run(LIMIT_BYTES, &outcome, &error);
        rp_test_stop_after = -1;
        CHECK_INT(rp_test_block_count, blocks);
    }
    CHECK_STATUS(status, RP_OK);
    check_outcome(&outcome);
}
