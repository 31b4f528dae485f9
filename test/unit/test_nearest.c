/* base/nearest: edit distance, and the nearest of several names. */
#include "base/nearest.h"

#include "check.h"

static uint32_t
distance(const char *a, const char *b)
{
    return rp_text_distance(rp_text_from(a), rp_text_from(b), 10);
}

RP_TEST(nearest_distance)
{
    CHECK_INT(distance("", ""), 0);
    CHECK_INT(distance("", "abc"), 3);
    CHECK_INT(distance("kitten", "sitting"), 3);
    CHECK_INT(distance("people", "peoples"), 1);
    CHECK_INT(distance("people", "pepole"), 1);
    CHECK_INT(distance("ab", "ba"), 1);
    CHECK_INT(distance("People", "pEOPLE"), 0);
    CHECK_INT(distance("\xC3\xA4", "\xC3\xB6"), 1);
    CHECK_INT(distance("saturday", "sunday"), 3);
    CHECK_INT(rp_text_distance(RP_TEXT("abcdef"), RP_TEXT("uvwxyz"), 3), 4);
    CHECK_INT(rp_text_distance(RP_TEXT("a"), RP_TEXT("abcdef"), 3), 4);
}

/* 128 bytes that differ are compared, 129 are not, and what is common counts for nothing. */
RP_TEST(nearest_distance_is_bounded)
{
    char a[400];
    char b[400];

    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    b[100] = 'x';
    b[227] = 'x';
    CHECK_INT(rp_text_distance((RpText){a, 400}, (RpText){b, 400}, 10), 2);
    b[228] = 'x';
    CHECK_INT(rp_text_distance((RpText){a, 400}, (RpText){b, 400}, 10), 11);
    memset(a, 'x', 128);
    CHECK_INT(rp_text_distance((RpText){a, 128}, (RpText){"y", 1}, 128), 128);
}

static RpText
nearest_of(const char *wanted, const char *const names[])
{
    RpNearest nearest;

    rp_nearest_begin(&nearest, rp_text_from(wanted));
    for (; *names != NULL; names++) {
        rp_nearest_offer(&nearest, rp_text_from(*names));
    }
    return nearest.name;
}

RP_TEST(nearest_name)
{
    static const char *const names[] = {"users", "people", "orders", "ex", NULL};

    CHECK_TEXT(nearest_of("peoples", names), "people");
    CHECK_TEXT(nearest_of("PEOPLE", names), "people");
    CHECK_TEXT(nearest_of("user", names), "users");
    CHECK_TEXT(nearest_of("eg", names), "ex");
    CHECK_TEXT(nearest_of("products", names), "");
    CHECK_TEXT(nearest_of("people", names), "");
    CHECK_TEXT(nearest_of("", names), "");
    CHECK_TEXT(nearest_of("x", (const char *const[]){"y", "X", NULL}), "X");
}

RP_TEST(nearest_iri)
{
    static const char *const names[] = {"http://ex/other", "http://xmlns.com/foaf/0.1/Person",
                                        "https://schema.org/Person", "http://schema.org/Parson",
                                        NULL};

    CHECK_TEXT(nearest_of("http://schema.org/Person", names), "https://schema.org/Person");
    CHECK_TEXT(nearest_of("urn:example:terms:Person", names), "http://xmlns.com/foaf/0.1/Person");
    CHECK_TEXT(nearest_of("http://schema.org/Animal", names), "");
}

/* Whatever is offered, the search ends soon: what comes too late is passed over. */
RP_TEST(nearest_work_is_bounded)
{
    char wanted[200];
    char far[200];
    RpNearest nearest;
    uint32_t work;

    memset(wanted, 'a', sizeof wanted);
    memset(far, 'b', sizeof far);
    rp_nearest_begin(&nearest, (RpText){wanted, sizeof wanted});
    for (int i = 0; i < 1000; i++) {
        rp_nearest_offer(&nearest, (RpText){far, sizeof far});
    }
    work = nearest.work;
    rp_nearest_offer(&nearest, (RpText){far, sizeof far});
    CHECK_INT(nearest.work, work);
    rp_nearest_offer(&nearest, (RpText){wanted, sizeof wanted - 1});
    CHECK_TEXT(nearest.name, "");
}
