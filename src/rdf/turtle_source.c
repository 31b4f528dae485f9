/*
 * The tokenizer ahead of libserd. next_span looks at the document from offset on, decides how many
 * bytes go out as they are, whether a byte goes before them, and what comes next. A span is at most
 * SPAN_LIMIT long, so that the host is polled in time whatever the document holds.
 */
#include "rdf/turtle_source.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "rdf/turtle_scan.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum { SPAN_LIMIT = 4096 };

/* What a byte between tokens means. */
typedef enum ByteClass {
    BYTE_REFUSED,
    BYTE_PLAIN, /* white space and punctuation */
    BYTE_COMMENT,
    BYTE_IRI,
    BYTE_QUOTE,
    BYTE_AT,
    BYTE_CARET,
    BYTE_OPEN,
    BYTE_CLOSE,
    BYTE_DOT,
    BYTE_NUMBER,
    BYTE_NAME,
    BYTE_UNDERSCORE
} ByteClass;

static ByteClass
class_of(char byte)
{
    if (rp_turtle_is_plain(byte)) {
        return BYTE_PLAIN;
    }
    if ((unsigned char)byte >= 0x80 || rp_ascii_is_letter(byte)) {
        return BYTE_NAME;
    }
    if (rp_ascii_is_digit(byte)) {
        return BYTE_NUMBER;
    }
    switch (byte) {
    case '#':
        return BYTE_COMMENT;
    case '<':
        return BYTE_IRI;
    case '"':
    case '\'':
        return BYTE_QUOTE;
    case '@':
        return BYTE_AT;
    case '^':
        return BYTE_CARET;
    case '[':
    case '(':
        return BYTE_OPEN;
    case ']':
    case ')':
        return BYTE_CLOSE;
    case '.':
        return BYTE_DOT;
    case '+':
    case '-':
        return BYTE_NUMBER;
    case ':':
        return BYTE_NAME;
    case '_':
        return BYTE_UNDERSCORE;
    default:
        return BYTE_REFUSED;
    }
}

/* The byte at an offset, NUL at the end (the document holds no other). */
static char
byte_at(const RpTurtleSource *source, uint32_t offset)
{
    return rp_text_byte(source->document, offset);
}

void
rp_turtle_source_init(RpTurtleSource *source, RpArena *arena, RpText document, uint32_t depth_limit,
                      RpError *error)
{
    if (rp_text_starts_with(document, RP_TEXT(BYTE_ORDER_MARK))) {
        document = (RpText){document.data + 3, document.length - 3};
    }
    *source = (RpTurtleSource){.arena = arena,
                               .document = document,
                               .depth_limit = depth_limit,
                               .error = error,
                               .counted = {.line = 1, .column = 1}};
}

RpPosition
rp_turtle_source_position(RpTurtleSource *source, uint32_t offset)
{
    if (offset < source->counted_offset) {
        source->counted_offset = 0;
        source->counted = (RpPosition){.line = 1, .column = 1};
    }
    while (source->counted_offset < offset) {
        const char *start = source->document.data + source->counted_offset;
        uint32_t length = offset - source->counted_offset;
        const char *line_end = memchr(start, '\n', length);

        if (line_end) {
            source->counted_offset += (uint32_t)(line_end - start) + 1;
            source->counted = (RpPosition){.line = source->counted.line + 1, .column = 1};
        } else {
            source->counted_offset = offset;
            source->counted.column += (uint32_t)rp_utf8_count((RpText){start, length});
        }
    }
    return source->counted;
}

uint32_t
rp_turtle_source_head(const RpTurtleSource *source)
{
    return source->has_ended || source->offset == 0 ? source->offset : source->offset - 1;
}

RpStatus
rp_turtle_source_stop(RpTurtleSource *source, RpStatus status, uint32_t offset)
{
    if (source->status != RP_OK) {
        return source->status;
    }
    source->status = status;
    if (status != RP_OUT_OF_MEMORY && status != RP_INTERRUPTED) {
        RpPosition position = rp_turtle_source_position(source, offset);

        source->error->line = position.line;
        source->error->column = position.column;
    }
    return status;
}

/* Stop for a syntax error. Returns false, as next_span does then. */
static bool
refuse(RpTurtleSource *source, uint32_t offset, const char *what)
{
    rp_error_set(source->error, RP_SYNTAX, "%s", what);
    rp_turtle_source_stop(source, RP_SYNTAX, offset);
    return false;
}

/* The same for a byte, which the message shows. */
static bool
refuse_byte(RpTurtleSource *source, uint32_t offset, const char *what)
{
    RpText byte = {source->document.data + offset, 1};
    RpShown shown;

    rp_error_set(source->error, RP_SYNTAX, "\"%s\" %s", rp_text_show(byte, &shown), what);
    rp_turtle_source_stop(source, RP_SYNTAX, offset);
    return false;
}

/* Let bytes up to an offset out as they are, in a state that goes on after them. */
static bool
pass_to(RpTurtleSource *source, uint32_t end, RpTurtleState state)
{
    source->span_end = end;
    source->state = state;
    return true;
}

/* The bound of a span that starts at the offset. */
static uint32_t
span_limit(const RpTurtleSource *source)
{
    uint32_t left = source->document.length - source->offset;

    return source->offset + (left < SPAN_LIMIT ? left : SPAN_LIMIT);
}

/*
 * An escape in a string or IRI, the backslash being next. Its digits are checked here where they
 * stand for a character that no text may hold; whether it is well formed otherwise, libserd knows.
 */
static bool
pass_escape(RpTurtleSource *source)
{
    uint32_t start = source->offset;
    char letter = byte_at(source, start + 1);
    const char *problem;

    if ((letter == 'u' || letter == 'U') &&
        rp_turtle_escape_read(source->document, start, &problem) == 0) {
        return refuse(source, start, problem);
    }
    return pass_to(source, start + (letter == '\0' ? 1 : 2), source->state);
}

static bool
next_in_iri(RpTurtleSource *source)
{
    uint32_t limit = span_limit(source);
    uint32_t end = source->offset;

    while (end < limit && rp_turtle_is_iri_byte(source->document.data[end])) {
        end++;
    }
    if (end == limit) {
        return pass_to(source, end, RP_TURTLE_IRI);
    }
    if (source->document.data[end] == '>') {
        return pass_to(source, end + 1, RP_TURTLE_BETWEEN);
    }
    if (source->document.data[end] == '\\') {
        return end > source->offset ? pass_to(source, end, RP_TURTLE_IRI) : pass_escape(source);
    }
    return refuse_byte(source, end, "may not stand in an IRI");
}

/* The rest of a string of one line. */
static bool
next_in_string(RpTurtleSource *source)
{
    uint32_t limit = span_limit(source);
    uint32_t end = source->offset;
    char quote = source->quote;

    if (byte_at(source, end) == '\\') {
        return pass_escape(source);
    }
    while (end < limit && rp_turtle_is_string_byte(source->document.data[end], quote)) {
        end++;
    }
    if (end < limit && source->document.data[end] == quote) {
        return pass_to(source, end + 1, RP_TURTLE_BETWEEN);
    }
    if (end < limit && source->document.data[end] != '\\') {
        return refuse(source, source->term_start, "a string is not closed on its line");
    }
    return pass_to(source, end, RP_TURTLE_STRING);
}

static bool
next_in_long_string(RpTurtleSource *source)
{
    uint32_t limit = span_limit(source);
    uint32_t end = source->offset;
    char quote = source->quote;

    if (byte_at(source, end) == '\\') {
        return pass_escape(source);
    }
    if (byte_at(source, end) == quote) {
        if (byte_at(source, end + 1) == quote && byte_at(source, end + 2) == quote) {
            return pass_to(source, end + 3, RP_TURTLE_BETWEEN);
        }
        source->inserted = '\\';
        return pass_to(source, end + 1, RP_TURTLE_LONG_STRING);
    }
    while (end < limit && source->document.data[end] != quote &&
           source->document.data[end] != '\\') {
        end++;
    }
    return pass_to(source, end, RP_TURTLE_LONG_STRING);
}

static bool
next_in_comment(RpTurtleSource *source)
{
    uint32_t limit = span_limit(source);
    uint32_t end = source->offset;

    while (end < limit && source->document.data[end] != '\n' &&
           source->document.data[end] != '\r') {
        end++;
    }
    return pass_to(source, end, end < limit ? RP_TURTLE_BETWEEN : RP_TURTLE_COMMENT);
}

/*
 * The rest of a name or label. Dots belong to it when a character of it follows them (PN_LOCAL,
 * PN_PREFIX and BLANK_NODE_LABEL of Turtle's grammar); else a space is put before them.
 */
static bool
next_in_name(RpTurtleSource *source)
{
    bool is_name = source->state == RP_TURTLE_NAME;
    uint32_t limit = span_limit(source);
    uint32_t end = source->offset;

    while (end < limit) {
        uint32_t after = end;

        if (rp_turtle_is_label_byte(source->document.data[end])) {
            end++;
            continue;
        }
        while (byte_at(source, after) == '.') {
            after++;
        }
        if (rp_turtle_is_label_byte(byte_at(source, after)) ||
            (is_name && (byte_at(source, after) == ':' || byte_at(source, after) == '%'))) {
            end = after + 1;
        } else if (is_name && byte_at(source, after) == '\\') {
            end = after + (byte_at(source, after + 1) == '\0' ? 1 : 2);
        } else if (end > source->offset) {
            return pass_to(source, end,
                           byte_at(source, end) == '.' ? source->state : RP_TURTLE_BETWEEN);
        } else {
            source->inserted = byte_at(source, end) == '.' ? ' ' : '\0';
            source->state = RP_TURTLE_BETWEEN;
            return true;
        }
    }
    return pass_to(source, end, source->state);
}

/* A number, or a sign that starts none; a dot that follows and is no part of it gets its space. */
static bool
start_number(RpTurtleSource *source)
{
    uint32_t end = rp_turtle_number_end(source->document, source->offset);

    return pass_to(source, end > source->offset ? end : end + 1, RP_TURTLE_AFTER_NUMBER);
}

static bool
start_quote(RpTurtleSource *source)
{
    char quote = byte_at(source, source->offset);
    bool is_double = byte_at(source, source->offset + 1) == quote;

    source->quote = quote;
    if (is_double && byte_at(source, source->offset + 2) == quote) {
        return pass_to(source, source->offset + 3, RP_TURTLE_LONG_STRING);
    }
    if (is_double) {
        return pass_to(source, source->offset + 2, RP_TURTLE_BETWEEN);
    }
    return pass_to(source, source->offset + 1, RP_TURTLE_STRING);
}

/* @prefix, @base or a language tag. */
static bool
start_at(RpTurtleSource *source)
{
    uint32_t limit = span_limit(source);
    uint32_t end = source->offset + 1;

    while (end < limit && rp_turtle_is_label_byte(source->document.data[end])) {
        end++;
    }
    return pass_to(source, end, RP_TURTLE_BETWEEN);
}

static bool
start_open(RpTurtleSource *source)
{
    if (source->depth == source->depth_limit) {
        rp_error_set(source->error, RP_TOO_DEEP, "more than %u nested [ and (",
                     source->depth_limit);
        rp_turtle_source_stop(source, RP_TOO_DEEP, source->offset);
        return false;
    }
    source->depth++;
    return pass_to(source, source->offset + 1, RP_TURTLE_BETWEEN);
}

/* White space and punctuation, the first byte of which is known to be such. */
static bool
pass_plain(RpTurtleSource *source)
{
    uint32_t limit = span_limit(source);
    uint32_t end = source->offset + 1;

    while (end < limit && rp_turtle_is_plain(source->document.data[end])) {
        end++;
    }
    return pass_to(source, end, RP_TURTLE_BETWEEN);
}

/* Note where a term starts; a literal's datatype is a part of it. */
static void
mark_term(RpTurtleSource *source)
{
    if (!source->is_datatype_next) {
        source->term_start = source->offset;
    }
    source->is_datatype_next = false;
}

static bool
start_token(RpTurtleSource *source)
{
    uint32_t offset = source->offset;
    ByteClass class = class_of(source->document.data[offset]);

    if (class == BYTE_DOT && rp_ascii_is_digit(byte_at(source, offset + 1))) {
        class = BYTE_NUMBER;
    }
    if (class == BYTE_IRI || class == BYTE_QUOTE || class == BYTE_OPEN || class == BYTE_NUMBER ||
        class == BYTE_NAME || class == BYTE_UNDERSCORE) {
        mark_term(source);
    }
    switch (class) {
    case BYTE_COMMENT:
        return pass_to(source, offset + 1, RP_TURTLE_COMMENT);
    case BYTE_IRI:
        return pass_to(source, offset + 1, RP_TURTLE_IRI);
    case BYTE_QUOTE:
        return start_quote(source);
    case BYTE_AT:
        return start_at(source);
    case BYTE_CARET:
        source->is_datatype_next = true;
        return pass_to(source, offset + 1, RP_TURTLE_BETWEEN);
    case BYTE_OPEN:
        return start_open(source);
    case BYTE_CLOSE:
        source->depth -= source->depth > 0;
        return pass_to(source, offset + 1, RP_TURTLE_BETWEEN);
    case BYTE_NUMBER:
        return start_number(source);
    case BYTE_NAME:
        source->state = RP_TURTLE_NAME;
        return next_in_name(source);
    case BYTE_UNDERSCORE:
        if (byte_at(source, offset + 1) != ':') {
            return refuse_byte(source, offset, "is not expected here");
        }
        return pass_to(source, offset + 2, RP_TURTLE_START_LABEL);
    case BYTE_PLAIN:
        return pass_plain(source);
    case BYTE_DOT:
        return pass_to(source, offset + 1, RP_TURTLE_BETWEEN);
    case BYTE_REFUSED:
        break;
    }
    return refuse_byte(source, offset, "is not expected here");
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
        return refuse(source, source->term_start, "an IRI is not closed");
    case RP_TURTLE_STRING:
    case RP_TURTLE_LONG_STRING:
        return refuse(source, source->term_start, "a string is not closed");
    default:
        source->has_ended = true;
        source->inserted = '\n';
        return true;
    }
}

/* The checks of the whole document, before its first byte goes out. */
static bool
check_document(RpTurtleSource *source)
{
    RpText document = source->document;
    uint32_t valid_length = rp_utf8_valid_prefix(document);
    const char *nul = document.length > 0 ? memchr(document.data, '\0', document.length) : NULL;

    if (rp_text_starts_with(document, RP_TEXT(BYTE_ORDER_MARK))) { /* libserd would pass over it */
        return refuse(source, 0, "a second byte order mark");
    }
    if (nul && (uint32_t)(nul - document.data) < valid_length) {
        return refuse(source, (uint32_t)(nul - document.data), "the character U+0000");
    }
    if (valid_length < document.length) {
        return refuse(source, valid_length, "not valid UTF-8");
    }
    return true;
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
    switch (source->state) {
    case RP_TURTLE_START:
        source->state = RP_TURTLE_BETWEEN;
        return check_document(source);
    case RP_TURTLE_BETWEEN:
        return start_token(source);
    case RP_TURTLE_COMMENT:
        return next_in_comment(source);
    case RP_TURTLE_IRI:
        return next_in_iri(source);
    case RP_TURTLE_STRING:
        return next_in_string(source);
    case RP_TURTLE_LONG_STRING:
        return next_in_long_string(source);
    case RP_TURTLE_START_LABEL:
        source->inserted = 'u';
        source->state = RP_TURTLE_LABEL;
        return true;
    case RP_TURTLE_NAME:
    case RP_TURTLE_LABEL:
        return next_in_name(source);
    case RP_TURTLE_AFTER_NUMBER:
        source->inserted = byte_at(source, source->offset) == '.' ? ' ' : '\0';
        source->state = RP_TURTLE_BETWEEN;
        return true;
    }
    return false;
}

/*
 * The next byte when the span has ended: apart, so that the usual case stays a few instructions. A
 * byte that next_span inserts goes out at once, so that none waits between two calls.
 */
static RP_NOINLINE size_t
read_beyond_span(RpTurtleSource *source, char *out)
{
    while (true) {
        if (source->inserted != '\0') {
            *out = source->inserted;
            source->inserted = '\0';
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
