/* Operators and functions of numbers (SPARQL 1.1, 17.3 and 17.4.4). */
#include "query/expression.h"
#include "query/number.h"

#include <math.h>

/* + and - before a number, and ABS. */
RpStatus
rp_call_sign(RpCall *call)
{
    RpNumber number;
    bool is_number;

    RP_TRY(rp_number_read(call->run, &call->arguments[0], &number, &is_number));
    if (!is_number) {
        return RP_OK;
    }
    if (call->op->value == RP_FUNCTION_minus) {
        number.real = -number.real;
        number.exact.is_negative = !number.exact.is_negative && number.exact.count > 0;
    } else if (call->op->value == RP_FUNCTION_abs) {
        number.real = fabs(number.real);
        number.exact.is_negative = false;
    }
    return rp_number_give(call->run, &number, call->result);
}

RpStatus
rp_call_arithmetic(RpCall *call)
{
    RpNumber numbers[2];
    RpNumber result;
    bool is_number;

    for (uint32_t i = 0; i < 2; i++) {
        RP_TRY(rp_number_read(call->run, &call->arguments[i], &numbers[i], &is_number));
        if (!is_number) {
            return RP_OK;
        }
    }
    RP_TRY(rp_number_combine(call->run, (RpFunctionId)call->op->value, &numbers[0], &numbers[1],
                             &result, &is_number));
    return is_number ? rp_number_give(call->run, &result, call->result) : RP_OK;
}

/* ROUND takes the upper one of two that are equally near. */
RpStatus
rp_call_round(RpCall *call)
{
    RpFunctionId function = (RpFunctionId)call->op->value;
    RpRounding rounding = function == RP_FUNCTION_ceil    ? RP_ROUND_UP
                          : function == RP_FUNCTION_floor ? RP_ROUND_DOWN
                                                          : RP_ROUND_NEAREST;
    RpNumber number;
    RpExact rounded;
    bool is_number;

    RP_TRY(rp_number_read(call->run, &call->arguments[0], &number, &is_number));
    if (!is_number) {
        return RP_OK;
    }
    if (number.type < RP_NUMBER_FLOAT) {
        if (!rp_exact_round(&number.exact, rounding, &rounded)) {
            return rp_number_refuse(call->run);
        }
        number.exact = rounded;
    } else if (rounding == RP_ROUND_NEAREST) {
        double below = floor(number.real);

        number.real = number.real - below >= 0.5 ? ceil(number.real) : below;
    } else {
        number.real = rounding == RP_ROUND_UP ? ceil(number.real) : floor(number.real);
    }
    return rp_number_give(call->run, &number, call->result);
}
