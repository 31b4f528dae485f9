/* base/excerpt: the line of a text that an error is about, with a caret. */
#include "base/excerpt.h"

#include "check.h"

static const char *
excerpt_of(RpText text, uint32_t line, uint32_t column, RpError *error)
{
    rp_error_set(error, RP_SYNTAX, "wrong");
    error->line = line;
    error->column = column;
    rp_error_excerpt(error, text);
    return error->excerpt;
}

static void
check_excerpt(const char *text, uint32_t line, uint32_t column, const char *expected)
{
    RpError error;

    CHECK_TEXT(rp_text_from(excerpt_of(rp_text_from(text), line, column, &error)), expected);
}

RP_TEST(excerpt_of_a_short_line)
{
    check_excerpt("one", 1, 1, "Line 1:\none\n^");
    check_excerpt("one\ntwo three\nfour", 2, 5, "Line 2:\ntwo three\n    ^");
    check_excerpt("one\r\ntwo\r\n", 2, 4, "Line 2:\ntwo\n   ^");
    check_excerpt("one\n", 2, 1, "Line 2:\n\n^");
    check_excerpt("", 1, 1, "Line 1:\n\n^");
    check_excerpt("one", 1, 0, "");
    check_excerpt("one", 0, 0, "");
    check_excerpt("one", 1, 99, "Line 1:\none\n   ^");
    check_excerpt("one", 9, 1, "Line 9:\none\n^");
    check_excerpt("\xEF\xBB\xBFone", 1, 2, "Line 1:\none\n ^");
}

/* Of a long line 40 characters before the place and 32 from it on. */
RP_TEST(excerpt_of_a_long_line)
{
    char text[1000];
    RpError error;
    RpText detail;

    memset(text, 'a', sizeof text);
    text[499] = 'X';
    detail = rp_text_from(excerpt_of((RpText){text, sizeof text}, 1, 500, &error));
    CHECK_TEXT(detail, "Line 1:\n…aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                       "Xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\n"
                       "                                         ^");
    detail = rp_text_from(excerpt_of((RpText){text, sizeof text}, 1, 41, &error));
    CHECK(detail.data[8] == 'a');
    CHECK_INT(strcspn(detail.data + 8, "\n"), 40 + 32 + 3);
}

/* The caret stands below its character behind others of no, one or two columns, and behind what is
 * written out. */
RP_TEST(excerpt_aligns_the_caret)
{
    check_excerpt("\xC3\xA4\xC3\xB6X", 1, 3, "Line 1:\n\xC3\xA4\xC3\xB6X\n  ^");
    check_excerpt("\xE4\xB8\xAD\xE6\x96\x87X", 1, 3, "Line 1:\n\xE4\xB8\xAD\xE6\x96\x87X\n    ^");
    check_excerpt("e\xCC\x81X", 1, 3, "Line 1:\ne\xCC\x81X\n ^");
    check_excerpt("\xF0\x9F\x98\x80X", 1, 2, "Line 1:\n\xF0\x9F\x98\x80X\n  ^");
    check_excerpt("\tX", 1, 2, "Line 1:\n X\n ^");
    check_excerpt("\x1B[2JX", 1, 5, "Line 1:\n\\u001B[2JX\n         ^");
    check_excerpt("\xC2\x9BX", 1, 2, "Line 1:\n\\u009BX\n      ^");
    check_excerpt("\xE2\x80\xAEX", 1, 2, "Line 1:\n\\u202EX\n      ^");
    check_excerpt("\xFFX", 1, 2, "Line 1:\n\\xFFX\n    ^");
    check_excerpt("X\xC3", 1, 2, "Line 1:\nX\\xC3\n ^");
}

/* Characters that take six bytes each fit. */
RP_TEST(excerpt_fits)
{
    char text[400];
    RpError error;

    memset(text, '\x01', sizeof text);
    excerpt_of((RpText){text, sizeof text}, 1, 200, &error);
    CHECK_INT(strlen(error.excerpt), strlen("Line 1:\n") + 3 + 72 * 6 + 3 + 1 + 1 + 40 * 6 + 1);
    /* Bytes that continue no character are characters by themselves. */
    memset(text, '\x92', sizeof text);
    excerpt_of((RpText){text, sizeof text}, 1, 200, &error);
    CHECK_INT(strlen(error.excerpt), strlen("Line 1:\n") + 3 + 72 * 4 + 3 + 1 + 1 + 40 * 4 + 1);
}
