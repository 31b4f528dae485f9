/* Functions of dates and times (SPARQL 1.1, 17.4.5). The parts are read from the lexical form, as
 * the zone that it was written with counts. */
#include "query/expression.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "xsd/datetime.h"

enum { YEAR_LENGTH = 18, DAY_LENGTH = 32 }; /* of years that are counted on; of a day's parts */

/* A well-formed dateTime in its parts. */
typedef struct TimeParts {
    RpText year; /* with its sign */
    RpText month;
    RpText day;
    RpText hours;
    RpText minutes;
    RpText seconds;
    RpText zone; /* empty: none */
} TimeParts;

static RpText
take(RpText *rest, uint32_t length, uint32_t separator)
{
    RpText part = {rest->data, length};

    rest->data += length + separator;
    rest->length -= length + separator;
    return part;
}

/* False: no xsd:dateTime. */
static bool
read_parts(const RpScalar *scalar, TimeParts *parts)
{
    RpText rest = scalar->term.lexical;
    uint32_t length = 0;

    if (!rp_scalar_is_literal(scalar) ||
        (scalar->datatype != RP_VOCABULARY_xsd_dateTime &&
         scalar->datatype != RP_VOCABULARY_xsd_dateTimeStamp) ||
        !rp_datatype_accepts(scalar->datatype, rest)) {
        return false;
    }
    for (length = 1; rest.data[length] != '-'; length++) {
    }
    parts->year = take(&rest, length, 1);
    parts->month = take(&rest, 2, 1);
    parts->day = take(&rest, 2, 1);
    parts->hours = take(&rest, 2, 1);
    parts->minutes = take(&rest, 2, 1);
    for (length = 2;
         length < rest.length && (rp_ascii_is_digit(rest.data[length]) || rest.data[length] == '.');
         length++) {
    }
    parts->seconds = take(&rest, length, 0);
    parts->zone = rest;
    return true;
}

RpStatus
rp_call_now(RpCall *call)
{
    *call->result = rp_scalar_typed(call->run->options->now, RP_VOCABULARY_xsd_dateTime);
    return RP_OK;
}

/* A number without its leading zeros. */
static void
append_number(RpBuffer *buffer, RpText digits)
{
    bool is_negative = digits.data[0] == '-';

    if (is_negative) {
        digits.data++;
        digits.length--;
    }
    while (digits.length > 1 && digits.data[0] == '0' && rp_ascii_is_digit(digits.data[1])) {
        digits.data++;
        digits.length--;
    }
    if (is_negative && !(digits.length == 1 && digits.data[0] == '0')) {
        rp_buffer_append_byte(buffer, '-');
    }
    rp_buffer_append_text(buffer, digits);
}

static int
two_digits(RpText digits)
{
    return 10 * (digits.data[0] - '0') + digits.data[1] - '0';
}

/* Midnight as 24:00:00 is the next day's (XSD 1.1, 3.3.7): set the parts of the date to that day's,
 * whose texts are in buffers. False: a year of more digits than are counted here. */
static bool
move_to_next_day(TimeParts *parts, char year_text[DAY_LENGTH], char month_text[DAY_LENGTH],
                 char day_text[DAY_LENGTH])
{
    long long year;
    int month = two_digits(parts->month);
    int day = two_digits(parts->day) + 1;

    if (parts->year.length > YEAR_LENGTH) {
        return false;
    }
    year = strtoll(parts->year.data, NULL, 10); /* it ends at a hyphen */
    if (day > rp_days_of_month(year, month)) {
        day = 1;
        month++;
    }
    if (month > 12) {
        month = 1;
        year++;
    }
    snprintf(year_text, DAY_LENGTH, "%0*lld", year < 0 ? 5 : 4, year);
    snprintf(month_text, DAY_LENGTH, "%02d", month);
    snprintf(day_text, DAY_LENGTH, "%02d", day);
    parts->year = rp_text_from(year_text);
    parts->month = rp_text_from(month_text);
    parts->day = rp_text_from(day_text);
    parts->hours = RP_TEXT("00");
    return true;
}

/* Seconds without zeros at the end of a fraction. */
static RpText
without_trailing_zeros(RpText seconds)
{
    while (seconds.length > 2 &&
           (seconds.data[seconds.length - 1] == '0' || seconds.data[seconds.length - 1] == '.')) {
        seconds.length--;
    }
    return seconds;
}

/* F&O 3.1, 19.1.2.3: the zone that it was written with stays, but none is +00:00. */
RpStatus
rp_call_give_moment(RpCall *call, const RpScalar *moment, RpVocabulary datatype)
{
    char year[DAY_LENGTH];
    char month[DAY_LENGTH];
    char day[DAY_LENGTH];
    TimeParts parts;
    RpBuffer buffer;

    if (!read_parts(moment, &parts) || (rp_text_equals(parts.hours, RP_TEXT("24")) &&
                                        !move_to_next_day(&parts, year, month, day))) {
        return RP_OK;
    }
    parts.seconds = without_trailing_zeros(parts.seconds);
    if (parts.zone.length > 1 &&
        rp_text_equals((RpText){parts.zone.data + 1, 5}, RP_TEXT("00:00"))) {
        parts.zone = RP_TEXT("Z");
    }
    rp_call_buffer(call, &buffer);
    rp_buffer_append_format(&buffer, "%.*s-%.2s-%.2sT%.2s:%.2s:", (int)parts.year.length,
                            parts.year.data, parts.month.data, parts.day.data, parts.hours.data,
                            parts.minutes.data);
    rp_buffer_append_text(&buffer, parts.seconds);
    rp_buffer_append_text(&buffer, parts.zone);
    return rp_call_give_text(call, &buffer, datatype);
}

RpStatus
rp_call_moment_part(RpCall *call)
{
    char year[DAY_LENGTH];
    char month[DAY_LENGTH];
    char day[DAY_LENGTH];
    TimeParts parts;
    RpText part;
    RpBuffer buffer;

    if (!read_parts(&call->arguments[0], &parts) || (rp_text_equals(parts.hours, RP_TEXT("24")) &&
                                                     !move_to_next_day(&parts, year, month, day))) {
        return RP_OK;
    }
    switch ((RpFunctionId)call->op->value) {
    case RP_FUNCTION_year:
        part = parts.year;
        break;
    case RP_FUNCTION_month:
        part = parts.month;
        break;
    case RP_FUNCTION_day:
        part = parts.day;
        break;
    case RP_FUNCTION_hours:
        part = parts.hours;
        break;
    case RP_FUNCTION_minutes:
        part = parts.minutes;
        break;
    default:
        part = without_trailing_zeros(parts.seconds);
        break;
    }
    rp_call_buffer(call, &buffer);
    append_number(&buffer, part);
    return rp_call_give_text(call, &buffer,
                             call->op->value == RP_FUNCTION_seconds ? RP_VOCABULARY_xsd_decimal
                                                                    : RP_VOCABULARY_xsd_integer);
}

/* TZ: as it is written. TIMEZONE: a dayTimeDuration; without a zone an error. */
RpStatus
rp_call_timezone(RpCall *call)
{
    TimeParts parts;
    RpBuffer buffer;
    int hours;
    int minutes;

    if (!read_parts(&call->arguments[0], &parts)) {
        return RP_OK;
    }
    rp_call_buffer(call, &buffer);
    if (call->op->value == RP_FUNCTION_tz) {
        rp_buffer_append_text(&buffer, parts.zone);
        return rp_call_give_text(call, &buffer, RP_VOCABULARY_xsd_string);
    }
    if (parts.zone.length == 0) {
        return RP_OK;
    }
    hours =
        parts.zone.length == 1 ? 0 : (parts.zone.data[1] - '0') * 10 + (parts.zone.data[2] - '0');
    minutes =
        parts.zone.length == 1 ? 0 : (parts.zone.data[4] - '0') * 10 + (parts.zone.data[5] - '0');
    rp_buffer_append_string(&buffer,
                            hours + minutes > 0 && parts.zone.data[0] == '-' ? "-PT" : "PT");
    if (hours > 0) {
        rp_buffer_append_format(&buffer, "%dH", hours);
    }
    if (minutes > 0) {
        rp_buffer_append_format(&buffer, "%dM", minutes);
    }
    if (hours + minutes == 0) {
        rp_buffer_append_string(&buffer, "0S");
    }
    return rp_call_give_text(call, &buffer, RP_VOCABULARY_xsd_dayTimeDuration);
}
