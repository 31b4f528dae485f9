/*
 * Fuzzing of rp_turtle_read, with libFuzzer and the unit tests' host. Each term that reaches the
 * sink must pass its check, be written, and be read back as the same term; a refusal has a place in
 * the document.
 */
#include <stdlib.h>

#include "host.h"
#include "rdf/turtle_reader.h"
#include "rdf/turtle_writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_round_trip(RpArena *arena, const RpTerm *term, RpError *error)
{
    RpBuffer buffer;
    RpTerm again;

    rp_buffer_init(&buffer, arena);
    rp_term_write(&buffer, term);
    if (!buffer.has_failed &&
        (rp_term_check(term, error) != RP_OK ||
         rp_term_parse(arena, rp_buffer_text(&buffer), &again, error) == RP_SYNTAX ||
         (error->status == RP_OK && !rp_term_equals(term, &again)))) {
        abort();
    }
}

static RpStatus
on_triple(void *state, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
          RpPosition position, RpError *error)
{
    RpArena *arena = state;

    if (position.line == 0 || position.column == 0 || subject->kind == RP_LITERAL ||
        predicate->kind != RP_IRI) {
        abort();
    }
    error->status = RP_OK;
    check_round_trip(arena, subject, error);
    check_round_trip(arena, predicate, error);
    check_round_trip(arena, object, error);
    return RP_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    RpTurtleOptions options = {.base_iri = RP_TEXT("http://example.org/base/"),
                               .depth_limit = RP_TURTLE_DEPTH_LIMIT,
                               .prefix_limit = RP_TURTLE_PREFIX_LIMIT};
    RpTripleSink sink = {.triple = on_triple};
    RpArena arena;
    RpError error;
    RpStatus status;

    rp_arena_init(&arena, &rp_test_host, (size_t)256 << 20);
    sink.state = &arena;
    status = rp_turtle_read(&arena, (RpText){(const char *)data, (uint32_t)size}, &options, &sink,
                            &error);
    if (status == RP_SYNTAX && error.line == 0) {
        abort();
    }
    rp_arena_free(&arena);
    if (rp_test_block_count != 0) {
        abort();
    }
    return 0;
}
