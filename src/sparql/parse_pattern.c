/* Group graph patterns (SPARQL 1.1, 5 to 8 and 10; their translation: 18.2.2). */
#include "sparql/construct.h"
#include "sparql/syntax.h"

/* A group while it is read. */
typedef struct Group {
    RpSyntaxNode *pattern; /* so far; NULL: nothing */
    RpSyntaxNode *block;   /* the triples that are being read, as parts of a join; NULL: none */
    RpSyntaxNode *filter;  /* conditions, behind the place of the pattern; NULL: none */
} Group;

static RpStatus
make_empty(RpParser *parser, RpSyntaxNode **pattern)
{
    return rp_syntax_make(parser, RP_ALGEBRA_BGP, 0, pattern);
}

static RpStatus
join(RpParser *parser, Group *group, RpSyntaxNode *pattern)
{
    if (pattern->kind == RP_ALGEBRA_FILTER) {
        pattern->detail = 0; /* it is a group of its own: no condition of an OPTIONAL around it */
    }
    if (!group->pattern) {
        group->pattern = pattern;
        return RP_OK;
    }
    if (group->pattern->kind != RP_ALGEBRA_JOIN) {
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_JOIN, group->pattern, &group->pattern));
    }
    rp_syntax_append(group->pattern, pattern);
    return RP_OK;
}

/* The block of triples ends here. */
static RpStatus
close_block(RpParser *parser, Group *group)
{
    RpSyntaxNode *part = group->block ? group->block->first : NULL;

    group->block = NULL;
    parser->pattern = ++parser->pattern_count;
    while (part) {
        RpSyntaxNode *next = part->next;

        part->next = NULL;
        if (part->kind == RP_ALGEBRA_BGP) {
            RP_TRY(rp_pattern_note_reads(parser, part));
        }
        if (part->kind != RP_ALGEBRA_BGP || part->child_count > 0) {
            RP_TRY(join(parser, group, part));
        }
        part = next;
    }
    return RP_OK;
}

/* Whether each solution comes out of a basic graph pattern of the group: that binds what is
 * pre-bound, and in EXISTS what the row binds. */
static bool
has_basic_pattern(const RpSyntaxNode *pattern)
{
    const RpSyntaxNode *part = pattern->first;

    switch (pattern->kind) {
    case RP_ALGEBRA_BGP:
        return true;
    case RP_ALGEBRA_JOIN:
        while (part && !has_basic_pattern(part)) {
            part = part->next;
        }
        return part != NULL;
    case RP_ALGEBRA_UNION:
        while (part && has_basic_pattern(part)) {
            part = part->next;
        }
        return part == NULL;
    case RP_ALGEBRA_LEFT_JOIN:
    case RP_ALGEBRA_FILTER:
    case RP_ALGEBRA_EXTEND:
    case RP_ALGEBRA_GRAPH:
        return has_basic_pattern(part);
    default:
        return false;
    }
}

/*
 * The pattern so far as an operand. A group begins with the empty pattern (18.2.2.6), which may be
 * left out of a join (18.2.2.8). Before an expression it stays where nothing but VALUES and
 * sub-SELECTs follows: FILTER EXISTS { VALUES ?v { 1 } FILTER(?v = ?row) } is to see the row.
 */
static RpStatus
take_pattern(RpParser *parser, Group *group, RpSyntaxNode **pattern)
{
    RpSyntaxNode *empty;

    RP_TRY(close_block(parser, group));
    if (!group->pattern || !has_basic_pattern(group->pattern)) {
        RP_TRY(make_empty(parser, &empty));
        RP_TRY(join(parser, group, empty));
    }
    *pattern = group->pattern;
    group->pattern = NULL;
    return RP_OK;
}

static RpStatus
parse_optional(RpParser *parser, Group *group)
{
    RpSyntaxNode *left;
    RpSyntaxNode *right;
    RpSyntaxNode *conditions = NULL;

    RP_TRY(take_pattern(parser, group, &left));
    RP_TRY(rp_parse_group(parser, &right));
    if (right->kind == RP_ALGEBRA_FILTER && right->detail == 1) {
        conditions = right->first->next;
        right = right->first;
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_LEFT_JOIN, left, &group->pattern));
    rp_syntax_append(group->pattern, right);
    while (conditions) {
        RpSyntaxNode *next = conditions->next;

        rp_syntax_append(group->pattern, conditions);
        conditions = next;
    }
    return RP_OK;
}

static RpStatus
parse_union(RpParser *parser, Group *group)
{
    RpSyntaxNode *pattern;
    RpSyntaxNode *branch;
    bool is_taken;

    RP_TRY(close_block(parser, group));
    RP_TRY(rp_parse_group(parser, &pattern));
    RP_TRY(rp_token_take(parser, "UNION", &is_taken));
    if (is_taken) {
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_UNION, pattern, &pattern));
    }
    while (is_taken) {
        RP_TRY(rp_parse_group(parser, &branch));
        rp_syntax_append(pattern, branch);
        RP_TRY(rp_token_take(parser, "UNION", &is_taken));
    }
    return join(parser, group, pattern);
}

static RpStatus
parse_bind(RpParser *parser, Group *group)
{
    RpSyntaxNode *pattern;
    RpSyntaxNode *expression;
    uint32_t variable;
    uint32_t start;
    bool is_visible;

    RP_TRY(take_pattern(parser, group, &pattern));
    RP_TRY(rp_token_expect(parser, "("));
    RP_TRY(rp_parse_expression(parser, &expression));
    RP_TRY(rp_token_expect(parser, "AS"));
    start = parser->token.start;
    RP_TRY(rp_parse_variable(parser, &variable));
    RP_TRY(rp_scope_check_new(parser, variable, start));
    RP_TRY(rp_scope_has(parser, pattern, variable, &is_visible));
    if (is_visible) {
        return rp_parser_refuse(parser, RP_SYNTAX, start,
                                "BIND gives a variable that the group has already");
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_EXTEND, pattern, &group->pattern));
    rp_syntax_append(group->pattern, expression);
    group->pattern->value = variable;
    return rp_token_expect(parser, ")");
}

static RpStatus
parse_filter(RpParser *parser, Group *group)
{
    RpSyntaxNode *condition;

    RP_TRY(rp_parse_constraint(parser, &condition));
    if (!group->filter) {
        RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_FILTER, 0, &group->filter));
    }
    rp_syntax_append(group->filter, condition);
    return RP_OK;
}

/* Behind GRAPH: that of the shapes, or none. */
static RpStatus
parse_graph(RpParser *parser, Group *group, uint32_t start)
{
    RpSyntaxNode *pattern;
    uint32_t flags;

    if (!parser->options->takes_shapes_graph || parser->token.kind != RP_TOKEN_VARIABLE ||
        !rp_text_equals(parser->token.text, RP_TEXT("shapesGraph"))) {
        return rp_parser_refuse(
            parser, RP_UNSUPPORTED, start, "%s",
            rp_construct_refusal(RP_TEXT("GRAPH"), RP_CONSTRUCT_REFUSED_PATTERN));
    }
    RP_TRY(rp_token_next(parser));
    RP_TRY(close_block(parser, group));
    flags = parser->flags;
    RP_TRY(rp_parse_group(parser, &pattern));
    if (!(flags & RP_ALGEBRA_READS_ALL)) {
        parser->flags &= ~(uint32_t)RP_ALGEBRA_READS_ALL; /* of the shapes: that is no data */
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_GRAPH, pattern, &pattern));
    return join(parser, group, pattern);
}

/* A row of VALUES: so many cells. */
static RpStatus
parse_row(RpParser *parser, RpSyntaxNode *values)
{
    for (uint32_t i = 0; i < values->value; i++) {
        RpSyntaxNode *cell;
        bool is_undefined;

        RP_TRY(rp_token_take(parser, "UNDEF", &is_undefined));
        if (is_undefined) {
            RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_UNDEFINED, 0, &cell));
        } else if (rp_parser_is_constant(parser)) {
            RP_TRY(rp_parse_constant(parser, &cell));
        } else {
            return rp_parser_expected(parser, "a value for each variable of VALUES");
        }
        rp_syntax_append(values, cell);
    }
    return RP_OK;
}

static RpStatus
parse_values_variable(RpParser *parser, RpSyntaxNode *values)
{
    RpSyntaxNode *node;
    uint32_t start = parser->token.start;
    uint32_t variable;

    RP_TRY(rp_parse_variable(parser, &variable));
    RP_TRY(rp_scope_check_new(parser, variable, start));
    for (node = values->first; node; node = node->next) {
        if (node->value == variable) {
            return rp_parser_refuse(parser, RP_SYNTAX, start, "VALUES has a variable twice");
        }
    }
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, variable, &node));
    rp_syntax_append(values, node);
    values->value++;
    return RP_OK;
}

RpStatus
rp_parse_values(RpParser *parser, RpSyntaxNode **values)
{
    uint32_t row_count = 0;
    bool has_many;
    bool is_end = false;

    if (parser->options->refuses_values) {
        rp_parser_refuse(parser, RP_ILL_FORMED, parser->token.start,
                         "VALUES is not allowed where variables are pre-bound");
        return rp_error_hint(parser->error,
                             "Write FILTER (?x IN (\xe2\x80\xa6)) instead. ill_formed => 'warn' "
                             "takes VALUES where it gives no pre-bound variable a value.");
    }
    parser->flags |= RP_ALGEBRA_HAS_VALUES;
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_VALUES, 0, values));
    RP_TRY(rp_token_take(parser, "(", &has_many));
    if (has_many) {
        RP_TRY(rp_token_take(parser, ")", &is_end));
        while (!is_end) {
            RP_TRY(parse_values_variable(parser, *values));
            RP_TRY(rp_token_take(parser, ")", &is_end));
        }
    } else {
        RP_TRY(parse_values_variable(parser, *values));
    }
    RP_TRY(rp_token_expect(parser, "{"));
    for (;;) {
        RP_TRY(rp_token_take(parser, "}", &is_end));
        if (is_end) {
            break;
        }
        if (has_many) {
            RP_TRY(rp_token_expect(parser, "("));
        }
        RP_TRY(parse_row(parser, *values));
        if (has_many) {
            RP_TRY(rp_token_expect(parser, ")"));
            row_count++;
        }
    }
    if ((*values)->value == 0) { /* rows without cells */
        (*values)->detail = row_count < UINT8_MAX ? row_count : UINT8_MAX;
    }
    return RP_OK;
}

/* What is no triple. False: nothing of that kind stands here. */
static RpStatus
parse_other(RpParser *parser, Group *group, bool *is_taken)
{
    RpSyntaxNode *values;
    const char *refusal = NULL;
    uint32_t start = parser->token.start;

    *is_taken = true;
    if (rp_token_is_symbol(&parser->token, "{")) {
        return parse_union(parser, group);
    }
    RP_TRY(rp_token_take(parser, "FILTER", is_taken));
    if (*is_taken) {
        return parse_filter(parser, group);
    }
    RP_TRY(rp_token_take(parser, "OPTIONAL", is_taken));
    if (*is_taken) {
        return parse_optional(parser, group);
    }
    RP_TRY(rp_token_take(parser, "BIND", is_taken));
    if (*is_taken) {
        return parse_bind(parser, group);
    }
    RP_TRY(rp_token_take(parser, "GRAPH", is_taken));
    if (*is_taken) {
        return parse_graph(parser, group, start);
    }
    RP_TRY(rp_token_take(parser, "VALUES", is_taken));
    if (*is_taken) {
        RP_TRY(close_block(parser, group));
        RP_TRY(rp_parse_values(parser, &values));
        return join(parser, group, values);
    }
    if (parser->token.kind == RP_TOKEN_WORD) {
        refusal = rp_construct_refusal(parser->token.text, RP_CONSTRUCT_REFUSED_PATTERN);
    }
    return refusal == NULL ? RP_OK : rp_parser_refuse(parser, RP_UNSUPPORTED, start, "%s", refusal);
}

static RpStatus
parse_triples(RpParser *parser, Group *group)
{
    RpSyntaxNode *bgp;

    if (rp_token_is_word(&parser->token, "NOT") || rp_token_is_word(&parser->token, "EXISTS")) {
        rp_parser_refuse(parser, RP_SYNTAX, parser->token.start,
                         "NOT EXISTS and EXISTS stand in a FILTER or an expression");
        return rp_error_hint(parser->error, "Write FILTER before it.");
    }
    if (!group->block) {
        RP_TRY(make_empty(parser, &bgp));
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_JOIN, bgp, &group->block));
    }
    return rp_parse_triples(parser, group->block->first, group->block);
}

/* The parts of a group, up to its bracket. */
static RpStatus
parse_parts(RpParser *parser, Group *group)
{
    bool may_be_triple = true;
    bool is_taken;

    while (!rp_token_is_symbol(&parser->token, "}")) {
        RP_TRY(parse_other(parser, group, &is_taken));
        if (is_taken) {
            RP_TRY(rp_token_take(parser, ".", &is_taken));
            may_be_triple = true;
        } else if (may_be_triple) {
            RP_TRY(parse_triples(parser, group));
            RP_TRY(rp_token_take(parser, ".", &may_be_triple));
        } else {
            return rp_parser_expected(parser, ". or }");
        }
    }
    return close_block(parser, group);
}

static RpStatus
parse_group(RpParser *parser, RpSyntaxNode **pattern)
{
    Group group = {0};

    RP_TRY(parse_parts(parser, &group));
    *pattern = group.pattern;
    if (group.filter || !group.pattern) {
        RP_TRY(take_pattern(parser, &group, pattern));
    }
    if (group.filter) {
        RP_TRY(rp_syntax_prepend(parser, group.filter, *pattern));
        *pattern = group.filter;
        (*pattern)->detail = 1; /* until it is joined: its conditions are a group's own */
    }
    return RP_OK;
}

RpStatus
rp_parse_group(RpParser *parser, RpSyntaxNode **pattern)
{
    RpSelectScope scope = parser->scope;
    uint32_t pattern_around = parser->pattern; /* which goes on behind an EXISTS */
    bool is_select;

    RP_TRY(rp_token_expect(parser, "{"));
    RP_TRY(rp_parser_enter(parser));
    parser->scope.takes_aggregates = false;
    parser->pattern = ++parser->pattern_count;
    RP_TRY(rp_token_take(parser, "SELECT", &is_select));
    if (is_select) {
        RP_TRY(rp_parse_select(parser, true, pattern));
    } else {
        RP_TRY(parse_group(parser, pattern));
    }
    parser->scope = scope;
    parser->pattern = pattern_around;
    rp_parser_leave(parser);
    return rp_token_expect(parser, "}");
}
