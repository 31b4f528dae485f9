/*
 * Lexical forms of every recognised datatype. Expected verdicts are those of XML Schema 1.1 Part 2,
 * whose section each row names, and of RDF 1.1 Concepts, section 5.
 */
#include "check.h"

#include <stdio.h>

#include "base/arena.h"
#include "rdf/term.h"
#include "xsd/datatype.h"

#define FORMS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct Grammar {
    uint32_t datatype_id;
    const char *section;
    const char *const *accepted;
    const char *const *refused;
} Grammar;

#define GRAMMAR(name, section, accepted, refused)        \
    {                                                    \
        RP_VOCABULARY_##name, section, accepted, refused \
    }

#define LONG_DIGITS "123456789012345678901234567890123456789012345678901234567890"

static const Grammar numbers[] = {
    GRAMMAR(xsd_boolean, "3.3.2", FORMS("true", "false", "1", "0"),
            FORMS("", "TRUE", "True", "t", "f", "yes", "no", "01", "2", " true", "true ", "-0")),
    GRAMMAR(xsd_decimal, "3.3.3",
            FORMS("0", "-0", "+0", "1", "+1", "-1", "007", "5.", ".5", "-.5", "+.5", "-5.", "0.0",
                  "210", "12678967.543233", "+100000.00", LONG_DIGITS "." LONG_DIGITS),
            FORMS("", "+", "-", ".", "+.", "-.", "1e5", "1E5", "1.5.2", "1,5", "--1", "+-1", " 1",
                  "1 ", "1\n", "NaN", "INF", "0x10", "1_000", "٣", "1-")),
    GRAMMAR(
        xsd_integer, "3.4.13",
        FORMS("0", "-0", "+0", "+5", "-5", "007", "1", LONG_DIGITS LONG_DIGITS, "-" LONG_DIGITS),
        FORMS("", "+", "-", "5.0", "5.", ".5", "1e0", " 5", "5 ", " 5 ", "5\t", "--5", "5-", "0x1",
              "five", "NaN", "1,000")),
    GRAMMAR(xsd_byte, "3.4.19", FORMS("0", "-0", "127", "+127", "-128", "0000127", "-000128", "1"),
            FORMS("128", "-129", "1280", "1.0", "", "99999999999999999999")),
    GRAMMAR(xsd_short, "3.4.18", FORMS("0", "32767", "-32768", "+032767"),
            FORMS("32768", "-32769", "", "1e1")),
    GRAMMAR(xsd_int, "3.4.17", FORMS("0", "2147483647", "-2147483648", "126789675"),
            FORMS("2147483648", "-2147483649", "", "1.0")),
    GRAMMAR(xsd_long, "3.4.16",
            FORMS("0", "9223372036854775807", "-9223372036854775808", "+009223372036854775807"),
            FORMS("9223372036854775808", "-9223372036854775809", "", "18446744073709551616")),
    GRAMMAR(xsd_unsignedByte, "3.4.24", FORMS("0", "-0", "+0", "255", "00255"),
            FORMS("256", "-1", "", "2550")),
    GRAMMAR(xsd_unsignedShort, "3.4.23", FORMS("0", "-0", "65535"), FORMS("65536", "-1", "")),
    GRAMMAR(xsd_unsignedInt, "3.4.22", FORMS("0", "-0", "4294967295"),
            FORMS("4294967296", "-1", "")),
    GRAMMAR(xsd_unsignedLong, "3.4.21", FORMS("0", "-0", "18446744073709551615"),
            FORMS("18446744073709551616", "-1", "")),
    GRAMMAR(xsd_positiveInteger, "3.4.25", FORMS("1", "+1", "01", LONG_DIGITS),
            FORMS("0", "-0", "+0", "-1", "", "000")),
    GRAMMAR(xsd_nonNegativeInteger, "3.4.20", FORMS("0", "-0", "+0", "-000", "1", LONG_DIGITS),
            FORMS("-1", "", "-" LONG_DIGITS)),
    GRAMMAR(xsd_negativeInteger, "3.4.15", FORMS("-1", "-01", "-" LONG_DIGITS),
            FORMS("0", "-0", "1", "", "+1")),
    GRAMMAR(xsd_nonPositiveInteger, "3.4.14", FORMS("0", "-0", "+0", "-1", "-" LONG_DIGITS),
            FORMS("1", "+1", "", LONG_DIGITS)),
    GRAMMAR(xsd_double, "3.3.5",
            FORMS("0", "-0", "1", "-1E4", "1267.43233E12", "12.78e-2", "12", "INF", "-INF", "+INF",
                  "NaN", "5.", ".5", "1e400", "1e-400", "1E+5", "1e05", "+.5e-1",
                  LONG_DIGITS "e" LONG_DIGITS, LONG_DIGITS "e-" LONG_DIGITS),
            FORMS("", "inf", "Inf", "Infinity", "-Infinity", "nan", "NAN", "+NaN", "-NaN", "e5",
                  ".e5", "1e", "1e+", "1e5.0", "1 e5", "0x10", "0x1p3", " 1", "1 ", "INF ", "1e5e5",
                  "1d", "1f")),
    GRAMMAR(xsd_float, "3.3.4", FORMS("0", "-0", "1e39", "INF", "-INF", "+INF", "NaN", "3.5E1"),
            FORMS("", "inf", "nan", "1e", "0x1", "++1", "1.2.3")),
};

static const Grammar moments[] = {
    GRAMMAR(xsd_dateTime, "3.3.7",
            FORMS("2002-10-10T12:00:00", "2002-10-10T12:00:00Z", "2002-10-10T12:00:00-05:00",
                  "2002-10-10T12:00:00+14:00", "2002-10-10T12:00:00-14:00",
                  "2002-10-10T12:00:00+13:59", "2002-10-10T12:00:00-00:00", "2002-10-10T12:00:00.1",
                  "2002-10-10T12:00:00.123456789012345678901234567890Z", "2002-10-10T24:00:00",
                  "2002-10-10T24:00:00.000", "2002-12-31T24:00:00Z", "0000-01-01T00:00:00",
                  "-0001-01-01T00:00:00", "-0000-01-01T00:00:00", "12002-10-10T12:00:00",
                  "-12002-10-10T12:00:00", "0001-01-01T00:00:00", "2000-02-29T00:00:00",
                  "2004-02-29T00:00:00", "0000-02-29T00:00:00", "-0004-02-29T00:00:00",
                  "2002-10-10T23:59:59.999Z", "99999999999999999999-01-01T00:00:00",
                  "99999999999999999996-02-29T00:00:00"),
            FORMS("", "2002-10-10", "2002-10-10T12:00", "2002-10-10T12:00:60",
                  "2002-10-10T23:59:60Z", "2002-10-10T12:60:00", "2002-10-10T25:00:00",
                  "2002-10-10T24:00:01", "2002-10-10T24:01:00", "2002-10-10T24:00:00.1",
                  "2002-02-29T00:00:00", "1900-02-29T00:00:00", "2100-02-29T00:00:00",
                  "2002-02-30T00:00:00", "2002-04-31T00:00:00", "2002-13-01T00:00:00",
                  "2002-00-01T00:00:00", "2002-01-00T00:00:00", "2002-01-32T00:00:00",
                  "202-10-10T12:00:00", "02002-10-10T12:00:00", "+2002-10-10T12:00:00",
                  "2002-10-10T12:00:00.", "2002-10-10T12:00:00+14:01", "2002-10-10T12:00:00+15:00",
                  "2002-10-10T12:00:00+05", "2002-10-10T12:00:00+5:00", "2002-10-10T12:00:00z",
                  "2002-10-10T12:00:00+05:60", "2002-10-10t12:00:00", "2002-10-10 12:00:00",
                  "2002-1-1T12:00:00", "2002-10-10T1:00:00", " 2002-10-10T12:00:00",
                  "2002-10-10T12:00:00 ", "2002-10-10T12:00:00ZZ", "20021010T120000", "today",
                  "--2002-10-10T12:00:00", "99999999999999999997-02-29T00:00:00")),
    GRAMMAR(xsd_dateTimeStamp, "3.4.28",
            FORMS("2004-04-12T13:20:00-05:00", "2004-04-12T13:20:00Z", "2004-04-12T24:00:00Z"),
            FORMS("2004-04-12T13:20:00", "2004-04-12Z", "", "2004-04-12T13:20Z")),
    GRAMMAR(xsd_date, "3.3.9",
            FORMS("2002-10-10", "2002-10-10Z", "2002-10-10+13:00", "2002-10-10-14:00", "0000-01-01",
                  "-2002-10-10", "12002-10-10", "2000-02-29", "2002-12-31"),
            FORMS("", "2002-10-10T00:00:00", "2002-10-32", "2002-02-29", "1900-02-29", "2002/10/10",
                  "10-10-2002", "2002-10", "02-10-10", "2002-10-10+14:01", "2002-1-10", "1/2/2020",
                  "2002-10-10z", "2002-10-10 ")),
    GRAMMAR(xsd_time, "3.3.8",
            FORMS("13:20:00", "13:20:00Z", "13:20:00-05:00", "00:00:00", "24:00:00", "24:00:00.00",
                  "23:59:59.999999999", "13:20:30.5555"),
            FORMS("", "13:20", "13:20:60", "25:00:00", "24:00:01", "24:00:00.1", "5:20:00",
                  "13:20:5", "T13:20:00", "13:20:00+14:30", "13:20:00.", "-13:20:00")),
    GRAMMAR(xsd_gYear, "3.3.11",
            FORMS("2001", "2001+02:00", "2001Z", "2001-14:00", "-2001", "0000", "-0000", "20000",
                  "0001"),
            FORMS("", "01", "201", "02001", "+2001", "2001-10", "2001z", "2001+14:01", "two")),
    GRAMMAR(xsd_gMonth, "3.3.14", FORMS("--05", "--12", "--11Z", "--11+02:00", "--11-04:00"),
            FORMS("", "--00", "--13", "--1", "-05", "05", "--05--", "--12--", "--05-01", "---05")),
    GRAMMAR(xsd_gDay, "3.3.13", FORMS("---01", "---31", "---16Z", "---16+02:00", "---16-04:00"),
            FORMS("", "---00", "---32", "---1", "--01", "01", "---01-01", "----01")),
    GRAMMAR(xsd_gYearMonth, "3.3.10",
            FORMS("2001-10", "2001-10Z", "2001-10+02:00", "-2001-10", "0000-01", "20011-10"),
            FORMS("", "2001", "2001-13", "2001-00", "2001-1", "01-10", "2001-10-01", "200-10")),
    GRAMMAR(xsd_gMonthDay, "3.3.12",
            FORMS("--11-01", "--02-29", "--11-01Z", "--11-01+02:00", "--11-01-04:00", "--12-31"),
            FORMS("", "--02-30", "--04-31", "--11-00", "--13-01", "-11-01", "11-01", "--11-1",
                  "--1-01", "--11")),
};

static const Grammar durations[] = {
    GRAMMAR(xsd_duration, "3.3.6",
            FORMS("P1Y", "P1M", "P1D", "PT1H", "PT1M", "PT1S", "P1Y2M3DT10H30M",
                  "P1Y2M3DT5H20M30.123S", "-P120D", "-P0D", "P0Y", "PT0S", "PT36H", "PT1.5S",
                  "P0Y0M0DT0H0M0S", "P99999999999999999999Y", "PT0.000001S", "P20M", "P0001D"),
            FORMS("", "P", "PT", "-P", "P1", "1Y", "P1YT", "PT1", "P1.5D", "P1.5Y", "PT1.5H",
                  "PT1.S", "PT.5S", "P-1Y", "+P1Y", "P1M1Y", "P1D1M", "PT1S1M", "P1H", "PT1D",
                  "PT1Y", "P1Y1Y", "P1YT1M1M", "P1S", "p1y", "P1Y ", " P1Y", "P1YT1HT1M", "P1W",
                  "P 1Y", "--P1Y")),
    GRAMMAR(xsd_yearMonthDuration, "3.4.26", FORMS("P1Y", "P1M", "P1Y2M", "-P20M", "P0Y"),
            FORMS("", "P", "P1D", "PT1H", "P1Y1D", "P1YT1H", "P1Y2MT", "P1YT0S")),
    GRAMMAR(xsd_dayTimeDuration, "3.4.27",
            FORMS("P1D", "PT1H", "PT1M", "PT1.5S", "P1DT2H3M4.5S", "-P1D", "P0D"),
            FORMS("", "P", "PT", "P1Y", "P1M", "P1Y1D", "P1DT", "P0M", "P1DT1Y")),
};

static const Grammar texts[] = {
    GRAMMAR(xsd_string, "3.3.1", FORMS("", "a", " a ", "a\tb\nc", "é😀", "\x01"), FORMS(NULL)),
    GRAMMAR(xsd_anyURI, "3.3.17",
            FORMS("", "http://example.org/", "a b", "../x", "%zz", "[", "http://[::1]/"),
            FORMS(NULL)),
    GRAMMAR(xsd_hexBinary, "3.3.15", FORMS("", "00", "0FB7", "0fb7", "aAbBcCdDeEfF", "0123456789"),
            FORMS("0", "0FB", "0G", "0x0F", " 00", "00 ", "0 0", "GG", "/0", ":0", "@A", "`a")),
    GRAMMAR(xsd_base64Binary, "3.3.16",
            FORMS("", "AAAA", "AA==", "AAA=", "A A A A", "AAAA AAAA", "A A = =", "Zm9vYmFy", "+/+/",
                  "AQ==", "AAE=", "AA= =", "Zm9v Zg==", "ZgA="),
            FORMS("A", "AA", "AAA", "AB==", "AAB=", "A===", "====", "=AAA", "AA=A", " AAAA",
                  "AAAA ", "A  AAA", "AAAA=", "AAAA==", "AA-_", "AA==AAAA", "AA\nAA",
                  "Zh==", "!AAA", "AAé=")),
    GRAMMAR(xsd_language, "3.4.3",
            FORMS("en", "en-US", "x-klingon", "i-navajo", "a", "abcdefgh", "de-CH-1996",
                  "zh-Hant-TW", "en-12345678"),
            FORMS("", "-", "en-", "-en", "en--US", "abcdefghi", "en-123456789", "en_US", "1en", "é",
                  "en US", "e1")),
    GRAMMAR(xsd_normalizedString, "3.4.1", FORMS("", " a  b ", "é", "a"),
            FORMS("a\tb", "a\nb", "a\rb", "\n", "a\r\n")),
    GRAMMAR(xsd_token, "3.4.2", FORMS("", "a", "a b", "a b c", "é ü"),
            FORMS(" a", "a ", "a  b", " ", "a\tb", "a\nb", "\ra")),
    GRAMMAR(xsd_NMTOKEN, "3.4.4", FORMS("a", "1", "-a", ".", ":", "a:b", "é", "a·b", "1-2.3_4:5"),
            FORMS("", "a b", " a", "a,b", "a/b", "😀 ", "×", "@")),
    GRAMMAR(xsd_Name, "3.4.6", FORMS("a", ":a", "_a", "a:b:c", "é1", "a-b.c", "a·", "日本"),
            FORMS("", "1a", "-a", ".a", "·a", "a b", "a@b", "×")),
    GRAMMAR(xsd_NCName, "3.4.7", FORMS("a", "_a", "é1", "a-b.c", "a1"),
            FORMS("", ":", ":a", "a:b", "a:", "1a", "-a", "a b")),
    GRAMMAR(rdf_HTML, "RDF 5.2", FORMS("", "<p>x", "</", "\x01"), FORMS(NULL)),
    GRAMMAR(rdf_langString, "RDF 3.3", FORMS(NULL), FORMS("", "x")),
};

static void
check_forms(const Grammar *grammar, const char *const *forms, bool is_accepted)
{
    for (; *forms != NULL; forms++) {
        if (!CHECK(rp_datatype_accepts(grammar->datatype_id, rp_text_from(*forms)) ==
                   is_accepted)) {
            RpText iri = rp_vocabulary_iri((RpVocabulary)grammar->datatype_id);

            printf("    \"%s\" of %.*s should be %s by %s\n", *forms, (int)iri.length, iri.data,
                   is_accepted ? "accepted" : "refused", grammar->section);
        }
    }
}

static void
check_grammars(const Grammar *grammars, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        CHECK(rp_datatype_is_recognised(grammars[i].datatype_id));
        check_forms(&grammars[i], grammars[i].accepted, true);
        check_forms(&grammars[i], grammars[i].refused, false);
    }
}

RP_TEST(datatype_judges_numbers)
{
    check_grammars(numbers, COUNT_OF(numbers));
}

RP_TEST(datatype_judges_moments)
{
    check_grammars(moments, COUNT_OF(moments));
}

RP_TEST(datatype_judges_durations)
{
    check_grammars(durations, COUNT_OF(durations));
}

RP_TEST(datatype_judges_texts)
{
    check_grammars(texts, COUNT_OF(texts));
}

/* Each of the xsd names of the vocabulary has a row above, and a row in the table. */
RP_TEST(datatype_table_is_complete)
{
    for (uint32_t id = RP_VOCABULARY_xsd_string; id <= RP_VOCABULARY_xsd_NCName; id++) {
        CHECK(rp_datatype_is_recognised(id));
    }
    CHECK_INT(COUNT_OF(numbers) + COUNT_OF(moments) + COUNT_OF(durations) + COUNT_OF(texts) - 2,
              RP_VOCABULARY_xsd_NCName - RP_VOCABULARY_xsd_string + 1);
}

/* A datatype that is not recognised is compared by IRI only. */
RP_TEST(datatype_unknown_accepts_everything)
{
    const uint32_t unknown[] = {0,
                                RP_VOCABULARY_rdf_XMLLiteral,
                                RP_VOCABULARY_rdf_JSON,
                                RP_VOCABULARY_rdf_type,
                                RP_VOCABULARY_END,
                                UINT32_MAX};

    for (size_t i = 0; i < COUNT_OF(unknown); i++) {
        CHECK(!rp_datatype_is_recognised(unknown[i]));
        CHECK(rp_datatype_accepts(unknown[i], RP_TEXT("<")));
    }
}

/* A text is a view: what follows it in memory does not belong to it, and NUL is a character like
 * others. */
RP_TEST(datatype_reads_within_the_text)
{
    CHECK(rp_datatype_accepts(RP_VOCABULARY_xsd_integer, (RpText){"12x", 2}));
    CHECK(rp_datatype_accepts(RP_VOCABULARY_xsd_double, (RpText){"1e5e", 3}));
    CHECK(rp_datatype_accepts(RP_VOCABULARY_xsd_date, (RpText){"2002-10-10T", 10}));
    CHECK(rp_datatype_accepts(RP_VOCABULARY_xsd_duration, (RpText){"P1YT", 3}));
    CHECK(!rp_datatype_accepts(RP_VOCABULARY_xsd_integer, (RpText){"1\0", 2}));
    CHECK(!rp_datatype_accepts(RP_VOCABULARY_xsd_base64Binary, (RpText){"AAA\0", 4}));
    CHECK(!rp_datatype_accepts(RP_VOCABULARY_xsd_integer, (RpText){NULL, 0}));
    CHECK(!rp_datatype_accepts(RP_VOCABULARY_xsd_dateTime, (RpText){NULL, 0}));
    CHECK(!rp_datatype_accepts(RP_VOCABULARY_xsd_duration, (RpText){NULL, 0}));
    CHECK(rp_datatype_accepts(RP_VOCABULARY_xsd_token, (RpText){NULL, 0}));
}
