/*
 * Patterns: which program each becomes, what direct programs match, what is refused. Whether
 * PostgreSQL's engine finds in the emitted expressions what XPath means needs a server.
 */
#include "check.h"

#include <stdio.h>

#include "base/arena.h"
#include "host.h"
#include "xsd/pattern.h"
#include "xsd/pattern_tree.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { ARENA_LIMIT_BYTES = 64 << 20 };

typedef struct Emission {
    const char *pattern;
    const char *flags;
    const char *result;
} Emission;

/* Programs of literals: F&O 3.1, 5.6.1; the notation is pattern_direct.c's. */
static const Emission direct[] = {
    {"", "", "*"},
    {"abc", "", "*abc"},
    {"^abc", "", "^abc"},
    {"abc$", "", "$abc"},
    {"^abc$", "", "=abc"},
    {"^", "", "^"},
    {"$", "", "$"},
    {"^$", "", "="},
    {"()", "", "*"},
    {"^(?:abc)$", "", "=abc"},
    {"^(a(b)c)", "", "^abc"},
    {"a\\.b", "", "*a.b"},
    {"\\^\\$\\|\\?\\*\\+\\(\\)\\{\\}\\-\\[\\]\\\\", "", "*^$|?*+(){}-[]\\"},
    {"\\n\\r\\t", "", "*\n\r\t"},
    {"[a]b", "", "*ab"},
    {"[a-a]", "", "*a"},
    {"é😀", "", "*é😀"},
    {"^http://", "", "^http://"},
    /* not XPath's, but usual, and clear */
    {"^http:\\/\\/", "", "^http://"},
    {"^a{1}$", "", "=a"},
    {"a{0}b", "", "*b"},
    {"^*a", "", "*a"},
    {"^+a", "", "^a"},
    {"1-2", "i", "*1-2"},
    {"a b", "x", "*ab"},
    {"a[ ]b", "x", "*a b"},
    {"a\\ n", "x", "*a\n"},
    {"a b", "", "*a b"},
    {"a.b[", "q", "*a.b["},
    {"^a$", "q", "*^a$"},
    {"a b", "qx", "*a b"},
    {"\\", "q", "*\\"},
    {"12", "qi", "*12"},
    {"abc", "m", "*abc"},
    {"abc", "s", "*abc"},
    {"^\\p{Zl}$", "", "=\xE2\x80\xA8"},
    {"^\\p{ Z l }$", "x", "=\xE2\x80\xA8"},
};

/* Regular expressions of PostgreSQL. */
static const Emission emitted[] = {
    {"a.c", "", "***:a[^\\n\\r]c"},
    {"a.c", "s", "***:a.c"},
    {"a|b", "", "***:(?:a|b)"},
    {"a|", "", "***:(?:a|(?:))"},
    {"^(a|b)c$", "", "***:^(?:a|b)c$"},
    {"a*", "", "***:a*"},
    {"a+?", "", "***:a+"},
    {"a??", "", "***:a?"},
    {"(ab)*", "", "***:(?:ab)*"},
    {"a{2}b{2,}c{2,3}", "", "***:a{2}b{2,}c{2,3}"},
    {"a{0,}", "", "***:a*"},
    {"xa{255}", "", "***:xa{255}"},
    {"xa{256}", "", "***:xa{255}a"},
    {"xa{300}", "", "***:xa{255}a{45}"},
    {"xa{300,}", "", "***:xa{255}a{45,}"},
    {"xa{0,300}", "", "***:xa{0,255}a{0,45}"},
    {"xa{10,600}", "", "***:xa{10,255}a{0,255}a{0,90}"},
    {"xa{300,400}", "", "***:xa{255}a{45,145}"},
    {"x[abc]y", "", "***:x[a-c]y"},
    {"x[acd]y", "", "***:x[acd]y"},
    {"x[^a]y", "", "***:x[^a]y"},
    {"x[^\\]\\^\\\\\\[a-]y", "", "***:x[^\\-\\[-\\^a]y"},
    {"x[!\\-\\]]y", "", "***:x[!\\-\\]]y"},
    {"x[a-[a]]y", "", "***:x[^\\u0001-\\U0010FFFF]y"},
    {"[\\s\\S]a*", "", "***:.a*"},
    {"\\$a*", "", "***:\\$a*"},
    {"\\(\\)\\.\\*a?", "", "***:\\(\\)\\.\\*a?"},
    {"\x01"
     "a*",
     "", "***:\\u0001a*"},
    {"\\n\\t\\ra*", "", "***:\\n\\t\\ra*"},
    {"joe", "i", "***:[Jj][Oo][Ee]"},
    {"k1", "i", "***:[Kk\xE2\x84\xAA]1"},
    {"x[^q]", "i", "***:[Xx][^Qq]"},
    {"^a", "m", "***:(?:^|(?<=\\n)(?=.))a"},
    {"a$", "m", "***:a(?:(?=\\n)|(?<!\\n)$)"},
    {"a.*", "qi", "***:[Aa]\\.\\*"},
    {"(^a|b$)", "", "***:(?:^a|b$)"},
    {"a*^*b", "", "***:a*b"},
    {"^a|b$", "", "***:(?:^a|b$)"},
    {"a \n* b", "x", "***:a*b"},
    {"#a*", "x", "***:#a*"},
    {"xé[à-ý]", "", "***:xé[à-ý]"},
    {"(a{2}){3}", "", "***:(?:a{2}){3}"},
    {"^[a-z]{2}x$", "", "***:^[a-z]{2}x$"},
    {"^[a-z]*$", "m", "***:(?:^|(?<=\\n)(?=.))[a-z]*(?:(?=\\n)|(?<!\\n)$)"},
    {"0123456789012345678901234567890123456789012345678901234567890123x", "",
     "***:0123456789012345678901234567890123456789012345678901234567890123x"},
    {"[\\/\\_]\\@\\#", "", "***:[/_]@#"},
    {"^.$", "s", "***:^.$"},
    {"^[a-z]$", "", "***:^[a-z]$"},
    {"^[a-z]*$", "", "***:^[a-z]*$"},
    {"^[a-z]+$", "", "***:^[a-z]+$"},
    {"^[a-z]?$", "", "***:^[a-z]?$"},
    {"^[a-z]{3}$", "", "***:^[a-z]{3}$"},
    {"^[a-z]{3,}$", "", "***:^[a-z]{3,}$"},
    {"^[a-z]{3,7}$", "", "***:^[a-z]{3,7}$"},
    {"^[a-z]{3,7}?$", "", "***:^[a-z]{3,7}$"},
    {"^([a-z])+$", "", "***:^[a-z]+$"},
    {"^(?:[a-z]+)$", "", "***:^[a-z]+$"},
    {"^a+$", "", "***:^a+$"},
    {"^[cba]$", "", "***:^[a-c]$"},
    {"^[a-z-[aeiou]]$", "", "***:^[b-df-hj-np-tv-z]$"},
    {"^[a-z-[a-y-[b]]]$", "", "***:^[bz]$"},
    {"^[-a]$", "", "***:^[\\-a]$"},
    {"^[a-]$", "", "***:^[\\-a]$"},
    {"^[a\\-z]$", "", "***:^[\\-az]$"},
    {"^[+--]$", "", "***:^[+-\\-]$"},
    {"^[\\d-[^0-9]]$", "", "***:^[0-9]$"},
    {"^[\\s]$", "", "***:^[\\t\\n\\r ]$"},
    {"^\\s*$", "", "***:^[\\t\\n\\r ]*$"},
    {"^[a^]$", "", "***:^[\\^a]$"},
    {"^[.$|?*+(){}]$", "", "***:^[$(-+.?{-}]$"},
    {"^[a-c]$", "i", "***:^[A-Ca-c]$"},
    {"^[K]$", "i", "***:^[Kk\xE2\x84\xAA]$"},
    {"^[A-C-[B]]$", "i", "***:^[ACac]$"},
    {"^[a-[a]]$", "", "***:^[^\\u0001-\\U0010FFFF]$"},
    {"^\\p{IsBasicLatin}$", "", "***:^[\\u0001-\\u007F]$"},
    {"^\\p{IsGreek}$", "", "***:^[Ͱ-Ͽ]$"},
    {"^\\p{IsGreekandCoptic}$", "", "***:^[Ͱ-Ͽ]$"},
    {"^\\p{Zs}$", "",
     "***:^[ \\u00A0\xE1\x9A\x80\xE2\x80\x80-\xE2\x80\x8A\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80]$"},
};

typedef struct Refusal {
    const char *pattern;
    const char *flags;
    RpStatus status;
    const char *place; /* what the message must have in it */
} Refusal;

static const Refusal refusals[] = {
    {"a", "g", RP_ILL_FORMED, "flag"},
    {"a", "I", RP_ILL_FORMED, "flag"},
    {"a", "i ", RP_ILL_FORMED, "flag"},
    {"(a)\\1", "", RP_UNSUPPORTED, "at character 4"},
    {"(a)\\9", "", RP_UNSUPPORTED, "character 4"},
    {"\\0", "", RP_ILL_FORMED, "character 1"},
    {"[\\1]", "", RP_ILL_FORMED, "character 2"},
    {"(?=a)", "", RP_ILL_FORMED, "character 1"},
    {"(?!a)", "", RP_ILL_FORMED, "character 1"},
    {"(?<=a)", "", RP_ILL_FORMED, "character 1"},
    {"(?<n>a)", "", RP_ILL_FORMED, "character 1"},
    {"(?i)a", "", RP_ILL_FORMED, "character 1"},
    {"a(?", "", RP_ILL_FORMED, "character 2"},
    {"\\b", "", RP_ILL_FORMED, "character 1"},
    {"é\\y", "", RP_ILL_FORMED, "character 2"},
    {"\\A", "", RP_ILL_FORMED, "character 1"},
    {"a\\Z", "", RP_ILL_FORMED, "character 2"},
    {"\\m", "", RP_ILL_FORMED, "character 1"},
    {"\\M", "", RP_ILL_FORMED, "character 1"},
    {"\\B", "", RP_ILL_FORMED, "character 1"},
    {"\\x41", "", RP_ILL_FORMED, "character 1"},
    {"\\u0041", "", RP_ILL_FORMED, "character 1"},
    {"\\<", "", RP_ILL_FORMED, "character 1"},
    {"\\'", "", RP_ILL_FORMED, "character 1"},
    {"\\a", "", RP_ILL_FORMED, "character 1"},
    {"\\Q", "", RP_ILL_FORMED, "character 1"},
    {"\\é", "", RP_ILL_FORMED, "character 1"},
    {"a\\", "", RP_ILL_FORMED, "character 2"},
    {"(a", "", RP_ILL_FORMED, "character 1"},
    {"a)", "", RP_ILL_FORMED, "character 2"},
    {")", "", RP_ILL_FORMED, "character 1"},
    {"((a)", "", RP_ILL_FORMED, "character 1"},
    {"[a", "", RP_ILL_FORMED, "character 3"},
    {"[a-", "", RP_ILL_FORMED, "character 4"},
    {"[", "", RP_ILL_FORMED, "character 2"},
    {"[]", "", RP_ILL_FORMED, "character 2"},
    {"[^]", "", RP_ILL_FORMED, "character 3"},
    {"a]", "", RP_ILL_FORMED, "character 2"},
    {"[a[b]", "", RP_ILL_FORMED, "character 3"},
    {"[[:alpha:]]", "", RP_ILL_FORMED, "character 2"},
    {"[z-a]", "", RP_ILL_FORMED, "character 2"},
    {"[a-\\d]", "", RP_ILL_FORMED, "character 2"},
    {"[a-[b]c]", "", RP_ILL_FORMED, "character 1"},
    {"[-[a]]", "", RP_ILL_FORMED, "character 2"},
    {"a{", "", RP_ILL_FORMED, "character 3"},
    {"a{}", "", RP_ILL_FORMED, "character 3"},
    {"a{1", "", RP_ILL_FORMED, "character 2"},
    {"a{,3}", "", RP_ILL_FORMED, "character 3"},
    {"a{3,2}", "", RP_ILL_FORMED, "character 2"},
    {"a{1,2,3}", "", RP_ILL_FORMED, "character 2"},
    {"a{x}", "", RP_ILL_FORMED, "character 3"},
    {"a}", "", RP_ILL_FORMED, "character 2"},
    {"*a", "", RP_ILL_FORMED, "character 1"},
    {"a|*", "", RP_ILL_FORMED, "character 3"},
    {"(+)", "", RP_ILL_FORMED, "character 2"},
    {"a**", "", RP_ILL_FORMED, "character 3"},
    {"a*+", "", RP_ILL_FORMED, "character 3"},
    {"a???", "", RP_ILL_FORMED, "character 4"},
    {"***:a", "", RP_ILL_FORMED, "character 1"},
    {"{2}", "", RP_ILL_FORMED, "character 1"},
    {"\\p", "", RP_ILL_FORMED, "character 3"},
    {"\\pL", "", RP_ILL_FORMED, "character 3"},
    {"\\p{", "", RP_ILL_FORMED, "character 3"},
    {"\\p{L", "", RP_ILL_FORMED, "character 3"},
    {"\\p{}", "", RP_ILL_FORMED, "character 3"},
    {"\\p{Foo}", "", RP_ILL_FORMED, "character 3"},
    {"\\p{l}", "", RP_ILL_FORMED, "character 3"},
    {"\\p{Lx}", "", RP_ILL_FORMED, "character 3"},
    {"\\p{Cs}", "", RP_ILL_FORMED, "character 3"},
    {"\\p{IsNothing}", "", RP_ILL_FORMED, "character 3"},
    {"\\p{^L}", "", RP_ILL_FORMED, "character 3"},
    {"\\p{Is}", "", RP_ILL_FORMED, "character 3"},
    {"a{99999999999}", "", RP_TOO_LARGE, "character 3"},
    {"xa{2000}", "", RP_TOO_LARGE, "1000"},
    {"x(a{40}){40}", "", RP_TOO_LARGE, "1000"},
    {"((a{1,250}){1,250}){1,250}", "", RP_TOO_LARGE, "1000"},
    {"x(((a{1000000}){1000000}){1000000}){1000000}", "", RP_TOO_LARGE, "1000"},
};

/* The program of a pattern, in an arena that the caller frees. */
static RpStatus
compile(RpArena *arena, const char *pattern, const char *flags, RpText *program, RpError *error)
{
    rp_arena_init(arena, &rp_test_host, ARENA_LIMIT_BYTES);
    return rp_pattern_compile(arena, rp_text_from(pattern), rp_text_from(flags), program, error);
}

static RpStatus
emit(RpArena *arena, const char *pattern, const char *flags_text, RpText *expression,
     RpError *error)
{
    RpPatternFlags flags;
    RpPatternNode *tree;
    RpBuffer buffer;

    rp_arena_init(arena, &rp_test_host, ARENA_LIMIT_BYTES);
    rp_buffer_init(&buffer, arena);
    RP_TRY(rp_pattern_read_flags(rp_text_from(flags_text), &flags, error));
    RP_TRY(rp_pattern_parse(arena, rp_text_from(pattern), flags, &tree, error));
    RP_TRY(rp_pattern_emit(&buffer, tree, flags, error));
    *expression = rp_buffer_text(&buffer);
    return RP_OK;
}

RP_TEST(pattern_compiles_to_direct_programs)
{
    for (size_t i = 0; i < COUNT_OF(direct); i++) {
        RpArena arena;
        RpText program;
        RpError error;

        if (CHECK_STATUS(compile(&arena, direct[i].pattern, direct[i].flags, &program, &error),
                         RP_OK)) {
            CHECK_TEXT(program, direct[i].result);
            CHECK(rp_pattern_program_is_valid(program));
        } else {
            printf("    %s: %s\n", direct[i].pattern, error.message);
        }
        rp_arena_free(&arena);
    }
}

/* Whatever program a pattern has. */
RP_TEST(pattern_is_emitted_as_regular_expression)
{
    for (size_t i = 0; i < COUNT_OF(emitted); i++) {
        RpArena arena;
        RpText expression;
        RpError error;

        if (CHECK_STATUS(emit(&arena, emitted[i].pattern, emitted[i].flags, &expression, &error),
                         RP_OK)) {
            CHECK_TEXT(expression, emitted[i].result);
        } else {
            printf("    %s: %s\n", emitted[i].pattern, error.message);
        }
        rp_arena_free(&arena);
    }
}

RP_TEST(pattern_refuses_what_is_not_xpath)
{
    for (size_t i = 0; i < COUNT_OF(refusals); i++) {
        RpArena arena;
        RpText program;
        RpError error = {0};

        if (!CHECK_STATUS(compile(&arena, refusals[i].pattern, refusals[i].flags, &program, &error),
                          refusals[i].status) ||
            !CHECK(strstr(error.message, refusals[i].place) != NULL)) {
            printf("    %s: %s\n", refusals[i].pattern, error.message);
        }
        rp_arena_free(&arena);
    }
}

typedef struct Match {
    const char *pattern;
    const char *flags;
    const char *subject;
    bool is_expected;
} Match;

static const Match matches[] = {
    {"abc", "", "xabcx", true},
    {"abc", "", "ab", false},
    {"abc", "", "ababc", true},
    {"aab", "", "aaab", true},
    {"abc", "", "", false},
    {"", "", "", true},
    {"", "", "x", true},
    {"^abc", "", "abcd", true},
    {"^abc", "", "xabc", false},
    {"^abc", "", "ab", false},
    {"abc$", "", "xabc", true},
    {"abc$", "", "abc\n", false},
    {"abc$", "", "bc", false},
    {"^abc$", "", "abc", true},
    {"^abc$", "", "abc\n", false},
    {"^abc$", "", "abcd", false},
    {"^$", "", "", true},
    {"^$", "", "a", false},
    {"a.b", "q", "xa.bx", true},
    {"a.b", "q", "axb", false},
    {"^[a-z]{2,3}$", "", "a", false},
    {"^[a-z]{2,3}$", "", "ab", true},
    {"^[a-z]{2,3}$", "", "abc", true},
    {"^[a-z]{2,3}$", "", "abcd", false},
    {"^[a-z]{2,3}$", "", "aB", false},
    {"^[a-z]{2,3}$", "", "ab\n", false},
    {"^[a-z]*$", "", "", true},
    {"^[a-z]+$", "", "", false},
    {"^.{2}$", "", "é😀", true},
    {"^.{2}$", "", "é", false},
    {"^.{2}$", "", "éa\n", false},
    {"^.$", "", "\n", false},
    {"^.$", "", "\r", false},
    {"^.$", "s", "\n", true},
    {"^.$", "", "\xE2\x80\xA8", true},
    {"^[^a]$", "", "\n", true},
    {"^[à-ý]+$", "", "éà", true},
    {"^[à-ý]+$", "", "éA", false},
    {"^[à-ý]+$", "i", "ÉÀ", true},
    {"^[a-z]+$", "i", "ABc\xE2\x84\xAA", true},
    {"^[^a-z]$", "i", "A", false},
    {"^[a-[a]]$", "", "a", false},
    {"^[a-[a]]*$", "", "", true},
    {"^[aé]{2,17}$", "", "a", false},
    {"^[aé]{2,17}$", "", "é", false},
    {"^[aé]{2,17}$", "", "aé", true},
    {"^[aé]{2,17}$", "", "aaaaaaaaaaaaaaaaa", true},
    {"^[aé]{2,17}$", "", "aaaaaaaaaaaaaaaaaa", false},
    {"^[aé]{2,17}$", "", "ééééééééééééééééé", true},
    {"^[aé]{2,17}$", "", "éééééééééééééééééé", false},
    {"^[aé]{2,17}$", "", "aaaaaaaax", false},
    {"^a{18,}$", "", "aaaaaaaaaaaaaaaaa", false},
    {"^a{18,}$", "", "aaaaaaaaaaaaaaaaaa", true},
    {"^a{18,}$", "", "aaaaaaaaaaaaaaaaaaa", true},
    {"^é{18,}$", "", "ééééééééé", false},
    {"^\\p{IsBasicLatin}+$", "", "~ a", true},
    {"^\\p{IsBasicLatin}+$", "", "é", false},
};

RP_TEST(pattern_matches_directly)
{
    for (size_t i = 0; i < COUNT_OF(matches); i++) {
        RpArena arena;
        RpText program;
        RpError error;
        bool is_match = !matches[i].is_expected;

        CHECK_STATUS(compile(&arena, matches[i].pattern, matches[i].flags, &program, &error),
                     RP_OK);
        CHECK(program.data[0] != '/');
        CHECK_STATUS(rp_pattern_matches(&rp_test_host, program, rp_text_from(matches[i].subject),
                                        &is_match, &error),
                     RP_OK);
        if (!CHECK(is_match == matches[i].is_expected)) {
            printf("    %s on %s\n", matches[i].pattern, matches[i].subject);
        }
        rp_arena_free(&arena);
    }
}

/* What the host is asked, and what becomes of its answer. */
static RpText asked_expression;
static bool asked_ignore_case;

static RpStatus
answer_yes(void *state, RpText expression, bool ignore_case, RpText subject, bool *is_match,
           RpError *error)
{
    (void)state;
    (void)subject;
    (void)error;
    asked_expression = expression;
    asked_ignore_case = ignore_case;
    *is_match = true;
    return RP_OK;
}

static RpStatus
answer_failure(void *state, RpText expression, bool ignore_case, RpText subject, bool *is_match,
               RpError *error)
{
    (void)state;
    (void)expression;
    (void)ignore_case;
    (void)subject;
    (void)is_match;
    return rp_error_set(error, RP_ILL_FORMED, "refused");
}

RP_TEST(pattern_asks_the_host)
{
    RpHost host = rp_test_host;
    RpError error;
    bool is_match = false;

    host.regex_matches = answer_yes;
    CHECK_STATUS(rp_pattern_matches(&host, RP_TEXT("/***:a*"), RP_TEXT("b"), &is_match, &error),
                 RP_OK);
    CHECK(is_match);
    CHECK_TEXT(asked_expression, "***:a*");
    CHECK(!asked_ignore_case);
    host.regex_matches = answer_failure;
    CHECK_STATUS(rp_pattern_matches(&host, RP_TEXT("/***:a*"), RP_TEXT("b"), &is_match, &error),
                 RP_ILL_FORMED);
}

RP_TEST(pattern_program_must_be_valid)
{
    static const char *const invalid[] = {
        "",
        "a",
        "/",
        "/a",
        "/***",
        "#",
        "#@@@@A@@@@B",
        "~",
        "~BB@A",
        "=\xFF",
        "^\xC3",
        "\n",
        "*0123456789012345678901234567890123456789012345678901234567890123x"};
    static const char *const valid[] = {"=", "^", "$", "*", "/***:", "=é"};

    for (size_t i = 0; i < COUNT_OF(invalid); i++) {
        if (!CHECK(!rp_pattern_program_is_valid(rp_text_from(invalid[i])))) {
            printf("    %s\n", invalid[i]);
        }
    }
    for (size_t i = 0; i < COUNT_OF(valid); i++) {
        CHECK(rp_pattern_program_is_valid(rp_text_from(valid[i])));
    }
    CHECK(!rp_pattern_program_is_valid((RpText){"=\0", 2}));
}

/* Compile a pattern of so many times a text, between two others. */
static RpStatus
compile_repeated(const char *start, const char *text, uint32_t count, const char *end)
{
    RpArena arena;
    RpBuffer pattern;
    RpText program;
    RpError error;
    RpStatus status;

    rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
    rp_buffer_init(&pattern, &arena);
    rp_buffer_append_string(&pattern, start);
    for (uint32_t i = 0; i < count; i++) {
        rp_buffer_append_string(&pattern, text);
    }
    rp_buffer_append_string(&pattern, end);
    status = rp_pattern_compile(&arena, rp_buffer_text(&pattern), RP_TEXT(""), &program, &error);
    rp_arena_free(&arena);
    return status;
}

RP_TEST(pattern_is_bounded)
{
    CHECK_STATUS(compile_repeated("", "(", 5000, ""), RP_TOO_LARGE);
    CHECK_STATUS(compile_repeated("", "[a-", 5000, ""), RP_TOO_LARGE);
    CHECK_STATUS(compile_repeated("", "a", 16384, ""), RP_OK);
    CHECK_STATUS(compile_repeated("", "a", 16385, ""), RP_TOO_LARGE);
    CHECK_STATUS(compile_repeated("^", "\\w?", 1000, "$"), RP_TOO_LARGE);
    CHECK_STATUS(compile_repeated("", "\\w", 20, ""), RP_OK);
    CHECK_STATUS(compile_repeated("", "a|", 8000, ""), RP_OK);
    CHECK_STATUS(compile_repeated("^", "a{60}", 20, "$"), RP_OK);
    CHECK_STATUS(compile_repeated("^", "a{60}", 30, "$"), RP_TOO_LARGE);
}

/* Parts that may be left out are each reached from all before; sets that overlap are many kinds of
 * character. What is written every day is far below the limit. */
RP_TEST(pattern_has_few_ways_through)
{
    static const char *const daily[] = {
        "^[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}$",
        "^\\w{1,100}\\s\\p{L}{0,200}\\p{Nd}?[\\i-[:]][\\c-[:]]*$",
        "^a.{0,255}[^b]{0,255}[a-z]{0,255}b$",
        "^(?:\\d{4}-\\d\\d-\\d\\d)?(?:T\\d\\d)?(?::\\d\\d)?(?::\\d\\d)?(?:\\.\\d+)?Z?$",
        "((((((((((a*)*)*)*)*)*)*)*)*)*)",
    };
    RpArena arena;
    RpText program;
    RpError error;
    char classes[16000] = "";

    for (size_t i = 0; i < sizeof(daily) / sizeof(daily[0]); i++) {
        CHECK_STATUS(compile(&arena, daily[i], "", &program, &error), RP_OK);
        rp_arena_free(&arena);
    }
    CHECK_STATUS(compile_repeated("^", ".?", 250, "$"), RP_OK);
    CHECK_STATUS(compile_repeated("^", ".?", 400, "$"), RP_TOO_LARGE);
    CHECK_STATUS(compile_repeated("^", "a?", 900, "$"), RP_TOO_LARGE);
    CHECK_STATUS(compile_repeated("", "(a?b?)*", 900, ""), RP_TOO_LARGE);
    CHECK_STATUS(compile_repeated("", "(w1|w2|w3|x)+", 900, ""), RP_OK);
    for (uint32_t i = 0; i < 900; i++) { /* [U+1000+i to U+2000+i] */
        uint32_t first = 0x1000 + i;

        snprintf(classes + strlen(classes), sizeof(classes) - strlen(classes), "[%c%c%c-%c%c%c]",
                 (char)(0xE0 | first >> 12), (char)(0x80 | (first >> 6 & 0x3F)),
                 (char)(0x80 | (first & 0x3F)), (char)(0xE0 | (first + 0x1000) >> 12),
                 (char)(0x80 | (first >> 6 & 0x3F)), (char)(0x80 | (first & 0x3F)));
        if (i == 50) {
            CHECK_STATUS(compile(&arena, classes, "", &program, &error), RP_OK);
            rp_arena_free(&arena);
        }
    }
    CHECK_STATUS(compile(&arena, classes, "", &program, &error), RP_TOO_LARGE);
    CHECK(strstr(error.message, "too many ways") != NULL);
    rp_arena_free(&arena);
    CHECK_STATUS(compile(&arena, "^([ab]?[cd]?){250}$", "", &program, &error), RP_TOO_LARGE);
    CHECK(strstr(error.message, "too many ways") != NULL);
    rp_arena_free(&arena);
}

RP_TEST(pattern_wants_text)
{
    RpArena arena;
    RpText program;
    RpError error;

    rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
    CHECK_STATUS(rp_pattern_compile(&arena, (RpText){"a\0b", 3}, RP_TEXT(""), &program, &error),
                 RP_ILL_FORMED);
    CHECK_STATUS(rp_pattern_compile(&arena, RP_TEXT("\xC3"), RP_TEXT(""), &program, &error),
                 RP_ILL_FORMED);
    CHECK_STATUS(rp_pattern_compile(&arena, (RpText){NULL, 0}, (RpText){NULL, 0}, &program, &error),
                 RP_OK);
    rp_arena_free(&arena);
}

/* Every allocation of a compilation fails once: no crash, and the status says so. */
RP_TEST(pattern_survives_lack_of_memory)
{
    RpStatus status = RP_OUT_OF_MEMORY;

    for (long failing = 1; failing < 1000 && status != RP_OK; failing++) {
        RpArena arena;
        RpText program;
        RpError error;

        rp_test_fail_allocation_after = failing;
        status =
            compile(&arena, "^(\\w+|[a-z-[x]]|\\P{L}){2,3}\\p{IsGreek}.*é", "i", &program, &error);
        rp_test_fail_allocation_after = -1;
        rp_arena_free(&arena);
        CHECK(status == RP_OK || status == RP_OUT_OF_MEMORY);
    }
    CHECK_STATUS(status, RP_OK);
}
