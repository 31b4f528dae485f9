/* The order of values: pairs, each looked at from both sides. Expected orders are those of the
 * sections that the groups name. */
#include "check.h"

#include <stdio.h>

#include "xsd/compare.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct Pair {
    const char *a;
    uint32_t a_datatype_id;
    RpOrder order;
    const char *b;
    uint32_t b_datatype_id;
} Pair;

#define LESS RP_ORDER_LESS
#define EQUAL RP_ORDER_EQUAL
#define GREATER RP_ORDER_GREATER
#define APART RP_ORDER_INCOMPARABLE
#define PAIR(a, a_type, order, b, b_type)                           \
    {                                                               \
        a, RP_VOCABULARY_##a_type, order, b, RP_VOCABULARY_##b_type \
    }
#define SAME(type, a, order, b) PAIR(a, type, order, b, type)

#define ZEROS_48 "000000000000000000000000000000000000000000000000"

/* XSD 1.1 3.3.3: decimals of any length, exactly. */
static const Pair decimals[] = {
    SAME(xsd_integer, "1", LESS, "2"),
    SAME(xsd_integer, "2", LESS, "10"),
    SAME(xsd_integer, "-2", GREATER, "-10"),
    SAME(xsd_integer, "-1", LESS, "1"),
    SAME(xsd_integer, "007", EQUAL, "7"),
    SAME(xsd_integer, "+7", EQUAL, "7"),
    SAME(xsd_integer, "-0", EQUAL, "0"),
    SAME(xsd_integer, "-0", EQUAL, "+00"),
    SAME(xsd_integer, "9223372036854775807", LESS, "9223372036854775808"),
    SAME(xsd_integer, "123456789012345678901234567890", LESS, "123456789012345678901234567891"),
    SAME(xsd_integer, "-123456789012345678901234567890", GREATER,
         "-123456789012345678901234567891"),
    SAME(xsd_decimal, "1.0", EQUAL, "1"),
    SAME(xsd_decimal, "1.", EQUAL, "01.000"),
    SAME(xsd_decimal, ".5", EQUAL, "0.50"),
    SAME(xsd_decimal, "-.5", LESS, "0"),
    SAME(xsd_decimal, "-0.0", EQUAL, "0"),
    SAME(xsd_decimal, "0.1", GREATER, "0.09999999999999999999999999"),
    SAME(xsd_decimal, "0.10", LESS, "0.2"),
    SAME(xsd_decimal, "1.45", LESS, "1.5"),
    SAME(xsd_decimal, "-1.45", GREATER, "-1.5"),
    SAME(xsd_decimal, "6." ZEROS_48 "1", GREATER, "6"),
    SAME(xsd_decimal, "6." ZEROS_48 "1", LESS, "6." ZEROS_48 "2"),
    PAIR("1", xsd_integer, EQUAL, "1.0", xsd_decimal),
    PAIR("1", xsd_byte, LESS, "1.5", xsd_decimal),
    PAIR("300", xsd_short, GREATER, "255", xsd_unsignedByte),
    PAIR("-1", xsd_negativeInteger, LESS, "1", xsd_positiveInteger),
    PAIR("18446744073709551615", xsd_unsignedLong, GREATER, "9223372036854775807", xsd_long),
    PAIR("5", xsd_int, EQUAL, "5", xsd_unsignedInt),
    PAIR("0", xsd_nonNegativeInteger, EQUAL, "-0", xsd_nonPositiveInteger),
    PAIR("7", xsd_unsignedShort, LESS, "8", xsd_integer),
    PAIR("5", xsd_integer, APART, "5.0", xsd_integer),
    PAIR("128", xsd_byte, APART, "5", xsd_integer),
    PAIR("-1", xsd_unsignedInt, APART, "5", xsd_integer),
    PAIR(" 1", xsd_integer, APART, "1", xsd_integer),
    PAIR("1e0", xsd_decimal, APART, "1", xsd_decimal),
};

/* XSD 1.1 3.3.4 and 3.3.5; F&O 3.1 4.3 and 19.1: floats and doubles, and promotion. */
static const Pair floats[] = {
    SAME(xsd_double, "1", LESS, "2"),
    SAME(xsd_double, "1e0", EQUAL, "1.0"),
    SAME(xsd_double, "-0", EQUAL, "0"),
    SAME(xsd_double, "INF", EQUAL, "+INF"),
    SAME(xsd_double, "INF", GREATER, "1e308"),
    SAME(xsd_double, "-INF", LESS, "-1e308"),
    SAME(xsd_double, "1e400", EQUAL, "INF"),
    SAME(xsd_double, "-1e400", EQUAL, "-INF"),
    SAME(xsd_double, "1e-400", EQUAL, "0"),
    SAME(xsd_double, "4.9e-324", GREATER, "0"),
    SAME(xsd_double, "2e-324", EQUAL, "0"),
    SAME(xsd_double, "NaN", APART, "NaN"),
    SAME(xsd_double, "NaN", APART, "1"),
    SAME(xsd_double, "INF", APART, "NaN"),
    SAME(xsd_double, "0.1", EQUAL, "0.1000000000000000055511151231257827"),
    SAME(xsd_double, "0.1", LESS, "0.2"),
    SAME(xsd_double, "9007199254740992", EQUAL, "9007199254740993"),
    SAME(xsd_double, "9007199254740992", EQUAL, "9007199254740993.0"),
    /* halfway, and then something far behind the point that tips the scale */
    SAME(xsd_double, "9007199254740992", LESS, "9007199254740993." ZEROS_48 ZEROS_48 "1"),
    SAME(xsd_double, "1000e-3", EQUAL, "0.001e3"),
    SAME(xsd_double, "0.000000000000000000000000000000000000001e39", EQUAL, "1"),
    SAME(xsd_double, "1e99999999999999999999", EQUAL, "INF"),
    SAME(xsd_double, "1e-99999999999999999999", EQUAL, "0"),
    SAME(xsd_double, "0e99999999999999999999", EQUAL, "0"),
    SAME(xsd_float, "1", LESS, "2"),
    SAME(xsd_float, "16777216", EQUAL, "16777217"),
    SAME(xsd_float, "1e39", EQUAL, "INF"),
    SAME(xsd_float, "1e-50", EQUAL, "0"),
    SAME(xsd_float, "NaN", APART, "NaN"),
    /* rounded once, not by way of a double, which would give 1 */
    SAME(xsd_float, "1.000000059604644775390625000000000001", GREATER, "1"),
    PAIR("0.1", xsd_float, GREATER, "0.1", xsd_double),
    PAIR("0.5", xsd_float, EQUAL, "0.5", xsd_double),
    PAIR("INF", xsd_float, EQUAL, "INF", xsd_double),
    PAIR("1e39", xsd_float, GREATER, "1e39", xsd_double),
    PAIR("NaN", xsd_float, APART, "1", xsd_double),
    PAIR("5", xsd_integer, EQUAL, "5e0", xsd_double),
    PAIR("5", xsd_integer, LESS, "5.5", xsd_double),
    PAIR("6", xsd_integer, GREATER, "5.5", xsd_double),
    PAIR("-6", xsd_integer, LESS, "-5.5", xsd_double),
    PAIR("5", xsd_integer, EQUAL, "5.0", xsd_float),
    PAIR("9007199254740993", xsd_integer, GREATER, "9007199254740992", xsd_double),
    PAIR("9007199254740991", xsd_integer, LESS, "9007199254740992", xsd_double),
    PAIR("16777217", xsd_integer, GREATER, "16777216", xsd_float),
    PAIR("-9007199254740993", xsd_long, LESS, "-9007199254740992", xsd_double),
    PAIR("1000000000000000000000000", xsd_integer, GREATER, "1e24", xsd_double),
    PAIR("0", xsd_integer, EQUAL, "-0", xsd_double),
    PAIR("0", xsd_integer, LESS, "4.9e-324", xsd_double),
    PAIR("1", xsd_integer, LESS, "INF", xsd_double),
    PAIR("1", xsd_integer, GREATER, "-INF", xsd_float),
    PAIR("1", xsd_integer, APART, "NaN", xsd_double),
    PAIR("0.1", xsd_decimal, EQUAL, "0.1", xsd_double),
    PAIR("0.1", xsd_decimal, EQUAL, "0.1", xsd_float),
    PAIR("0.1", xsd_decimal, LESS, "0.2", xsd_double),
    PAIR("2.5", xsd_decimal, EQUAL, "25e-1", xsd_double),
    PAIR("-2.5", xsd_decimal, GREATER, "-26e-1", xsd_double),
    PAIR("2.5", xsd_decimal, APART, "NaN", xsd_float),
    PAIR("2.5", xsd_decimal, LESS, "INF", xsd_float),
};

/* SPARQL 1.1 17.3; F&O 3.1 5.3.6: code point order. Booleans: 17.3. */
static const Pair texts[] = {
    SAME(xsd_string, "a", LESS, "b"),
    SAME(xsd_string, "a", EQUAL, "a"),
    SAME(xsd_string, "", LESS, "a"),
    SAME(xsd_string, "a", LESS, "ab"),
    SAME(xsd_string, "B", LESS, "a"),
    SAME(xsd_string, "10", LESS, "9"),
    SAME(xsd_string, "z", LESS, "é"),
    SAME(xsd_string, "\xEF\xBF\xBD", LESS, "😀"),
    PAIR("a", xsd_token, LESS, "b", xsd_string),
    PAIR("a", xsd_NCName, EQUAL, "a", xsd_normalizedString),
    PAIR("en", xsd_language, LESS, "fr", xsd_Name),
    PAIR("1", xsd_NMTOKEN, LESS, "a", xsd_string),
    PAIR(" a", xsd_token, APART, "a", xsd_string),
    PAIR("1a", xsd_Name, APART, "a", xsd_string),
    PAIR("a:b", xsd_NCName, APART, "a", xsd_string),
    SAME(xsd_boolean, "false", LESS, "true"),
    SAME(xsd_boolean, "true", EQUAL, "1"),
    SAME(xsd_boolean, "0", EQUAL, "false"),
    SAME(xsd_boolean, "0", LESS, "1"),
    SAME(xsd_boolean, "TRUE", APART, "true"),
    PAIR("true", xsd_boolean, APART, "1", xsd_integer),
    PAIR("1", xsd_string, APART, "1", xsd_integer),
    PAIR("true", xsd_string, APART, "true", xsd_boolean),
    SAME(xsd_anyURI, "a", APART, "a"),
    SAME(xsd_anyURI, "a", APART, "b"),
    PAIR("a", xsd_anyURI, APART, "a", xsd_string),
    SAME(xsd_hexBinary, "00", APART, "00"),
    SAME(xsd_base64Binary, "AAAA", APART, "AAAA"),
    SAME(rdf_langString, "a", APART, "a"),
    SAME(rdf_HTML, "a", APART, "a"),
    SAME(rdf_JSON, "1", APART, "1"),
    SAME(NONE, "a", APART, "a"),
    PAIR("1", NONE, APART, "1", xsd_integer),
};

/* F&O 3.1 9.4; XSD 1.1 3.3.7 to 3.3.14 and E.3.3. */
static const Pair moments[] = {
    SAME(xsd_dateTime, "2002-10-10T12:00:00Z", LESS, "2002-10-10T12:00:01Z"),
    SAME(xsd_dateTime, "2002-10-10T12:00:00Z", EQUAL, "2002-10-10T12:00:00.000Z"),
    SAME(xsd_dateTime, "2002-10-10T12:00:00Z", LESS, "2002-10-10T12:00:00.0000000000001Z"),
    SAME(xsd_dateTime, "2002-10-10T12:00:00.5", GREATER, "2002-10-10T12:00:00.4999"),
    SAME(xsd_dateTime, "2002-10-10T12:00:00Z", EQUAL, "2002-10-10T07:00:00-05:00"),
    SAME(xsd_dateTime, "2002-10-10T12:00:00+05:30", EQUAL, "2002-10-10T06:30:00Z"),
    SAME(xsd_dateTime, "2002-10-10T24:00:00", EQUAL, "2002-10-11T00:00:00"),
    SAME(xsd_dateTime, "2002-12-31T24:00:00Z", EQUAL, "2003-01-01T00:00:00Z"),
    SAME(xsd_dateTime, "2000-02-28T24:00:00Z", EQUAL, "2000-02-29T00:00:00Z"),
    SAME(xsd_dateTime, "1900-02-28T24:00:00Z", EQUAL, "1900-03-01T00:00:00Z"),
    SAME(xsd_dateTime, "2002-01-01T00:00:00+14:00", EQUAL, "2001-12-31T10:00:00Z"),
    SAME(xsd_dateTime, "-0001-12-31T24:00:00", EQUAL, "0000-01-01T00:00:00"),
    SAME(xsd_dateTime, "0000-12-31T24:00:00", EQUAL, "0001-01-01T00:00:00"),
    SAME(xsd_dateTime, "0000-02-29T24:00:00", EQUAL, "0000-03-01T00:00:00"),
    SAME(xsd_dateTime, "-0002-01-01T00:00:00", LESS, "-0001-01-01T00:00:00"),
    SAME(xsd_dateTime, "-0001-01-01T00:00:00", LESS, "0001-01-01T00:00:00"),
    SAME(xsd_dateTime, "-0001-06-01T00:00:00", LESS, "-0001-07-01T00:00:00"),
    SAME(xsd_dateTime, "9999-12-31T23:59:59", LESS, "10000-01-01T00:00:00"),
    SAME(xsd_dateTime, "99999999999-01-01T00:00:00", LESS, "100000000000-01-01T00:00:00"),
    SAME(xsd_dateTime, "99999999999999999998-01-01T00:00:00", LESS,
         "99999999999999999999-01-01T00:00:00"),
    SAME(xsd_dateTime, "99999999999999999999-01-01T00:00:00", LESS,
         "99999999999999999999-01-01T00:00:00.5"),
    SAME(xsd_dateTime, "99999999999999999999-03-01T00:00:00Z", EQUAL,
         "99999999999999999999-03-01T05:00:00+05:00"),
    SAME(xsd_dateTime, "-99999999999999999999-01-01T00:00:00", LESS, "2000-01-01T00:00:00"),
    SAME(xsd_dateTime, "-99999999999999999999-01-01T00:00:00", LESS,
         "-99999999999999999998-01-01T00:00:00"),
    SAME(xsd_dateTime,
         "-99999999999999999999-01-01T00:"
         "00:00",
         LESS,
         "99999999999999999999-01-01T00:00:"
         "00"),
    /* one with and one without a zone: more than 14 hours must lie between them */
    SAME(xsd_dateTime, "2000-01-15T00:00:00", LESS, "2000-02-15T00:00:00Z"),
    SAME(xsd_dateTime, "2000-01-15T12:00:00", APART, "2000-01-16T02:00:00Z"),
    SAME(xsd_dateTime, "2000-01-15T12:00:00", LESS, "2000-01-16T02:00:01Z"),
    SAME(xsd_dateTime, "2000-01-15T12:00:00", LESS, "2000-01-16T02:00:00.1Z"),
    SAME(xsd_dateTime, "2000-01-16T00:00:00", APART, "2000-01-16T12:00:00Z"),
    SAME(xsd_dateTime, "2000-01-16T02:00:00", APART, "2000-01-15T12:00:00Z"),
    SAME(xsd_dateTime, "2000-01-16T02:00:01", GREATER, "2000-01-15T12:00:00Z"),
    SAME(xsd_dateTime, "2000-01-16T00:00:00", APART, "2000-01-16T00:00:00Z"),
    SAME(xsd_dateTime, "2000-01-16T12:00:00+14:00", APART, "2000-01-16T12:00:00"),
    SAME(xsd_dateTime, "2002-02-30T00:00:00", APART, "2002-10-10T00:00:00"),
    PAIR("2002-10-10T12:00:00Z", xsd_dateTime, EQUAL, "2002-10-10T12:00:00Z", xsd_dateTimeStamp),
    PAIR("2002-10-10T12:00:00Z", xsd_dateTimeStamp, LESS, "2002-10-10T13:00:00Z", xsd_dateTime),
    PAIR("2002-10-10T12:00:00", xsd_dateTimeStamp, APART, "2002-10-10T13:00:00", xsd_dateTime),
    PAIR("2002-10-10", xsd_date, APART, "2002-10-10T00:00:00", xsd_dateTime),
    PAIR("2002-10-10", xsd_date, APART, "2005-10-10T00:00:00", xsd_dateTime),
    PAIR("2002", xsd_gYear, APART, "2003-01", xsd_gYearMonth),
    PAIR("2002-10-10", xsd_date, APART, "2002-10-10", xsd_string),
    PAIR("12:00:00", xsd_time, APART, "2002-10-10T12:00:00", xsd_dateTime),
    SAME(xsd_date, "2004-12-25Z", LESS, "2004-12-26Z"),
    SAME(xsd_date, "2004-12-25Z", LESS, "2004-12-25-05:00"),
    SAME(xsd_date, "2004-12-25-12:00", EQUAL, "2004-12-26+12:00"),
    SAME(xsd_date, "2004-12-25", LESS, "2004-12-26"),
    SAME(xsd_date, "2004-12-25", APART, "2004-12-25Z"),
    SAME(xsd_date, "2004-12-25", LESS, "2004-12-26Z"),
    SAME(xsd_date, "2004-12-25", APART, "2004-12-26+14:00"),
    SAME(xsd_date, "-0044-03-15", LESS, "0044-03-15"),
    SAME(xsd_time, "13:20:00", LESS, "13:20:01"),
    SAME(xsd_time, "24:00:00", EQUAL, "00:00:00"),
    SAME(xsd_time, "24:00:00", LESS, "00:00:01"),
    SAME(xsd_time, "08:00:00+09:00", LESS, "17:00:00-06:00"),
    SAME(xsd_time, "13:20:00Z", EQUAL, "14:20:00+01:00"),
    SAME(xsd_time, "08:00:00", APART, "09:00:00Z"),
    SAME(xsd_time, "01:00:00", LESS, "23:00:00Z"),
    SAME(xsd_gYear, "2001", LESS, "2002"),
    SAME(xsd_gYear, "-2001", LESS, "2001"),
    SAME(xsd_gYear, "2001Z", EQUAL, "2001+00:00"),
    SAME(xsd_gYear, "2001", APART, "2001Z"),
    SAME(xsd_gYear, "2001", LESS, "2002Z"),
    SAME(xsd_gMonth, "--05", LESS, "--06"),
    SAME(xsd_gMonth, "--05", EQUAL, "--05"),
    SAME(xsd_gDay, "---15", LESS, "---16"),
    SAME(xsd_gDay, "---15Z", GREATER, "---15+01:00"),
    SAME(xsd_gYearMonth, "2001-10", LESS, "2001-11"),
    SAME(xsd_gYearMonth, "2001-12", LESS, "2002-01"),
    SAME(xsd_gMonthDay, "--02-29", LESS, "--03-01"),
    SAME(xsd_gMonthDay, "--02-28", LESS, "--02-29"),
    SAME(xsd_gMonthDay, "--12-31", GREATER, "--01-01"),
    PAIR("--05", xsd_gMonth, APART, "---05", xsd_gDay),
};

/* XSD 1.1 3.3.6.1; F&O 3.1 8.2. */
static const Pair durations[] = {
    SAME(xsd_duration, "P1Y", EQUAL, "P12M"),
    SAME(xsd_duration, "P1D", EQUAL, "PT24H"),
    SAME(xsd_duration, "PT1M", EQUAL, "PT60S"),
    SAME(xsd_duration, "P1M", APART, "P30D"),
    SAME(xsd_duration, "P1M", APART, "P28D"),
    SAME(xsd_duration, "P1M", APART, "P31D"),
    SAME(xsd_duration, "P1M", GREATER, "P27D"),
    SAME(xsd_duration, "P1M", LESS, "P32D"),
    SAME(xsd_duration, "P1Y", GREATER, "P364D"),
    SAME(xsd_duration, "P1Y", APART, "P365D"),
    SAME(xsd_duration, "P1Y", APART, "P366D"),
    SAME(xsd_duration, "P1Y", LESS, "P367D"),
    SAME(xsd_duration, "P5M", APART, "P150D"),
    SAME(xsd_duration, "P5M", APART, "P153D"),
    SAME(xsd_duration, "P5M", LESS, "P154D"),
    SAME(xsd_duration, "P5M", GREATER, "P149D"),
    SAME(xsd_duration, "P2M", APART, "P60D"),
    SAME(xsd_duration, "P2M", LESS, "P63D"),
    SAME(xsd_duration, "-P1M", APART, "-P30D"),
    SAME(xsd_duration, "-P1Y", LESS, "P1Y"),
    SAME(xsd_duration, "-P0D", EQUAL, "P0Y"),
    SAME(xsd_duration, "PT0S", EQUAL, "-PT0.0S"),
    SAME(xsd_duration, "PT1.5S", GREATER, "PT1.49999999999999999999S"),
    SAME(xsd_duration, "PT1.5S", EQUAL, "PT1.500S"),
    SAME(xsd_duration, "-PT1.5S", LESS, "-PT1.4S"),
    SAME(xsd_duration, "-PT0.5S", LESS, "PT0.5S"),
    SAME(xsd_duration, "-PT0.5S", LESS, "PT0S"),
    SAME(xsd_duration, "P1Y2M3DT4H5M6.7S", LESS, "P1Y2M3DT4H5M6.8S"),
    SAME(xsd_duration, "P99999999999999999999Y", APART, "P1Y"),
    /* P1M is 31 days at most, whatever the sign of the rest: 0.5 s less and more about one point */
    SAME(xsd_duration, "P1M", LESS, "P31DT0.5S"),
    SAME(xsd_yearMonthDuration, "P1Y", LESS, "P13M"),
    SAME(xsd_yearMonthDuration, "P1Y", EQUAL, "P12M"),
    SAME(xsd_yearMonthDuration, "-P1M", LESS, "P0M"),
    SAME(xsd_yearMonthDuration, "P100Y", GREATER, "P1199M"),
    SAME(xsd_yearMonthDuration, "P1D", APART, "P1Y"),
    SAME(xsd_dayTimeDuration, "P1D", EQUAL, "PT24H"),
    SAME(xsd_dayTimeDuration, "P1DT1S", GREATER, "PT86400.9S"),
    SAME(xsd_dayTimeDuration, "PT36H", GREATER, "P1D"),
    SAME(xsd_dayTimeDuration, "-P1D", LESS, "-PT23H"),
    SAME(xsd_dayTimeDuration, "-PT1.25S", LESS, "PT1.25S"),
    PAIR("P1Y", xsd_yearMonthDuration, EQUAL, "P12M", xsd_duration),
    PAIR("P1D", xsd_dayTimeDuration, LESS, "P1M", xsd_duration),
    PAIR("P1M", xsd_yearMonthDuration, APART, "P30D", xsd_dayTimeDuration),
    PAIR("P0M", xsd_yearMonthDuration, EQUAL, "PT0S", xsd_dayTimeDuration),
    PAIR("P1Y", xsd_duration, APART, "1", xsd_integer),
};

static RpTerm
literal(const char *lexical, uint32_t datatype_id)
{
    RpTerm term = {
        .kind = RP_LITERAL,
        .lexical = rp_text_from(lexical),
    };

    term.datatype = datatype_id != 0 ? rp_vocabulary_iri((RpVocabulary)datatype_id)
                                     : RP_TEXT("http://example.org/unknown");
    return term;
}

static void
check_pairs(const Pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Pair *pair = &pairs[i];
        RpTerm a = literal(pair->a, pair->a_datatype_id);
        RpTerm b = literal(pair->b, pair->b_datatype_id);
        RpOrder reverse = pair->order == APART ? APART : (RpOrder) - (int)pair->order;
        bool is_good = CHECK_INT(rp_value_compare(&a, pair->a_datatype_id, &b, pair->b_datatype_id),
                                 pair->order);

        is_good &=
            CHECK_INT(rp_value_compare(&b, pair->b_datatype_id, &a, pair->a_datatype_id), reverse);
        if (!is_good) {
            printf("    \"%s\" and \"%s\"\n", pair->a, pair->b);
        }
    }
}

RP_TEST(compare_orders_decimals)
{
    check_pairs(decimals, COUNT_OF(decimals));
}

RP_TEST(compare_orders_floats)
{
    check_pairs(floats, COUNT_OF(floats));
}

RP_TEST(compare_orders_texts)
{
    check_pairs(texts, COUNT_OF(texts));
}

RP_TEST(compare_orders_moments)
{
    check_pairs(moments, COUNT_OF(moments));
}

RP_TEST(compare_orders_durations)
{
    check_pairs(durations, COUNT_OF(durations));
}

/* Put the values of pairs that have an order among those that are sorted. */
static uint32_t
insert_values(const Pair *pairs, size_t pair_count, RpValue *values, uint32_t count)
{
    for (size_t i = 0; i < 2 * pair_count; i++) {
        const Pair *pair = &pairs[i / 2];
        uint32_t datatype_id = i % 2 ? pair->b_datatype_id : pair->a_datatype_id;
        RpTerm term = literal(i % 2 ? pair->b : pair->a, datatype_id);
        RpValue value;
        uint32_t place = count;

        rp_value_read(&term, datatype_id, &value);
        if (value.kind == 0) {
            continue;
        }
        for (; place > 0 && rp_value_total_order(&value, &values[place - 1]) < 0; place--) {
            values[place] = values[place - 1];
        }
        values[place] = value;
        count++;
    }
    return count;
}

/* Sorted, each value is after all others before it; and where there is an order, that is it. */
RP_TEST(compare_has_a_total_order)
{
    static const Pair cycles[] = {
        /* By value 07:00Z < 10:00Z, by text 10… < 11… < 12…. */
        SAME(xsd_dateTime, "2000-01-01T12:00:00+05:00", LESS, "2000-01-01T10:00:00Z"),
        SAME(xsd_dateTime, "2000-01-01T11:00:00", APART, "2000-01-01T10:00:00Z"),
        PAIR("0.1", xsd_decimal, EQUAL, "1.0e-1", xsd_double),
        PAIR("0.10000000000000000001", xsd_decimal, EQUAL, "1.0e-1", xsd_double),
        PAIR("0.1", xsd_float, EQUAL, "0.10000000000000000001", xsd_decimal),
        PAIR("9007199254740992.5", xsd_decimal, EQUAL, "9007199254740992", xsd_double),
        PAIR("9007199254740993", xsd_integer, GREATER, "9007199254740992", xsd_double)};
    static RpValue values[2000];
    uint32_t count = 0;

    check_pairs(cycles, COUNT_OF(cycles));
    count = insert_values(cycles, COUNT_OF(cycles), values, count);
    count = insert_values(decimals, COUNT_OF(decimals), values, count);
    count = insert_values(floats, COUNT_OF(floats), values, count);
    count = insert_values(texts, COUNT_OF(texts), values, count);
    count = insert_values(moments, COUNT_OF(moments), values, count);
    count = insert_values(durations, COUNT_OF(durations), values, count);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i; j < count; j++) {
            int order = rp_value_total_order(&values[i], &values[j]);
            RpOrder known = rp_value_order(&values[i], &values[j]);

            if (order > 0 || (rp_value_total_order(&values[j], &values[i]) < 0) != (order > 0) ||
                known == GREATER || (known == LESS && order == 0)) {
                CHECK_INT(j, i);
                return;
            }
        }
    }
}

RP_TEST(compare_wants_plain_literals)
{
    RpTerm one = literal("1", RP_VOCABULARY_xsd_integer);
    RpTerm iri = {
        .kind = RP_IRI,
        .lexical = RP_TEXT("1"),
    };
    RpTerm blank = {
        .kind = RP_BLANK,
        .lexical = RP_TEXT("1"),
    };
    RpTerm tagged = literal("a", RP_VOCABULARY_rdf_langString);

    tagged.language = RP_TEXT("en");
    CHECK_INT(rp_value_compare(&iri, 0, &one, RP_VOCABULARY_xsd_integer), APART);
    CHECK_INT(rp_value_compare(&one, RP_VOCABULARY_xsd_integer, &blank, RP_VOCABULARY_xsd_integer),
              APART);
    CHECK_INT(rp_value_compare(&tagged, RP_VOCABULARY_rdf_langString, &tagged,
                               RP_VOCABULARY_rdf_langString),
              APART);
}
