/*
 * Property paths (SPARQL 1.1, 9). The precedence, from the loosest: | / ^ and the signs behind an
 * element.
 */
#include "sparql/syntax.h"

static RpStatus parse_alternative(RpParser *parser, RpSyntaxNode **path);

/* It stands for a whole path, of which a longer one would be another (SHACL, 5.3.2). */
static RpStatus
refuse_path_in_path(RpParser *parser, uint32_t start)
{
    return rp_parser_refuse(parser, RP_ILL_FORMED, start,
                            "$PATH stands only where a predicate does, and not in a longer path");
}

/* An IRI or a, perhaps inverted, within a negated set. */
static RpStatus
parse_predicate(RpParser *parser, RpSyntaxNode **path)
{
    RpTermId id = RP_VOCABULARY_rdf_type;

    if (parser->token.kind == RP_TOKEN_WORD && rp_text_equals(parser->token.text, RP_TEXT("a"))) {
        RP_TRY(rp_token_next(parser));
    } else if (parser->token.kind == RP_TOKEN_IRI || parser->token.kind == RP_TOKEN_NAME) {
        RP_TRY(rp_parse_iri(parser, &id));
    } else if (rp_parser_is_path_variable(parser)) {
        return refuse_path_in_path(parser, parser->token.start);
    } else {
        return rp_parser_expected(parser, "a predicate or a path");
    }
    return rp_syntax_make(parser, RP_ALGEBRA_CONSTANT, id, path);
}

static RpStatus
parse_negated_member(RpParser *parser, RpSyntaxNode *set)
{
    RpSyntaxNode *member;
    bool is_inverse;

    RP_TRY(rp_token_take(parser, "^", &is_inverse));
    RP_TRY(parse_predicate(parser, &member));
    if (is_inverse) {
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_INVERSE, member, &member));
    }
    rp_syntax_append(set, member);
    return RP_OK;
}

static RpStatus
parse_negated(RpParser *parser, RpSyntaxNode **path)
{
    bool is_taken;

    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_NEGATED, 0, path));
    RP_TRY(rp_token_take(parser, "(", &is_taken));
    if (!is_taken) {
        return parse_negated_member(parser, *path);
    }
    RP_TRY(rp_token_take(parser, ")", &is_taken));
    if (is_taken) {
        return RP_OK;
    }
    do {
        RP_TRY(parse_negated_member(parser, *path));
        RP_TRY(rp_token_take(parser, "|", &is_taken));
    } while (is_taken);
    return rp_token_expect(parser, ")");
}

static RpStatus
parse_primary(RpParser *parser, RpSyntaxNode **path)
{
    bool is_taken;

    RP_TRY(rp_token_take(parser, "!", &is_taken));
    if (is_taken) {
        return parse_negated(parser, path);
    }
    RP_TRY(rp_token_take(parser, "(", &is_taken));
    if (!is_taken) {
        return parse_predicate(parser, path);
    }
    RP_TRY(parse_alternative(parser, path));
    return rp_token_expect(parser, ")");
}

/* The sign of a repetition that stands next; RP_ALGEBRA_CONSTANT: none. A + before a number is this
 * number's (19.8, INTEGER_POSITIVE). */
static RpStatus
find_repetition(RpParser *parser, RpAlgebraKind *kind)
{
    const RpToken *after;

    *kind = rp_token_is_symbol(&parser->token, "*")   ? RP_ALGEBRA_ZERO_OR_MORE
            : rp_token_is_symbol(&parser->token, "+") ? RP_ALGEBRA_ONE_OR_MORE
            : rp_token_is_symbol(&parser->token, "?") ? RP_ALGEBRA_ZERO_OR_ONE
                                                      : RP_ALGEBRA_CONSTANT;
    if (*kind == RP_ALGEBRA_ONE_OR_MORE) {
        RP_TRY(rp_token_peek(parser, &after));
        if (rp_token_is_number(after) && after->start == parser->token.end) {
            *kind = RP_ALGEBRA_CONSTANT;
        }
    }
    return RP_OK;
}

static RpStatus
parse_element(RpParser *parser, RpSyntaxNode **path)
{
    RpAlgebraKind repetition;
    bool is_inverse;

    RP_TRY(rp_token_take(parser, "^", &is_inverse));
    RP_TRY(parse_primary(parser, path));
    RP_TRY(find_repetition(parser, &repetition));
    if (repetition != RP_ALGEBRA_CONSTANT) {
        RP_TRY(rp_syntax_wrap(parser, repetition, *path, path));
        RP_TRY(rp_token_next(parser));
    }
    return is_inverse ? rp_syntax_wrap(parser, RP_ALGEBRA_INVERSE, *path, path) : RP_OK;
}

/* Elements with a sign between them, which become parts of one node where there are several. */
static RpStatus
parse_parts(RpParser *parser, const char *sign, RpAlgebraKind kind,
            RpStatus (*parse_part)(RpParser *, RpSyntaxNode **), RpSyntaxNode **path)
{
    RpSyntaxNode *part;
    bool is_taken;

    RP_TRY(parse_part(parser, path));
    RP_TRY(rp_token_take(parser, sign, &is_taken));
    if (is_taken) {
        RP_TRY(rp_syntax_wrap(parser, kind, *path, path));
    }
    while (is_taken) {
        RP_TRY(parse_part(parser, &part));
        rp_syntax_append(*path, part);
        RP_TRY(rp_token_take(parser, sign, &is_taken));
    }
    return RP_OK;
}

static RpStatus
parse_sequence(RpParser *parser, RpSyntaxNode **path)
{
    return parse_parts(parser, "/", RP_ALGEBRA_SEQUENCE, parse_element, path);
}

static RpStatus
parse_alternative(RpParser *parser, RpSyntaxNode **path)
{
    RP_TRY(rp_parser_enter(parser));
    RP_TRY(parse_parts(parser, "|", RP_ALGEBRA_ALTERNATIVE, parse_sequence, path));
    rp_parser_leave(parser);
    return RP_OK;
}

bool
rp_parser_is_path_variable(const RpParser *parser)
{
    return parser->options->prebound_count > 0 && parser->token.kind == RP_TOKEN_VARIABLE &&
           rp_text_equals(parser->token.text, RP_TEXT("PATH"));
}

/* A path of the shape as one of the query. Recursion is bounded by who read the path. */
static RpStatus
copy_path(RpParser *parser, const RpCompilePath *path, RpSyntaxNode **copy)
{
    RP_TRY(rp_syntax_make(parser, path->kind, path->predicate, copy));
    for (uint32_t i = 0; i < path->part_count; i++) {
        RpSyntaxNode *part;

        RP_TRY(copy_path(parser, &path->parts[i], &part));
        rp_syntax_append(*copy, part);
    }
    return RP_OK;
}

static RpStatus
parse_path_variable(RpParser *parser, RpSyntaxNode **path)
{
    uint32_t start = parser->token.start;
    RpAlgebraKind repetition;

    if (!parser->options->path) {
        return rp_parser_refuse(parser, RP_ILL_FORMED, parser->token.start,
                                "$PATH has no meaning here: the shape has no path");
    }
    RP_TRY(copy_path(parser, parser->options->path, path));
    RP_TRY(rp_token_next(parser));
    RP_TRY(find_repetition(parser, &repetition));
    return repetition != RP_ALGEBRA_CONSTANT || rp_token_is_symbol(&parser->token, "/") ||
                   rp_token_is_symbol(&parser->token, "|")
               ? refuse_path_in_path(parser, start)
               : RP_OK;
}

RpStatus
rp_parse_verb(RpParser *parser, RpSyntaxNode **verb)
{
    uint32_t variable;

    if (rp_parser_is_path_variable(parser)) {
        return parse_path_variable(parser, verb);
    }
    if (parser->token.kind == RP_TOKEN_VARIABLE) {
        RP_TRY(rp_parse_variable(parser, &variable));
        return rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, variable, verb);
    }
    return parse_alternative(parser, verb);
}
