/* See exact.h. */
#include "xsd/exact.h"

#include <stdio.h>

enum {
    LIMB_BASE = 1000000000,
    LIMB_DIGITS = 9,
    WIDE_LIMBS = 4 * RP_EXACT_LIMBS + 4 /* what operands become on the way to a quotient */
};

/* A natural number on the way. */
typedef struct Wide {
    uint32_t count;
    uint32_t limbs[WIDE_LIMBS];
} Wide;

static const uint32_t powers[LIMB_DIGITS] = {1,      10,      100,      1000,     10000,
                                             100000, 1000000, 10000000, 100000000};

static void
trim(Wide *wide)
{
    while (wide->count > 0 && wide->limbs[wide->count - 1] == 0) {
        wide->count--;
    }
}

static void
widen(const RpExact *exact, Wide *wide)
{
    wide->count = exact->count;
    memcpy(wide->limbs, exact->limbs, sizeof(uint32_t) * exact->count);
}

/* product = wide * factor + add; both may be the same. */
static void
multiply_into(const Wide *wide, uint32_t factor, uint32_t add, Wide *product)
{
    uint64_t carry = add;

    product->count = wide->count;
    for (uint32_t i = 0; i < wide->count; i++) {
        carry += (uint64_t)wide->limbs[i] * factor;
        product->limbs[i] = (uint32_t)(carry % LIMB_BASE);
        carry /= LIMB_BASE;
    }
    if (carry > 0) {
        product->limbs[product->count++] = (uint32_t)carry;
    }
}

static void
multiply_small(Wide *wide, uint32_t factor, uint32_t add)
{
    multiply_into(wide, factor, add, wide);
}

/* Times a power of ten; there is room. */
static void
shift(Wide *wide, uint32_t digits)
{
    uint32_t limbs = digits / LIMB_DIGITS;

    if (wide->count == 0) {
        return;
    }
    multiply_small(wide, powers[digits % LIMB_DIGITS], 0);
    memmove(wide->limbs + limbs, wide->limbs, sizeof(uint32_t) * wide->count);
    memset(wide->limbs, 0, sizeof(uint32_t) * limbs);
    wide->count += limbs;
}

/* Divide by a small number; returns the rest. */
static uint32_t
divide_small(Wide *wide, uint32_t divisor)
{
    uint64_t rest = 0;

    for (uint32_t i = wide->count; i > 0; i--) {
        rest = rest * LIMB_BASE + wide->limbs[i - 1];
        wide->limbs[i - 1] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    trim(wide);
    return (uint32_t)rest;
}

static int
compare(const Wide *a, const Wide *b)
{
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    for (uint32_t i = a->count; i > 0; i--) {
        if (a->limbs[i - 1] != b->limbs[i - 1]) {
            return a->limbs[i - 1] < b->limbs[i - 1] ? -1 : 1;
        }
    }
    return 0;
}

static void
add(Wide *sum, const Wide *other)
{
    uint32_t carry = 0;

    for (uint32_t i = 0; i < other->count || carry > 0 || i < sum->count; i++) {
        uint32_t limb =
            carry + (i < sum->count ? sum->limbs[i] : 0) + (i < other->count ? other->limbs[i] : 0);

        carry = limb >= LIMB_BASE;
        sum->limbs[i] = carry ? limb - LIMB_BASE : limb;
        sum->count = i + 1 > sum->count ? i + 1 : sum->count;
    }
    trim(sum);
}

/* The other one is not larger. */
static void
subtract(Wide *difference, const Wide *other)
{
    uint32_t borrow = 0;

    for (uint32_t i = 0; i < difference->count; i++) {
        uint32_t taken = borrow + (i < other->count ? other->limbs[i] : 0);

        borrow = difference->limbs[i] < taken;
        difference->limbs[i] += (borrow ? LIMB_BASE : 0) - taken;
    }
    trim(difference);
}

static uint32_t
digit_count(const Wide *wide)
{
    uint32_t digits = wide->count * LIMB_DIGITS;

    for (uint32_t i = LIMB_DIGITS; i > 1 && wide->count > 0; i--) {
        if (wide->limbs[wide->count - 1] >= powers[i - 1]) {
            break;
        }
        digits--;
    }
    return digits;
}

/* Take zeros at the end of the fraction away, and make the result. */
static bool
finish(Wide *wide, uint32_t scale, bool is_negative, RpExact *exact)
{
    trim(wide);
    while (scale >= LIMB_DIGITS && wide->count > 0 && wide->limbs[0] == 0) {
        memmove(wide->limbs, wide->limbs + 1, sizeof(uint32_t) * --wide->count);
        scale -= LIMB_DIGITS;
    }
    while (scale > 0 && wide->count > 0 && wide->limbs[0] % 10 == 0) {
        divide_small(wide, 10);
        scale--;
    }
    if (digit_count(wide) > RP_EXACT_DIGIT_LIMIT || scale > RP_EXACT_DIGIT_LIMIT) {
        return false;
    }
    exact->is_negative = is_negative && wide->count > 0;
    exact->scale = wide->count > 0 ? scale : 0;
    exact->count = wide->count;
    memcpy(exact->limbs, wide->limbs, sizeof(uint32_t) * wide->count);
    return true;
}

bool
rp_exact_read(const RpDecimal *decimal, RpExact *exact)
{
    uint64_t digits = (uint64_t)decimal->whole.length + decimal->fraction.length;
    Wide wide = {0};

    if (digits > RP_EXACT_DIGIT_LIMIT) {
        return false;
    }
    for (uint32_t i = 0; i < digits; i++) {
        char digit = i < decimal->whole.length ? decimal->whole.data[i]
                                               : decimal->fraction.data[i - decimal->whole.length];

        multiply_small(&wide, 10, (uint32_t)(digit - '0'));
    }
    return finish(&wide, decimal->fraction.length, decimal->is_negative, exact);
}

void
rp_exact_set(RpExact *exact, int64_t value)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    *exact = (RpExact){.is_negative = value < 0};
    while (magnitude > 0) {
        exact->limbs[exact->count++] = (uint32_t)(magnitude % LIMB_BASE);
        magnitude /= LIMB_BASE;
    }
}

static bool
add_signed(const RpExact *a, const RpExact *b, bool b_is_negative, RpExact *sum)
{
    uint32_t scale = a->scale > b->scale ? a->scale : b->scale;
    Wide a_wide;
    Wide b_wide;

    widen(a, &a_wide);
    widen(b, &b_wide);
    shift(&a_wide, scale - a->scale);
    shift(&b_wide, scale - b->scale);
    if (a->is_negative == b_is_negative) {
        add(&a_wide, &b_wide);
        return finish(&a_wide, scale, a->is_negative, sum);
    }
    if (compare(&a_wide, &b_wide) >= 0) {
        subtract(&a_wide, &b_wide);
        return finish(&a_wide, scale, a->is_negative, sum);
    }
    subtract(&b_wide, &a_wide);
    return finish(&b_wide, scale, b_is_negative, sum);
}

bool
rp_exact_add(const RpExact *a, const RpExact *b, RpExact *sum)
{
    return add_signed(a, b, b->is_negative, sum);
}

bool
rp_exact_subtract(const RpExact *a, const RpExact *b, RpExact *difference)
{
    return add_signed(a, b, !b->is_negative, difference);
}

bool
rp_exact_multiply(const RpExact *a, const RpExact *b, RpExact *product)
{
    Wide wide = {.count = a->count + b->count};

    for (uint32_t i = 0; i < a->count; i++) {
        uint64_t carry = 0;

        for (uint32_t j = 0; j < b->count || carry > 0; j++) {
            carry += wide.limbs[i + j] + (j < b->count ? (uint64_t)a->limbs[i] * b->limbs[j] : 0);
            wide.limbs[i + j] = (uint32_t)(carry % LIMB_BASE);
            carry /= LIMB_BASE;
        }
    }
    return finish(&wide, a->scale + b->scale, a->is_negative != b->is_negative, product);
}

/* The largest number that, times the divisor, is not above the rest: by halving, as limbs are few.
 */
static uint32_t
quotient_limb(const Wide *rest, const Wide *divisor)
{
    uint32_t low = 0;
    uint32_t high = LIMB_BASE - 1;

    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        Wide product;

        multiply_into(divisor, middle, 0, &product);
        if (compare(&product, rest) <= 0) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* Long division, limb by limb; the dividend becomes the quotient. */
static void
divide_wide(Wide *dividend, const Wide *divisor, Wide *rest)
{
    rest->count = 0;
    for (uint32_t i = dividend->count; i > 0; i--) {
        Wide product;
        uint32_t limb;

        memmove(rest->limbs + 1, rest->limbs, sizeof(uint32_t) * rest->count);
        rest->limbs[0] = dividend->limbs[i - 1];
        rest->count++;
        trim(rest);
        limb = compare(rest, divisor) < 0 ? 0 : quotient_limb(rest, divisor);
        multiply_into(divisor, limb, 0, &product);
        trim(&product);
        subtract(rest, &product);
        dividend->limbs[i - 1] = limb;
    }
    trim(dividend);
}

bool
rp_exact_divide(const RpExact *a, const RpExact *b, RpExact *quotient)
{
    uint32_t scale = RP_EXACT_FRACTION_DIGITS;
    const Wide one = {.count = 1, .limbs = {1}};
    Wide dividend;
    Wide divisor;
    Wide rest;
    int half;

    scale = a->scale > scale ? a->scale : scale;
    scale = b->scale > scale ? b->scale : scale;
    widen(a, &dividend);
    widen(b, &divisor);
    shift(&dividend, scale + b->scale - a->scale); /* not negative: scale is no smaller than a's */
    divide_wide(&dividend, &divisor, &rest);
    multiply_small(&rest, 2, 0);
    half = compare(&rest, &divisor);
    if (half > 0 || (half == 0 && dividend.count > 0 && dividend.limbs[0] % 2 == 1)) {
        add(&dividend, &one);
    }
    return finish(&dividend, scale, a->is_negative != b->is_negative, quotient);
}

bool
rp_exact_round(const RpExact *exact, RpRounding rounding, RpExact *integer)
{
    const Wide one = {.count = 1, .limbs = {1}};
    bool has_rest = false;
    bool is_half_or_more = false;
    bool is_more_than_half = false;
    bool goes_away; /* from zero */
    Wide wide;

    widen(exact, &wide);
    for (uint32_t i = 0; i < exact->scale; i++) {
        uint32_t digit = divide_small(&wide, 10);

        is_more_than_half = digit > 5 || (digit == 5 && has_rest);
        is_half_or_more = digit >= 5;
        has_rest = has_rest || digit > 0;
    }
    switch (rounding) {
    case RP_ROUND_DOWN:
        goes_away = has_rest && exact->is_negative;
        break;
    case RP_ROUND_UP:
        goes_away = has_rest && !exact->is_negative;
        break;
    case RP_ROUND_NEAREST:
        goes_away = exact->is_negative ? is_more_than_half : is_half_or_more;
        break;
    default:
        goes_away = false;
        break;
    }
    if (goes_away) {
        add(&wide, &one);
    }
    return finish(&wide, 0, exact->is_negative, integer);
}

void
rp_exact_append(RpBuffer *buffer, const RpExact *exact)
{
    char digits[RP_EXACT_DIGIT_LIMIT + LIMB_DIGITS + 1];
    uint32_t length = 0;
    uint32_t whole;

    for (uint32_t i = exact->count; i > 0; i--) {
        length += (uint32_t)snprintf(digits + length, sizeof(digits) - length,
                                     i == exact->count ? "%u" : "%09u", exact->limbs[i - 1]);
    }
    whole = length > exact->scale ? length - exact->scale : 0;
    if (exact->is_negative) {
        rp_buffer_append_byte(buffer, '-');
    }
    if (whole == 0) {
        rp_buffer_append_byte(buffer, '0');
    }
    rp_buffer_append(buffer, digits, whole);
    if (exact->scale > 0) {
        rp_buffer_append_byte(buffer, '.');
        for (uint32_t i = length; i < exact->scale; i++) {
            rp_buffer_append_byte(buffer, '0');
        }
        rp_buffer_append(buffer, digits + whole, length - whole);
    }
}
