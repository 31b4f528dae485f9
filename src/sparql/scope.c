/* Which variables a pattern shows to what stands around it (SPARQL 1.1, 18.2.1). */
#include "sparql/syntax.h"

RpStatus
rp_scope_make(RpParser *parser, bool **is_marked)
{
    *is_marked = rp_arena_allocate_zero(parser->arena, (size_t)parser->variable_count + 1);
    return *is_marked ? RP_OK : rp_arena_failure(parser->arena, parser->error);
}

/* The variables of nodes that are terms, on any level. */
static void
mark_terms(const RpSyntaxNode *node, bool *is_visible)
{
    if (node->kind == RP_ALGEBRA_VARIABLE) {
        is_visible[node->value] = true;
    }
    for (const RpSyntaxNode *child = node->first; child; child = child->next) {
        mark_terms(child, is_visible);
    }
}

void
rp_scope_visible(const RpSyntaxNode *pattern, bool *is_visible)
{
    const RpSyntaxNode *child = pattern->first;

    switch (pattern->kind) {
    case RP_ALGEBRA_BGP:
    case RP_ALGEBRA_VALUES:
        mark_terms(pattern, is_visible);
        return;
    case RP_ALGEBRA_PROJECT:
        for (child = child->next; child; child = child->next) {
            is_visible[child->value] = true;
        }
        return;
    case RP_ALGEBRA_GROUP:
        for (child = child->next; child; child = child->next) {
            is_visible[child->value] = true;
        }
        return;
    case RP_ALGEBRA_LEFT_JOIN:
        rp_scope_visible(child, is_visible);
        rp_scope_visible(child->next, is_visible);
        return;
    case RP_ALGEBRA_JOIN:
    case RP_ALGEBRA_UNION:
        for (; child; child = child->next) {
            rp_scope_visible(child, is_visible);
        }
        return;
    case RP_ALGEBRA_EXTEND:
        is_visible[pattern->value] = true;
        rp_scope_visible(child, is_visible);
        return;
    default:
        rp_scope_visible(child, is_visible);
        return;
    }
}

RpStatus
rp_scope_has(RpParser *parser, const RpSyntaxNode *pattern, uint32_t variable, bool *has)
{
    bool *is_visible;

    RP_TRY(rp_scope_make(parser, &is_visible));
    rp_scope_visible(pattern, is_visible);
    *has = is_visible[variable];
    return RP_OK;
}

bool
rp_scope_is_prebound(const RpParser *parser, uint32_t variable)
{
    for (uint32_t i = 0; i < parser->options->prebound_count; i++) {
        if (rp_text_equals(parser->options->prebound[i].name, parser->names[variable])) {
            return true;
        }
    }
    return false;
}

RpStatus
rp_scope_check_new(RpParser *parser, uint32_t variable, uint32_t start)
{
    RpShown shown;

    if (!rp_scope_is_prebound(parser, variable)) {
        return RP_OK;
    }
    return rp_parser_refuse(parser, RP_ILL_FORMED, start,
                            "the query gives a value to $%s, which may be bound before",
                            rp_text_show(parser->names[variable], &shown));
}

/* What a node's value is where it is a variable. */
static bool
has_variable(const RpSyntaxNode *node)
{
    return node->kind == RP_ALGEBRA_VARIABLE || node->kind == RP_ALGEBRA_EXTEND ||
           node->kind == RP_ALGEBRA_BINDING || node->kind == RP_ALGEBRA_AGGREGATE;
}

static void
rename_variables(RpSyntaxNode *node, const uint32_t *renamed)
{
    if (has_variable(node)) {
        node->value = renamed[node->value];
    }
    for (RpSyntaxNode *child = node->first; child; child = child->next) {
        rename_variables(child, renamed);
    }
}

static void
mark_all(const RpSyntaxNode *node, bool *is_used)
{
    if (has_variable(node)) {
        is_used[node->value] = true;
    }
    for (const RpSyntaxNode *child = node->first; child; child = child->next) {
        mark_all(child, is_used);
    }
}

RpStatus
rp_scope_hide(RpParser *parser, RpSyntaxNode *query, const bool *is_projected)
{
    uint32_t count = parser->variable_count;
    uint32_t *renamed = rp_arena_allocate(parser->arena, sizeof(uint32_t) * ((size_t)count + 1));
    bool *is_used;

    if (!renamed) {
        return rp_arena_failure(parser->arena, parser->error);
    }
    RP_TRY(rp_scope_make(parser, &is_used));
    mark_all(query, is_used);
    for (uint32_t i = 0; i < count; i++) {
        renamed[i] = i;
        if (is_used[i] && parser->names[i].length > 0 && !is_projected[i] &&
            !rp_scope_is_prebound(parser, i)) {
            RP_TRY(rp_parser_variable(parser, RP_TEXT(""), &renamed[i]));
        }
    }
    rename_variables(query, renamed);
    return RP_OK;
}

const RpSyntaxNode *
rp_scope_other_variable(const RpSyntaxNode *expression, const bool *is_marked)
{
    const RpSyntaxNode *found = NULL;

    if (expression->kind == RP_ALGEBRA_EXISTS) {
        return NULL;
    }
    if (expression->kind == RP_ALGEBRA_VARIABLE && !is_marked[expression->value]) {
        return expression;
    }
    for (const RpSyntaxNode *child = expression->first; child && !found; child = child->next) {
        found = rp_scope_other_variable(child, is_marked);
    }
    return found;
}

bool
rp_scope_names_selected(const RpSyntaxNode *expression, const RpSyntaxNode *items)
{
    bool has_name = false;

    for (const RpSyntaxNode *item = items->first; item && !has_name; item = item->next) {
        has_name = expression->kind == RP_ALGEBRA_VARIABLE && item->first &&
                   item->value == expression->value;
    }
    for (const RpSyntaxNode *child = expression->first; child && !has_name; child = child->next) {
        has_name = rp_scope_names_selected(child, items);
    }
    return has_name;
}
