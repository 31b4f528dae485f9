/*
 * Order of values. Which values compare, and by which rule:
 *
 *   strings     xsd:string and the types derived from it, in code point order: SPARQL 1.1, 17.3
 * (fn:compare); XPath compares a derived type as its base (F&O 3.1, 1.6.1) booleans    false <
 * true: SPARQL 1.1, 17.3 (op:boolean-less-than) numbers     SPARQL 1.1, 17.3, with XPath's
 * promotion (F&O 3.1, 4.3 and 19.1): decimals and all integers exactly; float with double as
 * doubles; a decimal with a fraction is rounded to the other's type. An integer is not rounded, so
 * that none beyond 2^53 equals its neighbour. NaN compares with nothing moments     each of
 * dateTime (with dateTimeStamp), date, time and the g types with itself: F&O 3.1, 9.4, and where
 * that has no order, XSD 1.1 Part 2, 3.3.7 to 3.3.14. With and without zone: XSD's partial order,
 * not XPath's implicit zone, as SHACL's own tests want it durations   all three types together:
 * XSD 1.1 Part 2, 3.3.6.1, which is a total order within yearMonthDuration and within
 *               dayTimeDuration, as F&O 3.1, 8.2 has it
 *
 * Nothing else compares: language-tagged strings, anyURI, binary types and unknown datatypes have
 * no < in SPARQL 1.1.
 */
#include "xsd/compare.h"

#include "xsd/datetime.h"
#include "xsd/number.h"

/* A literal's value, read. */
typedef struct Value {
    const RpDatatype *datatype;
    RpDecimal decimal; /* RP_VALUES_DECIMAL */
    double number;     /* RP_VALUES_FLOAT, RP_VALUES_DOUBLE */
    RpMoment moment;
    RpDuration duration;
} Value;

static RpOrder
order_of(int comparison)
{
    return comparison < 0 ? RP_ORDER_LESS : comparison > 0 ? RP_ORDER_GREATER : RP_ORDER_EQUAL;
}

/* False: no literal, no order, or an ill-typed literal. */
static bool
read_value(const RpTerm *term, uint32_t datatype_id, Value *value)
{
    const RpDatatype *datatype = rp_datatype_find(datatype_id);

    value->datatype = datatype;
    if (term->kind != RP_LITERAL || term->language.length > 0 || datatype == NULL) {
        return false;
    }
    switch (datatype->values) {
    case RP_VALUES_DECIMAL:
        return datatype->accepts(datatype, term->lexical) &&
               rp_decimal_read(term->lexical, &value->decimal);
    case RP_VALUES_FLOAT:
    case RP_VALUES_DOUBLE:
        return rp_float_read(term->lexical, datatype->values == RP_VALUES_FLOAT, &value->number);
    case RP_VALUES_MOMENT:
        return rp_moment_read(term->lexical, datatype->parts, &value->moment);
    case RP_VALUES_DURATION:
        return rp_duration_read(term->lexical, datatype->parts, &value->duration);
    case RP_VALUES_STRING:
    case RP_VALUES_BOOLEAN:
        return datatype->accepts(datatype, term->lexical);
    case RP_VALUES_WITHOUT_ORDER:
        break;
    }
    return false;
}

static bool
is_number(const Value *value)
{
    return value->datatype->values == RP_VALUES_DECIMAL ||
           value->datatype->values == RP_VALUES_FLOAT ||
           value->datatype->values == RP_VALUES_DOUBLE;
}

static RpOrder
compare_decimal_with_float(const Value *decimal, const Value *other)
{
    double rounded;

    if (other->number != other->number) {
        return RP_ORDER_INCOMPARABLE;
    }
    if (decimal->decimal.fraction.length == 0) {
        return order_of(rp_integer_compare_double(&decimal->decimal, other->number));
    }
    rounded = rp_decimal_round(&decimal->decimal, other->datatype->values == RP_VALUES_FLOAT);
    return order_of((rounded > other->number) - (rounded < other->number));
}

static RpOrder
compare_numbers(const Value *a, const Value *b)
{
    bool a_is_decimal = a->datatype->values == RP_VALUES_DECIMAL;
    bool b_is_decimal = b->datatype->values == RP_VALUES_DECIMAL;
    RpOrder order;

    if (a_is_decimal && b_is_decimal) {
        return order_of(rp_decimal_compare(&a->decimal, &b->decimal));
    }
    if (a_is_decimal) {
        return compare_decimal_with_float(a, b);
    }
    if (b_is_decimal) {
        order = compare_decimal_with_float(b, a);
        return order == RP_ORDER_INCOMPARABLE ? order : order_of(-(int)order);
    }
    if (a->number != a->number || b->number != b->number) {
        return RP_ORDER_INCOMPARABLE;
    }
    return order_of((a->number > b->number) - (a->number < b->number));
}

static RpOrder
compare_moments(const Value *a, const Value *b)
{
    int comparison;

    if (((a->datatype->parts ^ b->datatype->parts) & RP_MOMENT_PARTS) != 0 ||
        !rp_moment_compare(&a->moment, &b->moment, &comparison)) {
        return RP_ORDER_INCOMPARABLE;
    }
    return order_of(comparison);
}

static bool
boolean_of(RpText lexical)
{
    return lexical.data[0] == 't' || lexical.data[0] == '1';
}

RpOrder
rp_value_compare(const RpTerm *a, uint32_t a_datatype_id, const RpTerm *b, uint32_t b_datatype_id)
{
    Value a_value;
    Value b_value;
    int comparison;

    if (!read_value(a, a_datatype_id, &a_value) || !read_value(b, b_datatype_id, &b_value)) {
        return RP_ORDER_INCOMPARABLE;
    }
    if (is_number(&a_value) && is_number(&b_value)) {
        return compare_numbers(&a_value, &b_value);
    }
    if (a_value.datatype->values != b_value.datatype->values) {
        return RP_ORDER_INCOMPARABLE;
    }
    switch (a_value.datatype->values) {
    case RP_VALUES_STRING:
        return order_of(rp_text_compare(a->lexical, b->lexical));
    case RP_VALUES_BOOLEAN:
        return order_of((int)boolean_of(a->lexical) - (int)boolean_of(b->lexical));
    case RP_VALUES_MOMENT:
        return compare_moments(&a_value, &b_value);
    case RP_VALUES_DURATION:
        return rp_duration_compare(&a_value.duration, &b_value.duration, &comparison)
                   ? order_of(comparison)
                   : RP_ORDER_INCOMPARABLE;
    default:
        return RP_ORDER_INCOMPARABLE;
    }
}
