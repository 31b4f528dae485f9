/*
 * Numbers of XML Schema by their lexical forms (XSD 1.1 Part 2, 3.3.3 to 3.3.5 and 3.4.13 to
 * 3.4.25): decimals of any length as views of their digits, floats and doubles rounded as XSD says.
 * No memory is allocated and no locale is asked.
 */
#ifndef RP_XSD_NUMBER_H
#define RP_XSD_NUMBER_H

#include "base/text.h"

/* A decimal's value: views of the lexical form, without zeros that say nothing. Zero: both empty,
 * not negative. */
typedef struct RpDecimal {
    bool is_negative;
    RpText whole;    /* digits before the point, no leading zeros */
    RpText fraction; /* digits after the point, no trailing zeros */
} RpDecimal;

/* xsd:integer's lexical form: [+-]?[0-9]+. False: it is none. */
bool rp_integer_read(RpText lexical, RpDecimal *integer);

/* xsd:decimal's lexical form: [+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+). False: it is none. */
bool rp_decimal_read(RpText lexical, RpDecimal *decimal);

/* The exact order of two decimals: negative, zero or positive. */
int rp_decimal_compare(const RpDecimal *a, const RpDecimal *b);

/*
 * xsd:double's and xsd:float's lexical form and its value, rounded to nearest, for a float to
 * single precision. INF, -INF and NaN are C's; what is too large is INF, too small is zero (XSD
 * 1.1, floatingPointRound).
 */
bool rp_float_read(RpText lexical, bool is_single, double *value);

/* The lexical form alone: what rp_float_read accepts, without the cost of rounding. */
bool rp_float_is_lexical(RpText lexical);

/* A decimal rounded to the nearest double, or float: XPath's promotion (F&O 3.1, 19.1.2). */
double rp_decimal_round(const RpDecimal *decimal, bool is_single);

/* The exact order of an integer and a double that is not NaN. */
int rp_integer_compare_double(const RpDecimal *integer, double value);

#endif
