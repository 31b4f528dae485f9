/* Casts between rdf_term and dates, times and intervals: see term_cast.h. */
#include "pg/term/term_cast.h"

#include "datatype/timestamp.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(rdf_term_from_date);
PG_FUNCTION_INFO_V1(rdf_term_from_time);
PG_FUNCTION_INFO_V1(rdf_term_from_timetz);
PG_FUNCTION_INFO_V1(rdf_term_from_timestamp);
PG_FUNCTION_INFO_V1(rdf_term_from_timestamptz);
PG_FUNCTION_INFO_V1(rdf_term_from_interval);
PG_FUNCTION_INFO_V1(rdf_term_to_date);
PG_FUNCTION_INFO_V1(rdf_term_to_time);
PG_FUNCTION_INFO_V1(rdf_term_to_timetz);
PG_FUNCTION_INFO_V1(rdf_term_to_timestamp);
PG_FUNCTION_INFO_V1(rdf_term_to_timestamptz);
PG_FUNCTION_INFO_V1(rdf_term_to_interval);

enum { MOMENT_SIZE = 64 };

/* XSD 1.1 years: 0000 is 1 BC, -0001 is 2 BC, as in PostgreSQL's own arithmetic. */
static int
write_date(char *out, int year, int month, int day)
{
    return snprintf(out, MOMENT_SIZE, "%s%04d-%02d-%02d", year < 0 ? "-" : "", abs(year), month,
                    day);
}

/* xsd:date has no infinity. Years before 1 are written as XSD 1.1 has them: 1 BC is 0000. */
Datum
rdf_term_from_date(PG_FUNCTION_ARGS)
{
    DateADT value = PG_GETARG_DATEADT(0);
    char lexical[MOMENT_SIZE];
    int year, month, day;

    if (DATE_NOT_FINITE(value)) {
        rp_cast_refuse_value(DATE_IS_NOBEGIN(value) ? "date -infinity" : "date infinity",
                             RP_VOCABULARY_xsd_date);
    }
    j2date(value + POSTGRES_EPOCH_JDATE, &year, &month, &day);
    write_date(lexical, year, month, day);
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_date, lexical));
}

/* Microseconds behind the seconds, without trailing zeros. Returns the length. */
static int
write_fraction(char *out, int microseconds)
{
    int length;

    if (microseconds == 0) {
        *out = '\0';
        return 0;
    }
    length = snprintf(out, MOMENT_SIZE / 4, ".%06d", microseconds);
    while (out[length - 1] == '0') {
        out[--length] = '\0';
    }
    return length;
}

/* A timestamp's own clock, with the zone written after it. */
static Datum
moment_datum(Timestamp value, const char *zone)
{
    char lexical[MOMENT_SIZE];
    struct pg_tm parts;
    fsec_t microseconds;
    int length;

    if (TIMESTAMP_NOT_FINITE(value)) {
        rp_cast_refuse_value(TIMESTAMP_IS_NOBEGIN(value) ? "timestamp -infinity"
                                                         : "timestamp infinity",
                             RP_VOCABULARY_xsd_dateTime);
    }
    if (timestamp2tm(value, NULL, &parts, &microseconds, NULL, NULL) != 0) {
        ereport(ERROR,
                (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("timestamp out of range")));
    }
    length = write_date(lexical, parts.tm_year, parts.tm_mon, parts.tm_mday);
    length += snprintf(lexical + length, sizeof(lexical) - (size_t)length, "T%02d:%02d:%02d",
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
    length += write_fraction(lexical + length, microseconds);
    snprintf(lexical + length, sizeof(lexical) - (size_t)length, "%s", zone);
    return rp_cast_literal(RP_VOCABULARY_xsd_dateTime, lexical);
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

/* Hours, minutes and seconds. Midnight at the end of a day, 24:00:00, is a time in both. Returns
 * the length. */
static int
write_clock(char *out, TimeADT value)
{
    int seconds = (int)(value / USECS_PER_SEC);
    int length = snprintf(out, MOMENT_SIZE / 2, "%02d:%02d:%02d", seconds / SECS_PER_HOUR,
                          seconds / SECS_PER_MINUTE % 60, seconds % 60);

    return length + write_fraction(out + length, (int)(value % USECS_PER_SEC));
}

Datum
rdf_term_from_time(PG_FUNCTION_ARGS)
{
    char lexical[MOMENT_SIZE];

    write_clock(lexical, PG_GETARG_TIMEADT(0));
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_time, lexical));
}

/* The zone is kept as it is: a time of no day has no equal in UTC. XML Schema's zones have no
 * seconds, and end at 14 hours. PostgreSQL counts them in seconds west of Greenwich. */
Datum
rdf_term_from_timetz(PG_FUNCTION_ARGS)
{
    TimeTzADT *value = PG_GETARG_TIMETZADT_P(0);
    int west = abs(value->zone);
    char lexical[MOMENT_SIZE];
    int length = write_clock(lexical, value->time);

    if (west % SECS_PER_MINUTE != 0 || west > 14 * SECS_PER_HOUR) {
        rp_cast_refuse_value("a time zone with seconds, or of more than 14 hours,",
                             RP_VOCABULARY_xsd_time);
    }
    snprintf(lexical + length, sizeof(lexical) - (size_t)length, west == 0 ? "Z" : "%c%02d:%02d",
             value->zone > 0 ? '-' : '+', west / SECS_PER_HOUR, west / SECS_PER_MINUTE % 60);
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_time, lexical));
}

/* "3D" and the like, where there are any. Returns the length. */
static int
write_part(char *out, uint64 count, char designator)
{
    *out = '\0';
    return count == 0 ? 0 : snprintf(out, MOMENT_SIZE / 2, UINT64_FORMAT "%c", count, designator);
}

/* The hours, minutes and seconds of a duration. */
static int
write_duration_time(char *out, uint64 time)
{
    uint64 rest = time % USECS_PER_HOUR;
    uint64 seconds = rest % USECS_PER_MINUTE / USECS_PER_SEC;
    int microseconds = (int)(rest % USECS_PER_SEC);
    int length = snprintf(out, MOMENT_SIZE, "T");

    length += write_part(out + length, time / USECS_PER_HOUR, 'H');
    length += write_part(out + length, rest / USECS_PER_MINUTE, 'M');
    if (seconds != 0 || microseconds != 0) {
        length += snprintf(out + length, MOMENT_SIZE, UINT64_FORMAT, seconds);
        length += write_fraction(out + length, microseconds);
        length += snprintf(out + length, MOMENT_SIZE, "S");
    }
    return length;
}

/* PostgreSQL 17 has infinite intervals; before, the same value is one that hardly occurs. */
static bool
is_infinite(const Interval *value)
{
    return (value->month == PG_INT32_MIN && value->day == PG_INT32_MIN &&
            value->time == PG_INT64_MIN) ||
           (value->month == PG_INT32_MAX && value->day == PG_INT32_MAX &&
            value->time == PG_INT64_MAX);
}

/* A duration has one sign for all its parts; months, days and time are kept apart as PostgreSQL
 * does. */
Datum
rdf_term_from_interval(PG_FUNCTION_ARGS)
{
    const Interval *value = PG_GETARG_INTERVAL_P(0);
    bool is_negative = value->month < 0 || value->day < 0 || value->time < 0;
    bool is_positive = value->month > 0 || value->day > 0 || value->time > 0;
    uint64 month_count = (uint64)llabs((int64)value->month);
    uint64 time = is_negative ? 0 - (uint64)value->time : (uint64)value->time;
    char lexical[4 * MOMENT_SIZE];
    int length;

    if ((is_negative && is_positive) || is_infinite(value)) {
        rp_cast_refuse_value(psprintf("interval %s", DatumGetCString(DirectFunctionCall1(
                                                         interval_out, IntervalPGetDatum(value)))),
                             RP_VOCABULARY_xsd_duration);
    }
    length = snprintf(lexical, sizeof(lexical), "%sP", is_negative ? "-" : "");
    length += write_part(lexical + length, month_count / MONTHS_PER_YEAR, 'Y');
    length += write_part(lexical + length, month_count % MONTHS_PER_YEAR, 'M');
    length += write_part(lexical + length, (uint64)llabs((int64)value->day), 'D');
    if (time != 0) {
        write_duration_time(lexical + length, time);
    } else if (!is_negative && !is_positive) {
        snprintf(lexical + length, MOMENT_SIZE, "T0S");
    }
    PG_RETURN_DATUM(rp_cast_literal(RP_VOCABULARY_xsd_duration, lexical));
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

/*
 * A zone is refused, since type date would silently drop it. The calendar's bounds are the type's.
 */
Datum
rdf_term_to_date(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_date, "date");
    struct pg_tm parts;
    DateADT date;

    if (*take_date(lexical, &parts) != '\0') {
        RpTerm term = RP_GETARG_TERM(0);

        rp_cast_refuse_term(&term, "date", "A date with a time zone does not fit type date.");
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

/* The hours, minutes and seconds at *cursor, and *cursor behind them. Returns the microseconds. */
static fsec_t
take_clock(const char **cursor, struct pg_tm *parts)
{
    parts->tm_hour = take_number(cursor);
    (*cursor)++;
    parts->tm_min = take_number(cursor);
    (*cursor)++;
    parts->tm_sec = take_number(cursor);
    if (**cursor != '.') {
        return 0;
    }
    (*cursor)++;
    return take_fraction(cursor);
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
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_dateTime, type);
    struct pg_tm parts;
    fsec_t microseconds = 0;
    const char *cursor = take_date(lexical, &parts) + 1;
    Timestamp value = 0;
    int zone = 0;

    microseconds = take_clock(&cursor, &parts);
    if ((*cursor != '\0') != has_zone) {
        RpTerm term = RP_GETARG_TERM(0);

        rp_cast_refuse_term(&term, type, hint);
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

/* 24:00:00 is what both have; a zone is refused, as in rdf_term_to_date. */
Datum
rdf_term_to_time(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_time, "time");
    const char *cursor = lexical;
    struct pg_tm parts;
    fsec_t microseconds = take_clock(&cursor, &parts);
    TimeADT value;

    if (*cursor != '\0') {
        RpTerm term = RP_GETARG_TERM(0);

        rp_cast_refuse_term(&term, "time", "A time with a time zone is cast to timetz.");
    }
    tm2time(&parts, microseconds, &value);
    PG_RETURN_TIMEADT(value);
}

Datum
rdf_term_to_timetz(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_time, "timetz");
    const char *cursor = lexical;
    struct pg_tm parts;
    fsec_t microseconds = take_clock(&cursor, &parts);
    TimeTzADT *value = (TimeTzADT *)palloc(sizeof(*value));

    if (*cursor == '\0') {
        RpTerm term = RP_GETARG_TERM(0);

        rp_cast_refuse_term(&term, "timetz", "A time without a time zone is cast to time.");
    }
    tm2timetz(&parts, microseconds, take_zone(cursor), value);
    PG_RETURN_TIMETZADT_P(value);
}

/* PostgreSQL reads XML Schema's durations, but for the sign in front and more than six digits of a
 * second, which are cut off as everywhere. */
Datum
rdf_term_to_interval(PG_FUNCTION_ARGS)
{
    char *lexical = rp_cast_argument(fcinfo, RP_VOCABULARY_xsd_duration, "interval");
    bool is_negative = *lexical == '-';
    char *point = strchr(lexical, '.');
    Datum interval;

    if (point != NULL) {
        size_t digits = strspn(point + 1, "0123456789");

        if (digits > MAX_INTERVAL_PRECISION) {
            memmove(point + 1 + MAX_INTERVAL_PRECISION, point + 1 + digits,
                    strlen(point + 1 + digits) + 1);
        }
    }
    interval = DirectFunctionCall3(interval_in, CStringGetDatum(lexical + is_negative),
                                   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
    return is_negative ? DirectFunctionCall1(interval_um, interval) : interval;
}
