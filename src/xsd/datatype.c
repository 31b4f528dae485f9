/* The table of recognised datatypes, and the grammars that are too small for a file of their own.
 */
#include "xsd/datatype.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "xsd/datetime.h"

/* xsd:string and xsd:anyURI (XSD 1.1, 3.3.17: any string); rdf:HTML (RDF 1.1 Concepts, 5.2: never
 * ill-typed). */
static bool
accepts_anything(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    (void)lexical;
    return true;
}

static bool
accepts_nothing(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    (void)lexical;
    return false;
}

static bool
accepts_boolean(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    return rp_text_equals(lexical, RP_TEXT("true")) || rp_text_equals(lexical, RP_TEXT("false")) ||
           rp_text_equals(lexical, RP_TEXT("1")) || rp_text_equals(lexical, RP_TEXT("0"));
}

static bool
accepts_decimal(const RpDatatype *datatype, RpText lexical)
{
    RpDecimal decimal;

    (void)datatype;
    return rp_decimal_read(lexical, &decimal);
}

static bool
read_integer(const RpDatatype *datatype, RpText lexical, RpDecimal *integer)
{
    return rp_integer_read(lexical, integer) &&
           (datatype->minimum == NULL || rp_decimal_compare(integer, datatype->minimum) >= 0) &&
           (datatype->maximum == NULL || rp_decimal_compare(integer, datatype->maximum) <= 0);
}

static bool
accepts_integer(const RpDatatype *datatype, RpText lexical)
{
    RpDecimal integer;

    return read_integer(datatype, lexical, &integer);
}

bool
rp_datatype_read_decimal(const RpDatatype *datatype, RpText lexical, RpDecimal *decimal)
{
    return datatype->accepts == accepts_decimal ? rp_decimal_read(lexical, decimal)
                                                : read_integer(datatype, lexical, decimal);
}

static bool
accepts_float(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    return rp_float_is_lexical(lexical);
}

static bool
accepts_moment(const RpDatatype *datatype, RpText lexical)
{
    RpMoment moment;

    return rp_moment_read(lexical, datatype->parts, &moment);
}

static bool
accepts_duration(const RpDatatype *datatype, RpText lexical)
{
    RpDuration duration;

    return rp_duration_read(lexical, datatype->parts, &duration);
}

static bool
accepts_hex_binary(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    for (uint32_t i = 0; i < lexical.length; i++) {
        if (!rp_ascii_is_hexadecimal(lexical.data[i])) {
            return false;
        }
    }
    return lexical.length % 2 == 0;
}

/* The number of a base64 digit, or -1. */
static int
base64_value(char byte)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = byte != '\0' ? strchr(digits, byte) : NULL;

    return found != NULL ? (int)(found - digits) : -1;
}

/*
 * 3.3.16.2: groups of four, one space allowed between any two characters, and before a padding the
 * unused bits of the last digit are zero.
 */
static bool
accepts_base64_binary(const RpDatatype *datatype, RpText lexical)
{
    uint64_t count = 0;
    uint32_t padding = 0;
    int last_value = 0;

    (void)datatype;
    for (uint32_t i = 0; i < lexical.length; i++) {
        char byte = lexical.data[i];

        if (byte == ' ') {
            if (i == 0 || i + 1 == lexical.length || lexical.data[i - 1] == ' ') {
                return false;
            }
        } else if (byte == '=') {
            padding++;
            count++;
        } else {
            last_value = base64_value(byte);
            count++;
            if (last_value < 0 || padding > 0) {
                return false;
            }
        }
    }
    return count % 4 == 0 && (padding == 0 || (padding == 1 && last_value % 4 == 0) ||
                              (padding == 2 && last_value % 16 == 0));
}

/* 3.4.3: [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})* */
static bool
accepts_language(const RpDatatype *datatype, RpText lexical)
{
    uint32_t subtag_length = 0;
    bool is_first = true;

    (void)datatype;
    for (uint32_t i = 0; i < lexical.length; i++) {
        char byte = lexical.data[i];

        if (byte == '-' && subtag_length > 0) {
            subtag_length = 0;
            is_first = false;
        } else if (rp_ascii_is_letter(byte) || (!is_first && byte >= '0' && byte <= '9')) {
            if (++subtag_length > 8) {
                return false;
            }
        } else {
            return false;
        }
    }
    return subtag_length > 0;
}

/* 3.4.1: no tab, line feed or carriage return. */
static bool
accepts_normalized_string(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    for (uint32_t i = 0; i < lexical.length; i++) {
        if (lexical.data[i] == '\t' || lexical.data[i] == '\n' || lexical.data[i] == '\r') {
            return false;
        }
    }
    return true;
}

/* 3.4.2: moreover no space at an end and no two spaces in a row. */
static bool
accepts_token(const RpDatatype *datatype, RpText lexical)
{
    if (lexical.length > 0 && (lexical.data[0] == ' ' || lexical.data[lexical.length - 1] == ' ')) {
        return false;
    }
    for (uint32_t i = 1; i < lexical.length; i++) {
        if (lexical.data[i] == ' ' && lexical.data[i - 1] == ' ') {
            return false;
        }
    }
    return accepts_normalized_string(datatype, lexical);
}

/* Characters of XML names, at least one; the first one of those that start a name, unless any may.
 */
static bool
is_xml_name(RpText lexical, bool any_may_start, bool colon_is_allowed)
{
    uint32_t position = 0;

    while (position < lexical.length) {
        const char *next = lexical.data + position;
        uint32_t length = 0;
        uint32_t code_point;

        if (rp_utf8_sequence_length(next, lexical.length - position) == 0) {
            return false;
        }
        code_point = rp_utf8_decode(next, &length);
        if (position == 0 && !any_may_start ? !rp_utf8_is_name_start(code_point)
                                            : !rp_utf8_is_name_char(code_point)) {
            return false;
        }
        if (code_point == ':' && !colon_is_allowed) {
            return false;
        }
        position += length;
    }
    return lexical.length > 0;
}

static bool
accepts_nmtoken(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    return is_xml_name(lexical, true, true);
}

static bool
accepts_name(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    return is_xml_name(lexical, false, true);
}

static bool
accepts_ncname(const RpDatatype *datatype, RpText lexical)
{
    (void)datatype;
    return is_xml_name(lexical, false, false);
}

#define ENTRY(name, ...) [RP_VOCABULARY_##name] = {__VA_ARGS__}
/* A bound's digits; zero has none. */
#define POSITIVE(digits) (&(const RpDecimal){false, {digits, sizeof(digits) - 1}, {NULL, 0}})
#define NEGATIVE(digits) (&(const RpDecimal){true, {digits, sizeof(digits) - 1}, {NULL, 0}})
#define ZERO POSITIVE("")
#define INTEGER(name, minimum, maximum) \
    ENTRY(name, accepts_integer, RP_VALUES_DECIMAL, 0, minimum, maximum)

/* rdf:XMLLiteral and rdf:JSON are not recognised: RDF 1.1 leaves both optional, and neither is
 * checked here. */
static const RpDatatype datatypes[RP_VOCABULARY_END] = {
    ENTRY(rdf_langString, accepts_nothing, RP_VALUES_WITHOUT_ORDER, 0, NULL, NULL),
    ENTRY(rdf_HTML, accepts_anything, RP_VALUES_WITHOUT_ORDER, 0, NULL, NULL),
    ENTRY(xsd_string, accepts_anything, RP_VALUES_STRING, 0, NULL, NULL),
    ENTRY(xsd_boolean, accepts_boolean, RP_VALUES_BOOLEAN, 0, NULL, NULL),
    ENTRY(xsd_decimal, accepts_decimal, RP_VALUES_DECIMAL, 0, NULL, NULL),
    INTEGER(xsd_integer, NULL, NULL),
    INTEGER(xsd_byte, NEGATIVE("128"), POSITIVE("127")),
    INTEGER(xsd_short, NEGATIVE("32768"), POSITIVE("32767")),
    INTEGER(xsd_int, NEGATIVE("2147483648"), POSITIVE("2147483647")),
    INTEGER(xsd_long, NEGATIVE("9223372036854775808"), POSITIVE("9223372036854775807")),
    INTEGER(xsd_unsignedByte, ZERO, POSITIVE("255")),
    INTEGER(xsd_unsignedShort, ZERO, POSITIVE("65535")),
    INTEGER(xsd_unsignedInt, ZERO, POSITIVE("4294967295")),
    INTEGER(xsd_unsignedLong, ZERO, POSITIVE("18446744073709551615")),
    INTEGER(xsd_positiveInteger, POSITIVE("1"), NULL),
    INTEGER(xsd_nonNegativeInteger, ZERO, NULL),
    INTEGER(xsd_negativeInteger, NULL, NEGATIVE("1")),
    INTEGER(xsd_nonPositiveInteger, NULL, ZERO),
    ENTRY(xsd_double, accepts_float, RP_VALUES_DOUBLE, 0, NULL, NULL),
    ENTRY(xsd_float, accepts_float, RP_VALUES_FLOAT, 0, NULL, NULL),
    ENTRY(xsd_date, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_DATE, NULL, NULL),
    ENTRY(xsd_time, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_TIME, NULL, NULL),
    ENTRY(xsd_dateTime, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_PARTS, NULL, NULL),
    ENTRY(xsd_dateTimeStamp, accepts_moment, RP_VALUES_MOMENT,
          RP_MOMENT_PARTS | RP_MOMENT_ZONE_REQUIRED, NULL, NULL),
    ENTRY(xsd_gYear, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_YEAR, NULL, NULL),
    ENTRY(xsd_gMonth, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_MONTH, NULL, NULL),
    ENTRY(xsd_gDay, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_DAY, NULL, NULL),
    ENTRY(xsd_gYearMonth, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_YEAR | RP_MOMENT_MONTH, NULL,
          NULL),
    ENTRY(xsd_gMonthDay, accepts_moment, RP_VALUES_MOMENT, RP_MOMENT_MONTH | RP_MOMENT_DAY, NULL,
          NULL),
    ENTRY(xsd_duration, accepts_duration, RP_VALUES_DURATION, RP_DURATION_ANY, NULL, NULL),
    ENTRY(xsd_yearMonthDuration, accepts_duration, RP_VALUES_DURATION, RP_DURATION_MONTHS, NULL,
          NULL),
    ENTRY(xsd_dayTimeDuration, accepts_duration, RP_VALUES_DURATION, RP_DURATION_SECONDS, NULL,
          NULL),
    ENTRY(xsd_hexBinary, accepts_hex_binary, RP_VALUES_WITHOUT_ORDER, 0, NULL, NULL),
    ENTRY(xsd_base64Binary, accepts_base64_binary, RP_VALUES_WITHOUT_ORDER, 0, NULL, NULL),
    ENTRY(xsd_anyURI, accepts_anything, RP_VALUES_WITHOUT_ORDER, 0, NULL, NULL),
    ENTRY(xsd_language, accepts_language, RP_VALUES_STRING, 0, NULL, NULL),
    ENTRY(xsd_normalizedString, accepts_normalized_string, RP_VALUES_STRING, 0, NULL, NULL),
    ENTRY(xsd_token, accepts_token, RP_VALUES_STRING, 0, NULL, NULL),
    ENTRY(xsd_NMTOKEN, accepts_nmtoken, RP_VALUES_STRING, 0, NULL, NULL),
    ENTRY(xsd_Name, accepts_name, RP_VALUES_STRING, 0, NULL, NULL),
    ENTRY(xsd_NCName, accepts_ncname, RP_VALUES_STRING, 0, NULL, NULL),
};

const RpDatatype *
rp_datatype_find(uint32_t datatype_id)
{
    if (datatype_id >= RP_VOCABULARY_END || datatypes[datatype_id].accepts == NULL) {
        return NULL;
    }
    return &datatypes[datatype_id];
}

bool
rp_datatype_is_recognised(uint32_t datatype_id)
{
    return rp_datatype_find(datatype_id) != NULL;
}

bool
rp_datatype_accepts(uint32_t datatype_id, RpText lexical)
{
    const RpDatatype *datatype = rp_datatype_find(datatype_id);

    return datatype == NULL || datatype->accepts(datatype, lexical);
}
