/* Numbers of XML Schema: grammar, exact order of decimals, rounding of floats and doubles. */
#include "xsd/number.h"

#include "base/ascii.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    /*
     * A double that lies halfway between two others has at most 767 significant digits, so that
     * many digits and a last one that says "and something more" round as the whole text would.
     */
    SIGNIFICANT_DIGITS = 800,
    ROUNDING_BUFFER_SIZE = SIGNIFICANT_DIGITS + 32,
    /* Far beyond what 801 digits can bring back into a double's range. */
    EXPONENT_BOUND = 100000,
    WHOLE_DOUBLE_SIZE = 320 /* the largest double has 309 digits */
};

/* A floating point form, taken apart; the number is 0 or digits × 10^exponent. */
typedef struct FloatParts {
    RpDecimal mantissa;
    int64_t exponent;
} FloatParts;

/* The digits at *position, which moves past them. */
static RpText
take_digits(RpText text, uint32_t *position)
{
    uint32_t start = *position;

    while (*position < text.length && rp_ascii_is_digit(text.data[*position])) {
        (*position)++;
    }
    return (RpText){text.data + start, *position - start};
}

/* Whether there was a minus; passes over a sign of either kind. */
static bool
take_sign(RpText text, uint32_t *position)
{
    bool is_negative = *position < text.length && text.data[*position] == '-';

    if (*position < text.length && (is_negative || text.data[*position] == '+')) {
        (*position)++;
    }
    return is_negative;
}

static void
normalize(RpDecimal *decimal)
{
    while (decimal->whole.length > 0 && decimal->whole.data[0] == '0') {
        decimal->whole.data++;
        decimal->whole.length--;
    }
    while (decimal->fraction.length > 0 &&
           decimal->fraction.data[decimal->fraction.length - 1] == '0') {
        decimal->fraction.length--;
    }
    if (decimal->whole.length == 0 && decimal->fraction.length == 0) {
        decimal->is_negative = false;
    }
}

/* The longest decimal at *position, which moves past it. False: no digit at all. */
static bool
take_decimal(RpText text, uint32_t *position, RpDecimal *decimal)
{
    bool has_digits;

    decimal->is_negative = take_sign(text, position);
    decimal->whole = take_digits(text, position);
    decimal->fraction = (RpText){NULL, 0};
    has_digits = decimal->whole.length > 0;
    if (*position < text.length && text.data[*position] == '.') {
        (*position)++;
        decimal->fraction = take_digits(text, position);
        has_digits = has_digits || decimal->fraction.length > 0;
    }
    normalize(decimal);
    return has_digits;
}

bool
rp_integer_read(RpText lexical, RpDecimal *integer)
{
    uint32_t position = 0;
    bool has_digits;

    integer->is_negative = take_sign(lexical, &position);
    integer->whole = take_digits(lexical, &position);
    integer->fraction = (RpText){NULL, 0};
    has_digits = integer->whole.length > 0;
    normalize(integer);
    return has_digits && position == lexical.length;
}

bool
rp_decimal_read(RpText lexical, RpDecimal *decimal)
{
    uint32_t position = 0;

    return take_decimal(lexical, &position, decimal) && position == lexical.length;
}

int
rp_decimal_compare(const RpDecimal *a, const RpDecimal *b)
{
    int magnitude;

    if (a->is_negative != b->is_negative) {
        return a->is_negative ? -1 : 1;
    }
    if (a->whole.length != b->whole.length) {
        magnitude = a->whole.length < b->whole.length ? -1 : 1;
    } else {
        magnitude = rp_text_compare(a->whole, b->whole);
        if (magnitude == 0) {
            magnitude = rp_text_compare(a->fraction, b->fraction);
        }
    }
    return a->is_negative ? -magnitude : magnitude;
}

/* Digits as a number, no larger than EXPONENT_BOUND + UINT32_MAX needs. */
static int64_t
read_exponent(RpText digits)
{
    const int64_t bound = (int64_t)UINT32_MAX + EXPONENT_BOUND;
    int64_t exponent = 0;

    for (uint32_t i = 0; i < digits.length && exponent < bound; i++) {
        exponent = exponent * 10 + (digits.data[i] - '0');
    }
    return exponent < bound ? exponent : bound;
}

static bool
read_float_parts(RpText lexical, FloatParts *parts)
{
    uint32_t position = 0;

    parts->exponent = 0;
    if (!take_decimal(lexical, &position, &parts->mantissa)) {
        return false;
    }
    if (position < lexical.length && (lexical.data[position] | 0x20) == 'e') {
        bool is_negative;
        RpText digits;

        position++;
        is_negative = take_sign(lexical, &position);
        digits = take_digits(lexical, &position);
        if (digits.length == 0) {
            return false;
        }
        parts->exponent = is_negative ? -read_exponent(digits) : read_exponent(digits);
    }
    return position == lexical.length;
}

static bool
read_special(RpText lexical, double *value)
{
    if (rp_text_equals(lexical, RP_TEXT("INF")) || rp_text_equals(lexical, RP_TEXT("+INF"))) {
        *value = (double)INFINITY;
        return true;
    }
    if (rp_text_equals(lexical, RP_TEXT("-INF"))) {
        *value = -(double)INFINITY;
        return true;
    }
    if (rp_text_equals(lexical, RP_TEXT("NaN"))) {
        *value = (double)NAN;
        return true;
    }
    return false;
}

#if FLT_EVAL_METHOD == 0
/*
 * Most numbers are short: up to 15 digits and powers of ten up to 10^22 are doubles themselves, so
 * one multiplication or division rounds as strtod does. False: not such a number.
 */
static bool
round_short(const FloatParts *parts, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const RpDecimal *mantissa = &parts->mantissa;
    int64_t exponent = parts->exponent - (int64_t)mantissa->fraction.length;
    int64_t digits = 0;

    if (mantissa->whole.length > 15 || mantissa->fraction.length > 15 - mantissa->whole.length ||
        exponent < -22 || exponent > 22) {
        return false;
    }
    for (uint32_t i = 0; i < mantissa->whole.length; i++) {
        digits = digits * 10 + (mantissa->whole.data[i] - '0');
    }
    for (uint32_t i = 0; i < mantissa->fraction.length; i++) {
        digits = digits * 10 + (mantissa->fraction.data[i] - '0');
    }
    *value = exponent < 0 ? (double)digits / powers[-exponent] : (double)digits * powers[exponent];
    *value = mantissa->is_negative ? -*value : *value;
    return true;
}
#endif

/*
 * Round by strtod, on a text that needs no decimal point (locales differ in it): the first
 * significant digits, a last digit 1 when some were left out, and an exponent.
 */
static double
round_parts(const FloatParts *parts, bool is_single)
{
    char buffer[ROUNDING_BUFFER_SIZE];
    const RpDecimal *mantissa = &parts->mantissa;
    uint64_t total = (uint64_t)mantissa->whole.length + mantissa->fraction.length;
    uint64_t first = 0;
    uint32_t length = 0;
    int64_t exponent;
    double value;

#if FLT_EVAL_METHOD == 0
    if (!is_single && round_short(parts, &value)) {
        return value;
    }
#endif
    while (mantissa->whole.length == 0 && first < mantissa->fraction.length &&
           mantissa->fraction.data[first] == '0') {
        first++;
    }
    for (uint64_t i = first; i < total && length < SIGNIFICANT_DIGITS; i++) {
        buffer[length++] = i < mantissa->whole.length
                               ? mantissa->whole.data[i]
                               : mantissa->fraction.data[i - mantissa->whole.length];
    }
    exponent = parts->exponent + (int64_t)mantissa->whole.length - (int64_t)(first + length);
    if (total - first > length) {
        buffer[length++] = '1';
        exponent--;
    }
    if (length == 0) {
        return 0;
    }
    exponent = exponent > EXPONENT_BOUND ? EXPONENT_BOUND : exponent;
    exponent = exponent < -EXPONENT_BOUND ? -EXPONENT_BOUND : exponent;
    snprintf(buffer + length, sizeof(buffer) - length, "e%d", (int)exponent);
    value = is_single ? (double)strtof(buffer, NULL) : strtod(buffer, NULL);
    return mantissa->is_negative ? -value : value;
}

bool
rp_float_read(RpText lexical, bool is_single, double *value)
{
    FloatParts parts;

    if (read_special(lexical, value)) {
        return true;
    }
    if (!read_float_parts(lexical, &parts)) {
        return false;
    }
    *value = round_parts(&parts, is_single);
    if (*value == 0) { /* which has a sign here, though none as a decimal */
        *value = lexical.data[0] == '-' ? -0.0 : 0.0;
    }
    return true;
}

bool
rp_float_is_lexical(RpText lexical)
{
    FloatParts parts;
    double value;

    return read_float_parts(lexical, &parts) || read_special(lexical, &value);
}

double
rp_decimal_round(const RpDecimal *decimal, bool is_single)
{
    FloatParts parts = {*decimal, 0};

    return round_parts(&parts, is_single);
}

int
rp_integer_compare_double(const RpDecimal *integer, double value)
{
    const double exact_limit = 9007199254740992.0; /* 2^53: integers below are doubles */
    double rounded = rp_decimal_round(integer, false);
    char whole[WHOLE_DOUBLE_SIZE];
    RpDecimal exact;

    /* Rounding keeps order, so only what rounds to the very same double needs a look at its digits.
     */
    if (rounded != value) {
        return rounded < value ? -1 : 1;
    }
    if (fabs(value) < exact_limit) {
        return 0;
    }
    if (isinf(value)) {
        return value > 0 ? -1 : 1;
    }
    snprintf(whole, sizeof(whole), "%.0f", value);
    rp_integer_read(rp_text_from(whole), &exact);
    return rp_decimal_compare(integer, &exact);
}
