/* Moments: grammar and order of the date and time types. */
#include "xsd/datetime.h"

enum {
    SECONDS_PER_DAY = 86400,
    SECONDS_PER_HOUR = 3600,
    SECONDS_PER_MINUTE = 60,
    ZONE_LIMIT_HOURS = 14,
    YEAR_DIGITS = 4,        /* at least */
    YEAR_DIGITS_LIMIT = 11, /* of a year whose seconds fit into 63 bits */
    YEARS_PER_CYCLE = 400,
    CYCLE_DIGITS =
        4, /* 10,000 is a multiple of 400, so the last digits place a year in the cycle */
    /* What a missing part is taken as (timeOnTimeline, E.3.4). */
    DEFAULT_YEAR = 1972,
    DEFAULT_MONTH = 12
};

/* The parts as they are read. */
typedef struct Reader {
    const char *next;
    const char *end;
    int64_t year;
    int month;
    int day;
    int32_t second_of_day;
    int32_t zone_seconds;
} Reader;

static bool
take_byte(Reader *reader, char byte)
{
    if (reader->next == reader->end || *reader->next != byte) {
        return false;
    }
    reader->next++;
    return true;
}

static bool
take_digit(Reader *reader, int *digit)
{
    if (reader->next == reader->end || *reader->next < '0' || *reader->next > '9') {
        return false;
    }
    *digit = *reader->next++ - '0';
    return true;
}

/* Two digits that make a number from minimum to maximum. */
static bool
take_two_digits(Reader *reader, int minimum, int maximum, int *number)
{
    int tens;
    int ones;

    if (!take_digit(reader, &tens) || !take_digit(reader, &ones)) {
        return false;
    }
    *number = tens * 10 + ones;
    return *number >= minimum && *number <= maximum;
}

static RpText
take_digits(Reader *reader)
{
    const char *start = reader->next;

    while (reader->next < reader->end && *reader->next >= '0' && *reader->next <= '9') {
        reader->next++;
    }
    return (RpText){start, (uint32_t)(reader->next - start)};
}

static int64_t
number_of(RpText digits)
{
    int64_t number = 0;

    for (uint32_t i = 0; i < digits.length; i++) {
        number = number * 10 + (digits.data[i] - '0');
    }
    return number;
}

static bool
take_year(Reader *reader, RpMoment *moment)
{
    bool is_negative = take_byte(reader, '-');
    RpText digits = take_digits(reader);

    if (digits.length < YEAR_DIGITS || (digits.length > YEAR_DIGITS && digits.data[0] == '0')) {
        return false;
    }
    if (digits.length > YEAR_DIGITS_LIMIT) {
        moment->year_digits = digits;
        moment->year_is_negative = is_negative;
        digits.data += digits.length - CYCLE_DIGITS;
        digits.length = CYCLE_DIGITS;
    }
    reader->year = is_negative ? -number_of(digits) : number_of(digits);
    if (moment->year_digits.length > 0) {
        reader->year %= YEARS_PER_CYCLE;
    }
    return true;
}

int
rp_days_of_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % YEARS_PER_CYCLE == 0);

    return days[month - 1] + (month == 2 && is_leap);
}

/* Days from 0000-03-01 in the proleptic Gregorian calendar; years begin with March, so that a leap
 * day is a year's last. */
static int64_t
days_from_epoch(int64_t year, int month, int day)
{
    int64_t march_year = month <= 2 ? year - 1 : year;
    int64_t cycle =
        (march_year >= 0 ? march_year : march_year - (YEARS_PER_CYCLE - 1)) / YEARS_PER_CYCLE;
    int64_t year_of_cycle = march_year - cycle * YEARS_PER_CYCLE;
    int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

    return cycle * 146097 + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 +
           day_of_year;
}

/* The year, month and day that a type has, with the hyphens that stand for those it has not. */
static bool
take_date(Reader *reader, unsigned parts, RpMoment *moment)
{
    reader->year = DEFAULT_YEAR;
    reader->month = DEFAULT_MONTH;
    if (parts & RP_MOMENT_YEAR) {
        if (!take_year(reader, moment)) {
            return false;
        }
    } else if (!take_byte(reader, '-')) {
        return false;
    }
    if (parts & RP_MOMENT_MONTH) {
        if (!take_byte(reader, '-') || !take_two_digits(reader, 1, 12, &reader->month)) {
            return false;
        }
    } else if ((parts & RP_MOMENT_DAY) && !take_byte(reader, '-')) {
        return false;
    }
    reader->day = rp_days_of_month(reader->year, reader->month);
    if (parts & RP_MOMENT_DAY) {
        return take_byte(reader, '-') && take_two_digits(reader, 1, reader->day, &reader->day);
    }
    return true;
}

static bool
take_time(Reader *reader, RpMoment *moment)
{
    int hours;
    int minutes;
    int seconds;

    if (!take_two_digits(reader, 0, 24, &hours) || !take_byte(reader, ':') ||
        !take_two_digits(reader, 0, 59, &minutes) || !take_byte(reader, ':') ||
        !take_two_digits(reader, 0, 59, &seconds)) {
        return false;
    }
    if (take_byte(reader, '.')) {
        moment->fraction = take_digits(reader);
        if (moment->fraction.length == 0) {
            return false;
        }
        while (moment->fraction.length > 0 &&
               moment->fraction.data[moment->fraction.length - 1] == '0') {
            moment->fraction.length--;
        }
    }
    reader->second_of_day = hours * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE + seconds;
    return reader->second_of_day < SECONDS_PER_DAY ||
           (reader->second_of_day == SECONDS_PER_DAY && moment->fraction.length == 0);
}

/* (Z | [+-]hh:mm)?, at most 14:00. */
static bool
take_zone(Reader *reader, RpMoment *moment)
{
    bool is_negative;
    int hours;
    int minutes;

    if (reader->next == reader->end) {
        return true;
    }
    moment->has_zone = true;
    if (take_byte(reader, 'Z')) {
        return true;
    }
    is_negative = *reader->next == '-';
    if (!is_negative && *reader->next != '+') {
        return false;
    }
    reader->next++;
    if (!take_two_digits(reader, 0, ZONE_LIMIT_HOURS, &hours) || !take_byte(reader, ':') ||
        !take_two_digits(reader, 0, 59, &minutes) || (hours == ZONE_LIMIT_HOURS && minutes > 0)) {
        return false;
    }
    reader->zone_seconds = hours * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE;
    if (is_negative) {
        reader->zone_seconds = -reader->zone_seconds;
    }
    return true;
}

bool
rp_moment_read(RpText lexical, unsigned parts, RpMoment *moment)
{
    Reader reader = {0};

    if (lexical.length == 0) {
        return false;
    }
    *moment = (RpMoment){0};
    reader.next = lexical.data;
    reader.end = lexical.data + lexical.length;
    if (parts & RP_MOMENT_DATE) {
        if (!take_date(&reader, parts, moment)) {
            return false;
        }
    } else {
        reader.year = DEFAULT_YEAR;
        reader.month = DEFAULT_MONTH;
        reader.day = rp_days_of_month(DEFAULT_YEAR, DEFAULT_MONTH);
    }
    if ((parts & RP_MOMENT_DATE) && (parts & RP_MOMENT_TIME) && !take_byte(&reader, 'T')) {
        return false;
    }
    if ((parts & RP_MOMENT_TIME) && !take_time(&reader, moment)) {
        return false;
    }
    if (!take_zone(&reader, moment) || reader.next != reader.end ||
        ((parts & RP_MOMENT_ZONE_REQUIRED) && !moment->has_zone)) {
        return false;
    }
    if (!(parts & RP_MOMENT_DATE)) {
        reader.second_of_day %= SECONDS_PER_DAY;
    }
    moment->seconds = days_from_epoch(reader.year, reader.month, reader.day) * SECONDS_PER_DAY +
                      reader.second_of_day - reader.zone_seconds;
    return true;
}

static int
compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* The order of two years' numbers, either of which has too many digits for an integer. */
static int
compare_long_years(const RpMoment *a, const RpMoment *b)
{
    int a_sign = a->year_digits.length == 0 ? 0 : a->year_is_negative ? -1 : 1;
    int b_sign = b->year_digits.length == 0 ? 0 : b->year_is_negative ? -1 : 1;
    int magnitude;

    if (a_sign != b_sign) {
        return a_sign < b_sign ? -1 : 1;
    }
    magnitude = compare_numbers(a->year_digits.length, b->year_digits.length);
    if (magnitude == 0) {
        magnitude = rp_text_compare(a->year_digits, b->year_digits);
    }
    return a_sign * magnitude;
}

static int
compare_shifted(const RpMoment *a, int64_t a_shift_seconds, const RpMoment *b)
{
    int order = compare_numbers(a->seconds + a_shift_seconds, b->seconds);

    return order ? order : rp_text_compare(a->fraction, b->fraction);
}

bool
rp_moment_compare(const RpMoment *a, const RpMoment *b, int *order)
{
    const int64_t limit_seconds = ZONE_LIMIT_HOURS * SECONDS_PER_HOUR;

    if (a->year_digits.length > 0 || b->year_digits.length > 0) {
        *order = compare_long_years(a, b);
        if (*order != 0) {
            return true;
        }
    }
    *order = compare_shifted(a, 0, b);
    return a->has_zone == b->has_zone || compare_shifted(a, limit_seconds, b) < 0 ||
           compare_shifted(a, -limit_seconds, b) > 0;
}
