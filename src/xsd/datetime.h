/*
 * The date and time types and the durations of XML Schema 1.1 Part 2 (3.3.6 to 3.3.14, 3.4.26 to
 * 3.4.28, appendix E.3): grammar and order. A moment is what a dateTime, date, time or g… denotes
 * on the time line; missing parts are those of timeOnTimeline (E.3.4), so that two of one type
 * compare by one rule.
 */
#ifndef RP_XSD_DATETIME_H
#define RP_XSD_DATETIME_H

#include "base/text.h"

/* Which parts a type's lexical form has. */
enum {
    RP_MOMENT_YEAR = 1,
    RP_MOMENT_MONTH = 2,
    RP_MOMENT_DAY = 4,
    RP_MOMENT_TIME = 8,
    RP_MOMENT_ZONE_REQUIRED = 16, /* xsd:dateTimeStamp; elsewhere a zone is optional */
    RP_MOMENT_DATE = RP_MOMENT_YEAR | RP_MOMENT_MONTH | RP_MOMENT_DAY,
    RP_MOMENT_PARTS = RP_MOMENT_DATE | RP_MOMENT_TIME
};

typedef struct RpMoment {
    int64_t seconds;    /* since 0000-03-01T00:00:00, in UTC where there is a zone */
    RpText fraction;    /* digits of the second's fraction, no trailing zeros: a view of the lexical
                           form */
    RpText year_digits; /* of a year with more than 11 digits: seconds then count from its place in
                           a cycle of 400 years */
    bool year_is_negative; /* of such a year */
    bool has_zone;
} RpMoment;

typedef struct RpDuration {
    int64_t months;   /* signed */
    int64_t seconds;  /* signed; the fraction goes further in the same direction */
    RpText fraction;  /* digits, no trailing zeros: a view of the lexical form */
    bool is_negative; /* the form has a minus, and the value is not zero */
    bool is_too_long; /* more than about 10^11 years: belongs to the type, and does not compare */
} RpDuration;

/* Which parts a duration type allows. */
enum {
    RP_DURATION_MONTHS = 1,
    RP_DURATION_SECONDS = 2,
    RP_DURATION_ANY = RP_DURATION_MONTHS | RP_DURATION_SECONDS
};

/* Read a lexical form with these parts. False: it is none. 24:00:00 is the next day's 00:00:00, for
 * xsd:time the same day's. */
bool rp_moment_read(RpText lexical, unsigned parts, RpMoment *moment);

/* Of a month from 1 to 12 in the proleptic Gregorian calendar. */
int rp_days_of_month(int64_t year, int month);

/*
 * Sets *order to negative, zero or positive. False: incomparable, which is one with and one without
 * a zone no more than 14 hours apart (E.3.3); *order is then that of the one without in UTC. Years
 * of more than 11 digits are compared by their digits, and there a zone is not carried over into
 * another year.
 */
bool rp_moment_compare(const RpMoment *a, const RpMoment *b, int *order);

bool rp_duration_read(RpText lexical, unsigned parts, RpDuration *duration);

/* As rp_moment_compare; incomparable where the four reference dateTimes of 3.3.6.1 do not agree
 * (P1M and P30D): *order is then that from the first of them. One that is too long is incomparable,
 * and *order is not set. */
bool rp_duration_compare(const RpDuration *a, const RpDuration *b, int *order);

/*
 * A number for the months of a duration that is not too long. Those of one number are in a total
 * order: from each of the four reference dateTimes to the others their months take equally long, so
 * that the four orders are one. There are some dozens of numbers, below 2^24.
 */
uint32_t rp_duration_kind(const RpDuration *duration);

#endif
