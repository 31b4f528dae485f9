/* The algebra as a tree of pointers, while a query is parsed; and its variables. */
#include "sparql/syntax.h"

RpStatus
rp_syntax_make(RpParser *parser, RpAlgebraKind kind, uint32_t value, RpSyntaxNode **node)
{
    if (parser->node_count >= RP_ALGEBRA_NODE_LIMIT) {
        return rp_parser_refuse(parser, RP_TOO_LARGE, parser->token.start,
                                "a query has more than %d parts", RP_ALGEBRA_NODE_LIMIT);
    }
    parser->node_count++;
    *node = rp_arena_allocate_zero(parser->arena, sizeof(RpSyntaxNode));
    if (!*node) {
        return rp_arena_failure(parser->arena, parser->error);
    }
    (*node)->kind = kind;
    (*node)->value = value;
    return RP_OK;
}

void
rp_syntax_append(RpSyntaxNode *parent, RpSyntaxNode *child)
{
    if (parent->last) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
    child->next = NULL;
    parent->child_count++;
    if (parent->height <= child->height) {
        parent->height = child->height + 1;
    }
}

/* Whoever puts nodes on top of others asks: the functions that go down the tree recurse. */
static RpStatus
check_height(RpParser *parser, const RpSyntaxNode *child)
{
    return child->height < RP_ALGEBRA_DEPTH_LIMIT
               ? RP_OK
               : rp_parser_refuse(parser, RP_TOO_DEEP, parser->token.start,
                                  "a query is nested deeper than %d levels",
                                  RP_ALGEBRA_DEPTH_LIMIT);
}

RpStatus
rp_syntax_prepend(RpParser *parser, RpSyntaxNode *parent, RpSyntaxNode *child)
{
    RP_TRY(check_height(parser, child));
    child->next = parent->first;
    parent->first = child;
    parent->last = parent->last ? parent->last : child;
    parent->child_count++;
    parent->height = parent->height > child->height ? parent->height : child->height + 1;
    return RP_OK;
}

RpStatus
rp_syntax_wrap(RpParser *parser, RpAlgebraKind kind, RpSyntaxNode *child, RpSyntaxNode **node)
{
    RpSyntaxNode *made;

    RP_TRY(check_height(parser, child));
    RP_TRY(rp_syntax_make(parser, kind, 0, &made));
    rp_syntax_append(made, child);
    *node = made;
    return RP_OK;
}

RpStatus
rp_syntax_copy(RpParser *parser, const RpSyntaxNode *node, RpSyntaxNode **copy)
{
    RP_TRY(rp_syntax_make(parser, node->kind, node->value, copy));
    (*copy)->detail = node->detail;
    for (const RpSyntaxNode *child = node->first; child; child = child->next) {
        RpSyntaxNode *child_copy;

        RP_TRY(rp_syntax_copy(parser, child, &child_copy));
        rp_syntax_append(*copy, child_copy);
    }
    return RP_OK;
}

RpStatus
rp_parser_variable(RpParser *parser, RpText name, uint32_t *variable)
{
    RpText *names;

    for (uint32_t i = 0; name.length > 0 && i < parser->variable_count; i++) {
        if (rp_text_equals(parser->names[i], name)) {
            *variable = i;
            return RP_OK;
        }
    }
    if (parser->variable_count >= RP_ALGEBRA_VARIABLE_LIMIT) {
        return rp_parser_refuse(parser, RP_TOO_LARGE, parser->token.start,
                                "a query has more than %d variables", RP_ALGEBRA_VARIABLE_LIMIT);
    }
    names = rp_arena_grow(parser->arena, parser->names, parser->variable_count,
                          parser->variable_count + 1, &parser->variable_capacity, sizeof(RpText));
    if (!names) {
        return rp_arena_failure(parser->arena, parser->error);
    }
    parser->names = names;
    names[parser->variable_count] = name;
    *variable = parser->variable_count++;
    return RP_OK;
}

RpStatus
rp_parser_enter(RpParser *parser)
{
    const RpHost *host = parser->arena->host;

    if (parser->depth >= parser->options->depth_limit || host->stack_is_deep(host->state)) {
        return rp_parser_refuse(parser, RP_TOO_DEEP, parser->token.start,
                                "a query is nested deeper than %u levels", parser->depth);
    }
    parser->depth++;
    return RP_OK;
}
