/* Exact arithmetic: against numbers small enough for the machine's, and at the limits. */
#include "xsd/exact.h"

#include <stdio.h>

#include "check.h"
#include "host.h"

static RpArena arena;

static RpText
text_of(const RpExact *exact)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, &arena);
    rp_exact_append(&buffer, exact);
    return rp_buffer_text(&buffer);
}

static RpExact
exact_of(const char *text)
{
    RpDecimal decimal;
    RpExact exact;

    CHECK(rp_decimal_read(rp_text_from(text), &decimal));
    CHECK(rp_exact_read(&decimal, &exact));
    return exact;
}

RP_TEST(exact_small_numbers)
{
    uint64_t random = 1;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    for (int i = 0; i < 20000; i++) {
        int64_t numbers[2];
        RpExact operands[2];
        RpExact result;
        char expected[64];

        for (int j = 0; j < 2; j++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            numbers[j] = (int64_t)(random >> 20) >> (random & 63) % 44;
            numbers[j] = random & 64 ? -numbers[j] : numbers[j];
            numbers[j] %= 2000000000;
            rp_exact_set(&operands[j], numbers[j]);
        }
        CHECK(rp_exact_add(&operands[0], &operands[1], &result));
        snprintf(expected, sizeof(expected), "%lld", (long long)(numbers[0] + numbers[1]));
        CHECK_TEXT(text_of(&result), expected);
        CHECK(rp_exact_subtract(&operands[0], &operands[1], &result));
        snprintf(expected, sizeof(expected), "%lld", (long long)(numbers[0] - numbers[1]));
        CHECK_TEXT(text_of(&result), expected);
        CHECK(rp_exact_multiply(&operands[0], &operands[1], &result));
        snprintf(expected, sizeof(expected), "%lld", (long long)(numbers[0] * numbers[1]));
        CHECK_TEXT(text_of(&result), expected);
        if (numbers[1] != 0) {
            CHECK(rp_exact_divide(&operands[0], &operands[1], &result));
            CHECK(rp_exact_round(&result, RP_ROUND_TO_ZERO, &result));
            snprintf(expected, sizeof(expected), "%lld", (long long)(numbers[0] / numbers[1]));
            CHECK_TEXT(text_of(&result), expected);
        }
        rp_arena_free(&arena);
    }
}

RP_TEST(exact_fractions)
{
    RpExact a = exact_of("-0.0500");
    RpExact b = exact_of("2.05");
    RpExact result;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    CHECK_TEXT(text_of(&a), "-0.05");
    CHECK(rp_exact_add(&a, &b, &result));
    CHECK_TEXT(text_of(&result), "2");
    CHECK(rp_exact_multiply(&a, &b, &result));
    CHECK_TEXT(text_of(&result), "-0.1025");
    CHECK(rp_exact_divide(&b, &a, &result));
    CHECK_TEXT(text_of(&result), "-41");
    /* Half to even, behind the 18th digit. */
    a = exact_of("0.000000000000000001");
    b = exact_of("2");
    CHECK(rp_exact_divide(&a, &b, &result));
    CHECK_TEXT(text_of(&result), "0");
    a = exact_of("0.000000000000000003");
    CHECK(rp_exact_divide(&a, &b, &result));
    CHECK_TEXT(text_of(&result), "0.000000000000000002");
    a = exact_of("-0.000000000000000000000000000000000001");
    b = exact_of("-1000000000000000000");
    CHECK(rp_exact_divide(&a, &b, &result));
    CHECK_TEXT(text_of(&result), "0");
    rp_arena_free(&arena);
}

RP_TEST(exact_is_bounded)
{
    char digits[RP_EXACT_DIGIT_LIMIT + 2];
    RpExact a;
    RpExact b;
    RpExact result;
    RpDecimal decimal;

    memset(digits, '9', sizeof(digits));
    CHECK(rp_decimal_read((RpText){digits, RP_EXACT_DIGIT_LIMIT + 1}, &decimal));
    CHECK(!rp_exact_read(&decimal, &a));
    CHECK(rp_decimal_read((RpText){digits, RP_EXACT_DIGIT_LIMIT}, &decimal));
    CHECK(rp_exact_read(&decimal, &a));
    rp_exact_set(&b, 1);
    CHECK(!rp_exact_add(&a, &b, &result));
    CHECK(rp_exact_subtract(&a, &b, &result));
    CHECK(!rp_exact_multiply(&a, &a, &result));
    CHECK(rp_exact_divide(&a, &a, &result));
    CHECK(rp_exact_divide(&b, &a, &result));
    CHECK_INT(result.count, 0);
    digits[1] = '.';
    CHECK(rp_decimal_read((RpText){digits, RP_EXACT_DIGIT_LIMIT}, &decimal));
    CHECK(rp_exact_read(&decimal, &b));
    CHECK(rp_exact_divide(&b, &a, &result));
    CHECK(!rp_exact_multiply(&b, &b, &result));
}
