/* Casts by the constructors of XML Schema's types (SPARQL 1.1, 17.5; F&O 3.1, 19). */
#include "query/expression.h"
#include "query/number.h"

#include <math.h>

static RpText
trim(RpText text)
{
    while (text.length > 0 && strchr(" \t\n\r", text.data[0]) != NULL) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && strchr(" \t\n\r", text.data[text.length - 1]) != NULL) {
        text.length--;
    }
    return text;
}

/* A real number as an exact one, by its shortest digits. False: it is not finite. */
static RpStatus
make_exact(const RpCall *call, const RpNumber *number, RpExact *exact, bool *is_finite)
{
    char digits[RP_REAL_DIGITS];
    int exponent;
    RpBuffer buffer;
    RpDecimal decimal;

    *is_finite = rp_real_digits(number->real, number->type == RP_NUMBER_FLOAT, digits, &exponent);
    if (!*is_finite) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    rp_buffer_append_string(&buffer, number->real < 0 ? "-" : "");
    if (exponent >= 0) {
        rp_buffer_append_string(&buffer, digits);
        for (int i = 0; i < exponent; i++) {
            rp_buffer_append_byte(&buffer, '0');
        }
    } else {
        int whole = (int)strlen(digits) + exponent;

        rp_buffer_append(&buffer, digits, whole > 0 ? (size_t)whole : 0);
        rp_buffer_append_byte(&buffer, '.');
        for (int i = whole; i < 0; i++) {
            rp_buffer_append_byte(&buffer, '0');
        }
        rp_buffer_append_string(&buffer, digits + (whole > 0 ? whole : 0));
    }
    RP_TRY(rp_query_check_text(call->run, &buffer));
    rp_decimal_read(rp_buffer_text(&buffer), &decimal);
    return rp_exact_read(&decimal, exact) ? RP_OK : rp_number_refuse(call->run);
}

/* A number as one of another type. */
static RpStatus
cast_number(RpCall *call, RpNumber *number, RpNumberType type)
{
    if (type >= RP_NUMBER_FLOAT) {
        number->real = rp_number_real(number, type == RP_NUMBER_FLOAT);
        number->real = type == RP_NUMBER_FLOAT ? (double)(float)number->real : number->real;
    } else if (number->type >= RP_NUMBER_FLOAT) {
        bool is_finite;

        RP_TRY(make_exact(call, number, &number->exact, &is_finite));
        if (!is_finite) {
            return RP_OK;
        }
    }
    if (type == RP_NUMBER_INTEGER) {
        RpExact integer;

        if (!rp_exact_round(&number->exact, RP_ROUND_TO_ZERO, &integer)) {
            return rp_number_refuse(call->run);
        }
        number->exact = integer;
    }
    number->type = type;
    return rp_number_give(call->run, number, call->result);
}

/* F&O 19.1.2: a real number as a string, without an exponent where it is of a usual size. */
static RpStatus
write_real(RpCall *call, RpNumber *number)
{
    double size = fabs(number->real);
    RpScalar written;
    bool is_finite;

    if (number->real == 0) {
        *call->result = rp_scalar_string(signbit(number->real) ? RP_TEXT("-0") : RP_TEXT("0"));
        return RP_OK;
    }
    if (size >= 1e-6 && size < 1e6) {
        RP_TRY(make_exact(call, number, &number->exact, &is_finite));
        number->type = RP_NUMBER_DECIMAL;
    }
    RP_TRY(rp_number_give(call->run, number, &written));
    *call->result = rp_scalar_string(written.term.lexical);
    return RP_OK;
}

static RpStatus
cast_to_string(RpCall *call)
{
    const RpScalar *argument = &call->arguments[0];
    RpNumber number;
    bool is_number = false;
    RpScalar written;

    if (argument->term.kind == RP_BLANK) {
        return RP_OK;
    }
    if (argument->datatype == RP_VOCABULARY_xsd_dateTime &&
        rp_datatype_accepts(argument->datatype, argument->term.lexical)) {
        return rp_call_give_moment(call, argument, RP_VOCABULARY_xsd_string);
    }
    if (rp_scalar_has_numeric_type(argument)) {
        RP_TRY(rp_number_read(call->run, argument, &number, &is_number));
    }
    if (!is_number) {
        bool is_boolean = argument->datatype == RP_VOCABULARY_xsd_boolean &&
                          rp_datatype_accepts(argument->datatype, argument->term.lexical);

        *call->result =
            is_boolean ? rp_scalar_string(rp_scalar_truth(argument) == RP_TRUE ? RP_TEXT("true")
                                                                               : RP_TEXT("false"))
                       : rp_scalar_string(argument->term.lexical);
        return RP_OK;
    }
    if (number.type >= RP_NUMBER_FLOAT) {
        return write_real(call, &number);
    }
    RP_TRY(rp_number_give(call->run, &number, &written));
    *call->result = rp_scalar_string(written.term.lexical);
    return RP_OK;
}

static RpStatus
cast_to_boolean(RpCall *call)
{
    const RpScalar *argument = &call->arguments[0];

    RpScalar value = rp_scalar_is_string(argument)
                         ? rp_scalar_typed(trim(argument->term.lexical), RP_VOCABULARY_xsd_boolean)
                         : *argument;

    if ((rp_scalar_has_numeric_type(&value) || value.datatype == RP_VOCABULARY_xsd_boolean) &&
        rp_datatype_accepts(value.datatype, value.term.lexical)) {
        *call->result = rp_scalar_boolean(rp_scalar_truth(&value) == RP_TRUE);
    }
    return RP_OK;
}

static RpStatus
cast_to_datetime(RpCall *call)
{
    const RpScalar *argument = &call->arguments[0];
    RpText text = argument->term.lexical;
    RpBuffer buffer;

    if (rp_scalar_is_string(argument) || argument->datatype == RP_VOCABULARY_xsd_dateTime ||
        argument->datatype == RP_VOCABULARY_xsd_dateTimeStamp) {
        RpScalar moment = rp_scalar_typed(trim(text), RP_VOCABULARY_xsd_dateTime);

        return rp_call_give_moment(call, &moment, RP_VOCABULARY_xsd_dateTime);
    }
    if (argument->datatype != RP_VOCABULARY_xsd_date ||
        !rp_datatype_accepts(argument->datatype, text)) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer); /* a date: its first moment, before the zone */
    for (uint32_t hyphens = 0, i = 0; i < text.length; i++) {
        hyphens += text.data[i] == '-' && i > 0;
        rp_buffer_append_byte(&buffer, text.data[i]);
        if (hyphens == 2 && text.data[i - 2] == '-') {
            rp_buffer_append_string(&buffer, "T00:00:00");
            hyphens = 3;
        }
    }
    return rp_call_give_text(call, &buffer, RP_VOCABULARY_xsd_dateTime);
}

static RpStatus
cast_to_number(RpCall *call, RpVocabulary datatype, RpNumberType type)
{
    const RpScalar *argument = &call->arguments[0];
    RpScalar value = rp_scalar_is_string(argument)
                         ? rp_scalar_typed(trim(argument->term.lexical), datatype)
                         : *argument;
    RpNumber number;
    bool is_number;

    if (argument->datatype == RP_VOCABULARY_xsd_boolean &&
        rp_datatype_accepts(argument->datatype, argument->term.lexical)) {
        number.type = RP_NUMBER_INTEGER;
        rp_exact_set(&number.exact, rp_scalar_truth(argument) == RP_TRUE);
        return cast_number(call, &number, type);
    }
    RP_TRY(rp_number_read(call->run, &value, &number, &is_number));
    return is_number ? cast_number(call, &number, type) : RP_OK;
}

RpStatus
rp_call_cast(RpCall *call)
{
    if (call->arguments[0].term.kind == RP_IRI && call->op->value != RP_FUNCTION_cast_string) {
        return RP_OK;
    }
    switch ((RpFunctionId)call->op->value) {
    case RP_FUNCTION_cast_string:
        return cast_to_string(call);
    case RP_FUNCTION_cast_boolean:
        return cast_to_boolean(call);
    case RP_FUNCTION_cast_integer:
        return cast_to_number(call, RP_VOCABULARY_xsd_integer, RP_NUMBER_INTEGER);
    case RP_FUNCTION_cast_decimal:
        return cast_to_number(call, RP_VOCABULARY_xsd_decimal, RP_NUMBER_DECIMAL);
    case RP_FUNCTION_cast_float:
        return cast_to_number(call, RP_VOCABULARY_xsd_float, RP_NUMBER_FLOAT);
    case RP_FUNCTION_cast_double:
        return cast_to_number(call, RP_VOCABULARY_xsd_double, RP_NUMBER_DOUBLE);
    default:
        return cast_to_datetime(call);
    }
}
