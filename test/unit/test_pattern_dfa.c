/*
 * Programs that are automata against an oracle: what the pattern's tree itself says, followed over
 * sets of places in the subject. Patterns and subjects by chance; then what people write, what has
 * too many states, and what is no automaton.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "host.h"
#include "random.h"
#include "xsd/pattern.h"
#include "xsd/pattern_tree.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum {
    ARENA_LIMIT_BYTES = 64 << 20,
    PATTERN_SIZE = 2000,
    SUBJECT_LIMIT = 30, /* characters: places are bits */
    PATTERN_COUNT = 8000,
    SUBJECTS_PER_PATTERN = 25,
    DEPTH_LIMIT = 3
};

/* A subject, by characters. */
typedef struct Subject {
    uint32_t characters[SUBJECT_LIMIT];
    uint32_t count;
    char text[4 * SUBJECT_LIMIT + 1];
} Subject;

static bool
is_in_class(const RpPatternNode *class, uint32_t character)
{
    for (uint32_t i = 0; i < class->range_count; i++) {
        if (class->ranges[i].first <= character && character <= class->ranges[i].last) {
            return true;
        }
    }
    return false;
}

static uint32_t behind(const RpPatternNode *node, const Subject *subject, uint32_t places);

static uint32_t
behind_repeat(const RpPatternNode *node, const Subject *subject, uint32_t places)
{
    uint32_t all;

    for (uint32_t i = 0; i < node->minimum; i++) {
        places = behind(node->child, subject, places);
    }
    all = places;
    for (uint32_t i = node->minimum; i < node->maximum; i++) {
        uint32_t before = all;

        places = behind(node->child, subject, places);
        all |= places;
        if (all == before && (places & ~before) == 0 && i > node->minimum + SUBJECT_LIMIT) {
            break;
        }
    }
    return all;
}

/* The places, as bits, where a part can end that begins at one of places. */
static uint32_t
behind(const RpPatternNode *node, const Subject *subject, uint32_t places)
{
    uint32_t found = 0;

    switch (node->kind) {
    case RP_PATTERN_CLASS:
        for (uint32_t i = 0; i < subject->count; i++) {
            if (places >> i & 1 && is_in_class(node, subject->characters[i])) {
                found |= UINT32_C(2) << i;
            }
        }
        return found;
    case RP_PATTERN_START:
        return places & 1;
    case RP_PATTERN_END:
        return places & UINT32_C(1) << subject->count;
    case RP_PATTERN_SEQUENCE:
        for (const RpPatternNode *child = node->child; child; child = child->next) {
            places = behind(child, subject, places);
        }
        return places;
    case RP_PATTERN_CHOICE:
        for (const RpPatternNode *child = node->child; child; child = child->next) {
            found |= behind(child, subject, places);
        }
        return found;
    case RP_PATTERN_REPEAT:
        return behind_repeat(node, subject, places);
    }
    return found;
}

static bool
oracle_matches(const RpPatternNode *tree, const Subject *subject)
{
    return behind(tree, subject, (uint32_t)((UINT64_C(2) << subject->count) - 1)) != 0;
}

static void
append(char *pattern, const char *part)
{
    if (strlen(pattern) + strlen(part) < PATTERN_SIZE) {
        strcat(pattern, part);
    }
}

static void
append_one_of(RpRandom *random, char *pattern, const char *const *parts, size_t count)
{
    append(pattern, parts[rp_random_below(random, (uint32_t)count)]);
}

static void append_choice(RpRandom *random, char *pattern, int depth);

static void
append_atom(RpRandom *random, char *pattern, int depth)
{
    static const char *const atoms[] = {"a",
                                        "b",
                                        "c",
                                        "A",
                                        "1",
                                        "-",
                                        "é",
                                        "ж",
                                        "😀",
                                        ".",
                                        "\\d",
                                        "\\w",
                                        "\\s",
                                        "\\S",
                                        "\\D",
                                        "\\n",
                                        "\\.",
                                        "[a-c]",
                                        "[^a]",
                                        "[ab1-]",
                                        "[A-Z0-9_-]",
                                        "[^\\d]",
                                        "[é-ж]",
                                        "[a-z-[b]]",
                                        "\\p{L}",
                                        "\\P{Lu}",
                                        "\\p{IsGreek}",
                                        "[\\w.]",
                                        "\\i",
                                        "[a-[a]]",
                                        "k",
                                        "[^\\s\\S]",
                                        "\x7f",
                                        "[\xc2\x80-\xc2\x81]"};
    static const char *const anchors[] = {"^", "$"};

    if (depth < DEPTH_LIMIT && rp_random_below(random, 5) == 0) {
        append(pattern, rp_random_below(random, 2) ? "(" : "(?:");
        append_choice(random, pattern, depth + 1);
        append(pattern, ")");
    } else if (rp_random_below(random, 16) == 0) {
        append_one_of(random, pattern, anchors, COUNT_OF(anchors));
    } else if (rp_random_below(random, 2)) {
        append_one_of(random, pattern, atoms, 6);
    } else {
        append_one_of(random, pattern, atoms, COUNT_OF(atoms));
    }
}

static void
append_choice(RpRandom *random, char *pattern, int depth)
{
    static const char *const counts[] = {"?",     "*",     "+",     "{2}", "{1,3}", "{2,}",
                                         "{0,2}", "{0,1}", "{3,4}", "*?",  "{0}",   "{4,6}"};

    for (uint32_t i = rp_random_below(random, 5); i < 5; i++) {
        append_atom(random, pattern, depth);
        if (rp_random_below(random, 3) == 0) {
            append_one_of(random, pattern, counts, COUNT_OF(counts));
        }
        if (rp_random_below(random, 8) == 0) {
            append(pattern, "|");
        }
    }
}

/* Like what stands for a whole value half of the time. */
static void
make_pattern(RpRandom *random, char *pattern)
{
    bool is_whole = rp_random_below(random, 2);

    pattern[0] = '\0';
    append(pattern, is_whole ? "^" : "");
    append_choice(random, pattern, 0);
    append(pattern, is_whole ? "$" : "");
}

static void
make_subject(RpRandom *random, Subject *subject)
{
    static const uint32_t characters[] = {'a',  'b',  'c',   'a',     'b',   'A',   'k', 'K',
                                          '1',  '-',  '.',   ' ',     '\n',  '\r',  '_', 0x7F,
                                          0x80, 0xE9, 0x436, 0x1F600, 0x3B1, 0x212A};
    uint32_t length = 0;

    subject->count = rp_random_below(random, rp_random_below(random, 4) ? 8 : SUBJECT_LIMIT);
    for (uint32_t i = 0; i < subject->count; i++) {
        uint32_t count = rp_random_below(random, 3) ? 5 : (uint32_t)COUNT_OF(characters);

        subject->characters[i] = characters[rp_random_below(random, count)];
        length += rp_utf8_encode(subject->characters[i], subject->text + length);
    }
    subject->text[length] = '\0';
}

/* Check one pattern on subjects. Returns whether its program is an automaton. */
static bool
check_pattern(RpRandom *random, RpArena *arena, const char *pattern, const char *flags_text)
{
    RpPatternFlags flags;
    RpPatternNode *tree;
    RpError error;
    RpText program;
    Subject subject;

    if (!CHECK_STATUS(rp_pattern_compile(arena, rp_text_from(pattern), rp_text_from(flags_text),
                                         &program, &error),
                      RP_OK) ||
        !CHECK(rp_pattern_program_is_valid(program))) {
        printf("    %s\n", pattern);
        return false;
    }
    if (program.data[0] == '/') {
        return false;
    }
    rp_pattern_read_flags(rp_text_from(flags_text), &flags, &error);
    rp_pattern_parse(arena, rp_text_from(pattern), flags, &tree, &error);
    for (int i = 0; i < SUBJECTS_PER_PATTERN; i++) {
        bool matches = false;

        make_subject(random, &subject);
        CHECK_STATUS(rp_pattern_matches(&rp_test_host, program, rp_text_from(subject.text),
                                        &matches, &error),
                     RP_OK);
        if (!CHECK(matches == oracle_matches(tree, &subject))) {
            printf("    %s with \"%s\" on \"%s\"\n", pattern, flags_text, subject.text);
        }
    }
    return program.data[0] == '~';
}

RP_TEST(pattern_dfa_by_chance)
{
    static const char *const flags[] = {"", "", "", "i", "s", "x", "is", "q"};
    RpRandom random = {20261126};
    char pattern[PATTERN_SIZE + 1];
    uint32_t automaton_count = 0;

    for (int i = 0; i < PATTERN_COUNT; i++) {
        RpArena arena;

        rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
        make_pattern(&random, pattern);
        automaton_count += check_pattern(&random, &arena, pattern,
                                         flags[rp_random_below(&random, COUNT_OF(flags))]);
        rp_arena_free(&arena);
    }
    CHECK(automaton_count > PATTERN_COUNT * 3 / 4);
}

/* What people write is an automaton, or a literal. */
static const char *const written[] = {
    "^https?://",
    "^[A-Z]{2}\\d{4}$",
    "^[A-Z]{2}-[0-9]+$",
    "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$",
    "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
    "^\\w+([-+.']\\w+)*@\\w+([-.]\\w+)*\\.\\w+([-.]\\w+)*$",
    "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    "(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
    "^(97[89][- ]?)?\\d{1,5}[- ]?\\d{1,7}[- ]?\\d{1,6}[- ]?[0-9X]$",
    "^\\+?[0-9 ()/.-]{6,20}$",
    "^urn:[a-z0-9][a-z0-9-]{0,31}:[^\\s]+$",
    "^([1-9]?\\d|1\\d\\d|2[0-4]\\d|25[0-5])(\\.([1-9]?\\d|1\\d\\d|2[0-4]\\d|25[0-5])){3}$",
    "^(GIR ?0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9ABEHMNPRV-Y])?)?"
    " ?[0-9][ABD-HJLNP-UW-Z]{2})$",
    "^\\S+( \\S+)*$",
    "\\p{Lu}\\p{Ll}+",
    "^[^\\p{Cc}]*$",
    "^(red|green|blue|black|white)$",
    "^(.*,)?urgent(,.*)?$",
    "^[^@]{1,64}@[^@]{1,180}$",
    "^-?P(\\d+Y)?(\\d+M)?(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$",
};

RP_TEST(pattern_dfa_of_what_is_written)
{
    RpRandom random = {13};

    for (size_t i = 0; i < COUNT_OF(written); i++) {
        RpArena arena;

        rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
        if (!CHECK(check_pattern(&random, &arena, written[i], ""))) {
            printf("    %s\n", written[i]);
        }
        rp_arena_free(&arena);
    }
}

/* The first character of a pattern's program. */
static char
kind_of_program(const char *pattern, const char *flags)
{
    RpArena arena;
    RpError error;
    RpText program = RP_TEXT("?");
    char kind;

    rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
    rp_pattern_compile(&arena, rp_text_from(pattern), rp_text_from(flags), &program, &error);
    kind = program.data[0];
    rp_arena_free(&arena);
    return kind;
}

RP_TEST(pattern_dfa_is_bounded)
{
    CHECK_INT(kind_of_program("(a|b)*a(a|b){8}", ""), '~');
    CHECK_INT(kind_of_program("(a|b)*a(a|b){20}", ""), '/');
    CHECK_INT(kind_of_program("^a{900}$", ""), '#');
    CHECK_INT(kind_of_program("^(a{900})b$", ""), '~');
    CHECK_INT(kind_of_program("^a{1000}b?c{900}?$", ""), '?'); /* more than the host takes */
    CHECK_INT(kind_of_program("^a+$", ""), '~');
    CHECK_INT(kind_of_program("^a+$", "m"), '/');
    CHECK_INT(kind_of_program("a+", "m"), '~');
    CHECK_INT(kind_of_program("[0-9A-Za-z][^!-,][A-P][H-Z][a-p][h-z][0-6][3-9]", ""), '~');
    CHECK_INT(
        kind_of_program("01?23456789?ABCDEFGHIJKLMNOPQRSTUVWXYZ?abcdefghijklmnopqrstuvwxyz-", ""),
        '/');
}

/* Every damage of a program is refused, or does no harm: a state that is not there would be read
 * from behind the text. */
RP_TEST(pattern_dfa_survives_damage)
{
    static const char damages[] = "@ABCDE~?\x80";
    RpArena arena;
    RpError error;
    RpText program;
    char *copy;
    bool matches;

    rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
    CHECK_STATUS(
        rp_pattern_compile(&arena, RP_TEXT("^[a-c]*[é-ж]$"), RP_TEXT(""), &program, &error), RP_OK);
    for (uint32_t length = 0; length < program.length; length++) {
        CHECK(!rp_pattern_program_is_valid((RpText){program.data, length}));
    }
    copy = malloc(program.length);
    for (uint32_t i = 1; i < program.length; i++) {
        for (size_t j = 0; j + 1 < sizeof(damages); j++) {
            RpText damaged = {copy, program.length};

            memcpy(copy, program.data, program.length);
            copy[i] = damages[j];
            if (rp_pattern_program_is_valid(damaged)) {
                CHECK_STATUS(rp_pattern_matches(&rp_test_host, damaged, RP_TEXT("abcéé\xC3"),
                                                &matches, &error),
                             RP_OK);
            } else {
                CHECK(copy[i] != program.data[i]);
            }
        }
    }
    free(copy);
    rp_arena_free(&arena);
}
