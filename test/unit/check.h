/*
 * The unit tests' checks. A test is RP_TEST(name) { … } in a test_<noun>.c, with its name in
 * tests.def. A failed check prints where and what, is counted, and the test goes on.
 */
#ifndef RP_TEST_CHECK_H
#define RP_TEST_CHECK_H

#include "base/status.h"

#define RP_TEST(name) \
    void name(void);  \
    void name(void)

#define CHECK(condition) rp_check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(actual, expected) \
    rp_check_int((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) \
    rp_check_text((actual), (expected), #actual, __FILE__, __LINE__)
#define CHECK_STATUS(actual, expected) \
    rp_check_status((actual), (expected), #actual, __FILE__, __LINE__)

/* Each returns whether the check held, for tests that cannot go on otherwise. */
bool rp_check_true(bool is_true, const char *what, const char *file, int line);
bool rp_check_int(long long actual, long long expected, const char *what, const char *file,
                  int line);
bool rp_check_text(RpText actual, const char *expected, const char *what, const char *file,
                   int line);
bool rp_check_status(RpStatus actual, RpStatus expected, const char *what, const char *file,
                     int line);

/* For a test that cannot run here: it counts neither as passed nor as failed, and says why. */
void rp_test_skip(const char *why);

#endif
