/* Terms in a query: IRIs, literals, variables (SPARQL 1.1, 4.1; grammar rules 107 to 138). */
#include "sparql/syntax.h"

#include "base/buffer.h"

static bool
is_sign(const RpToken *token)
{
    return rp_token_is_symbol(token, "+") || rp_token_is_symbol(token, "-");
}

bool
rp_token_is_number(const RpToken *token)
{
    return token->kind == RP_TOKEN_INTEGER || token->kind == RP_TOKEN_DECIMAL ||
           token->kind == RP_TOKEN_DOUBLE;
}

bool
rp_parser_is_constant(const RpParser *parser)
{
    const RpToken *token = &parser->token;

    return token->kind == RP_TOKEN_IRI || token->kind == RP_TOKEN_NAME ||
           token->kind == RP_TOKEN_STRING || rp_token_is_number(token) || is_sign(token) ||
           rp_token_is_word(token, "true") || rp_token_is_word(token, "false");
}

/* The IRI of prefix:local, the local name's backslashes taken away. */
static RpStatus
expand_name(RpParser *parser, RpBuffer *buffer)
{
    const RpToken *token = &parser->token;
    RpText prefix = {token->text.data, token->prefix_length};
    RpText namespace_iri;
    RpShown shown;

    if (!rp_prefix_table_get(&parser->prefixes, prefix, &namespace_iri) &&
        (!parser->options->prefixes ||
         !rp_prefix_table_get(parser->options->prefixes, prefix, &namespace_iri))) {
        return rp_parser_refuse(parser, RP_SYNTAX, token->start, "the prefix %s: is not declared",
                                rp_text_show(prefix, &shown));
    }
    rp_buffer_append_text(buffer, namespace_iri);
    for (uint32_t i = token->prefix_length + 1; i < token->text.length; i++) {
        if (token->text.data[i] != '\\') {
            rp_buffer_append_byte(buffer, token->text.data[i]);
        }
    }
    return RP_OK;
}

/* Where it is relative, by the base IRI. */
static RpStatus
resolve(RpParser *parser, const RpToken *token, RpText *iri)
{
    RpShown shown;
    RpBuffer buffer;

    if (rp_iri_is_absolute(*iri)) {
        return RP_OK;
    }
    if (parser->base.length == 0) {
        return rp_parser_refuse(parser, RP_SYNTAX, token->start,
                                "no base IRI is known for the relative IRI <%s>",
                                rp_text_show(*iri, &shown));
    }
    rp_buffer_init(&buffer, parser->arena);
    rp_iri_resolve_append(&buffer, *iri, parser->base);
    RP_TRY(rp_buffer_status(&buffer, parser->error));
    *iri = rp_buffer_text(&buffer);
    return RP_OK;
}

RpStatus
rp_parse_iri_text(RpParser *parser, RpText *iri)
{
    RpToken token = parser->token;
    RpBuffer buffer;

    rp_buffer_init(&buffer, parser->arena);
    if (token.kind == RP_TOKEN_NAME) {
        RP_TRY(expand_name(parser, &buffer));
    } else if (token.kind == RP_TOKEN_IRI) {
        rp_buffer_append_text(&buffer, token.text);
    } else {
        return rp_parser_expected(parser, "an IRI");
    }
    RP_TRY(rp_buffer_status(&buffer, parser->error));
    *iri = rp_buffer_text(&buffer);
    RP_TRY(resolve(parser, &token, iri));
    if (rp_iri_check(*iri, parser->error) != RP_OK) {
        char message[RP_ERROR_MESSAGE_SIZE];

        memcpy(message, parser->error->message, sizeof(message));
        return rp_parser_refuse(parser, RP_SYNTAX, token.start, "%s", message);
    }
    return rp_token_next(parser);
}

RpStatus
rp_parse_iri(RpParser *parser, RpTermId *id)
{
    RpText iri;
    RpTerm term;

    RP_TRY(rp_parse_iri_text(parser, &iri));
    term = rp_term_iri(iri);
    return rp_dictionary_add(parser->dictionary, &term, id, parser->error);
}

RpStatus
rp_parse_variable(RpParser *parser, uint32_t *variable)
{
    if (parser->token.kind != RP_TOKEN_VARIABLE) {
        return rp_parser_expected(parser, "a variable");
    }
    if (rp_parser_is_path_variable(parser)) {
        return rp_parser_refuse(parser, RP_ILL_FORMED, parser->token.start,
                                "$PATH stands only where a predicate does");
    }
    RP_TRY(rp_parser_variable(parser, parser->token.text, variable));
    return rp_token_next(parser);
}

/* A string, with its language or datatype. */
static RpStatus
parse_string(RpParser *parser, RpTerm *term)
{
    RpText lexical = parser->token.text;
    RpText datatype;
    bool has_datatype;

    RP_TRY(rp_token_next(parser));
    if (parser->token.kind == RP_TOKEN_LANGUAGE) {
        *term = rp_term_lang_literal(lexical, parser->token.text);
        if (rp_term_check(term, parser->error) != RP_OK) {
            return rp_parser_expected(parser, "a language tag");
        }
        return rp_token_next(parser);
    }
    RP_TRY(rp_token_take(parser, "^^", &has_datatype));
    datatype = RP_TEXT("");
    if (has_datatype) {
        RP_TRY(rp_parse_iri_text(parser, &datatype));
    }
    *term = rp_term_literal(lexical, datatype);
    return RP_OK;
}

static RpStatus
parse_number(RpParser *parser, RpTerm *term)
{
    RpToken first = parser->token;
    RpText lexical = first.text;
    RpText datatype;

    if (is_sign(&first)) {
        RP_TRY(rp_token_next(parser));
        if (!rp_token_is_number(&parser->token) || parser->token.start != first.end) {
            return rp_parser_expected(parser, "a number");
        }
        lexical.length += parser->token.text.length;
    }
    datatype = parser->token.kind == RP_TOKEN_INTEGER   ? RP_TEXT(RP_XSD "integer")
               : parser->token.kind == RP_TOKEN_DECIMAL ? RP_TEXT(RP_XSD "decimal")
                                                        : RP_TEXT(RP_XSD "double");
    *term = rp_term_literal(lexical, datatype);
    return rp_token_next(parser);
}

RpStatus
rp_parse_constant(RpParser *parser, RpSyntaxNode **node)
{
    RpToken token = parser->token;
    RpTermId id;
    RpTerm term;

    if (token.kind == RP_TOKEN_IRI || token.kind == RP_TOKEN_NAME) {
        RP_TRY(rp_parse_iri(parser, &id));
        return rp_syntax_make(parser, RP_ALGEBRA_CONSTANT, id, node);
    }
    if (token.kind == RP_TOKEN_STRING) {
        RP_TRY(parse_string(parser, &term));
    } else if (token.kind == RP_TOKEN_WORD) {
        term =
            rp_term_literal(rp_token_is_word(&token, "true") ? RP_TEXT("true") : RP_TEXT("false"),
                            RP_TEXT(RP_XSD "boolean"));
        RP_TRY(rp_token_next(parser));
    } else {
        RP_TRY(parse_number(parser, &term));
    }
    RP_TRY(rp_dictionary_add(parser->dictionary, &term, &id, parser->error));
    return rp_syntax_make(parser, RP_ALGEBRA_CONSTANT, id, node);
}

RpStatus
rp_parse_unsigned(RpParser *parser, const char *what, uint32_t *number)
{
    uint64_t value = 0;

    if (parser->token.kind != RP_TOKEN_INTEGER) {
        return rp_parser_expected(parser, what);
    }
    for (uint32_t i = 0; i < parser->token.text.length && value < UINT32_MAX; i++) {
        value = value * 10 + (uint64_t)(parser->token.text.data[i] - '0');
    }
    *number = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX - 1; /* more than can be counted */
    return rp_token_next(parser);
}
