/*
 * Casts between rdf_term and PostgreSQL's types (doc/sql.md, "Types"). They go by XML Schema's
 * lexical forms, never by DateStyle, TimeZone or extra_float_digits, so they are immutable. To
 * rdf_term: infinities that the datatype lacks and numeric's NaN are 22003. Back: any literal
 * without language whose lexical form belongs to the datatype that the type stands for.
 */
#include "pg/term/term_type.h"

#include "common/shortest_dec.h"
#include "datatype/timestamp.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/numeric.h"
#include "utils/timestamp.h"

#include "pg/server/bridge.h"
#include "rdf/turtle_writer.h"
#include "xsd/datatype.h"
#include "xsd/number.h"

PG_FUNCTION_INFO_V1(rdf_term_from_integer);
PG_FUNCTION_INFO_V1(rdf_term_from_bigint);
PG_FUNCTION_INFO_V1(rdf_term_from_numeric);
PG_FUNCTION_INFO_V1(rdf_term_from_double);
PG_FUNCTION_INFO_V1(rdf_term_from_boolean);
PG_FUNCTION_INFO_V1(rdf_term_from_date);
PG_FUNCTION_INFO_V1(rdf_term_from_timestamp);
PG_FUNCTION_INFO_V1(rdf_term_from_timestamptz);
PG_FUNCTION_INFO_V1(rdf_term_to_integer);
PG_FUNCTION_INFO_V1(rdf_term_to_bigint);
PG_FUNCTION_INFO_V1(rdf_term_to_numeric);
PG_FUNCTION_INFO_V1(rdf_term_to_double);
PG_FUNCTION_INFO_V1(rdf_term_to_boolean);
PG_FUNCTION_INFO_V1(rdf_term_to_date);
PG_FUNCTION_INFO_V1(rdf_term_to_timestamp);
PG_FUNCTION_INFO_V1(rdf_term_to_timestamptz);

enum { NUMBER_SIZE = 32, MOMENT_SIZE = 64 };

static Datum
literal_datum(RpVocabulary datatype, const char *lexical)
{
    RpTerm term = rp_term_literal(rp_text_from(lexical), rp_vocabulary_iri(datatype));

    return rp_term_datum(&term);
}

/* ERROR 22003: a value that the datatype has no literal for. */
static void
refuse_value(const char *value, RpVocabulary datatype)
{
    RpText iri = rp_vocabulary_iri(datatype);

    ereport(ERROR,
            (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s has no RDF literal", value),
             errdetail("The datatype %.*s has no such value.", (int)iri.length, iri.data)));
}

static Datum
integer_datum(int64 value)
{
    char lexical[NUMBER_SIZE];

    snprintf(lexical, sizeof(lexical), INT64_FORMAT, value);
    return literal_datum(RP_VOCABULARY_xsd_integer, lexical);
}

Datum
rdf_term_from_integer(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(integer_datum(PG_GETARG_INT32(0)));
}

Datum
rdf_term_from_bigint(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(integer_datum(PG_GETARG_INT64(0)));
}

Datum
rdf_term_from_numeric(PG_FUNCTION_ARGS)
{
    Numeric value = PG_GETARG_NUMERIC(0);
    char *lexical = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)));

    if (numeric_is_nan(value) || numeric_is_inf(value)) {
        refuse_value(lexical, RP_VOCABULARY_xsd_decimal);
    }
    PG_RETURN_DATUM(literal_datum(RP_VOCABULARY_xsd_decimal, lexical));
}

/* The shortest form that reads back as the same double; NaN, INF and -INF are values of xsd:double.
 */
Datum
rdf_term_from_double(PG_FUNCTION_ARGS)
{
    float8 value = PG_GETARG_FLOAT8(0);
    char lexical[DOUBLE_SHORTEST_DECIMAL_LEN];

    if (isnan(value)) {
        strcpy(lexical, "NaN");
    } else if (isinf(value)) {
        strcpy(lexical, value > 0 ? "INF" : "-INF");
    } else {
        double_to_shortest_decimal_buf(value, lexical);
    }
    PG_RETURN_DATUM(literal_datum(RP_VOCABULARY_xsd_double, lexical));
}

Datum
rdf_term_from_boolean(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(literal_datum(RP_VOCABULARY_xsd_boolean, PG_GETARG_BOOL(0) ? "true" : "false"));
}

/* XSD 1.1 years: 0000 is 1 BC, -0001 is 2 BC, as in PostgreSQL's own arithmetic. */
static int
write_date(char *out, int year, int month, int day)
{
    return snprintf(out, MOMENT_SIZE, "%s%04d-%02d-%02d", year < 0 ? "-" : "", abs(year), month,
                    day);
}

Datum
rdf_term_from_date(PG_FUNCTION_ARGS)
{
    DateADT value = PG_GETARG_DATEADT(0);
    char lexical[MOMENT_SIZE];
    int year, month, day;

    if (DATE_NOT_FINITE(value)) {
        refuse_value(DATE_IS_NOBEGIN(value) ? "date -infinity" : "date infinity",
                     RP_VOCABULARY_xsd_date);
    }
    j2date(value + POSTGRES_EPOCH_JDATE, &year, &month, &day);
    write_date(lexical, year, month, day);
    PG_RETURN_DATUM(literal_datum(RP_VOCABULARY_xsd_date, lexical));
}

/* A timestamp's own clock, with the zone written after it. Trailing zeros of the fraction are left
 * out. */
static Datum
moment_datum(Timestamp value, const char *zone)
{
    char lexical[MOMENT_SIZE];
    struct pg_tm parts;
    fsec_t microseconds;
    int length;

    if (TIMESTAMP_NOT_FINITE(value)) {
        refuse_value(TIMESTAMP_IS_NOBEGIN(value) ? "timestamp -infinity" : "timestamp infinity",
                     RP_VOCABULARY_xsd_dateTime);
    }
    if (timestamp2tm(value, NULL, &parts, &microseconds, NULL, NULL) != 0) {
        ereport(ERROR,
                (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("timestamp out of range")));
    }
    length = write_date(lexical, parts.tm_year, parts.tm_mon, parts.tm_mday);
    length += snprintf(lexical + length, sizeof(lexical) - (size_t)length, "T%02d:%02d:%02d",
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
    if (microseconds != 0) {
        length +=
            snprintf(lexical + length, sizeof(lexical) - (size_t)length, ".%06d", microseconds);
        while (lexical[length - 1] == '0') {
            length--;
        }
    }
    snprintf(lexical + length, sizeof(lexical) - (size_t)length, "%s", zone);
    return literal_datum(RP_VOCABULARY_xsd_dateTime, lexical);
}

Datum
rdf_term_from_timestamp(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(moment_datum(PG_GETARG_TIMESTAMP(0), ""));
}

Datum
rdf_term_from_timestamptz(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(moment_datum(PG_GETARG_TIMESTAMPTZ(0), "Z"));
}

/* ERROR 22P02: a term that is no value of the type. */
static void
refuse_term(const RpTerm *term, const char *type, const char *hint)
{
    RpBuffer buffer;
    RpShown shown;

    rp_buffer_init(&buffer, rp_bridge_arena(CurrentMemoryContext, 0));
    rp_term_write(&buffer, term);
    ereport(ERROR,
            (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
             errmsg("RDF term %s is no %s", rp_text_show(rp_buffer_text(&buffer), &shown), type),
             hint != NULL ? errhint("%s", hint) : 0));
}

/* The lexical form of the argument, a literal of the datatype's grammar. ERROR 22P02 for anything
 * else. */
static char *
lexical_argument(FunctionCallInfo fcinfo, RpVocabulary datatype, const char *type)
{
    RpTerm term = RP_GETARG_TERM(0);

    if (term.kind != RP_LITERAL || term.language.length > 0 ||
        !rp_datatype_accepts(datatype, term.lexical)) {
        refuse_term(&term, type, NULL);
    }
    return rp_text_cstring(term.lexical);
}

Datum
rdf_term_to_integer(PG_FUNCTION_ARGS)
{
    char *lexical = lexical_argument(fcinfo, RP_VOCABULARY_xsd_integer, "integer");

    return DirectFunctionCall1(int4in, CStringGetDatum(lexical));
}

Datum
rdf_term_to_bigint(PG_FUNCTION_ARGS)
{
    char *lexical = lexical_argument(fcinfo, RP_VOCABULARY_xsd_integer, "bigint");

    return DirectFunctionCall1(int8in, CStringGetDatum(lexical));
}

Datum
rdf_term_to_numeric(PG_FUNCTION_ARGS)
{
    char *lexical = lexical_argument(fcinfo, RP_VOCABULARY_xsd_decimal, "numeric");

    return DirectFunctionCall3(numeric_in, CStringGetDatum(lexical), ObjectIdGetDatum(InvalidOid),
                               Int32GetDatum(-1));
}

Datum
rdf_term_to_double(PG_FUNCTION_ARGS)
{
    char *lexical = lexical_argument(fcinfo, RP_VOCABULARY_xsd_double, "double precision");
    double value = 0;

    rp_float_read(rp_text_from(lexical), false, &value);
    PG_RETURN_FLOAT8(value);
}

Datum
rdf_term_to_boolean(PG_FUNCTION_ARGS)
{
    char *lexical = lexical_argument(fcinfo, RP_VOCABULARY_xsd_boolean, "boolean");

    PG_RETURN_BOOL(strcmp(lexical, "true") == 0 || strcmp(lexical, "1") == 0);
}

/* The number that the digits at *cursor write, and *cursor behind them; what is too large stops at
 * a bound. */
static int
take_number(const char **cursor)
{
    int value = 0;

    for (; **cursor >= '0' && **cursor <= '9'; (*cursor)++) {
        if (value < 10000000) {
            value = value * 10 + (**cursor - '0');
        }
    }
    return value;
}

/* The date at the start of a lexical form that the grammar has passed. ERROR 22008 where PostgreSQL
 * lacks it. */
static const char *
take_date(const char *lexical, struct pg_tm *parts)
{
    const char *cursor = lexical;
    bool is_negative = *cursor == '-';

    if (is_negative) {
        cursor++;
    }
    parts->tm_year = take_number(&cursor) * (is_negative ? -1 : 1);
    cursor++;
    parts->tm_mon = take_number(&cursor);
    cursor++;
    parts->tm_mday = take_number(&cursor);
    return cursor;
}

static void
moment_is_out_of_range(const char *lexical, const char *type)
{
    ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                    errmsg("%s out of range: \"%s\"", type, lexical)));
}

Datum
rdf_term_to_date(PG_FUNCTION_ARGS)
{
    char *lexical = lexical_argument(fcinfo, RP_VOCABULARY_xsd_date, "date");
    struct pg_tm parts;
    DateADT date;

    if (*take_date(lexical, &parts) != '\0') {
        RpTerm term = RP_GETARG_TERM(0);

        refuse_term(&term, "date", "A date with a time zone does not fit type date.");
    }
    if (!IS_VALID_JULIAN(parts.tm_year, parts.tm_mon, parts.tm_mday)) {
        moment_is_out_of_range(lexical, "date");
    }
    date = date2j(parts.tm_year, parts.tm_mon, parts.tm_mday) - POSTGRES_EPOCH_JDATE;
    if (!IS_VALID_DATE(date)) {
        moment_is_out_of_range(lexical, "date");
    }
    PG_RETURN_DATEADT(date);
}

/* Microseconds of a fraction's digits; digits beyond the sixth are cut off. */
static fsec_t
take_fraction(const char **cursor)
{
    int microseconds = 0;
    int scale = 100000;

    for (; **cursor >= '0' && **cursor <= '9'; (*cursor)++, scale /= 10) {
        microseconds += (**cursor - '0') * scale;
    }
    return microseconds;
}

/* The zone at the end of a lexical form, in seconds west of Greenwich, as PostgreSQL counts. */
static int
take_zone(const char *cursor)
{
    int sign = *cursor == '-' ? 1 : -1;
    int hours;

    if (*cursor == 'Z') {
        return 0;
    }
    cursor++;
    hours = take_number(&cursor);
    cursor++;
    return sign * (hours * SECS_PER_HOUR + take_number(&cursor) * SECS_PER_MINUTE);
}

/* A dateTime with a zone (as UTC) or without one; which, says has_zone. */
static Timestamp
moment_argument(FunctionCallInfo fcinfo, bool has_zone, const char *type, const char *hint)
{
    char *lexical = lexical_argument(fcinfo, RP_VOCABULARY_xsd_dateTime, type);
    struct pg_tm parts;
    fsec_t microseconds = 0;
    const char *cursor = take_date(lexical, &parts) + 1;
    Timestamp value = 0;
    int zone = 0;

    parts.tm_hour = take_number(&cursor);
    cursor++;
    parts.tm_min = take_number(&cursor);
    cursor++;
    parts.tm_sec = take_number(&cursor);
    if (*cursor == '.') {
        cursor++;
        microseconds = take_fraction(&cursor);
    }
    if ((*cursor != '\0') != has_zone) {
        RpTerm term = RP_GETARG_TERM(0);

        refuse_term(&term, type, hint);
    }
    if (has_zone) {
        zone = take_zone(cursor);
    }
    if (!IS_VALID_JULIAN(parts.tm_year, parts.tm_mon, parts.tm_mday) ||
        tm2timestamp(&parts, microseconds, &zone, &value) != 0) {
        moment_is_out_of_range(lexical, type);
    }
    return value;
}

Datum
rdf_term_to_timestamp(PG_FUNCTION_ARGS)
{
    PG_RETURN_TIMESTAMP(moment_argument(fcinfo, false, "timestamp",
                                        "A dateTime with a time zone is cast to timestamptz."));
}

Datum
rdf_term_to_timestamptz(PG_FUNCTION_ARGS)
{
    PG_RETURN_TIMESTAMPTZ(moment_argument(fcinfo, true, "timestamptz",
                                          "A dateTime without a time zone is cast to timestamp."));
}
