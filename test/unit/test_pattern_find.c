/* Where patterns match, and of several ways which. */
#include "xsd/pattern_find.h"

#include <stdio.h>

#include "check.h"
#include "host.h"

/* Check the first match from an offset, as "start-end"; "none"; "error". */
static bool
match_is(const char *pattern, const char *flags, const char *subject, uint32_t from,
         const char *expected)
{
    char answer[64] = "error";
    RpPatternFinder *finder;
    RpError error;
    RpArena arena;
    bool is_found;
    uint32_t start;
    uint32_t end;
    bool is_equal;

    rp_arena_init(&arena, &rp_test_host, 1 << 24);
    if (rp_pattern_finder_make(&arena, rp_text_from(pattern), rp_text_from(flags), &finder,
                               &error) == RP_OK &&
        rp_pattern_find(finder, rp_text_from(subject), from, &is_found, &start, &end, &error) ==
            RP_OK) {
        snprintf(answer, sizeof(answer), is_found ? "%u-%u" : "none", start, end);
    }
    is_equal = CHECK_TEXT(rp_text_from(answer), expected);
    rp_arena_free(&arena);
    return is_equal;
}

RP_TEST(pattern_find_prefers)
{
    match_is("ab|abcd", "", "xabcd", 0, "1-3");
    match_is("abcd|ab", "", "xabcd", 0, "1-5");
    match_is("a*", "", "baa", 0, "0-0");
    match_is("a*", "", "baa", 1, "1-3");
    match_is("a*?", "", "aaa", 0, "0-0");
    match_is("a{2,3}?", "", "aaaa", 0, "0-2");
    match_is("a{2,3}", "", "aaaa", 0, "0-3");
    match_is("a??b", "", "ab", 0, "0-2");
    match_is("(a|ab)(c|bcd)", "", "abcd", 0, "0-4");
    match_is("(a*)*b", "", "aaab", 0, "0-4");
    match_is("(a|b)*?c", "", "abac", 0, "0-4");
    match_is("b", "", "abab", 2, "3-4");
    match_is("z", "", "abab", 0, "none");
    match_is("((){900000000}){900000000}b", "", "ab", 0, "1-2");
}

RP_TEST(pattern_find_flags)
{
    match_is("B", "i", "ab", 0, "1-2");
    match_is("a.b", "q", "axb a.b", 0, "4-7");
    match_is("^b", "", "a\nb", 0, "none");
    match_is("^b", "m", "a\nb", 0, "2-3");
    match_is("a$", "", "a\nb", 0, "none");
    match_is("a$", "m", "a\nb", 0, "0-1");
    match_is("a.b", "", "a\nb", 0, "none");
    match_is("a.b", "s", "a\nb", 0, "0-3");
    match_is("[\xc3\xa4-\xc3\xbc]+", "", "a\xc3\xb6\xc3\xbc", 0, "1-5");
    match_is("a", "y", "a", 0, "error");
    match_is("(a", "", "a", 0, "error");
    match_is("(((a{100}){100}){100})", "", "a", 0, "error");
}
