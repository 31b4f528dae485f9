/* Numbers of expressions: XPath's four types, and what their operators make of two (F&O 3.1, 4). */
#ifndef RP_QUERY_NUMBER_H
#define RP_QUERY_NUMBER_H

#include "query/scalar.h"
#include "xsd/exact.h"

/* From the smallest to what all are promoted to. */
typedef enum RpNumberType {
    RP_NUMBER_INTEGER,
    RP_NUMBER_DECIMAL,
    RP_NUMBER_FLOAT,
    RP_NUMBER_DOUBLE
} RpNumberType;

typedef struct RpNumber {
    RpNumberType type;
    RpExact exact; /* of the first two */
    double real;   /* of the others */
} RpNumber;

/* Read a scalar. *is_number false: it is none, or its form is wrong. RP_TOO_LARGE: too many
 * digits, for arithmetic. */
RpStatus rp_number_read(RpQueryRun *run, const RpScalar *scalar, RpNumber *number, bool *is_number);

/* + - * / of two numbers. *is_number false: a division by zero, which is an error. */
RpStatus rp_number_combine(RpQueryRun *run, RpFunctionId function, const RpNumber *a,
                           const RpNumber *b, RpNumber *result, bool *is_number);

/* The number as a literal in canonical form, in run->texts. */
RpStatus rp_number_give(RpQueryRun *run, const RpNumber *number, RpScalar *scalar);

/* As a double, or a float. */
double rp_number_real(const RpNumber *number, bool is_single);

/* The shortest digits that are read as a real again; false: it is not finite. value is digits times
 * 10^exponent. */
enum { RP_REAL_DIGITS = 20 };
bool rp_real_digits(double real, bool is_single, char digits[RP_REAL_DIGITS], int *exponent);

/* The error for numbers with too many digits. Returns RP_TOO_LARGE. */
RpStatus rp_number_refuse(RpQueryRun *run);

#endif
