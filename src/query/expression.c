/* See expression.h. What stands here are the forms that do not look at all of their arguments, or
 * not first (17.4.1), and the table of the others. */
#include "query/expression.h"

enum {
    ARGUMENT_COUNT = 4,      /* that need no memory of their own */
    TEXTS_LIMIT = 256 * 1024 /* bytes of texts after which they are freed */
};

const RpFunctionBody rp_function_bodies[RP_FUNCTION_END] = {
    [RP_FUNCTION_plus] = rp_call_sign,
    [RP_FUNCTION_minus] = rp_call_sign,
    [RP_FUNCTION_abs] = rp_call_sign,
    [RP_FUNCTION_equal] = rp_call_compare,
    [RP_FUNCTION_not_equal] = rp_call_compare,
    [RP_FUNCTION_less] = rp_call_compare,
    [RP_FUNCTION_greater] = rp_call_compare,
    [RP_FUNCTION_less_or_equal] = rp_call_compare,
    [RP_FUNCTION_greater_or_equal] = rp_call_compare,
    [RP_FUNCTION_add] = rp_call_arithmetic,
    [RP_FUNCTION_subtract] = rp_call_arithmetic,
    [RP_FUNCTION_multiply] = rp_call_arithmetic,
    [RP_FUNCTION_divide] = rp_call_arithmetic,
    [RP_FUNCTION_same_term] = rp_call_same_term,
    [RP_FUNCTION_is_iri] = rp_call_is_kind,
    [RP_FUNCTION_is_uri] = rp_call_is_kind,
    [RP_FUNCTION_is_blank] = rp_call_is_kind,
    [RP_FUNCTION_is_literal] = rp_call_is_kind,
    [RP_FUNCTION_is_numeric] = rp_call_is_numeric,
    [RP_FUNCTION_str] = rp_call_str,
    [RP_FUNCTION_lang] = rp_call_lang,
    [RP_FUNCTION_datatype] = rp_call_datatype,
    [RP_FUNCTION_iri] = rp_call_iri,
    [RP_FUNCTION_uri] = rp_call_iri,
    [RP_FUNCTION_bnode] = rp_call_bnode,
    [RP_FUNCTION_strdt] = rp_call_strdt,
    [RP_FUNCTION_strlang] = rp_call_strlang,
    [RP_FUNCTION_strlen] = rp_call_strlen,
    [RP_FUNCTION_substr] = rp_call_substr,
    [RP_FUNCTION_ucase] = rp_call_change_case,
    [RP_FUNCTION_lcase] = rp_call_change_case,
    [RP_FUNCTION_strstarts] = rp_call_search,
    [RP_FUNCTION_strends] = rp_call_search,
    [RP_FUNCTION_contains] = rp_call_search,
    [RP_FUNCTION_strbefore] = rp_call_cut,
    [RP_FUNCTION_strafter] = rp_call_cut,
    [RP_FUNCTION_encode_for_uri] = rp_call_encode,
    [RP_FUNCTION_concat] = rp_call_concat,
    [RP_FUNCTION_langmatches] = rp_call_langmatches,
    [RP_FUNCTION_regex] = rp_call_regex,
    [RP_FUNCTION_replace] = rp_call_replace,
    [RP_FUNCTION_round] = rp_call_round,
    [RP_FUNCTION_ceil] = rp_call_round,
    [RP_FUNCTION_floor] = rp_call_round,
    [RP_FUNCTION_now] = rp_call_now,
    [RP_FUNCTION_year] = rp_call_moment_part,
    [RP_FUNCTION_month] = rp_call_moment_part,
    [RP_FUNCTION_day] = rp_call_moment_part,
    [RP_FUNCTION_hours] = rp_call_moment_part,
    [RP_FUNCTION_minutes] = rp_call_moment_part,
    [RP_FUNCTION_seconds] = rp_call_moment_part,
    [RP_FUNCTION_timezone] = rp_call_timezone,
    [RP_FUNCTION_tz] = rp_call_timezone,
    [RP_FUNCTION_md5] = rp_call_digest,
    [RP_FUNCTION_sha1] = rp_call_digest,
    [RP_FUNCTION_sha256] = rp_call_digest,
    [RP_FUNCTION_sha384] = rp_call_digest,
    [RP_FUNCTION_sha512] = rp_call_digest,
    [RP_FUNCTION_cast_string] = rp_call_cast,
    [RP_FUNCTION_cast_boolean] = rp_call_cast,
    [RP_FUNCTION_cast_integer] = rp_call_cast,
    [RP_FUNCTION_cast_decimal] = rp_call_cast,
    [RP_FUNCTION_cast_float] = rp_call_cast,
    [RP_FUNCTION_cast_double] = rp_call_cast,
    [RP_FUNCTION_cast_datetime] = rp_call_cast};

/* The row that is evaluated. */
typedef struct Place {
    RpQueryRun *run;
    const RpSolutions *rows;
    uint32_t row;
} Place;

static RpStatus evaluate(const Place *place, const RpOp *op, RpScalar *value);

void
rp_call_buffer(const RpCall *call, RpBuffer *buffer)
{
    rp_buffer_init_limited(buffer, &call->run->texts, RP_QUERY_TEXT_LIMIT_BYTES + 1);
}

RpStatus
rp_query_check_text(RpQueryRun *run, const RpBuffer *buffer)
{
    return buffer->length <= RP_QUERY_TEXT_LIMIT_BYTES
               ? rp_buffer_status(buffer, run->error)
               : rp_error_set(run->error, RP_TOO_LARGE,
                              "a text that a query makes is longer than %d bytes",
                              RP_QUERY_TEXT_LIMIT_BYTES);
}

RpStatus
rp_call_give_text(RpCall *call, const RpBuffer *buffer, RpVocabulary datatype)
{
    *call->result = rp_scalar_typed(rp_buffer_text(buffer), datatype);
    return rp_query_check_text(call->run, buffer);
}

static RpStatus
evaluate_truth(const Place *place, const RpOp *op, RpTruth *truth)
{
    RpScalar value;

    RP_TRY(evaluate(place, op, &value));
    *truth = rp_scalar_truth(&value);
    return RP_OK;
}

/* || and &&: one that decides does so beside errors (17.2). */
static RpStatus
evaluate_logical(const Place *place, const RpOp *op, RpScalar *value)
{
    RpTruth deciding = op->value == RP_FUNCTION_or ? RP_TRUE : RP_FALSE;
    bool has_error = false;

    for (uint32_t i = 0; i < op->child_count; i++) {
        RpTruth truth;

        RP_TRY(rp_arena_poll(&place->run->arena, place->run->error));
        RP_TRY(evaluate_truth(place, op->children[i], &truth));
        if (truth == deciding) {
            *value = rp_scalar_boolean(deciding == RP_TRUE);
            return RP_OK;
        }
        has_error = has_error || truth == RP_TRUTH_ERROR;
    }
    if (!has_error) {
        *value = rp_scalar_boolean(deciding != RP_TRUE);
    }
    return RP_OK;
}

/* IN and NOT IN (17.4.1.9): = with each, and errors count only where none is equal. What is looked
 * for is a term, also in an empty list (17.2). */
static RpStatus
evaluate_in(const Place *place, const RpOp *op, RpScalar *value)
{
    bool has_error = false;
    RpScalar wanted;

    RP_TRY(evaluate(place, op->children[0], &wanted));
    if (wanted.kind != RP_SCALAR_TERM) {
        return RP_OK;
    }
    for (uint32_t i = 1; i < op->child_count; i++) {
        RpComparison comparison;
        RpScalar member;

        RP_TRY(evaluate(place, op->children[i], &member));
        RP_TRY(
            rp_arena_poll_bytes(&place->run->arena, member.term.lexical.length, place->run->error));
        comparison = rp_scalar_compare(&wanted, &member, false);
        if (comparison == RP_COMPARED_EQUAL) {
            *value = rp_scalar_boolean(op->value == RP_FUNCTION_in);
            return RP_OK;
        }
        has_error = has_error || comparison == RP_COMPARED_ERROR;
    }
    if (!has_error) {
        *value = rp_scalar_boolean(op->value == RP_FUNCTION_not_in);
    }
    return RP_OK;
}

static RpStatus
evaluate_if(const Place *place, const RpOp *op, RpScalar *value)
{
    RpTruth truth;

    RP_TRY(evaluate_truth(place, op->children[0], &truth));
    return truth == RP_TRUTH_ERROR ? RP_OK
                                   : evaluate(place, op->children[truth == RP_TRUE ? 1 : 2], value);
}

static RpStatus
evaluate_coalesce(const Place *place, const RpOp *op, RpScalar *value)
{
    for (uint32_t i = 0; i < op->child_count && value->kind != RP_SCALAR_TERM; i++) {
        RP_TRY(rp_arena_poll(&place->run->arena, place->run->error));
        RP_TRY(evaluate(place, op->children[i], value));
    }
    if (value->kind != RP_SCALAR_TERM) {
        value->kind = RP_SCALAR_ERROR;
    }
    return RP_OK;
}

static RpStatus
evaluate_not(const Place *place, const RpOp *op, RpScalar *value)
{
    RpTruth truth;

    RP_TRY(evaluate_truth(place, op->children[0], &truth));
    if (truth != RP_TRUTH_ERROR) {
        *value = rp_scalar_boolean(truth == RP_FALSE);
    }
    return RP_OK;
}

/* A function whose arguments are all looked at: one that is no term makes it an error. */
static RpStatus
evaluate_body(const Place *place, const RpOp *op, RpScalar *value)
{
    RpScalar few[ARGUMENT_COUNT];
    RpScalar *arguments = few;
    RpCall call = {.run = place->run, .op = op, .count = op->child_count, .result = value};

    if (op->child_count > ARGUMENT_COUNT) {
        arguments = rp_arena_allocate(&place->run->texts, sizeof(RpScalar) * op->child_count);
        if (!arguments) {
            return rp_arena_failure(&place->run->texts, place->run->error);
        }
    }
    for (uint32_t i = 0; i < op->child_count; i++) {
        RP_TRY(evaluate(place, op->children[i], &arguments[i]));
        if (arguments[i].kind != RP_SCALAR_TERM) {
            return RP_OK;
        }
        RP_TRY(rp_arena_poll_bytes(&place->run->arena, arguments[i].term.lexical.length,
                                   place->run->error));
    }
    call.arguments = arguments;
    return rp_function_bodies[op->value](&call);
}

static RpStatus
evaluate_call(const Place *place, const RpOp *op, RpScalar *value)
{
    switch ((RpFunctionId)op->value) {
    case RP_FUNCTION_or:
    case RP_FUNCTION_and:
        return evaluate_logical(place, op, value);
    case RP_FUNCTION_in:
    case RP_FUNCTION_not_in:
        return evaluate_in(place, op, value);
    case RP_FUNCTION_if:
        return evaluate_if(place, op, value);
    case RP_FUNCTION_coalesce:
        return evaluate_coalesce(place, op, value);
    case RP_FUNCTION_not:
        return evaluate_not(place, op, value);
    case RP_FUNCTION_bound:
        RP_TRY(evaluate(place, op->children[0], value));
        *value = rp_scalar_boolean(value->kind == RP_SCALAR_TERM);
        return RP_OK;
    default:
        return evaluate_body(place, op, value);
    }
}

static RpStatus
evaluate(const Place *place, const RpOp *op, RpScalar *value)
{
    uint32_t column;

    *value = (RpScalar){.kind = RP_SCALAR_ERROR};
    switch (op->kind) {
    case RP_ALGEBRA_CONSTANT:
        *value = rp_scalar_of_id(place->run, op->value);
        return RP_OK;
    case RP_ALGEBRA_VARIABLE:
        column = rp_solutions_column(place->rows, op->value);
        *value = rp_scalar_of_id(place->run, column != RP_NO_COLUMN
                                                 ? rp_solutions_row(place->rows, place->row)[column]
                                                 : RP_TERM_NONE);
        return RP_OK;
    case RP_ALGEBRA_EXISTS:
        *value = rp_scalar_boolean(place->run->exists[op->number][place->row] != 0);
        return RP_OK;
    default:
        return evaluate_call(place, op, value);
    }
}

void
rp_expression_begin_texts(RpQueryRun *run)
{
    size_t left = run->options->memory_bytes - run->arena.used_bytes;

    if (run->texts.used_bytes > TEXTS_LIMIT || run->texts.used_bytes > left / 2) {
        rp_arena_free(&run->texts);
    }
    run->texts.limit_bytes = left;
}

RpStatus
rp_expression_value(RpQueryRun *run, const RpOp *expression, const RpSolutions *rows, uint32_t row,
                    RpScalar *value)
{
    Place place = {run, rows, row};

    rp_expression_begin_texts(run);
    run->row = row;
    return evaluate(&place, expression, value);
}

RpStatus
rp_expression_holds(RpQueryRun *run, const RpOp *expression, const RpSolutions *rows, uint32_t row,
                    bool *holds)
{
    RpScalar value;

    RP_TRY(rp_expression_value(run, expression, rows, row, &value));
    *holds = rp_scalar_truth(&value) == RP_TRUE;
    return RP_OK;
}

RpStatus
rp_expression_id(RpQueryRun *run, const RpOp *expression, const RpSolutions *rows, uint32_t row,
                 RpTermId *id)
{
    RpScalar value;

    *id = RP_TERM_NONE;
    RP_TRY(rp_expression_value(run, expression, rows, row, &value));
    return value.kind == RP_SCALAR_TERM ? rp_scalar_id(run, &value, id) : RP_OK;
}
