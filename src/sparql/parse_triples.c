/*
 * Blocks of triples (SPARQL 1.1, 4.2), and what paths become (18.2.2.4): a sequence is triples with
 * hidden variables between them, an alternative is a path of links, or a union where a part of it
 * is more than a link. So solutions are counted as they must be; repetitions stay paths.
 */
#include "sparql/syntax.h"

/* Where triples go. */
typedef struct Block {
    RpParser *parser;
    RpSyntaxNode *bgp;
    RpSyntaxNode *group; /* a join */
} Block;

static RpStatus parse_node(Block *block, RpSyntaxNode **node);
static RpStatus add_path(Block *block, RpSyntaxNode *subject, RpSyntaxNode *path,
                         RpSyntaxNode *object);

static RpStatus
make_hidden(RpParser *parser, RpSyntaxNode **node)
{
    uint32_t variable;

    RP_TRY(rp_parser_variable(parser, RP_TEXT(""), &variable));
    return rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, variable, node);
}

static RpStatus
add_triple(Block *block, RpAlgebraKind kind, RpSyntaxNode *subject, RpSyntaxNode *verb,
           RpSyntaxNode *object)
{
    RpSyntaxNode *triple;
    RpSyntaxNode *term;

    RP_TRY(rp_syntax_make(block->parser, kind, 0, &triple));
    RP_TRY(rp_syntax_copy(block->parser, subject, &term));
    rp_syntax_append(triple, term);
    rp_syntax_append(triple, verb);
    RP_TRY(rp_syntax_copy(block->parser, object, &term));
    rp_syntax_append(triple, term);
    rp_syntax_append(block->bgp, triple);
    return RP_OK;
}

static RpStatus
add_sequence(Block *block, RpSyntaxNode *subject, RpSyntaxNode *path, RpSyntaxNode *object)
{
    RpSyntaxNode *from = subject;

    for (RpSyntaxNode *part = path->first; part;) {
        RpSyntaxNode *next = part->next;
        RpSyntaxNode *to = object;

        if (next) {
            RP_TRY(make_hidden(block->parser, &to));
        }
        RP_TRY(add_path(block, from, part, to));
        from = to;
        part = next;
    }
    return RP_OK;
}

/* Whether a path's solutions between two nodes can be told without nodes between: a link, several
 * times or not. */
static bool
is_link(const RpSyntaxNode *path)
{
    if (path->kind == RP_ALGEBRA_INVERSE) {
        return is_link(path->first);
    }
    return path->kind != RP_ALGEBRA_SEQUENCE && path->kind != RP_ALGEBRA_ALTERNATIVE;
}

static RpStatus
add_alternative(Block *block, RpSyntaxNode *subject, RpSyntaxNode *path, RpSyntaxNode *object)
{
    RpParser *parser = block->parser;
    RpSyntaxNode *alternatives;
    bool are_links = true;

    for (const RpSyntaxNode *part = path->first; part; part = part->next) {
        are_links = are_links && is_link(part);
    }
    if (are_links) {
        return add_triple(block, RP_ALGEBRA_PATH, subject, path, object);
    }
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_UNION, 0, &alternatives));
    for (RpSyntaxNode *part = path->first; part;) {
        RpSyntaxNode *next = part->next;
        Block branch = {.parser = parser};

        RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_JOIN, 0, &branch.group));
        RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_BGP, 0, &branch.bgp));
        rp_syntax_append(branch.group, branch.bgp);
        RP_TRY(add_path(&branch, subject, part, object));
        RP_TRY(rp_pattern_note_reads(parser, branch.bgp));
        rp_syntax_append(alternatives, branch.group->child_count == 1 ? branch.bgp : branch.group);
        part = next;
    }
    rp_syntax_append(block->group, alternatives);
    return RP_OK;
}

static RpStatus
add_path(Block *block, RpSyntaxNode *subject, RpSyntaxNode *path, RpSyntaxNode *object)
{
    switch (path->kind) {
    case RP_ALGEBRA_CONSTANT:
    case RP_ALGEBRA_VARIABLE:
        return add_triple(block, RP_ALGEBRA_TRIPLE, subject, path, object);
    case RP_ALGEBRA_INVERSE:
        return add_path(block, object, path->first, subject);
    case RP_ALGEBRA_SEQUENCE:
        return add_sequence(block, subject, path, object);
    case RP_ALGEBRA_ALTERNATIVE:
        return add_alternative(block, subject, path, object);
    default:
        return add_triple(block, RP_ALGEBRA_PATH, subject, path, object);
    }
}

/* A blank node's label: the same variable within its basic graph pattern, and in no other one. */
static RpStatus
parse_label(RpParser *parser, RpSyntaxNode **node)
{
    RpToken token = parser->token;
    RpBlankLabel *labels;

    RP_TRY(rp_token_next(parser));
    for (uint32_t i = 0; i < parser->label_count; i++) {
        if (rp_text_equals(parser->labels[i].label, token.text)) {
            if (parser->labels[i].pattern != parser->pattern) {
                return rp_parser_refuse(parser, RP_SYNTAX, token.start,
                                        "the blank node stands in two basic graph patterns");
            }
            return rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, parser->labels[i].variable, node);
        }
    }
    labels = rp_arena_grow(parser->arena, parser->labels, parser->label_count,
                           parser->label_count + 1, &parser->label_capacity, sizeof(RpBlankLabel));
    if (!labels) {
        return rp_arena_failure(parser->arena, parser->error);
    }
    parser->labels = labels;
    RP_TRY(make_hidden(parser, node));
    labels[parser->label_count++] = (RpBlankLabel){token.text, (*node)->value, parser->pattern};
    return RP_OK;
}

/* Objects of one verb, which is copied into each triple. */
static RpStatus
parse_objects(Block *block, RpSyntaxNode *subject, const RpSyntaxNode *verb)
{
    bool is_taken;

    do {
        RpSyntaxNode *object;
        RpSyntaxNode *own_verb;

        RP_TRY(parse_node(block, &object));
        RP_TRY(rp_syntax_copy(block->parser, verb, &own_verb));
        RP_TRY(add_path(block, subject, own_verb, object));
        RP_TRY(rp_token_take(block->parser, ",", &is_taken));
    } while (is_taken);
    return RP_OK;
}

static bool
begins_verb(const RpParser *parser)
{
    const RpToken *token = &parser->token;

    return token->kind == RP_TOKEN_VARIABLE || token->kind == RP_TOKEN_IRI ||
           token->kind == RP_TOKEN_NAME || rp_token_is_symbol(token, "^") ||
           rp_token_is_symbol(token, "!") || rp_token_is_symbol(token, "(") ||
           (token->kind == RP_TOKEN_WORD && rp_text_equals(token->text, RP_TEXT("a")));
}

static RpStatus
parse_property_list(Block *block, RpSyntaxNode *subject)
{
    RpParser *parser = block->parser;
    bool is_taken;

    if (!begins_verb(parser)) {
        return rp_parser_expected(parser, "a predicate or a path");
    }
    do {
        RpSyntaxNode *verb;

        RP_TRY(rp_parse_verb(parser, &verb));
        RP_TRY(parse_objects(block, subject, verb));
        do {
            RP_TRY(rp_token_take(parser, ";", &is_taken));
        } while (is_taken && rp_token_is_symbol(&parser->token, ";"));
    } while (is_taken && begins_verb(parser));
    return RP_OK;
}

/* Behind [: a node with properties, or without. */
static RpStatus
parse_blank(Block *block, RpSyntaxNode **node)
{
    bool is_taken;

    RP_TRY(make_hidden(block->parser, node));
    RP_TRY(rp_token_take(block->parser, "]", &is_taken));
    if (is_taken) {
        return RP_OK;
    }
    RP_TRY(parse_property_list(block, *node));
    return rp_token_expect(block->parser, "]");
}

static RpStatus
add_predicate(Block *block, RpSyntaxNode *subject, RpVocabulary predicate, RpSyntaxNode *object)
{
    RpSyntaxNode *verb;

    RP_TRY(rp_syntax_make(block->parser, RP_ALGEBRA_CONSTANT, (uint32_t)predicate, &verb));
    return add_triple(block, RP_ALGEBRA_TRIPLE, subject, verb, object);
}

/* Behind (: a list. */
static RpStatus
parse_list(Block *block, RpSyntaxNode **node)
{
    RpParser *parser = block->parser;
    RpSyntaxNode *cell = NULL;
    RpSyntaxNode *nil;
    bool is_taken;

    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_CONSTANT, RP_VOCABULARY_rdf_nil, &nil));
    *node = nil;
    for (;;) {
        RpSyntaxNode *member;
        RpSyntaxNode *next;

        RP_TRY(rp_token_take(parser, ")", &is_taken));
        if (is_taken) {
            break;
        }
        RP_TRY(parse_node(block, &member));
        RP_TRY(make_hidden(parser, &next));
        if (cell) {
            RP_TRY(add_predicate(block, cell, RP_VOCABULARY_rdf_rest, next));
        } else {
            *node = next;
        }
        cell = next;
        RP_TRY(add_predicate(block, cell, RP_VOCABULARY_rdf_first, member));
    }
    return cell ? add_predicate(block, cell, RP_VOCABULARY_rdf_rest, nil) : RP_OK;
}

/* A subject or object: a term, a node in brackets, a list. */
static RpStatus
parse_node(Block *block, RpSyntaxNode **node)
{
    RpParser *parser = block->parser;
    uint32_t variable;
    bool is_taken;

    if (parser->token.kind == RP_TOKEN_VARIABLE) {
        RP_TRY(rp_parse_variable(parser, &variable));
        return rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, variable, node);
    }
    if (parser->token.kind == RP_TOKEN_BLANK) {
        return parse_label(parser, node);
    }
    if (rp_parser_is_constant(parser)) {
        return rp_parse_constant(parser, node);
    }
    RP_TRY(rp_parser_enter(parser));
    RP_TRY(rp_token_take(parser, "[", &is_taken));
    if (is_taken) {
        RP_TRY(parse_blank(block, node));
    } else if (rp_token_is_symbol(&parser->token, "(")) {
        RP_TRY(rp_token_next(parser));
        RP_TRY(parse_list(block, node));
    } else {
        return rp_parser_expected(parser, "a term or a variable");
    }
    rp_parser_leave(parser);
    return RP_OK;
}

RpStatus
rp_parse_triples(RpParser *parser, RpSyntaxNode *bgp, RpSyntaxNode *group)
{
    Block block = {parser, bgp, group};
    uint32_t triple_count = bgp->child_count + group->child_count;
    RpSyntaxNode *subject;

    RP_TRY(parse_node(&block, &subject));
    /* What stands in brackets has said something already, and may stand alone. */
    if (bgp->child_count + group->child_count > triple_count && !begins_verb(parser)) {
        return RP_OK;
    }
    return parse_property_list(&block, subject);
}
