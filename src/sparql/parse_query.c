/* SELECT and ASK with their modifiers (SPARQL 1.1, 11, 15, 16; their translation: 18.2.4). */
#include "sparql/construct.h"
#include "sparql/syntax.h"

/* A SELECT while it is read. */
typedef struct Select {
    RpSyntaxNode *items; /* what is projected: BINDINGs, whose child is NULL for plain variables */
    RpSyntaxNode *pattern; /* as far as it is put together */
    RpSyntaxNode *keys;    /* of GROUP BY; NULL: there is none */
    RpSyntaxNode *having;  /* conditions; NULL: there are none, or they are in the pattern */
    RpSyntaxNode *order;   /* keys of ORDER BY */
    bool is_all;           /* SELECT * */
    bool is_grouped;
    bool is_distinct;
    bool is_ask;
    bool is_nested;
    uint32_t start;
    uint32_t limit;
    uint32_t offset;
} Select;

static RpStatus
refuse_dataset(RpParser *parser)
{
    if (rp_token_is_word(&parser->token, "FROM")) {
        return rp_parser_refuse(parser, RP_UNSUPPORTED, parser->token.start, "%s",
                                rp_construct_refusal(RP_TEXT("FROM"), RP_CONSTRUCT_REFUSED));
    }
    return RP_OK;
}

/* ( expression AS variable ); where AS may be left out, the variable is hidden then. */
static RpStatus
parse_binding(RpParser *parser, bool needs_name, RpSyntaxNode *list)
{
    RpSyntaxNode *binding;
    RpSyntaxNode *expression;
    bool is_taken;
    uint32_t variable;
    uint32_t start;

    RP_TRY(rp_token_expect(parser, "("));
    RP_TRY(rp_parse_expression(parser, &expression));
    if (needs_name) {
        RP_TRY(rp_token_expect(parser, "AS"));
        is_taken = true;
    } else {
        RP_TRY(rp_token_take(parser, "AS", &is_taken));
    }
    start = parser->token.start;
    if (is_taken) {
        RP_TRY(rp_parse_variable(parser, &variable));
        RP_TRY(rp_scope_check_new(parser, variable, start));
    } else {
        RP_TRY(rp_parser_variable(parser, RP_TEXT(""), &variable));
    }
    for (RpSyntaxNode *other = list->first; other && is_taken; other = other->next) {
        if (other->value == variable) {
            return rp_parser_refuse(parser, RP_SYNTAX, start,
                                    "the variable is given a value twice, or used before");
        }
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_BINDING, expression, &binding));
    binding->value = variable;
    rp_syntax_append(list, binding);
    return rp_token_expect(parser, ")");
}

static RpStatus
parse_items(RpParser *parser, Select *select)
{
    bool is_star;

    RP_TRY(rp_token_take(parser, "DISTINCT", &select->is_distinct));
    if (!select->is_distinct) {
        bool is_reduced; /* which allows duplicates as they are */

        RP_TRY(rp_token_take(parser, "REDUCED", &is_reduced));
    }
    RP_TRY(rp_token_take(parser, "*", &is_star));
    select->is_all = is_star;
    while (!is_star) {
        if (parser->token.kind == RP_TOKEN_VARIABLE) {
            RpSyntaxNode *item;
            uint32_t variable;

            RP_TRY(rp_parse_variable(parser, &variable));
            RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_BINDING, variable, &item));
            rp_syntax_append(select->items, item);
        } else if (rp_token_is_symbol(&parser->token, "(")) {
            RP_TRY(parse_binding(parser, true, select->items));
        } else if (select->items->child_count > 0) {
            break;
        } else {
            return rp_parser_expected(parser, "* or a variable to select");
        }
    }
    return RP_OK;
}

/* One key of GROUP BY. False: nothing more stands here. */
static RpStatus
parse_group_key(RpParser *parser, RpSyntaxNode *keys, bool *is_taken)
{
    RpSyntaxNode *key;
    RpSyntaxNode *expression;
    uint32_t variable;

    *is_taken = true;
    if (rp_token_is_symbol(&parser->token, "(")) {
        return parse_binding(parser, false, keys);
    }
    if (parser->token.kind == RP_TOKEN_VARIABLE) {
        RP_TRY(rp_parse_variable(parser, &variable));
        RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, variable, &expression));
    } else if (rp_parser_is_constraint(parser)) {
        RP_TRY(rp_parse_call(parser, &expression));
        RP_TRY(rp_parser_variable(parser, RP_TEXT(""), &variable));
    } else {
        *is_taken = false;
        return RP_OK;
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_BINDING, expression, &key));
    key->value = variable;
    rp_syntax_append(keys, key);
    return RP_OK;
}

static RpStatus
parse_group_by(RpParser *parser, Select *select)
{
    bool is_taken;

    RP_TRY(rp_token_take(parser, "GROUP", &is_taken));
    if (!is_taken) {
        return RP_OK;
    }
    RP_TRY(rp_token_expect(parser, "BY"));
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_GROUP, 0, &select->keys));
    do {
        RP_TRY(parse_group_key(parser, select->keys, &is_taken));
    } while (is_taken);
    return select->keys->child_count > 0 ? RP_OK : rp_parser_expected(parser, "a key of GROUP BY");
}

static RpStatus
parse_having(RpParser *parser, Select *select)
{
    RpSyntaxNode *condition;
    bool is_taken;

    RP_TRY(rp_token_take(parser, "HAVING", &is_taken));
    if (!is_taken) {
        return RP_OK;
    }
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_FILTER, 0, &select->having));
    do {
        RP_TRY(rp_parse_constraint(parser, &condition));
        rp_syntax_append(select->having, condition);
    } while (rp_parser_is_constraint(parser));
    return RP_OK;
}

static RpStatus
parse_order_key(RpParser *parser, RpSyntaxNode *order, bool *is_taken)
{
    RpSyntaxNode *key;
    RpSyntaxNode *expression;
    bool is_descending;
    uint32_t variable;

    RP_TRY(rp_token_take(parser, "DESC", &is_descending));
    *is_taken = is_descending;
    if (!is_descending) {
        RP_TRY(rp_token_take(parser, "ASC", is_taken));
    }
    if (*is_taken && !rp_token_is_symbol(&parser->token, "(")) {
        return rp_parser_expected(parser, "(");
    }
    if (!*is_taken && parser->token.kind == RP_TOKEN_VARIABLE) {
        RP_TRY(rp_parse_variable(parser, &variable));
        RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, variable, &expression));
    } else if (*is_taken || rp_parser_is_constraint(parser)) {
        RP_TRY(rp_parse_constraint(parser, &expression));
    } else {
        return RP_OK;
    }
    *is_taken = true;
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_ORDER_KEY, expression, &key));
    key->detail = is_descending;
    rp_syntax_append(order, key);
    return RP_OK;
}

static RpStatus
parse_order_by(RpParser *parser, Select *select)
{
    bool is_taken;

    RP_TRY(rp_token_take(parser, "ORDER", &is_taken));
    if (!is_taken) {
        return RP_OK;
    }
    RP_TRY(rp_token_expect(parser, "BY"));
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_ORDER, 0, &select->order));
    do {
        RP_TRY(parse_order_key(parser, select->order, &is_taken));
    } while (is_taken);
    return select->order->child_count > 0 ? RP_OK : rp_parser_expected(parser, "a key of ORDER BY");
}

/* LIMIT and OFFSET in either order, each once. */
static RpStatus
parse_slice(RpParser *parser, Select *select)
{
    bool has_limit = false;
    bool has_offset = false;

    for (;;) {
        bool is_taken = false;

        if (!has_limit) {
            RP_TRY(rp_token_take(parser, "LIMIT", &is_taken));
            if (is_taken) {
                RP_TRY(rp_parse_unsigned(parser, "a number of solutions", &select->limit));
                has_limit = true;
                continue;
            }
        }
        if (!has_offset) {
            RP_TRY(rp_token_take(parser, "OFFSET", &is_taken));
            has_offset = is_taken;
        }
        if (!is_taken) {
            return RP_OK;
        }
        RP_TRY(rp_parse_unsigned(parser, "a number of solutions", &select->offset));
    }
}

/* Append the variables that are marked, but for hidden ones, to a projection. */
static RpStatus
project_marked(RpParser *parser, const bool *is_marked, RpSyntaxNode *projection)
{
    for (uint32_t i = 0; i < parser->variable_count; i++) {
        RpSyntaxNode *variable;

        if (is_marked[i] && parser->names[i].length > 0) {
            RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, i, &variable));
            rp_syntax_append(projection, variable);
        }
    }
    return RP_OK;
}

/* Give the names that may be pre-bound their variables, before some are marked. */
static RpStatus
make_prebound(RpParser *parser)
{
    for (uint32_t i = 0; i < parser->options->prebound_count; i++) {
        uint32_t variable;

        RP_TRY(rp_parser_variable(parser, parser->options->prebound[i].name, &variable));
    }
    return RP_OK;
}

/* COUNT(DISTINCT *) counts solutions, of which hidden variables are no part. What is pre-bound is
 * in each one of a tuple (SHACL, appendix A). */
static RpStatus
uncover_solutions(RpParser *parser, RpSyntaxNode **pattern)
{
    bool *is_visible;

    RP_TRY(make_prebound(parser));
    RP_TRY(rp_scope_make(parser, &is_visible));
    rp_scope_visible(*pattern, is_visible);
    for (uint32_t i = 0; i < parser->variable_count; i++) {
        is_visible[i] = is_visible[i] || rp_scope_is_prebound(parser, i);
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_PROJECT, *pattern, pattern));
    return project_marked(parser, is_visible, *pattern);
}

/* The pattern becomes groups: keys, then aggregates. */
static RpStatus
group_pattern(RpParser *parser, Select *select)
{
    RpSyntaxNode *parts[] = {select->keys ? select->keys->first : NULL,
                             parser->scope.aggregates->first};
    RpSyntaxNode *group;

    for (const RpSyntaxNode *aggregate = parts[1]; aggregate; aggregate = aggregate->next) {
        if (aggregate->child_count == 0 && aggregate->detail & RP_AGGREGATE_DISTINCT) {
            RP_TRY(uncover_solutions(parser, &select->pattern));
            break;
        }
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_GROUP, select->pattern, &group));
    group->detail = select->keys != NULL;
    for (int i = 0; i < 2; i++) {
        for (RpSyntaxNode *part = parts[i]; part;) {
            RpSyntaxNode *next = part->next;

            rp_syntax_append(group, part);
            part = next;
        }
    }
    select->pattern = group;
    select->is_grouped = true;
    return RP_OK;
}

/* The conditions of HAVING are of the groups. Those that name what SELECT computes see it, though
 * in 18.2.4 it comes after them: nothing else has these names, and many who write them rely on it.
 */
static RpStatus
add_having(RpParser *parser, Select *select)
{
    RP_TRY(rp_syntax_prepend(parser, select->having, select->pattern));
    select->pattern = select->having;
    select->having = NULL;
    return RP_OK;
}

static RpStatus
parse_body(RpParser *parser, Select *select)
{
    RpSyntaxNode *values;
    bool is_taken;

    RP_TRY(refuse_dataset(parser));
    RP_TRY(rp_token_take(parser, "WHERE", &is_taken));
    RP_TRY(rp_parse_group(parser, &select->pattern));
    RP_TRY(parse_group_by(parser, select));
    parser->scope.takes_aggregates = true;
    RP_TRY(parse_having(parser, select));
    RP_TRY(parse_order_by(parser, select));
    parser->scope.takes_aggregates = false;
    RP_TRY(parse_slice(parser, select));
    if (parser->scope.aggregates->child_count > 0 || select->keys || select->having) {
        RP_TRY(group_pattern(parser, select));
    }
    RP_TRY(rp_token_take(parser, "VALUES", &is_taken));
    if (select->having && !rp_scope_names_selected(select->having, select->items)) {
        RP_TRY(add_having(parser, select));
    }
    if (is_taken) {
        RP_TRY(rp_parse_values(parser, &values));
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_JOIN, select->pattern, &select->pattern));
        rp_syntax_append(select->pattern, values);
    }
    return RP_OK;
}

/* What is selected of groups is a key, an aggregate, or made of these (18.2.4.1). */
static RpStatus
check_grouped(RpParser *parser, const Select *select)
{
    const RpSyntaxNode *other = NULL;
    bool *is_marked;
    RpShown shown;

    RP_TRY(rp_scope_make(parser, &is_marked));
    rp_scope_visible(select->pattern, is_marked);
    for (const RpSyntaxNode *item = select->items->first; item && !other; item = item->next) {
        if (item->first) {
            other = rp_scope_other_variable(item->first, is_marked);
        } else if (!is_marked[item->value]) {
            other = item;
        }
        is_marked[item->value] = true;
    }
    if (other) {
        const char *name = rp_text_show(parser->names[other->value], &shown);

        rp_parser_refuse(parser, RP_SYNTAX, select->start,
                         "?%s is selected of groups, and is neither a key of GROUP BY nor an "
                         "aggregate",
                         name);
        return rp_error_hint(parser->error,
                             "Add ?%s to GROUP BY. A variable that is bound before, as $this is, "
                             "has to be a key too.",
                             name);
    }
    return select->is_all ? rp_parser_refuse(parser, RP_SYNTAX, select->start,
                                             "SELECT * is not allowed where solutions are grouped: "
                                             "name what is selected")
                          : RP_OK;
}

/* Expressions of the projection become extensions of the pattern. */
static RpStatus
extend(RpParser *parser, Select *select)
{
    bool *is_visible;

    RP_TRY(rp_scope_make(parser, &is_visible));
    rp_scope_visible(select->pattern, is_visible);
    for (RpSyntaxNode *item = select->items->first; item; item = item->next) {
        if (!item->first) {
            continue;
        }
        if (is_visible[item->value]) {
            return rp_parser_refuse(parser, RP_SYNTAX, select->start,
                                    "a variable that SELECT gives by AS is in the pattern already");
        }
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_EXTEND, select->pattern, &select->pattern));
        select->pattern->value = item->value;
        rp_syntax_append(select->pattern, item->first);
    }
    return RP_OK;
}

/* A sub-SELECT must return what may be pre-bound (SHACL, appendix A). */
static RpStatus
check_nested(RpParser *parser, const Select *select, const bool *is_projected)
{
    RpShown shown;

    for (uint32_t i = 0; i < parser->options->prebound_count; i++) {
        const RpPreboundName *name = &parser->options->prebound[i];
        uint32_t variable;

        if (name->is_optional) {
            continue;
        }
        RP_TRY(rp_parser_variable(parser, name->name, &variable));
        if (!is_projected[variable]) {
            return rp_parser_refuse(parser, RP_ILL_FORMED, select->start,
                                    "a sub-SELECT does not return $%s, which may be bound before",
                                    rp_text_show(name->name, &shown));
        }
    }
    return RP_OK;
}

static RpStatus
project(RpParser *parser, Select *select)
{
    bool *is_projected;

    RP_TRY(make_prebound(parser));
    RP_TRY(rp_scope_make(parser, &is_projected));
    if (select->is_all) {
        rp_scope_visible(select->pattern, is_projected);
    }
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_PROJECT, select->pattern, &select->pattern));
    RP_TRY(project_marked(parser, is_projected, select->pattern));
    for (const RpSyntaxNode *item = select->items->first; item; item = item->next) {
        RpSyntaxNode *variable;

        if (!is_projected[item->value]) {
            RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, item->value, &variable));
            rp_syntax_append(select->pattern, variable);
        }
        is_projected[item->value] = true;
    }
    if (!select->is_nested) {
        return RP_OK;
    }
    RP_TRY(check_nested(parser, select, is_projected));
    return rp_scope_hide(parser, select->pattern, is_projected);
}

/* Put the algebra together: what is computed, ordered, projected, and cut. */
static RpStatus
finish(RpParser *parser, Select *select, RpSyntaxNode **query)
{
    if (select->is_grouped && !select->is_ask) {
        RP_TRY(check_grouped(parser, select));
    }
    RP_TRY(extend(parser, select));
    if (select->having) {
        RP_TRY(add_having(parser, select));
    }
    if (select->order) {
        RP_TRY(rp_syntax_prepend(parser, select->order, select->pattern));
        select->pattern = select->order;
    }
    RP_TRY(project(parser, select));
    if (select->is_distinct) {
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_DISTINCT, select->pattern, &select->pattern));
    }
    if (select->offset > 0) {
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_OFFSET, select->pattern, &select->pattern));
        select->pattern->value = select->offset;
    }
    if (select->limit != RP_ALGEBRA_NO_LIMIT) {
        RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_LIMIT, select->pattern, &select->pattern));
        select->pattern->value = select->limit;
    }
    *query = select->pattern;
    return RP_OK;
}

static RpStatus
parse_form(RpParser *parser, bool is_nested, bool is_ask, RpSyntaxNode **query)
{
    RpSelectScope scope = parser->scope;
    Select select = {.start = parser->token.start,
                     .is_nested = is_nested,
                     .is_ask = is_ask,
                     .limit = RP_ALGEBRA_NO_LIMIT};

    parser->scope = (RpSelectScope){.takes_aggregates = true};
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_GROUP, 0, &parser->scope.aggregates));
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_PROJECT, 0, &select.items));
    if (!is_ask) {
        RP_TRY(parse_items(parser, &select));
    }
    parser->scope.takes_aggregates = false;
    RP_TRY(parse_body(parser, &select));
    RP_TRY(finish(parser, &select, query));
    parser->scope = scope;
    return RP_OK;
}

RpStatus
rp_parse_select(RpParser *parser, bool is_nested, RpSyntaxNode **query)
{
    return parse_form(parser, is_nested, false, query);
}

static RpStatus
parse_prefix(RpParser *parser)
{
    RpToken token = parser->token;
    RpText iri;

    if (token.kind != RP_TOKEN_NAME || token.text.length != token.prefix_length + 1) {
        return rp_parser_expected(parser, "a prefix and a colon");
    }
    RP_TRY(rp_token_next(parser));
    if (parser->token.kind != RP_TOKEN_IRI) {
        return rp_parser_expected(parser, "an IRI in brackets");
    }
    RP_TRY(rp_parse_iri_text(parser, &iri));
    return rp_prefix_table_set(&parser->prefixes, (RpText){token.text.data, token.prefix_length},
                               iri, parser->error);
}

static RpStatus
parse_prologue(RpParser *parser)
{
    for (;;) {
        bool is_taken;

        RP_TRY(rp_token_take(parser, "PREFIX", &is_taken));
        if (is_taken) {
            RP_TRY(parse_prefix(parser));
            continue;
        }
        RP_TRY(rp_token_take(parser, "BASE", &is_taken));
        if (!is_taken) {
            return RP_OK;
        }
        if (parser->token.kind != RP_TOKEN_IRI) {
            return rp_parser_expected(parser, "an IRI in brackets");
        }
        RP_TRY(rp_parse_iri_text(parser, &parser->base));
    }
}

/* Forms of queries, and updates, that are not taken. */
static RpStatus
refuse_form(RpParser *parser)
{
    const char *refusal = parser->token.kind == RP_TOKEN_WORD
                              ? rp_construct_refusal(parser->token.text, RP_CONSTRUCT_REFUSED_FORM)
                              : NULL;

    if (refusal != NULL) {
        return rp_parser_refuse(parser, RP_UNSUPPORTED, parser->token.start, "%s", refusal);
    }
    return rp_parser_expected(parser, "SELECT or ASK");
}

RpStatus
rp_parse_query(RpParser *parser, RpSyntaxNode **query)
{
    bool is_taken;

    RP_TRY(parse_prologue(parser));
    RP_TRY(rp_token_take(parser, "ASK", &is_taken));
    if (is_taken) {
        parser->flags |= RP_ALGEBRA_IS_ASK;
        RP_TRY(parse_form(parser, false, true, query));
    } else {
        RP_TRY(rp_token_take(parser, "SELECT", &is_taken));
        if (!is_taken) {
            return refuse_form(parser);
        }
        RP_TRY(parse_form(parser, false, false, query));
    }
    return parser->token.kind == RP_TOKEN_END ? RP_OK
                                              : rp_parser_expected(parser, "the end of the query");
}
