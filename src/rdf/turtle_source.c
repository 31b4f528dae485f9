/* The document on its way to libserd, byte by byte. turtle_token decides what goes out. */
#include "rdf/turtle_source.h"

#include "base/utf8.h"
#include "rdf/turtle_block.h"
#include "rdf/turtle_token.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void
rp_turtle_source_init(RpTurtleSource *source, RpArena *arena, RpText document,
                      const RpTurtleOptions *options, RpError *error)
{
    if (rp_text_starts_with(document, RP_TEXT(BYTE_ORDER_MARK))) {
        document = (RpText){document.data + 3, document.length - 3};
    }
    *source = (RpTurtleSource){.arena = arena,
                               .document = document,
                               .depth_limit = options->depth_limit,
                               .reads_graphs = options->graphs != RP_GRAPHS_REFUSED,
                               .may_have_quads = options->graphs != RP_GRAPHS_REFUSED,
                               .error = error,
                               .inserted = "",
                               .counted = {.line = 1, .column = 1}};
}

bool
rp_turtle_source_check(RpTurtleSource *source, uint32_t end)
{
    uint32_t start = source->checked_end;
    RpText text = {source->document.data + start, end - start};
    uint32_t valid_length = rp_utf8_valid_prefix(text);
    const char *nul = text.length > 0 ? memchr(text.data, '\0', text.length) : NULL;

    source->checked_end = end;
    if (start == 0 && rp_text_starts_with(text, RP_TEXT(BYTE_ORDER_MARK))) {
        /* libserd would pass over it */
        return rp_turtle_source_refuse(source, 0, "there is a second byte order mark");
    }
    if (nul && (uint32_t)(nul - text.data) < valid_length) {
        return rp_turtle_source_refuse(source, start + (uint32_t)(nul - text.data),
                                       "the character U+0000 is not allowed");
    }
    if (valid_length < text.length) {
        return rp_turtle_source_refuse(source, start + valid_length, "the text is not valid UTF-8");
    }
    return true;
}

/* The end of the document: what is still open is refused, and the closing newline goes out. */
static bool
end_document(RpTurtleSource *source)
{
    if (source->has_ended) {
        return false;
    }
    switch (source->state) {
    case RP_TURTLE_IRI:
        return rp_turtle_source_refuse(source, source->term_start, "an IRI is not closed");
    case RP_TURTLE_STRING:
    case RP_TURTLE_LONG_STRING:
        return rp_turtle_source_refuse(source, source->term_start, "a string is not closed");
    default:
        if (!rp_turtle_block_end(source)) {
            return false;
        }
        source->has_ended = true;
        source->inserted = "\n";
        return true;
    }
}

/* Find what goes out next. False: nothing more does. */
static bool
next_span(RpTurtleSource *source)
{
    RpStatus status;

    if (source->status != RP_OK) {
        return false;
    }
    status = rp_arena_poll(source->arena, source->error);
    if (status != RP_OK) {
        rp_turtle_source_stop(source, status, source->offset);
        return false;
    }
    if (source->offset == source->document.length) {
        return end_document(source);
    }
    return rp_turtle_token_next(source);
}

/*
 * The next byte when the span has ended: apart, so that the usual case stays a few instructions. A
 * byte that next_span inserts goes out at once, so that none waits between two calls.
 */
static RP_NOINLINE size_t
read_beyond_span(RpTurtleSource *source, char *out)
{
    while (true) {
        if (*source->inserted != '\0') {
            *out = *source->inserted++;
            return 1;
        }
        if (source->offset < source->span_end) {
            *out = source->document.data[source->offset++];
            return 1;
        }
        if (!next_span(source)) {
            return 0;
        }
    }
}

size_t
rp_turtle_source_read(void *byte, size_t size, size_t count, void *state)
{
    RpTurtleSource *source = state;

    (void)size;
    (void)count;
    if (source->offset < source->span_end) {
        *(char *)byte = source->document.data[source->offset++];
        return 1;
    }
    return read_beyond_span(source, byte);
}

int
rp_turtle_source_has_failed(void *state)
{
    const RpTurtleSource *source = state;

    return source->status != RP_OK;
}
