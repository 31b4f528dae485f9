/*
 * Runs the unit tests of tests.def: all of them, or those whose names contain the first argument.
 * Hashes are by a random key, which is told where a test fails; RP_HASH_KEY=number gives it again.
 */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "host.h"

#define RP_UNIT_TEST(name) void name(void);
#include "tests.def"
#undef RP_UNIT_TEST

static const struct {
    const char *name;
    void (*run)(void);
} tests[] = {
#define RP_UNIT_TEST(name) {#name, name},
#include "tests.def"
#undef RP_UNIT_TEST
};

/* Of the running test. */
static unsigned failed_checks;
static const char *skip_reason;

void
rp_test_skip(const char *why)
{
    skip_reason = why;
}

static bool
note(bool is_good)
{
    failed_checks += !is_good;
    return is_good;
}

bool
rp_check_true(bool is_true, const char *what, const char *file, int line)
{
    if (!is_true) {
        printf("%s:%d: not true: %s\n", file, line, what);
    }
    return note(is_true);
}

bool
rp_check_int(long long actual, long long expected, const char *what, const char *file, int line)
{
    if (actual != expected) {
        printf("%s:%d: %s is %lld, expected %lld\n", file, line, what, actual, expected);
    }
    return note(actual == expected);
}

bool
rp_check_text(RpText actual, const char *expected, const char *what, const char *file, int line)
{
    bool is_equal = rp_text_equals(actual, rp_text_from(expected));

    if (!is_equal) {
        printf("%s:%d: %s is \"%.*s\", expected \"%s\"\n", file, line, what, (int)actual.length,
               actual.data ? actual.data : "", expected);
    }
    return note(is_equal);
}

bool
rp_check_status(RpStatus actual, RpStatus expected, const char *what, const char *file, int line)
{
    static const char *const names[] = {"RP_OK",          "RP_SYNTAX",      "RP_NULL",
                                        "RP_ILL_FORMED",  "RP_UNSUPPORTED", "RP_UNDEFINED",
                                        "RP_TOO_DEEP",    "RP_TOO_LARGE",   "RP_OUT_OF_MEMORY",
                                        "RP_INTERRUPTED", "RP_CORRUPT"};

    if (actual != expected) {
        printf("%s:%d: %s gives %s, expected %s\n", file, line, what, names[actual],
               names[expected]);
    }
    return note(actual == expected);
}

static void
choose_hash_key(void)
{
    uint64_t *words = rp_test_host.hash_key.words;
    const char *given = getenv("RP_HASH_KEY");
    FILE *random = fopen("/dev/urandom", "rb");

    if (given != NULL) {
        words[0] = strtoull(given, NULL, 0);
    } else if (random == NULL || fread(words, sizeof(words[0]), 1, random) != 1) {
        abort();
    }
    if (random != NULL) {
        (void)fclose(random);
    }
}

int
main(int argument_count, char **arguments)
{
    unsigned passed = 0;
    unsigned failed = 0;

    choose_hash_key();
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        if (argument_count > 1 && !strstr(tests[i].name, arguments[1])) {
            continue;
        }
        failed_checks = 0;
        skip_reason = NULL;
        tests[i].run();
        if (failed_checks > 0) {
            printf("FAILED %s (RP_HASH_KEY=0x%llx)\n", tests[i].name,
                   (unsigned long long)rp_test_host.hash_key.words[0]);
            failed++;
        } else if (skip_reason) {
            printf("skipped: %s: %s\n", tests[i].name, skip_reason);
        } else {
            passed++;
        }
    }
    printf("%u passed, %u failed\n", passed, failed);
    return failed > 0;
}
