/*
 * Order of values. Which values compare, and by which rule:
 *
 *   - Strings: xsd:string and the types derived from it, in code point order (SPARQL 1.1, 17.3, by
 *     fn:compare). XPath compares a derived type as its base (F&O 3.1, 1.6.1).
 *   - Booleans: false < true (SPARQL 1.1, 17.3, by op:boolean-less-than).
 *   - Numbers: SPARQL 1.1, 17.3, with XPath's promotion (F&O 3.1, 4.3 and 19.1). Decimals and all
 *     integers exactly; float with double as doubles; a decimal with a fraction is rounded to the
 *     other's type. An integer is not rounded, so that none beyond 2^53 equals its neighbour. NaN
 *     compares with nothing.
 *   - Moments: each of dateTime (with dateTimeStamp), date, time and the g types with itself: F&O
 *     3.1, 9.4, and where that has no order, XSD 1.1 Part 2, 3.3.7 to 3.3.14. With and without
 *     zone: XSD's partial order, not XPath's implicit zone, as SHACL's own tests want it.
 *   - Durations: all three types together, by XSD 1.1 Part 2, 3.3.6.1, which is a total order
 *     within yearMonthDuration and within dayTimeDuration, as F&O 3.1, 8.2 has it.
 *
 * Nothing else compares: language-tagged strings, anyURI, binary types and unknown datatypes have
 * no < in SPARQL 1.1.
 */
#include "xsd/compare.h"

static RpOrder
order_of(int comparison)
{
    return comparison < 0 ? RP_ORDER_LESS : comparison > 0 ? RP_ORDER_GREATER : RP_ORDER_EQUAL;
}

static bool
boolean_of(RpText lexical)
{
    return lexical.data[0] == 't' || lexical.data[0] == '1';
}

/* False: an ill-typed literal, or a datatype without order. */
static bool
read_lexical(RpText lexical, RpValue *value)
{
    const RpDatatype *datatype = value->datatype;

    switch (datatype->values) {
    case RP_VALUES_DECIMAL:
        return rp_datatype_read_decimal(datatype, lexical, &value->as.decimal);
    case RP_VALUES_FLOAT:
    case RP_VALUES_DOUBLE:
        return rp_float_read(lexical, datatype->values == RP_VALUES_FLOAT, &value->as.number);
    case RP_VALUES_MOMENT:
        return rp_moment_read(lexical, datatype->parts, &value->as.moment);
    case RP_VALUES_DURATION:
        return rp_duration_read(lexical, datatype->parts, &value->as.duration);
    case RP_VALUES_STRING:
        value->as.text = lexical;
        return datatype->accepts(datatype, lexical);
    case RP_VALUES_BOOLEAN:
        if (!datatype->accepts(datatype, lexical)) {
            return false;
        }
        value->as.boolean = boolean_of(lexical);
        return true;
    case RP_VALUES_WITHOUT_ORDER:
        break;
    }
    return false;
}

/*
 * The kind of a value within its value space.
 *
 * Numbers: decimals, floats and doubles are kinds of their own. A decimal with a fraction equals
 * the float and the double that it is rounded to, which differ: together they have no order. One
 * by one they have: rounding never changes sides of a float, or a double.
 * Moments: those of one type with a zone, and those without, are on one time line each.
 * Durations: see rp_duration_kind.
 */
static uint32_t
kind_within_space(const RpValue *value)
{
    const RpMoment *moment = &value->as.moment;

    switch (value->datatype->values) {
    case RP_VALUES_MOMENT:
        return (value->datatype->parts & RP_MOMENT_PARTS) * 2 + moment->has_zone;
    case RP_VALUES_DURATION:
        return rp_duration_kind(&value->as.duration);
    default:
        return 0;
    }
}

/* Whether a well-typed value compares with others: NaN does not, nor a duration too long. */
static bool
has_order(const RpValue *value)
{
    switch (value->datatype->values) {
    case RP_VALUES_FLOAT:
    case RP_VALUES_DOUBLE:
        return value->as.number == value->as.number;
    case RP_VALUES_DURATION:
        return !value->as.duration.is_too_long;
    default:
        return true;
    }
}

/* What a value of no order holds is not looked at, and not cleared. */
void
rp_value_read_lexical(RpText lexical, uint32_t datatype_id, RpValue *value)
{
    value->datatype = rp_datatype_find(datatype_id);
    value->kind = 0;
    if (value->datatype != NULL && read_lexical(lexical, value) && has_order(value)) {
        value->kind = (uint32_t)value->datatype->values << 24 | kind_within_space(value);
    }
}

void
rp_value_read(const RpTerm *term, uint32_t datatype_id, RpValue *value)
{
    bool has_value = term->kind == RP_LITERAL && term->language.length == 0;

    rp_value_read_lexical(term->lexical, has_value ? datatype_id : 0, value);
}

static bool
is_number(const RpValue *value)
{
    return value->datatype->values == RP_VALUES_DECIMAL ||
           value->datatype->values == RP_VALUES_FLOAT ||
           value->datatype->values == RP_VALUES_DOUBLE;
}

static RpOrder
compare_decimal_with_float(const RpValue *decimal, const RpValue *other)
{
    double rounded;

    if (decimal->as.decimal.fraction.length == 0) {
        return order_of(rp_integer_compare_double(&decimal->as.decimal, other->as.number));
    }
    rounded = rp_decimal_round(&decimal->as.decimal, other->datatype->values == RP_VALUES_FLOAT);
    return order_of((rounded > other->as.number) - (rounded < other->as.number));
}

static RpOrder
compare_numbers(const RpValue *a, const RpValue *b)
{
    bool a_is_decimal = a->datatype->values == RP_VALUES_DECIMAL;
    bool b_is_decimal = b->datatype->values == RP_VALUES_DECIMAL;

    if (a_is_decimal && b_is_decimal) {
        return order_of(rp_decimal_compare(&a->as.decimal, &b->as.decimal));
    }
    if (a_is_decimal) {
        return compare_decimal_with_float(a, b);
    }
    if (b_is_decimal) {
        return order_of(-(int)compare_decimal_with_float(b, a));
    }
    return order_of((a->as.number > b->as.number) - (a->as.number < b->as.number));
}

static RpOrder
compare_moments(const RpValue *a, const RpValue *b)
{
    int comparison;

    if (((a->datatype->parts ^ b->datatype->parts) & RP_MOMENT_PARTS) != 0 ||
        !rp_moment_compare(&a->as.moment, &b->as.moment, &comparison)) {
        return RP_ORDER_INCOMPARABLE;
    }
    return order_of(comparison);
}

RpOrder
rp_value_order(const RpValue *a, const RpValue *b)
{
    int comparison;

    if (a->kind == 0 || b->kind == 0) {
        return RP_ORDER_INCOMPARABLE;
    }
    if (is_number(a) && is_number(b)) {
        return compare_numbers(a, b);
    }
    if (a->datatype->values != b->datatype->values) {
        return RP_ORDER_INCOMPARABLE;
    }
    switch (a->datatype->values) {
    case RP_VALUES_STRING:
        return order_of(rp_text_compare(a->as.text, b->as.text));
    case RP_VALUES_BOOLEAN:
        return order_of((int)a->as.boolean - (int)b->as.boolean);
    case RP_VALUES_MOMENT:
        return compare_moments(a, b);
    case RP_VALUES_DURATION:
        return rp_duration_compare(&a->as.duration, &b->as.duration, &comparison)
                   ? order_of(comparison)
                   : RP_ORDER_INCOMPARABLE;
    default:
        return RP_ORDER_INCOMPARABLE;
    }
}

/* Decimals that are rounded to one double differ, so that none of them may be equal to it. */
static int
total_order_of_numbers(const RpValue *a, const RpValue *b)
{
    bool a_is_decimal = a->datatype->values == RP_VALUES_DECIMAL;
    bool b_is_decimal = b->datatype->values == RP_VALUES_DECIMAL;
    int order;

    if (a_is_decimal == b_is_decimal) {
        return (int)compare_numbers(a, b);
    }
    if (b_is_decimal) {
        return -total_order_of_numbers(b, a);
    }
    order = rp_integer_compare_double(&a->as.decimal, b->as.number);
    return order != 0 ? order : -1;
}

/* The number of a value's space. */
static uint32_t
space_of(const RpValue *value)
{
    return is_number(value) ? 0
                            : (uint32_t)value->datatype->values << 8 |
                                  (value->datatype->values == RP_VALUES_MOMENT
                                       ? value->datatype->parts & RP_MOMENT_PARTS
                                       : 0);
}

int
rp_value_total_order(const RpValue *a, const RpValue *b)
{
    uint32_t a_space = space_of(a);
    uint32_t b_space = space_of(b);
    int order = 0;

    if (a_space != b_space) {
        return a_space < b_space ? -1 : 1;
    }
    if (is_number(a)) {
        return total_order_of_numbers(a, b);
    }
    switch (a->datatype->values) {
    case RP_VALUES_MOMENT:
        (void)rp_moment_compare(&a->as.moment, &b->as.moment, &order);
        return order;
    case RP_VALUES_DURATION:
        (void)rp_duration_compare(&a->as.duration, &b->as.duration, &order);
        return order;
    default:
        return (int)rp_value_order(a, b);
    }
}

RpOrder
rp_value_compare(const RpTerm *a, uint32_t a_datatype_id, const RpTerm *b, uint32_t b_datatype_id)
{
    RpValue a_value;
    RpValue b_value;

    rp_value_read(a, a_datatype_id, &a_value);
    rp_value_read(b, b_datatype_id, &b_value);
    return rp_value_order(&a_value, &b_value);
}
