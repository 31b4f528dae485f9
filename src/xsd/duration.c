/* Durations: grammar, and the partial order of XSD 1.1 Part 2, 3.3.6. */
#include "xsd/datetime.h"

enum {
    MONTHS_PER_YEAR = 12,
    FIELD_DIGITS_LIMIT = 18 /* of a field that 63 bits surely hold */
};

/* Beyond these a sum of months and seconds on the time line might not fit into 63 bits. */
static const int64_t months_limit = INT64_C(1200000000000);
static const int64_t seconds_limit = INT64_C(4000000000000000000);

/* A field: what letter ends it and what one unit is worth, in months or seconds. */
typedef struct Field {
    char designator;
    bool is_months;
    int32_t factor;
} Field;

static const Field date_fields[] = {
    {'Y', true, MONTHS_PER_YEAR}, {'M', true, 1}, {'D', false, 86400}};
static const Field time_fields[] = {{'H', false, 3600}, {'M', false, 60}, {'S', false, 1}};

enum { FIELD_COUNT = 3 };

/* Where the reading is: the text behind P, and the fields that may still come. */
typedef struct FieldReading {
    const char *next;
    const char *end;
    RpDuration *duration;
    unsigned parts;
    uint32_t field_count; /* fields read so far */
} FieldReading;

static const char *
skip_digits(const char *next, const char *end)
{
    while (next < end && *next >= '0' && *next <= '9') {
        next++;
    }
    return next;
}

/* Add digits × factor to a total; too much marks the duration. */
static void
add_to_total(RpDuration *duration, int64_t *total, int64_t limit, RpText digits, int32_t factor)
{
    int64_t number = 0;

    while (digits.length > 0 && digits.data[0] == '0') {
        digits.data++;
        digits.length--;
    }
    if (digits.length > FIELD_DIGITS_LIMIT) {
        duration->is_too_long = true;
        return;
    }
    for (uint32_t i = 0; i < digits.length; i++) {
        number = number * 10 + (digits.data[i] - '0');
    }
    if (number > (limit - *total) / factor) {
        duration->is_too_long = true;
        return;
    }
    *total += number * factor;
}

/* One field, from the designators that may still come. False: no field of these. */
static bool
take_field(FieldReading *reader, const Field *fields, uint32_t *next_field)
{
    RpDuration *duration = reader->duration;
    RpText digits = {reader->next, 0};
    RpText fraction = {NULL, 0};
    const char *next = skip_digits(reader->next, reader->end);
    bool has_point = next < reader->end && *next == '.';
    uint32_t i = *next_field;

    digits.length = (uint32_t)(next - digits.data);
    if (has_point) {
        fraction.data = next + 1;
        next = skip_digits(fraction.data, reader->end);
        fraction.length = (uint32_t)(next - fraction.data);
    }
    if (digits.length == 0 || next == reader->end || (has_point && fraction.length == 0)) {
        return false;
    }
    while (i < FIELD_COUNT && fields[i].designator != *next) {
        i++;
    }
    if (i == FIELD_COUNT || (has_point && *next != 'S') ||
        !(reader->parts & (fields[i].is_months ? RP_DURATION_MONTHS : RP_DURATION_SECONDS))) {
        return false;
    }
    while (fraction.length > 0 && fraction.data[fraction.length - 1] == '0') {
        fraction.length--;
    }
    if (fields[i].is_months) {
        add_to_total(duration, &duration->months, months_limit, digits, fields[i].factor);
    } else {
        add_to_total(duration, &duration->seconds, seconds_limit, digits, fields[i].factor);
        duration->fraction = fraction;
    }
    reader->next = next + 1;
    reader->field_count++;
    *next_field = i + 1;
    return true;
}

/* Fields in order, as many as there are, up to the end or a T. */
static bool
take_fields(FieldReading *reader, const Field *fields)
{
    uint32_t next_field = 0;

    while (reader->next < reader->end && *reader->next != 'T') {
        if (!take_field(reader, fields, &next_field)) {
            return false;
        }
    }
    return true;
}

bool
rp_duration_read(RpText lexical, unsigned parts, RpDuration *duration)
{
    FieldReading reader = {lexical.data, lexical.data + lexical.length, duration, parts, 0};

    *duration = (RpDuration){0};
    if (lexical.length > 0 && *reader.next == '-') {
        duration->is_negative = true;
        reader.next++;
    }
    if (reader.next == reader.end || *reader.next++ != 'P' || !take_fields(&reader, date_fields)) {
        return false;
    }
    if (reader.next < reader.end) {
        uint32_t date_field_count = reader.field_count;

        reader.next++; /* the T, after which a field must come and no other T */
        if (!take_fields(&reader, time_fields) || reader.next != reader.end ||
            reader.field_count == date_field_count) {
            return false;
        }
    }
    if (duration->months == 0 && duration->seconds == 0 && duration->fraction.length == 0) {
        duration->is_negative = false;
    }
    if (duration->is_negative) {
        duration->months = -duration->months;
        duration->seconds = -duration->seconds;
    }
    return reader.field_count > 0;
}

/* Seconds from 1600-03-01 to the first of a month, counted in months from there (Gregorian,
 * proleptic). */
static int64_t
seconds_of_months(int64_t months)
{
    int64_t year = (months >= 0 ? months : months - (MONTHS_PER_YEAR - 1)) / MONTHS_PER_YEAR;
    int64_t cycle = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_cycle = year - cycle * 400;
    int64_t month = months - year * MONTHS_PER_YEAR;
    int64_t days = cycle * 146097 + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 +
                   (153 * month + 2) / 5;

    return days * 86400;
}

/* The order of the fraction a and of 1 - b: digit by digit, without carrying, as b's last digit is
 * not 0. */
static int
compare_with_complement(RpText a, RpText b)
{
    uint32_t length = a.length > b.length ? a.length : b.length;

    if (b.length == 0) {
        return -1;
    }
    for (uint32_t i = 0; i < length; i++) {
        int digit = i < a.length ? a.data[i] - '0' : 0;
        int complement = i < b.length ? (i + 1 < b.length ? 9 : 10) - (b.data[i] - '0') : 0;

        if (digit != complement) {
            return digit < complement ? -1 : 1;
        }
    }
    return 0;
}

/*
 * The order of two points: whole seconds, and fractions that go on in each one's own direction.
 */
static int
compare_points(int64_t a_seconds, const RpDuration *a, int64_t b_seconds, const RpDuration *b)
{
    if (a->is_negative && !b->is_negative) {
        return -compare_points(b_seconds, b, a_seconds, a);
    }
    if (a->is_negative == b->is_negative) {
        int order = (a_seconds > b_seconds) - (a_seconds < b_seconds);

        if (order == 0) {
            order = rp_text_compare(a->fraction, b->fraction);
            order = a->is_negative ? -order : order;
        }
        return order;
    }
    if (a_seconds >= b_seconds) {
        bool is_equal =
            a_seconds == b_seconds && a->fraction.length == 0 && b->fraction.length == 0;

        return is_equal ? 0 : 1;
    }
    return a_seconds < b_seconds - 1 ? -1 : compare_with_complement(a->fraction, b->fraction);
}

/* 1696-09-01, 1697-02-01, 1903-03-01 and 1903-07-01 (3.3.6.1), in months from 1600-03-01. */
static const int64_t reference_months[] = {96 * 12 + 6, 96 * 12 + 11, 303 * 12, 303 * 12 + 4};

enum { REFERENCE_COUNT = sizeof(reference_months) / sizeof(reference_months[0]) };

/* Days from the first reference dateTime to another one, when months are added to both. */
static int64_t
days_between(uint32_t reference, int64_t months)
{
    return (seconds_of_months(reference_months[reference] + months) -
            seconds_of_months(reference_months[0] + months)) /
           86400;
}

uint32_t
rp_duration_kind(const RpDuration *duration)
{
    uint32_t kind = 0;

    for (uint32_t i = 1; i < REFERENCE_COUNT; i++) {
        /* A few days to either side of what it is without months. */
        kind =
            kind << 8 | ((uint32_t)(days_between(i, duration->months) - days_between(i, 0)) & 0xff);
    }
    return kind;
}

bool
rp_duration_compare(const RpDuration *a, const RpDuration *b, int *order)
{
    if (a->is_too_long || b->is_too_long) {
        return false;
    }
    for (uint32_t i = 0; i < REFERENCE_COUNT; i++) {
        int point_order =
            compare_points(seconds_of_months(reference_months[i] + a->months) + a->seconds, a,
                           seconds_of_months(reference_months[i] + b->months) + b->seconds, b);

        if (i > 0 && (point_order > 0) - (point_order < 0) != *order) {
            return false;
        }
        *order = (point_order > 0) - (point_order < 0);
    }
    return true;
}
