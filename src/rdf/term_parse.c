/* One term from its N-Triples form (RDF 1.1 N-Triples, section 7), or Turtle's bare number or
 * boolean. */
#include "rdf/term.h"

#include "base/utf8.h"

typedef struct TermParser {
    RpArena *arena;
    RpText text;
    uint32_t offset;
    RpError *error;
} TermParser;

static bool
is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool
is_at_end(const TermParser *parser)
{
    return parser->offset == parser->text.length;
}

/* The next byte, or NUL at the end (the text holds no other NUL). */
static char
peek(const TermParser *parser)
{
    return is_at_end(parser) ? '\0' : parser->text.data[parser->offset];
}

/* Give a syntax error its place: the column of an offset, in characters. */
static RpStatus
place(const TermParser *parser, uint32_t offset, RpStatus status)
{
    if (status == RP_SYNTAX) {
        parser->error->line = 1;
        parser->error->column = (uint32_t)rp_utf8_count((RpText){parser->text.data, offset}) + 1;
    }
    return status;
}

static RpStatus
fail_at(const TermParser *parser, uint32_t offset, const char *what)
{
    return place(parser, offset, rp_error_set(parser->error, RP_SYNTAX, "%s", what));
}

/* \uXXXX or \UXXXXXXXX, the backslash and letter already passed. */
static RpStatus
read_numeric_escape(TermParser *parser, uint32_t digits, RpBuffer *buffer)
{
    uint32_t start = parser->offset - 2;
    uint32_t code_point = 0;

    for (uint32_t i = 0; i < digits; i++) {
        char byte = peek(parser);
        uint32_t digit = is_digit(byte)               ? (uint32_t)(byte - '0')
                         : byte >= 'a' && byte <= 'f' ? (uint32_t)(byte - 'a' + 10)
                         : byte >= 'A' && byte <= 'F' ? (uint32_t)(byte - 'A' + 10)
                                                      : 16;

        if (digit == 16 || code_point > UINT32_MAX >> 4) {
            return fail_at(parser, start, "an escape needs 4 (\\u) or 8 (\\U) hexadecimal digits");
        }
        code_point = code_point << 4 | digit;
        parser->offset++;
    }
    if (code_point == 0 || code_point > 0x10FFFF ||
        (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        return fail_at(parser, start, "an escape for a character that no text may hold");
    }
    rp_buffer_append_code_point(buffer, code_point);
    return RP_OK;
}

/* An escape, the backslash being next. Of an IRI's only \u and \U. */
static RpStatus
read_escape(TermParser *parser, bool is_iri, RpBuffer *buffer)
{
    static const char letters[] = "tbnrf\"'\\";
    static const char meanings[] = "\t\b\n\r\f\"'\\";
    const char *letter;
    char byte;

    parser->offset++;
    byte = peek(parser);
    if (byte == 'u' || byte == 'U') {
        parser->offset++;
        return read_numeric_escape(parser, byte == 'u' ? 4 : 8, buffer);
    }
    letter = byte == '\0' || is_iri ? NULL : strchr(letters, byte);
    if (!letter) {
        return fail_at(parser, parser->offset - 1, "not an escape");
    }
    rp_buffer_append_byte(buffer, meanings[letter - letters]);
    parser->offset++;
    return RP_OK;
}

/* Text up to a closing byte, that passed over too; a view of the input where it has no escapes. */
static RpStatus
read_delimited(TermParser *parser, char close, RpText *text)
{
    uint32_t start = parser->offset;
    bool is_iri = close == '>';
    bool has_escape = false;
    RpBuffer buffer;

    rp_buffer_init(&buffer, parser->arena);
    while (peek(parser) != close || is_at_end(parser)) {
        uint32_t piece = parser->offset;

        RP_TRY(rp_arena_poll(parser->arena, parser->error));
        while (!is_at_end(parser) && !strchr("\n\r\\", peek(parser)) && peek(parser) != close) {
            parser->offset++;
        }
        rp_buffer_append(&buffer, parser->text.data + piece, parser->offset - piece);
        if (peek(parser) == '\\') {
            has_escape = true;
            RP_TRY(read_escape(parser, is_iri, &buffer));
        } else if (is_at_end(parser) || peek(parser) != close) {
            return fail_at(parser, start - 1,
                           is_iri ? "an IRI is not closed" : "a string is not closed on its line");
        }
    }
    *text = has_escape ? rp_buffer_text(&buffer)
                       : (RpText){parser->text.data + start, parser->offset - start};
    parser->offset++;
    return rp_buffer_status(&buffer, parser->error);
}

/* The rest of a word, up to white space. */
static RpText
read_word(TermParser *parser)
{
    RpText word = {parser->text.data + parser->offset, 0};

    while (!is_at_end(parser) && !is_space(peek(parser))) {
        parser->offset++;
        word.length++;
    }
    return word;
}

static RpStatus
read_literal(TermParser *parser, RpTerm *term)
{
    RpText lexical;
    RpText datatype = {0};
    uint32_t mark;

    parser->offset++;
    RP_TRY(read_delimited(parser, '"', &lexical));
    mark = parser->offset;
    if (peek(parser) == '@') {
        parser->offset++;
        *term = rp_term_lang_literal(lexical, read_word(parser));
        if (term->language.length == 0) {
            return fail_at(parser, mark, "a language tag is expected after @");
        }
        return RP_OK;
    }
    if (peek(parser) == '^') {
        RpText rest = {parser->text.data + mark, parser->text.length - mark};

        if (!rp_text_starts_with(rest, RP_TEXT("^^<"))) {
            return fail_at(parser, mark, "^^<datatype IRI> is expected");
        }
        parser->offset += 3;
        RP_TRY(read_delimited(parser, '>', &datatype));
        if (datatype.length == 0) {
            return fail_at(parser, mark, "the datatype IRI is empty");
        }
    }
    *term = rp_term_literal(lexical, datatype);
    return RP_OK;
}

/* Digits from an offset on; returns the offset after them. */
static uint32_t
pass_digits(RpText word, uint32_t offset)
{
    while (offset < word.length && is_digit(word.data[offset])) {
        offset++;
    }
    return offset;
}

/*
 * The datatype of a bare number: INTEGER, DECIMAL or DOUBLE of Turtle's grammar; empty when it is
 * none.
 */
static RpText
number_datatype(RpText word)
{
    uint32_t start = word.length > 0 && (word.data[0] == '+' || word.data[0] == '-');
    uint32_t end = pass_digits(word, start);
    uint32_t digits = end - start;
    uint32_t fraction = 0;
    bool has_point = end < word.length && word.data[end] == '.';

    if (has_point) {
        fraction = pass_digits(word, end + 1) - end - 1;
        end += 1 + fraction;
    }
    if (digits + fraction == 0) {
        return RP_TEXT("");
    }
    if (end == word.length) {
        return !has_point     ? RP_TEXT(RP_XSD "integer")
               : fraction > 0 ? RP_TEXT(RP_XSD "decimal")
                              : RP_TEXT("");
    }
    if (word.data[end] != 'e' && word.data[end] != 'E') {
        return RP_TEXT("");
    }
    end++;
    end += end < word.length && (word.data[end] == '+' || word.data[end] == '-');
    return end < word.length && pass_digits(word, end) == word.length ? RP_TEXT(RP_XSD "double")
                                                                      : RP_TEXT("");
}

static RpStatus
read_bare_word(TermParser *parser, RpTerm *term)
{
    uint32_t start = parser->offset;
    RpText word = read_word(parser);
    bool is_boolean =
        rp_text_equals(word, RP_TEXT("true")) || rp_text_equals(word, RP_TEXT("false"));
    RpText datatype = is_boolean ? RP_TEXT(RP_XSD "boolean") : number_datatype(word);

    if (datatype.length == 0) {
        fail_at(parser, start, "not an RDF term");
        return rp_error_hint(parser->error, "A term is written <iri>, _:label, \"text\", "
                                            "\"text\"@en, \"text\"^^<datatype>, a number, "
                                            "true or false.");
    }
    *term = rp_term_literal(word, datatype);
    return RP_OK;
}

static RpStatus
read_term(TermParser *parser, RpTerm *term)
{
    RpText iri;

    switch (peek(parser)) {
    case '<':
        parser->offset++;
        RP_TRY(read_delimited(parser, '>', &iri));
        *term = rp_term_iri(iri);
        return RP_OK;
    case '"':
        return read_literal(parser, term);
    case '_':
        parser->offset++;
        if (peek(parser) != ':') {
            return fail_at(parser, parser->offset - 1, "_: is expected before a blank node label");
        }
        parser->offset++;
        *term = rp_term_blank(read_word(parser));
        return RP_OK;
    default:
        return read_bare_word(parser, term);
    }
}

static void
pass_space(TermParser *parser)
{
    while (!is_at_end(parser) && is_space(peek(parser))) {
        parser->offset++;
    }
}

RpStatus
rp_term_parse(RpArena *arena, RpText text, RpTerm *term, RpError *error)
{
    TermParser parser = {.arena = arena, .text = text, .error = error};
    uint32_t valid_length = rp_utf8_valid_prefix(text);
    const char *nul = text.length > 0 ? memchr(text.data, '\0', text.length) : NULL;
    uint32_t start;

    if (nul) {
        return fail_at(&parser, (uint32_t)(nul - text.data), "the character U+0000");
    }
    if (valid_length < text.length) {
        return fail_at(&parser, valid_length, "not valid UTF-8");
    }
    pass_space(&parser);
    if (is_at_end(&parser)) {
        return fail_at(&parser, parser.offset, "a term is expected");
    }
    start = parser.offset;
    RP_TRY(read_term(&parser, term));
    pass_space(&parser);
    if (!is_at_end(&parser)) {
        return fail_at(&parser, parser.offset, "nothing may follow the term");
    }
    return place(&parser, start, rp_term_check(term, error));
}
