/* See json_number.h. */
#include "jsonld/json_number.h"

#include <math.h>
#include <stdio.h>

#include "base/ascii.h"
#include "xsd/number.h"

enum {
    INTEGER_DIGITS = 21,        /* 1e21 has one more */
    DECIMAL_DIGITS = 131072,    /* before and behind the point */
    SHORTEST_DIGITS = 17,       /* tell every double from the others */
    EXPONENT_LIMIT = 100000000, /* greater ones are this */
    DOUBLE_SIZE = 40
};

/* A number's value: digits, with neither zeros before them nor behind, and the exponent of the last
 * one. Zero has no digits. */
typedef struct Digits {
    RpText text;      /* of the number; digits are the first ones of it that count */
    uint32_t first;   /* offset of the first digit that is not 0 */
    uint32_t last;    /* offset of the last digit that is not 0 */
    uint32_t count;   /* from the first to the last, the point not counted */
    int64_t exponent; /* of the last digit */
    bool is_negative;
} Digits;

/* The exponent that is written behind e; bounded. */
static int64_t
read_exponent(RpText text, uint32_t offset)
{
    int64_t exponent = 0;
    bool is_negative = offset < text.length && text.data[offset] == '-';

    if (offset < text.length && (text.data[offset] == '-' || text.data[offset] == '+')) {
        offset++;
    }
    for (; offset < text.length && exponent < EXPONENT_LIMIT; offset++) {
        exponent = exponent * 10 + (text.data[offset] - '0');
    }
    return is_negative ? -exponent : exponent;
}

static Digits
read_digits(RpText text)
{
    Digits digits = {.text = text, .is_negative = text.length > 0 && text.data[0] == '-'};
    int64_t exponent = 0; /* of the digit that is read */
    uint32_t trailing = 0;
    bool has_point = false;

    for (uint32_t i = digits.is_negative; i < text.length; i++) {
        if (text.data[i] == '.') {
            has_point = true;
        } else if (!rp_ascii_is_digit(text.data[i])) {
            exponent += read_exponent(text, i + 1);
            break;
        } else {
            exponent -= has_point;
            digits.count += digits.count > 0 || text.data[i] != '0';
            if (text.data[i] != '0') {
                digits.first = digits.count == 1 ? i : digits.first;
                digits.last = i;
                trailing = 0;
            } else if (digits.count > 0) {
                trailing++;
            }
        }
    }
    digits.count -= trailing;
    digits.exponent = exponent + trailing;
    return digits;
}

bool
rp_json_number_is_integer(RpText text)
{
    Digits digits = read_digits(text);

    return digits.count == 0 ||
           (digits.exponent >= 0 && digits.count + digits.exponent <= INTEGER_DIGITS);
}

static void
append_zeros(RpBuffer *buffer, int64_t count)
{
    for (; count > 0; count--) {
        rp_buffer_append_byte(buffer, '0');
    }
}

/* The exact value, without zeros that say nothing. */
static bool
append_decimal(RpBuffer *buffer, RpText text)
{
    Digits digits = read_digits(text);
    int64_t whole = digits.count + digits.exponent; /* digits before the point */

    if (digits.count == 0) {
        rp_buffer_append_byte(buffer, '0');
        return true;
    }
    if (whole > DECIMAL_DIGITS || -digits.exponent > DECIMAL_DIGITS) {
        return false;
    }
    if (digits.is_negative) {
        rp_buffer_append_byte(buffer, '-');
    }
    if (whole <= 0) {
        rp_buffer_append_string(buffer, "0.");
        append_zeros(buffer, -whole);
    }
    for (uint32_t i = digits.first; i <= digits.last; i++) {
        if (digits.text.data[i] == '.') {
            continue;
        }
        rp_buffer_append_byte(buffer, digits.text.data[i]);
        if (--whole == 0 && i < digits.last) {
            rp_buffer_append_byte(buffer, '.');
        }
    }
    append_zeros(buffer, digits.exponent);
    return true;
}

/* d.d…E±d with a number of digits behind the point, which a locale may write otherwise. */
static void
print_double(double value, int precision, char *out)
{
    (void)snprintf(out, DOUBLE_SIZE, "%.*e", precision, value);
    for (; *out; out++) {
        if (*out == ',') {
            *out = '.';
        }
    }
}

/* The canonical form of xsd:double: one digit or more behind the point, no zeros that say nothing.
 */
static void
append_canonical_double(RpBuffer *buffer, double value)
{
    char text[DOUBLE_SIZE];
    const char *exponent;
    const char *end;

    if (value == 0) {
        rp_buffer_append_string(buffer, "0.0E0");
        return;
    }
    print_double(value, 15, text);
    exponent = strchr(text, 'e');
    end = exponent;
    while (end[-1] == '0' && end[-2] != '.') {
        end--;
    }
    rp_buffer_append(buffer, text, (size_t)(end - text));
    rp_buffer_append_byte(buffer, 'E');
    rp_buffer_append_format(buffer, "%d", (int)read_exponent(rp_text_from(exponent), 1));
}

/* Add one to the last digit of d.d…e±d. False: it would need another digit. */
static bool
increment(char *text)
{
    char *digit = strchr(text, 'e');

    while (digit > text) {
        digit--;
        if (*digit == '.' || *digit == '-') {
            continue;
        }
        if (*digit < '9') {
            (*digit)++;
            return true;
        }
        *digit = '0';
    }
    return false;
}

static bool
reads_as(const char *text, double value)
{
    double read;

    return rp_float_read(rp_text_from(text), false, &read) && read == value;
}

/*
 * The shortest digits that read as a value, the nearest to it of these. Rounding to a number of
 * digits gives the nearest; where a value is a power of two its neighbour below is nearer than that
 * above, and only the next digits up may read as it.
 */
static void
print_shortest(double value, char *out)
{
    for (int precision = 0; precision < SHORTEST_DIGITS; precision++) {
        char next[DOUBLE_SIZE];

        print_double(value, precision, out);
        if (reads_as(out, value)) {
            return;
        }
        memcpy(next, out, sizeof next);
        if (increment(next) && reads_as(next, value)) {
            memcpy(out, next, sizeof next);
            return;
        }
    }
}

/* ECMAScript's Number::toString. */
static void
append_ecma(RpBuffer *buffer, double value)
{
    char text[DOUBLE_SIZE];
    char digits[SHORTEST_DIGITS + 1];
    int count = 0;
    int point; /* digits before the point */

    if (value == 0) {
        rp_buffer_append_byte(buffer, '0');
        return;
    }
    if (value < 0) {
        rp_buffer_append_byte(buffer, '-');
        value = -value;
    }
    print_shortest(value, text);
    for (const char *read = text; *read != 'e'; read++) {
        if (*read != '.' && count < SHORTEST_DIGITS) {
            digits[count++] = *read;
        }
    }
    while (count > 1 && digits[count - 1] == '0') {
        count--;
    }
    point = (int)read_exponent(rp_text_from(strchr(text, 'e')), 1) + 1;
    if (point > 21 || point < -5) {
        rp_buffer_append_byte(buffer, digits[0]);
        if (count > 1) {
            rp_buffer_append_byte(buffer, '.');
            rp_buffer_append(buffer, digits + 1, (size_t)count - 1);
        }
        rp_buffer_append_format(buffer, "e%+d", point - 1);
        return;
    }
    if (point <= 0) {
        rp_buffer_append_string(buffer, "0.");
        append_zeros(buffer, -point);
    }
    for (int i = 0; i < count; i++) {
        if (i == point && point > 0) {
            rp_buffer_append_byte(buffer, '.');
        }
        rp_buffer_append_byte(buffer, digits[i]);
    }
    append_zeros(buffer, point - count);
}

bool
rp_json_number_append(RpBuffer *buffer, RpText text, RpNumberForm form)
{
    double value;

    if (form == RP_NUMBER_INTEGER || form == RP_NUMBER_DECIMAL) {
        return append_decimal(buffer, text);
    }
    if (!rp_float_read(text, false, &value) || isinf(value)) {
        return false;
    }
    if (form == RP_NUMBER_DOUBLE) {
        append_canonical_double(buffer, value);
    } else {
        append_ecma(buffer, value);
    }
    return true;
}
