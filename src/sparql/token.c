/* A query's text → tokens (SPARQL 1.1, 19.2 to 19.8). */
#include "sparql/syntax.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/ascii.h"
#include "base/excerpt.h"
#include "base/utf8.h"

/* The longest first. */
static const char *const symbols[] = {"^^", "||", "&&", "!=", "<=", ">=", "{", "}", "(",
                                      ")",  "[",  "]",  ".",  ",",  ";",  "=", "<", ">",
                                      "!",  "+",  "-",  "*",  "/",  "^",  "|", "?"};

static char
byte_at(const RpParser *parser, uint32_t offset)
{
    return offset < parser->text.length ? parser->text.data[offset] : '\0';
}

/* The value of a code point escape at an offset of a text, with its length; 0: there is none. */
static uint32_t
escape_at(RpText text, uint32_t offset, uint32_t *length)
{
    uint32_t value = 0;
    uint32_t digits;

    if (offset + 1 >= text.length || text.data[offset] != '\\' ||
        (text.data[offset + 1] | 0x20) != 'u') {
        return 0;
    }
    digits = text.data[offset + 1] == 'u' ? 4 : 8;
    if (text.length - offset - 2 < digits) {
        return 0;
    }
    for (uint32_t i = 0; i < digits; i++) {
        char byte = rp_ascii_lower(text.data[offset + 2 + i]);

        if (!rp_ascii_is_hexadecimal(byte) || value > 0x10FFFF) {
            return 0;
        }
        value = value * 16 + (uint32_t)(byte <= '9' ? byte - '0' : byte - 'a' + 10);
    }
    *length = digits + 2;
    return value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : value;
}

/* Where in the original text an offset of the text is. */
static uint32_t
original_offset(const RpParser *parser, uint32_t offset)
{
    uint32_t at = 0;

    if (parser->text.data == parser->original.data) {
        return offset;
    }
    for (uint32_t i = 0; i < offset && at < parser->original.length;) {
        uint32_t length = 0;
        uint32_t value = escape_at(parser->original, at, &length);
        char utf8[4];

        if (value != 0) {
            i += rp_utf8_encode(value, utf8);
            at += length;
        } else {
            uint32_t step = parser->original.data[at] == '\\' && i + 1 < offset ? 2 : 1;

            i += step;
            at += step;
        }
    }
    return at;
}

RpStatus
rp_parser_refuse(RpParser *parser, RpStatus status, uint32_t offset, const char *format, ...)
{
    char message[RP_ERROR_MESSAGE_SIZE];
    uint32_t line = 1;
    uint32_t column = 1;
    uint32_t place = original_offset(parser, offset);
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    for (uint32_t i = 0; i < place && i < parser->original.length; i++) {
        if (parser->original.data[i] == '\n') {
            line++;
            column = 1;
        } else if ((parser->original.data[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    rp_error_set(parser->error, status, "%s", message);
    parser->error->line = line;
    parser->error->column = column;
    return rp_error_excerpt(parser->error, parser->original);
}

RpStatus
rp_parser_expected(RpParser *parser, const char *what)
{
    const RpToken *token = &parser->token;
    RpText found = {parser->text.data + token->start, token->end - token->start};
    RpShown shown;

    if (token->kind == RP_TOKEN_END) {
        return rp_parser_refuse(parser, RP_SYNTAX, token->start, "the query ends where %s must be",
                                what);
    }
    return rp_parser_refuse(parser, RP_SYNTAX, token->start, "%s stands where %s must be",
                            rp_text_show(found, &shown), what);
}

/* A code point at an offset, and its length; 0 at the end. */
static uint32_t
code_point_at(const RpParser *parser, uint32_t offset, uint32_t *length)
{
    *length = 0;
    return offset < parser->text.length ? rp_utf8_decode(parser->text.data + offset, length) : 0;
}

/* PN_CHARS_U, or what may follow it. */
static bool
is_name_character(uint32_t code_point, bool is_first)
{
    if (code_point == ':' || code_point == '.') {
        return false;
    }
    return is_first ? rp_utf8_is_name_start(code_point) : rp_utf8_is_name_char(code_point);
}

/* The bytes of an escape in a local name at an offset: %hh, or \ and a sign. 0: none. */
static uint32_t
local_escape_length(const RpParser *parser, uint32_t offset)
{
    if (byte_at(parser, offset) == '%') {
        return rp_ascii_is_hexadecimal(byte_at(parser, offset + 1)) &&
                       rp_ascii_is_hexadecimal(byte_at(parser, offset + 2))
                   ? 3
                   : 0;
    }
    if (byte_at(parser, offset) == '\\') {
        char sign = byte_at(parser, offset + 1);

        return sign != '\0' && strchr("_~.-!$&'()*+,;=/?#@%", sign) != NULL ? 2 : 0;
    }
    return 0;
}

/* The end of PN_LOCAL from an offset, or of a blank node's label (no colons, no escapes). */
static uint32_t
local_end(const RpParser *parser, uint32_t offset, bool is_label)
{
    uint32_t end = offset;
    uint32_t at = offset;

    for (;;) {
        uint32_t length;
        uint32_t code_point = code_point_at(parser, at, &length);
        uint32_t escape = is_label ? 0 : local_escape_length(parser, at);
        bool is_first = at == offset;

        if (escape > 0) {
            at += escape;
            end = at;
        } else if (length > 0 &&
                   ((!is_label && code_point == ':') || is_name_character(code_point, is_first) ||
                    (is_first && code_point < 128 && rp_ascii_is_digit((char)code_point)))) {
            at += length;
            end = at;
        } else if (code_point == '.' && !is_first) {
            at += length; /* which only counts where more follows */
        } else {
            return end;
        }
    }
}

/* The end of a variable's name from an offset. */
static uint32_t
variable_end(const RpParser *parser, uint32_t offset)
{
    uint32_t at = offset;

    for (;;) {
        uint32_t length;
        uint32_t code_point = code_point_at(parser, at, &length);
        bool is_digit = code_point < 128 && rp_ascii_is_digit((char)code_point);

        if (length == 0 || code_point == '-' ||
            !(is_digit || is_name_character(code_point, at == offset))) {
            return at;
        }
        at += length;
    }
}

/* The end of an IRI in brackets that starts at an offset; 0: it is none. */
static uint32_t
iri_end(const RpParser *parser, uint32_t offset)
{
    for (uint32_t at = offset + 1; at < parser->text.length; at++) {
        char byte = parser->text.data[at];

        if (byte == '>') {
            return at + 1;
        }
        if ((unsigned char)byte <= 0x20 || strchr("<\"{}|^`\\", byte) != NULL) {
            return 0;
        }
    }
    return 0;
}

static RpStatus
skip_space(RpParser *parser, uint32_t *offset)
{
    uint32_t at = *offset;

    for (;; at++) {
        char byte = byte_at(parser, at);

        RP_TRY(rp_arena_poll(parser->arena, parser->error));
        if (byte == '#') {
            while (at < parser->text.length && parser->text.data[at] != '\n' &&
                   parser->text.data[at] != '\r') {
                at++;
            }
        } else if (byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n') {
            break;
        }
        if (at >= parser->text.length) {
            break;
        }
    }
    *offset = at;
    return RP_OK;
}

static RpStatus
read_string(RpParser *parser, RpToken *token)
{
    static const char letters[] = "tbnrf\\\"'";
    static const char values[] = "\t\b\n\r\f\\\"'";
    char quote = byte_at(parser, token->start);
    bool is_long =
        byte_at(parser, token->start + 1) == quote && byte_at(parser, token->start + 2) == quote;
    uint32_t at = token->start + (is_long ? 3 : 1);
    RpBuffer buffer;

    rp_buffer_init(&buffer, parser->arena);
    for (;; at++) {
        char byte = byte_at(parser, at);

        if (at >= parser->text.length || (!is_long && (byte == '\n' || byte == '\r'))) {
            return rp_parser_refuse(parser, RP_SYNTAX, token->start, "a string does not end");
        }
        if (byte == quote &&
            (!is_long || (byte_at(parser, at + 1) == quote && byte_at(parser, at + 2) == quote))) {
            break;
        }
        if (byte == '\\') {
            char letter = byte_at(parser, ++at);
            const char *found = letter != '\0' ? strchr(letters, letter) : NULL;

            if (found == NULL) {
                return rp_parser_refuse(parser, RP_SYNTAX, at - 1,
                                        "a backslash begins no escape in a string");
            }
            byte = values[found - letters];
        }
        rp_buffer_append_byte(&buffer, byte);
    }
    token->kind = RP_TOKEN_STRING;
    token->end = at + (is_long ? 3 : 1);
    token->text = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, parser->error);
}

static uint32_t
digits_end(const RpParser *parser, uint32_t offset)
{
    while (rp_ascii_is_digit(byte_at(parser, offset))) {
        offset++;
    }
    return offset;
}

/* The end of an exponent at an offset; the offset: there is none. */
static uint32_t
exponent_end(const RpParser *parser, uint32_t offset)
{
    uint32_t digits = offset + 1;

    if ((byte_at(parser, offset) | 0x20) != 'e') {
        return offset;
    }
    digits += byte_at(parser, digits) == '+' || byte_at(parser, digits) == '-';
    return rp_ascii_is_digit(byte_at(parser, digits)) ? digits_end(parser, digits) : offset;
}

/* A number without its sign. A dot without digits behind it is its own where an exponent follows
 * (1.e5), and ends a triple elsewhere (1.ex:a). */
static void
read_number(const RpParser *parser, RpToken *token)
{
    uint32_t at = digits_end(parser, token->start);
    uint32_t end;

    token->kind = RP_TOKEN_INTEGER;
    if (byte_at(parser, at) == '.') {
        uint32_t fraction_end = digits_end(parser, at + 1);

        if (fraction_end > at + 1) {
            token->kind = RP_TOKEN_DECIMAL;
            at = fraction_end;
        } else if (exponent_end(parser, fraction_end) > fraction_end) {
            at = fraction_end;
        }
    }
    end = exponent_end(parser, at);
    token->kind = end > at ? RP_TOKEN_DOUBLE : token->kind;
    token->end = end;
    token->text = (RpText){parser->text.data + token->start, end - token->start};
}

/* A word or a name with a prefix. False: neither starts here. */
static bool
read_name(const RpParser *parser, RpToken *token)
{
    uint32_t end = token->start;
    uint32_t at = token->start;
    uint32_t length;

    for (uint32_t code_point; code_point = code_point_at(parser, at, &length), length > 0;) {
        if (is_name_character(code_point, at == token->start) &&
            (at > token->start || code_point != '_')) {
            end = at + length;
        } else if (code_point != '.' || at == token->start) {
            break;
        }
        at += length;
    }
    if (byte_at(parser, end) == ':') {
        token->kind = RP_TOKEN_NAME;
        token->prefix_length = end - token->start;
        token->end = local_end(parser, end + 1, false);
        token->text = (RpText){parser->text.data + token->start, token->end - token->start};
        return true;
    }
    end = token->start;
    while (rp_ascii_is_letter(byte_at(parser, end)) || rp_ascii_is_digit(byte_at(parser, end)) ||
           byte_at(parser, end) == '_') {
        end++;
    }
    token->kind = RP_TOKEN_WORD;
    token->end = end;
    token->text = (RpText){parser->text.data + token->start, end - token->start};
    return end > token->start;
}

/* A token of which so many bytes at either end do not belong to its text. */
static RpStatus
cut_token(const RpParser *parser, RpToken *token, RpTokenKind kind, uint32_t end, uint32_t before,
          uint32_t behind)
{
    token->kind = kind;
    token->end = end;
    token->text =
        (RpText){parser->text.data + token->start + before, end - token->start - before - behind};
    return RP_OK;
}

static uint32_t
language_end(const RpParser *parser, uint32_t offset)
{
    uint32_t at = offset;

    while (rp_ascii_is_letter(byte_at(parser, at)) ||
           (at > offset &&
            (rp_ascii_is_digit(byte_at(parser, at)) ||
             (byte_at(parser, at) == '-' && (rp_ascii_is_letter(byte_at(parser, at + 1)) ||
                                             rp_ascii_is_digit(byte_at(parser, at + 1))))))) {
        at++;
    }
    return at;
}

static RpStatus
read_symbol(RpParser *parser, RpToken *token)
{
    RpText rest = {parser->text.data + token->start, parser->text.length - token->start};
    RpShown shown;

    for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
        RpText symbol = rp_text_from(symbols[i]);

        if (rp_text_starts_with(rest, symbol)) {
            return cut_token(parser, token, RP_TOKEN_SYMBOL, token->start + symbol.length, 0, 0);
        }
    }
    rest.length = rp_utf8_sequence_length(rest.data, rest.length);
    return rp_parser_refuse(parser, RP_SYNTAX, token->start, "nothing in a query begins with %s",
                            rp_text_show(rest, &shown));
}

static RpStatus
read_token(RpParser *parser, uint32_t offset, RpToken *token)
{
    char byte;
    char next;
    uint32_t end;

    RP_TRY(skip_space(parser, &offset));
    *token = (RpToken){.start = offset, .end = offset};
    if (offset >= parser->text.length) {
        return RP_OK;
    }
    byte = byte_at(parser, offset);
    next = byte_at(parser, offset + 1);
    if (byte == '<' && (end = iri_end(parser, offset)) != 0) {
        return cut_token(parser, token, RP_TOKEN_IRI, end, 1, 1);
    }
    if ((byte == '?' || byte == '$') && (end = variable_end(parser, offset + 1)) > offset + 1) {
        return cut_token(parser, token, RP_TOKEN_VARIABLE, end, 1, 0);
    }
    if (byte == '_' && next == ':' && (end = local_end(parser, offset + 2, true)) > offset + 2) {
        return cut_token(parser, token, RP_TOKEN_BLANK, end, 2, 0);
    }
    if (byte == '@' && (end = language_end(parser, offset + 1)) > offset + 1) {
        return cut_token(parser, token, RP_TOKEN_LANGUAGE, end, 1, 0);
    }
    if (byte == '"' || byte == '\'') {
        return read_string(parser, token);
    }
    if (rp_ascii_is_digit(byte) || (byte == '.' && rp_ascii_is_digit(next))) {
        read_number(parser, token);
        return RP_OK;
    }
    return read_name(parser, token) ? RP_OK : read_symbol(parser, token);
}

RpStatus
rp_token_next(RpParser *parser)
{
    if (parser->has_after) {
        parser->token = parser->after;
        parser->has_after = false;
        return RP_OK;
    }
    return read_token(parser, parser->token.end, &parser->token);
}

RpStatus
rp_token_peek(RpParser *parser, const RpToken **token)
{
    if (!parser->has_after) {
        RP_TRY(read_token(parser, parser->token.end, &parser->after));
        parser->has_after = true;
    }
    *token = &parser->after;
    return RP_OK;
}

/* Undo \uXXXX and \UXXXXXXXX, which may stand anywhere. */
static RpStatus
undo_escapes(RpParser *parser)
{
    RpText text = parser->original;
    RpBuffer buffer;

    rp_buffer_init(&buffer, parser->arena);
    for (uint32_t at = 0; at < text.length;) {
        uint32_t length = 0;
        uint32_t value = escape_at(text, at, &length);

        if (value != 0) {
            rp_buffer_append_code_point(&buffer, value);
            at += length;
        } else {
            uint32_t step = text.data[at] == '\\' && at + 1 < text.length ? 2 : 1;

            rp_buffer_append(&buffer, text.data + at, step);
            at += step;
        }
    }
    parser->text = rp_buffer_text(&buffer);
    return rp_buffer_status(&buffer, parser->error);
}

RpStatus
rp_token_begin(RpParser *parser)
{
    RpText text = parser->original;
    const char *nul;
    uint32_t valid;

    parser->text = text;
    if (text.length > RP_QUERY_LENGTH_LIMIT_BYTES) {
        return rp_error_set(parser->error, RP_TOO_LARGE, "a query is longer than %d bytes",
                            RP_QUERY_LENGTH_LIMIT_BYTES);
    }
    valid = rp_utf8_valid_prefix(text);
    nul = text.length > 0 ? memchr(text.data, '\0', text.length) : NULL;
    if (valid < text.length || nul != NULL) {
        return rp_parser_refuse(parser, RP_SYNTAX, nul ? (uint32_t)(nul - text.data) : valid,
                                "the query is not valid UTF-8 text");
    }
    if (text.length > 0 && memchr(text.data, '\\', text.length) != NULL) {
        RP_TRY(undo_escapes(parser));
    }
    parser->token = (RpToken){0};
    parser->has_after = false;
    return rp_token_next(parser);
}

bool
rp_token_is_symbol(const RpToken *token, const char *symbol)
{
    return token->kind == RP_TOKEN_SYMBOL && rp_text_equals(token->text, rp_text_from(symbol));
}

bool
rp_token_is_word(const RpToken *token, const char *word)
{
    return token->kind == RP_TOKEN_WORD && rp_ascii_is_word(token->text, word);
}

RpStatus
rp_token_take(RpParser *parser, const char *text, bool *is_taken)
{
    *is_taken = rp_token_is_symbol(&parser->token, text) || rp_token_is_word(&parser->token, text);
    return *is_taken ? rp_token_next(parser) : RP_OK;
}

RpStatus
rp_token_expect(RpParser *parser, const char *text)
{
    bool is_taken;

    RP_TRY(rp_token_take(parser, text, &is_taken));
    return is_taken ? RP_OK : rp_parser_expected(parser, text);
}
