/*
 * What goes out of a document next: how many bytes as they are, what goes before them, what stays
 * back, and what comes next. A span is at most SPAN_LIMIT long, so that the host is polled in time
 * whatever the document holds; white space and comments behind a string are looked through at once.
 */
#include "rdf/turtle_token.h"

#include "base/ascii.h"
#include "rdf/turtle_block.h"
#include "rdf/turtle_scan.h"

enum { SPAN_LIMIT = 4096 };

/* What a byte between tokens means. */
typedef enum ByteClass {
    BYTE_REFUSED,
    BYTE_PLAIN, /* white space and punctuation */
    BYTE_COMMENT,
    BYTE_BRACE, /* of TriG; those up to here are no tokens of a statement */
    BYTE_IRI,
    BYTE_QUOTE,
    BYTE_AT,
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
    case '{':
    case '}':
        return BYTE_BRACE;
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

/* Refuse a byte within an IRI. What ends a line or is a space tells that its > is missing. */
static bool
refuse_in_iri(RpTurtleSource *source, uint32_t offset)
{
    char byte = source->document.data[offset];

    rp_iri_refuse_character((RpText){&byte, 1}, "an IRI", source->error);
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
        rp_error_hint(source->error, "An IRI ends with \">\"; in it, a space is written %%20.");
    }
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

/* The same at the end of a token: a space behind it goes out with it. */
static bool
end_token(RpTurtleSource *source, uint32_t end)
{
    return pass_to(source, end + (byte_at(source, end) == ' '), RP_TURTLE_BETWEEN);
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
        return rp_turtle_source_refuse(source, start, problem);
    }
    return pass_to(source, start + (letter == '\0' ? 1 : 2), source->state);
}

/* The rest of an IRI, what is at an offset being next. */
static bool
next_in_iri(RpTurtleSource *source, uint32_t end)
{
    uint32_t limit = span_limit(source);

    while (end < limit && rp_turtle_is_iri_byte(source->document.data[end])) {
        end++;
    }
    if (end == limit) {
        return pass_to(source, end, RP_TURTLE_IRI);
    }
    if (source->document.data[end] == '>') {
        return end_token(source, end + 1);
    }
    if (source->document.data[end] == '\\') {
        return end > source->offset ? pass_to(source, end, RP_TURTLE_IRI) : pass_escape(source);
    }
    return refuse_in_iri(source, end);
}

/* The rest of a string of one line, what is at an offset being next. */
static bool
next_in_string(RpTurtleSource *source, uint32_t end)
{
    uint32_t limit = span_limit(source);
    char quote = source->quote;

    if (byte_at(source, source->offset) == '\\') {
        return pass_escape(source);
    }
    while (end < limit && rp_turtle_is_string_byte(source->document.data[end], quote)) {
        end++;
    }
    if (end < limit && source->document.data[end] == quote) {
        return pass_to(source, end + 1, RP_TURTLE_AFTER_STRING);
    }
    if (end < limit && source->document.data[end] != '\\') {
        return rp_turtle_source_refuse(source, source->term_start,
                                       "a string is not closed on its line");
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
            return pass_to(source, end + 3, RP_TURTLE_AFTER_STRING);
        }
        source->inserted = "\\";
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
            return byte_at(source, end) == '.' ? pass_to(source, end, source->state)
                                               : end_token(source, end);
        } else {
            source->inserted = byte_at(source, end) == '.' ? " " : "";
            source->state = RP_TURTLE_BETWEEN;
            return true;
        }
    }
    return pass_to(source, end, source->state);
}

/* A token that N-Quads lacks: no graph may end a line from here on. False: one has. */
static bool
pass_beyond_quads(RpTurtleSource *source, uint32_t offset)
{
    source->may_have_quads = false;
    return !source->has_quads || rp_turtle_source_refuse_byte(source, offset);
}

/*
 * In what may be N-Quads: a space goes before a term that follows another one without. So libserd
 * has not seen the first byte of a fourth term when it tells of the first three.
 */
static inline void
space_term(RpTurtleSource *source)
{
    uint32_t offset = source->offset;

    if (source->may_have_quads && offset > 0 &&
        !rp_turtle_is_plain(source->document.data[offset - 1]) &&
        source->document.data[offset - 1] != '^') {
        source->inserted = " ";
    }
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
    if ((quote == '\'' || (is_double && byte_at(source, source->offset + 2) == quote)) &&
        !pass_beyond_quads(source, source->offset)) {
        return false;
    }
    if (is_double && byte_at(source, source->offset + 2) == quote) {
        return pass_to(source, source->offset + 3, RP_TURTLE_LONG_STRING);
    }
    if (is_double) {
        return pass_to(source, source->offset + 2, RP_TURTLE_AFTER_STRING);
    }
    return next_in_string(source, source->offset + 1);
}

/* Leave bytes up to an offset out, and let those up to another one follow. */
static bool
skip_to(RpTurtleSource *source, uint32_t offset, uint32_t end, RpTurtleState state)
{
    source->offset = offset;
    return pass_to(source, end, state);
}

static bool start_token(RpTurtleSource *source);

/* LANGTAG or ^^, which libserd expects right behind the string. */
static bool
next_after_string(RpTurtleSource *source)
{
    uint32_t start = rp_turtle_space_end(source->document, source->offset);
    uint32_t end = start + 1;

    if (byte_at(source, start) == '^' && byte_at(source, end) == '^') {
        return skip_to(source, start, end + 1, RP_TURTLE_AFTER_CARETS);
    }
    if (byte_at(source, start) != '@') {
        source->state = RP_TURTLE_BETWEEN;
        return source->offset == source->document.length || start_token(source);
    }
    while (rp_turtle_is_label_byte(byte_at(source, end)) && byte_at(source, end) != '_') {
        end++;
    }
    return skip_to(source, start, end, RP_TURTLE_BETWEEN);
}

static bool
next_after_carets(RpTurtleSource *source)
{
    uint32_t start = rp_turtle_space_end(source->document, source->offset);

    source->is_datatype_next = true;
    return skip_to(source, start, start, RP_TURTLE_BETWEEN);
}

/* @prefix or @base. */
static bool
start_at(RpTurtleSource *source)
{
    static const char *const words[] = {"@prefix", "@base"};
    RpText rest = {source->document.data + source->offset,
                   source->document.length - source->offset};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        RpText word = rp_text_from(words[i]);

        if (rp_text_starts_with(rest, word) &&
            !rp_ascii_is_letter(rp_text_byte(rest, word.length))) {
            return rp_turtle_block_directive(source) &&
                   pass_to(source, source->offset + word.length, RP_TURTLE_BETWEEN);
        }
    }
    return rp_turtle_source_refuse_byte(source, source->offset);
}

/* The < of an IRI. */
static bool
start_iri(RpTurtleSource *source)
{
    uint32_t next = source->offset + 1;

    return rp_turtle_is_keyword_iri(source->document, next)
               ? pass_to(source, next, RP_TURTLE_KEYWORD_IRI)
               : next_in_iri(source, next);
}

/* The first byte of a prefixed name or keyword. */
static bool
start_name(RpTurtleSource *source)
{
    RpText rest = {source->document.data + source->offset,
                   source->document.length - source->offset};
    uint32_t end = 0;

    source->state = RP_TURTLE_NAME;
    if (!rp_turtle_begins_like_boolean(rest)) {
        return next_in_name(source);
    }
    while (rp_turtle_is_label_byte(rp_text_byte(rest, end)) || rp_text_byte(rest, end) == '.') {
        end++;
    }
    source->inserted = rp_text_byte(rest, end) == ':' ? "x" : "";
    return true;
}

RpText
rp_turtle_token_prefix(RpText prefix)
{
    bool has_inserted =
        prefix.length > 0 && prefix.data[0] == 'x' && rp_turtle_begins_like_boolean(prefix);

    return has_inserted ? (RpText){prefix.data + 1, prefix.length - 1} : prefix;
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
    for (uint32_t i = source->offset; i < end && source->may_have_quads; i++) {
        char byte = source->document.data[i];

        if ((byte == ';' || byte == ',') && !pass_beyond_quads(source, i)) {
            return false;
        }
    }
    return pass_to(source, end, RP_TURTLE_BETWEEN);
}

/* Note where a term starts; a literal's datatype is a part of it. */
static void
mark_term(RpTurtleSource *source)
{
    if (!source->is_datatype_next) {
        source->term_before = source->term_start;
        source->term_start = source->offset;
    }
    source->is_datatype_next = false;
}

/* Follow the statements, far enough to know where they start, and to find one that is [] alone.
 * False: it is. */
static bool
follow_statement(RpTurtleSource *source, ByteClass class)
{
    uint32_t offset = source->offset;

    switch (source->statement) {
    case RP_TURTLE_NO_TOKEN:
        source->statement = RP_TURTLE_MORE;
        source->statement_start = offset;
        if (class != BYTE_NAME) {
            if (source->document.data[offset] == '[') {
                source->statement = RP_TURTLE_BRACKET;
            }
            return class != BYTE_DOT || rp_turtle_source_refuse_byte(source, offset);
        }
        if (rp_turtle_is_keyword(source->document, offset, "prefix")) {
            source->statement = RP_TURTLE_PREFIX_WORD;
        } else if (rp_turtle_is_keyword(source->document, offset, "base")) {
            source->statement = RP_TURTLE_BASE_WORD;
        }
        return source->statement == RP_TURTLE_MORE || rp_turtle_block_directive(source);
    case RP_TURTLE_PREFIX_WORD:
        source->statement = RP_TURTLE_BASE_WORD;
        break;
    case RP_TURTLE_BASE_WORD:
        source->statement = RP_TURTLE_NO_TOKEN;
        break;
    case RP_TURTLE_BRACKET:
        source->statement = source->document.data[offset] == ']' ? RP_TURTLE_ANON : RP_TURTLE_MORE;
        break;
    case RP_TURTLE_ANON:
        if (class == BYTE_DOT) {
            return rp_turtle_source_refuse(source, offset,
                                           "a statement needs a predicate and an object after []");
        }
        source->statement = RP_TURTLE_MORE;
        break;
    case RP_TURTLE_GRAPH_WORD:
    case RP_TURTLE_GRAPH_BRACKET:
    case RP_TURTLE_GRAPH_NAME:
        return rp_turtle_block_name(source, class == BYTE_IRI || class == BYTE_NAME ||
                                                class == BYTE_UNDERSCORE);
    case RP_TURTLE_MORE:
        source->statement = RP_TURTLE_NO_TOKEN; /* only a dot is asked for */
        break;
    }
    return true;
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
    if ((source->statement != RP_TURTLE_MORE || class == BYTE_DOT) && class > BYTE_BRACE) {
        if (class == BYTE_NAME && rp_turtle_block_is_word(source)) {
            return pass_beyond_quads(source, offset) && rp_turtle_block_word(source);
        }
        if (!follow_statement(source, class)) {
            return false;
        }
    }
    switch (class) {
    case BYTE_COMMENT:
        return pass_to(source, offset + 1, RP_TURTLE_COMMENT);
    case BYTE_IRI:
        space_term(source);
        return start_iri(source);
    case BYTE_QUOTE:
        return start_quote(source);
    case BYTE_AT:
        return pass_beyond_quads(source, offset) && start_at(source);
    case BYTE_OPEN:
        return pass_beyond_quads(source, offset) && start_open(source);
    case BYTE_CLOSE:
        source->depth -= source->depth > 0;
        return pass_to(source, offset + 1, RP_TURTLE_BETWEEN);
    case BYTE_NUMBER:
        return pass_beyond_quads(source, offset) && start_number(source);
    case BYTE_NAME:
        return pass_beyond_quads(source, offset) && start_name(source);
    case BYTE_UNDERSCORE:
        if (byte_at(source, offset + 1) != ':') {
            return rp_turtle_source_refuse_byte(source, offset);
        }
        space_term(source);
        return pass_to(source, offset + 2, RP_TURTLE_START_LABEL);
    case BYTE_PLAIN:
        return pass_plain(source);
    case BYTE_BRACE:
        return pass_beyond_quads(source, offset) && rp_turtle_block_brace(source);
    case BYTE_DOT:
        return pass_to(source, offset + 1, RP_TURTLE_BETWEEN);
    case BYTE_REFUSED:
        break;
    }
    return rp_turtle_source_refuse_byte(source, offset);
}

bool
rp_turtle_token_next(RpTurtleSource *source)
{
    switch (source->state) {
    case RP_TURTLE_BETWEEN:
        return start_token(source);
    case RP_TURTLE_COMMENT:
        return next_in_comment(source);
    case RP_TURTLE_KEYWORD_IRI:
        source->inserted = "./";
        source->state = RP_TURTLE_IRI;
        return true;
    case RP_TURTLE_IRI:
        return next_in_iri(source, source->offset);
    case RP_TURTLE_STRING:
        return next_in_string(source, source->offset);
    case RP_TURTLE_LONG_STRING:
        return next_in_long_string(source);
    case RP_TURTLE_AFTER_STRING:
        return next_after_string(source);
    case RP_TURTLE_AFTER_CARETS:
        return next_after_carets(source);
    case RP_TURTLE_START_LABEL:
        source->inserted = "u";
        source->state = RP_TURTLE_LABEL;
        return true;
    case RP_TURTLE_NAME:
    case RP_TURTLE_LABEL:
        return next_in_name(source);
    case RP_TURTLE_AFTER_NUMBER:
        source->inserted = byte_at(source, source->offset) == '.' ? " " : "";
        source->state = RP_TURTLE_BETWEEN;
        return true;
    }
    return false;
}
