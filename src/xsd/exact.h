/*
 * Arithmetic of integers and decimals (F&O 3.1, 4.2): exact, and bounded in digits. A number that
 * would have more is refused, and never rounded; but for quotients, which are rounded half to even.
 */
#ifndef RP_XSD_EXACT_H
#define RP_XSD_EXACT_H

#include "base/buffer.h"
#include "xsd/number.h"

enum {
    RP_EXACT_DIGIT_LIMIT = 1008, /* of a number, before and behind the point together */
    RP_EXACT_LIMBS = RP_EXACT_DIGIT_LIMIT / 9,
    RP_EXACT_FRACTION_DIGITS = 18 /* that a quotient has at least */
};

/* limbs / 10^scale: limbs of nine digits, the lowest first, without zeros on top. Zero: none, not
 * negative. */
typedef struct RpExact {
    bool is_negative;
    uint32_t scale;
    uint32_t count;
    uint32_t limbs[RP_EXACT_LIMBS];
} RpExact;

/* All that give a bool: false, where the number would have too many digits. */
bool rp_exact_read(const RpDecimal *decimal, RpExact *exact);
void rp_exact_set(RpExact *exact, int64_t value);

bool rp_exact_add(const RpExact *a, const RpExact *b, RpExact *sum);
bool rp_exact_subtract(const RpExact *a, const RpExact *b, RpExact *difference);
bool rp_exact_multiply(const RpExact *a, const RpExact *b, RpExact *product);
/* b is not zero. */
bool rp_exact_divide(const RpExact *a, const RpExact *b, RpExact *quotient);

typedef enum RpRounding {
    RP_ROUND_DOWN, /* to the integer below */
    RP_ROUND_UP,
    RP_ROUND_NEAREST, /* the upper one of two that are equally near */
    RP_ROUND_TO_ZERO
} RpRounding;

/* The integer to which a number is rounded. */
bool rp_exact_round(const RpExact *exact, RpRounding rounding, RpExact *integer);

/* Append the canonical form (XSD 1.1, 3.3.3 and 3.4.13). */
void rp_exact_append(RpBuffer *buffer, const RpExact *exact);

#endif
