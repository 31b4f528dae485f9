/* One term from its N-Triples form (RDF 1.1 N-Triples, section 7), or Turtle's bare number or
 * boolean. */
#include "rdf/term.h"

#include "base/utf8.h"
#include "rdf/turtle_scan.h"

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
is_at_end(const TermParser *parser)
{
    return parser->offset == parser->text.length;
}

/* The next byte, or NUL at the end (the text holds no other NUL). */
static char
peek(const TermParser *parser)
{
    return rp_text_byte(parser->text, parser->offset);
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

/* An escape, the backslash being next. Of an IRI's only \u and \U. */
static RpStatus
read_escape(TermParser *parser, bool is_iri, RpBuffer *buffer)
{
    const char *problem;
    uint32_t length =
        rp_turtle_escape_append(parser->text, parser->offset, is_iri, buffer, &problem);

    parser->offset += length;
    return length > 0 ? RP_OK : fail_at(parser, parser->offset, problem);
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

/* The datatype of a bare number by Turtle's grammar; empty when the word is none. */
static RpText
number_datatype(RpText word)
{
    bool has_point = false;

    if (word.length == 0 || rp_turtle_number_end(word, 0) != word.length) {
        return RP_TEXT("");
    }
    for (uint32_t i = 0; i < word.length; i++) {
        if (word.data[i] == 'e' || word.data[i] == 'E') {
            return RP_TEXT(RP_XSD "double");
        }
        has_point = has_point || word.data[i] == '.';
    }
    return has_point ? RP_TEXT(RP_XSD "decimal") : RP_TEXT(RP_XSD "integer");
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
        return fail_at(&parser, (uint32_t)(nul - text.data), "the character U+0000 is not allowed");
    }
    if (valid_length < text.length) {
        return fail_at(&parser, valid_length, "the text is not valid UTF-8");
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
