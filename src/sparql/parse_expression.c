/* Expressions (SPARQL 1.1, 17; grammar rules 110 to 126). */
#include "sparql/syntax.h"

#include "xsd/pattern.h"

typedef struct Operator {
    const char *symbol;
    RpFunctionId function;
} Operator;

static const Operator comparisons[] = {
    {"=", RP_FUNCTION_equal},          {"!=", RP_FUNCTION_not_equal},
    {"<=", RP_FUNCTION_less_or_equal}, {">=", RP_FUNCTION_greater_or_equal},
    {"<", RP_FUNCTION_less},           {">", RP_FUNCTION_greater}};
static const Operator sums[] = {{"+", RP_FUNCTION_add}, {"-", RP_FUNCTION_subtract}};
static const Operator products[] = {{"*", RP_FUNCTION_multiply}, {"/", RP_FUNCTION_divide}};

typedef struct AggregateName {
    const char *name;
    RpAggregate aggregate;
} AggregateName;

static const AggregateName aggregates[] = {{"COUNT", RP_AGGREGATE_COUNT},
                                           {"SUM", RP_AGGREGATE_SUM},
                                           {"MIN", RP_AGGREGATE_MIN},
                                           {"MAX", RP_AGGREGATE_MAX},
                                           {"AVG", RP_AGGREGATE_AVG},
                                           {"SAMPLE", RP_AGGREGATE_SAMPLE},
                                           {"GROUP_CONCAT", RP_AGGREGATE_GROUP_CONCAT}};

static const AggregateName *
find_aggregate(const RpToken *token)
{
    for (size_t i = 0; i < sizeof(aggregates) / sizeof(aggregates[0]); i++) {
        if (rp_token_is_word(token, aggregates[i].name)) {
            return &aggregates[i];
        }
    }
    return NULL;
}

/* Take one of some operators; RP_FUNCTION_NONE: none of them stands here. */
static RpStatus
take_operator(RpParser *parser, const Operator *operators, size_t count, RpFunctionId *function)
{
    *function = RP_FUNCTION_NONE;
    for (size_t i = 0; i < count; i++) {
        if (rp_token_is_symbol(&parser->token, operators[i].symbol)) {
            *function = operators[i].function;
            return rp_token_next(parser);
        }
    }
    return RP_OK;
}

/* Make *node the first argument of a call. */
static RpStatus
wrap_call(RpParser *parser, RpFunctionId function, RpSyntaxNode **node)
{
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_CALL, *node, node));
    (*node)->value = function;
    return RP_OK;
}

/* Expressions in parentheses, appended to a call; also none. */
static RpStatus
parse_arguments(RpParser *parser, RpSyntaxNode *call)
{
    bool is_end;

    RP_TRY(rp_token_expect(parser, "("));
    RP_TRY(rp_token_take(parser, ")", &is_end));
    while (!is_end) {
        RpSyntaxNode *argument;

        RP_TRY(rp_parse_expression(parser, &argument));
        rp_syntax_append(call, argument);
        RP_TRY(rp_token_take(parser, ")", &is_end));
        if (!is_end) {
            RP_TRY(rp_token_expect(parser, ","));
        }
    }
    return RP_OK;
}

/* A text that is known when the query is compiled. False: it is not. */
static bool
constant_text(RpParser *parser, const RpSyntaxNode *argument, RpText *text)
{
    if (argument == NULL) {
        *text = RP_TEXT("");
        return true;
    }
    if (argument->kind != RP_ALGEBRA_CONSTANT) {
        return false;
    }
    *text = rp_dictionary_term(parser->dictionary, argument->value).lexical;
    return rp_dictionary_datatype(parser->dictionary, argument->value) == RP_VOCABULARY_xsd_string;
}

/* What in a replacement refers to groups (F&O 5.6.4). */
static bool
has_group_reference(RpText replacement)
{
    for (uint32_t i = 0; i < replacement.length; i++) {
        if (replacement.data[i] == '\\') {
            i++;
        } else if (replacement.data[i] == '$') {
            return true;
        }
    }
    return false;
}

/* Compile the pattern of REGEX where it is known, and check that of REPLACE: the program becomes
 * the last argument of REGEX (detail 1). */
static RpStatus
compile_pattern(RpParser *parser, RpSyntaxNode *call, uint32_t start)
{
    bool is_regex = call->value == RP_FUNCTION_regex;
    const RpSyntaxNode *pattern = call->first->next;
    const RpSyntaxNode *flags = is_regex ? pattern->next : pattern->next->next;
    RpText pattern_text;
    RpText flags_text;
    RpText program;
    RpText replacement;
    RpSyntaxNode *node;
    RpTermId id;
    RpTerm term;
    bool has_flags = constant_text(parser, flags, &flags_text);

    bool is_literal = has_flags && flags_text.length > 0 &&
                      memchr(flags_text.data, 'q', flags_text.length) != NULL;

    if (!is_regex && !is_literal && constant_text(parser, pattern->next, &replacement) &&
        has_group_reference(replacement)) {
        return rp_parser_refuse(parser, RP_UNSUPPORTED, start,
                                "REPLACE with references to groups is not taken");
    }
    if (!has_flags || !constant_text(parser, pattern, &pattern_text)) {
        return RP_OK;
    }
    if (rp_pattern_compile(parser->arena, pattern_text, flags_text, &program, parser->error) !=
        RP_OK) {
        char message[RP_ERROR_MESSAGE_SIZE];

        memcpy(message, parser->error->message, sizeof(message));
        return rp_parser_refuse(parser, parser->error->status, start, "%s", message);
    }
    if (!is_regex) {
        return RP_OK;
    }
    term = rp_term_literal(program, RP_TEXT(""));
    RP_TRY(rp_dictionary_add(parser->dictionary, &term, &id, parser->error));
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_CONSTANT, id, &node));
    rp_syntax_append(call, node);
    call->detail = 1;
    return RP_OK;
}

static RpStatus
check_call(RpParser *parser, RpSyntaxNode *call, uint32_t start)
{
    const RpFunction *function = &rp_functions[call->value];

    if (!rp_function_takes((RpFunctionId)call->value, call->child_count)) {
        return rp_parser_refuse(
            parser, RP_SYNTAX, start, "%s has %u arguments here, not %s %u", function->name,
            call->child_count, call->child_count < function->least ? "at least" : "at most",
            call->child_count < function->least ? function->least : function->most);
    }
    if (call->value == RP_FUNCTION_bound && call->first->kind != RP_ALGEBRA_VARIABLE) {
        return rp_parser_refuse(parser, RP_SYNTAX, start, "BOUND asks about a variable alone");
    }
    if (call->value == RP_FUNCTION_now) {
        parser->flags |= RP_ALGEBRA_USES_NOW;
    }
    return call->value == RP_FUNCTION_regex || call->value == RP_FUNCTION_replace
               ? compile_pattern(parser, call, start)
               : RP_OK;
}

static RpStatus
parse_function(RpParser *parser, RpFunctionId function, uint32_t start, RpSyntaxNode **call)
{
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_CALL, function, call));
    RP_TRY(parse_arguments(parser, *call));
    return check_call(parser, *call, start);
}

/* GROUP_CONCAT's separator, if it is there; a space if not. */
static RpStatus
parse_separator(RpParser *parser, RpSyntaxNode *aggregate)
{
    RpTerm term = rp_term_literal(RP_TEXT(" "), RP_TEXT(""));
    RpSyntaxNode *separator;
    RpTermId id;
    bool is_taken;

    RP_TRY(rp_token_take(parser, ";", &is_taken));
    if (is_taken) {
        RP_TRY(rp_token_expect(parser, "SEPARATOR"));
        RP_TRY(rp_token_expect(parser, "="));
        if (parser->token.kind != RP_TOKEN_STRING) {
            return rp_parser_expected(parser, "a string");
        }
        term.lexical = parser->token.text;
        RP_TRY(rp_token_next(parser));
    }
    RP_TRY(rp_dictionary_add(parser->dictionary, &term, &id, parser->error));
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_CONSTANT, id, &separator));
    rp_syntax_append(aggregate, separator);
    return RP_OK;
}

/* An aggregate goes to those of its SELECT, and a hidden variable stands for it. */
static RpStatus
parse_aggregate(RpParser *parser, RpAggregate kind, uint32_t start, RpSyntaxNode **expression)
{
    RpSyntaxNode *aggregate;
    RpSyntaxNode *operand;
    bool is_distinct;
    bool is_star = false;

    if (!parser->scope.takes_aggregates || parser->scope.is_within_aggregate) {
        return rp_parser_refuse(parser, RP_SYNTAX, start,
                                "an aggregate stands in SELECT, HAVING and ORDER BY, and in no "
                                "other aggregate");
    }
    RP_TRY(rp_syntax_make(parser, RP_ALGEBRA_AGGREGATE, 0, &aggregate));
    RP_TRY(rp_token_expect(parser, "("));
    RP_TRY(rp_token_take(parser, "DISTINCT", &is_distinct));
    if (kind == RP_AGGREGATE_COUNT) {
        RP_TRY(rp_token_take(parser, "*", &is_star));
    }
    parser->scope.is_within_aggregate = true;
    if (!is_star) {
        RP_TRY(rp_parse_expression(parser, &operand));
        rp_syntax_append(aggregate, operand);
    }
    parser->scope.is_within_aggregate = false;
    if (kind == RP_AGGREGATE_GROUP_CONCAT) {
        RP_TRY(parse_separator(parser, aggregate));
    }
    RP_TRY(rp_token_expect(parser, ")"));
    aggregate->detail = (uint32_t)kind | (is_distinct ? RP_AGGREGATE_DISTINCT : 0);
    RP_TRY(rp_parser_variable(parser, RP_TEXT(""), &aggregate->value));
    rp_syntax_append(parser->scope.aggregates, aggregate);
    return rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, aggregate->value, expression);
}

static RpStatus
parse_exists(RpParser *parser, bool is_negated, RpSyntaxNode **expression)
{
    RpSyntaxNode *pattern;

    RP_TRY(rp_token_expect(parser, "EXISTS"));
    RP_TRY(rp_parse_group(parser, &pattern));
    RP_TRY(rp_syntax_wrap(parser, RP_ALGEBRA_EXISTS, pattern, expression));
    (*expression)->detail = is_negated;
    return RP_OK;
}

/* A call by a word. */
static RpStatus
parse_built_in(RpParser *parser, RpSyntaxNode **call)
{
    RpToken token = parser->token;
    const AggregateName *aggregate = find_aggregate(&token);
    RpFunctionId function = rp_function_find(token.text);
    const char *refusal = rp_function_refusal(token.text);

    if (rp_token_is_word(&token, "EXISTS")) {
        return parse_exists(parser, false, call);
    }
    if (rp_token_is_word(&token, "NOT")) {
        RP_TRY(rp_token_next(parser));
        return parse_exists(parser, true, call);
    }
    if (refusal) {
        return rp_parser_refuse(parser, RP_UNSUPPORTED, token.start, "%s", refusal);
    }
    if (!aggregate && function == RP_FUNCTION_NONE) {
        return rp_parser_expected(parser, "an expression");
    }
    RP_TRY(rp_token_next(parser));
    return aggregate ? parse_aggregate(parser, aggregate->aggregate, token.start, call)
                     : parse_function(parser, function, token.start, call);
}

/* An IRI, or a call of what it names: a cast. */
static RpStatus
parse_iri_or_call(RpParser *parser, bool must_call, RpSyntaxNode **expression)
{
    uint32_t start = parser->token.start;
    RpFunctionId function;
    RpTermId id;
    RpTerm term;
    RpShown shown;

    RP_TRY(rp_parse_iri(parser, &id));
    if (!rp_token_is_symbol(&parser->token, "(")) {
        return must_call ? rp_parser_expected(parser, "(")
                         : rp_syntax_make(parser, RP_ALGEBRA_CONSTANT, id, expression);
    }
    function = rp_function_find_cast(id);
    if (function != RP_FUNCTION_NONE) {
        return parse_function(parser, function, start, expression);
    }
    term = rp_dictionary_term(parser->dictionary, id);
    return rp_parser_refuse(parser, RP_UNSUPPORTED, start, "the function <%s> is not taken",
                            rp_text_show(term.lexical, &shown));
}

bool
rp_parser_is_constraint(const RpParser *parser)
{
    const RpToken *token = &parser->token;

    return rp_token_is_symbol(token, "(") || token->kind == RP_TOKEN_IRI ||
           token->kind == RP_TOKEN_NAME || rp_token_is_word(token, "NOT") ||
           rp_token_is_word(token, "EXISTS") || find_aggregate(token) != NULL ||
           (token->kind == RP_TOKEN_WORD && (rp_function_find(token->text) != RP_FUNCTION_NONE ||
                                             rp_function_refusal(token->text) != NULL));
}

RpStatus
rp_parse_call(RpParser *parser, RpSyntaxNode **expression)
{
    if (parser->token.kind == RP_TOKEN_IRI || parser->token.kind == RP_TOKEN_NAME) {
        return parse_iri_or_call(parser, true, expression);
    }
    return parse_built_in(parser, expression);
}

static RpStatus
parse_bracketed(RpParser *parser, RpSyntaxNode **expression)
{
    RP_TRY(rp_token_expect(parser, "("));
    RP_TRY(rp_parse_expression(parser, expression));
    return rp_token_expect(parser, ")");
}

RpStatus
rp_parse_constraint(RpParser *parser, RpSyntaxNode **expression)
{
    if (rp_token_is_symbol(&parser->token, "(")) {
        return parse_bracketed(parser, expression);
    }
    return rp_parser_is_constraint(parser)
               ? rp_parse_call(parser, expression)
               : rp_parser_expected(parser, "an expression in parentheses or a call");
}

static RpStatus
parse_primary(RpParser *parser, RpSyntaxNode **expression)
{
    const RpToken *token = &parser->token;
    uint32_t variable;

    if (rp_token_is_symbol(token, "(")) {
        return parse_bracketed(parser, expression);
    }
    if (token->kind == RP_TOKEN_VARIABLE) {
        RP_TRY(rp_parse_variable(parser, &variable));
        return rp_syntax_make(parser, RP_ALGEBRA_VARIABLE, variable, expression);
    }
    if (token->kind == RP_TOKEN_IRI || token->kind == RP_TOKEN_NAME) {
        return parse_iri_or_call(parser, false, expression);
    }
    if (rp_parser_is_constant(parser)) {
        return rp_parse_constant(parser, expression);
    }
    return parse_built_in(parser, expression);
}

/* A sign directly before a number is a part of it. */
static RpStatus
parse_unary(RpParser *parser, RpSyntaxNode **expression)
{
    RpFunctionId function = RP_FUNCTION_NONE;
    const RpToken *after;

    if (rp_token_is_symbol(&parser->token, "!")) {
        function = RP_FUNCTION_not;
    } else if (rp_token_is_symbol(&parser->token, "+") || rp_token_is_symbol(&parser->token, "-")) {
        RP_TRY(rp_token_peek(parser, &after));
        if (after->kind < RP_TOKEN_INTEGER || after->start != parser->token.end) {
            function =
                rp_token_is_symbol(&parser->token, "+") ? RP_FUNCTION_plus : RP_FUNCTION_minus;
        }
    }
    if (function == RP_FUNCTION_NONE) {
        return parse_primary(parser, expression);
    }
    RP_TRY(rp_token_next(parser));
    RP_TRY(parse_primary(parser, expression));
    return wrap_call(parser, function, expression);
}

/* Operators of one precedence, from the left; each makes the tree a level deeper. */
static RpStatus
parse_operators(RpParser *parser, const Operator *operators, size_t count,
                RpStatus (*parse_operand)(RpParser *, RpSyntaxNode **), RpSyntaxNode **expression)
{
    RpFunctionId function;
    RpSyntaxNode *operand;

    RP_TRY(parse_operand(parser, expression));
    for (;;) {
        RP_TRY(take_operator(parser, operators, count, &function));
        if (function == RP_FUNCTION_NONE) {
            return RP_OK;
        }
        RP_TRY(parse_operand(parser, &operand));
        RP_TRY(wrap_call(parser, function, expression));
        rp_syntax_append(*expression, operand);
    }
}

static RpStatus
parse_product(RpParser *parser, RpSyntaxNode **expression)
{
    return parse_operators(parser, products, sizeof(products) / sizeof(products[0]), parse_unary,
                           expression);
}

static RpStatus
parse_sum(RpParser *parser, RpSyntaxNode **expression)
{
    return parse_operators(parser, sums, sizeof(sums) / sizeof(sums[0]), parse_product, expression);
}

/* At most one comparison, or a list. */
static RpStatus
parse_relation(RpParser *parser, RpSyntaxNode **expression)
{
    RpFunctionId function;
    RpSyntaxNode *operand;
    bool is_negated;
    bool is_list;

    RP_TRY(parse_sum(parser, expression));
    RP_TRY(take_operator(parser, comparisons, sizeof(comparisons) / sizeof(comparisons[0]),
                         &function));
    if (function != RP_FUNCTION_NONE) {
        RP_TRY(parse_sum(parser, &operand));
        RP_TRY(wrap_call(parser, function, expression));
        rp_syntax_append(*expression, operand);
        return RP_OK;
    }
    RP_TRY(rp_token_take(parser, "NOT", &is_negated));
    is_list = is_negated;
    if (is_negated) {
        RP_TRY(rp_token_expect(parser, "IN"));
    } else {
        RP_TRY(rp_token_take(parser, "IN", &is_list));
    }
    if (!is_list) {
        return RP_OK;
    }
    RP_TRY(wrap_call(parser, is_negated ? RP_FUNCTION_not_in : RP_FUNCTION_in, expression));
    return parse_arguments(parser, *expression);
}

/* Operands of && or ||, which become arguments of one call. */
static RpStatus
parse_logical(RpParser *parser, const char *symbol, RpFunctionId function,
              RpStatus (*parse_operand)(RpParser *, RpSyntaxNode **), RpSyntaxNode **expression)
{
    RpSyntaxNode *operand;
    bool is_taken;

    RP_TRY(parse_operand(parser, expression));
    RP_TRY(rp_token_take(parser, symbol, &is_taken));
    if (is_taken) {
        RP_TRY(wrap_call(parser, function, expression));
    }
    while (is_taken) {
        RP_TRY(parse_operand(parser, &operand));
        rp_syntax_append(*expression, operand);
        RP_TRY(rp_token_take(parser, symbol, &is_taken));
    }
    return RP_OK;
}

static RpStatus
parse_and(RpParser *parser, RpSyntaxNode **expression)
{
    return parse_logical(parser, "&&", RP_FUNCTION_and, parse_relation, expression);
}

RpStatus
rp_parse_expression(RpParser *parser, RpSyntaxNode **expression)
{
    RP_TRY(rp_parser_enter(parser));
    RP_TRY(parse_logical(parser, "||", RP_FUNCTION_or, parse_and, expression));
    rp_parser_leave(parser);
    return RP_OK;
}
