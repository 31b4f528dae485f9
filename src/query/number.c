/* See number.h. */
#include "query/number.h"

#include <math.h>
#include <stdio.h>

RpStatus
rp_number_refuse(RpQueryRun *run)
{
    return rp_error_set(run->error, RP_TOO_LARGE, "a number of a query has more than %d digits",
                        RP_EXACT_DIGIT_LIMIT);
}

RpStatus
rp_number_read(RpQueryRun *run, const RpScalar *scalar, RpNumber *number, bool *is_number)
{
    const RpDatatype *datatype =
        rp_scalar_has_numeric_type(scalar) ? rp_datatype_find(scalar->datatype) : NULL;
    RpDecimal decimal;

    *is_number = datatype && rp_datatype_accepts(scalar->datatype, scalar->term.lexical);
    if (!*is_number) {
        return RP_OK;
    }
    number->real = 0;
    rp_exact_set(&number->exact, 0);
    if (datatype->values != RP_VALUES_DECIMAL) {
        number->type = datatype->values == RP_VALUES_FLOAT ? RP_NUMBER_FLOAT : RP_NUMBER_DOUBLE;
        rp_float_read(scalar->term.lexical, number->type == RP_NUMBER_FLOAT, &number->real);
        return RP_OK;
    }
    number->type =
        scalar->datatype == RP_VOCABULARY_xsd_decimal ? RP_NUMBER_DECIMAL : RP_NUMBER_INTEGER;
    rp_decimal_read(scalar->term.lexical, &decimal);
    return rp_exact_read(&decimal, &number->exact) ? RP_OK : rp_number_refuse(run);
}

double
rp_number_real(const RpNumber *number, bool is_single)
{
    RpArena none;
    RpBuffer buffer;
    char text[RP_EXACT_DIGIT_LIMIT * 2 + 16];
    RpDecimal decimal;

    if (number->type >= RP_NUMBER_FLOAT) {
        return number->real;
    }
    rp_buffer_init(&buffer, &none); /* which is not asked: there is room */
    buffer.data = text;
    buffer.capacity = sizeof(text);
    rp_exact_append(&buffer, &number->exact);
    rp_decimal_read(rp_buffer_text(&buffer), &decimal);
    return rp_decimal_round(&decimal, is_single);
}

static RpStatus
combine_exact(RpQueryRun *run, RpFunctionId function, const RpNumber *a, const RpNumber *b,
              RpNumber *result, bool *is_number)
{
    bool fits = false;

    switch (function) {
    case RP_FUNCTION_add:
        fits = rp_exact_add(&a->exact, &b->exact, &result->exact);
        break;
    case RP_FUNCTION_subtract:
        fits = rp_exact_subtract(&a->exact, &b->exact, &result->exact);
        break;
    case RP_FUNCTION_multiply:
        fits = rp_exact_multiply(&a->exact, &b->exact, &result->exact);
        break;
    default:
        if (b->exact.count == 0) {
            *is_number = false;
            return RP_OK;
        }
        result->type = RP_NUMBER_DECIMAL;
        fits = rp_exact_divide(&a->exact, &b->exact, &result->exact);
        break;
    }
    return fits ? RP_OK : rp_number_refuse(run);
}

RpStatus
rp_number_combine(RpQueryRun *run, RpFunctionId function, const RpNumber *a, const RpNumber *b,
                  RpNumber *result, bool *is_number)
{
    RpNumberType type = a->type > b->type ? a->type : b->type;
    bool is_single = type == RP_NUMBER_FLOAT;
    double x;
    double y;

    *is_number = true;
    result->type = type;
    if (type < RP_NUMBER_FLOAT) {
        return combine_exact(run, function, a, b, result, is_number);
    }
    x = rp_number_real(a, is_single);
    y = rp_number_real(b, is_single);
    x = function == RP_FUNCTION_add        ? x + y
        : function == RP_FUNCTION_subtract ? x - y
        : function == RP_FUNCTION_multiply ? x * y
                                           : x / y;
    result->real = is_single ? (double)(float)x : x;
    return RP_OK;
}

/* Digits are taken from %e, whose point differs from locale to locale. */
bool
rp_real_digits(double real, bool is_single, char digits[RP_REAL_DIGITS], int *exponent)
{
    int most = is_single ? 9 : 17;

    if (!isfinite(real)) {
        return false;
    }
    for (int precision = 0; precision < most; precision++) {
        char text[64];
        char again[64];
        uint32_t length = 0;
        const char *at;
        double value;

        (void)snprintf(text, sizeof(text), "%.*e", precision, fabs(real));
        for (at = text; *at != 'e'; at++) {
            if (*at >= '0' && *at <= '9' && length < RP_REAL_DIGITS - 1) {
                digits[length++] = *at;
            }
        }
        digits[length] = '\0';
        *exponent = 0;
        for (const char *digit = at + 2; *digit != '\0'; digit++) {
            *exponent = *exponent * 10 + (*digit - '0');
        }
        *exponent = (at[1] == '-' ? -*exponent : *exponent) - (int)(length - 1);
        (void)snprintf(again, sizeof(again), "%se%d", digits, *exponent);
        if (rp_float_read(rp_text_from(again), is_single, &value) && value == fabs(real)) {
            break;
        }
    }
    return true;
}

/* The canonical form of a double or float (XSD 1.1, 3.3.5). */
static void
append_real(RpBuffer *buffer, double real, bool is_single)
{
    char digits[RP_REAL_DIGITS];
    int exponent;

    if (!rp_real_digits(real, is_single, digits, &exponent)) {
        rp_buffer_append_string(buffer, isnan(real) ? "NaN" : real > 0 ? "INF" : "-INF");
        return;
    }
    exponent += (int)strlen(digits) - 1;
    rp_buffer_append_format(buffer, "%s%c.%sE%d", signbit(real) ? "-" : "", digits[0],
                            digits[1] != '\0' ? digits + 1 : "0", real == 0 ? 0 : exponent);
}

RpStatus
rp_number_give(RpQueryRun *run, const RpNumber *number, RpScalar *scalar)
{
    static const RpVocabulary datatypes[] = {RP_VOCABULARY_xsd_integer, RP_VOCABULARY_xsd_decimal,
                                             RP_VOCABULARY_xsd_float, RP_VOCABULARY_xsd_double};
    RpBuffer buffer;

    rp_buffer_init(&buffer, &run->texts);
    if (number->type < RP_NUMBER_FLOAT) {
        rp_exact_append(&buffer, &number->exact);
    } else {
        append_real(&buffer, number->real, number->type == RP_NUMBER_FLOAT);
    }
    *scalar = rp_scalar_typed(rp_buffer_text(&buffer), datatypes[number->type]);
    return rp_buffer_status(&buffer, run->error);
}
