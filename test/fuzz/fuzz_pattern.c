/*
 * Fuzzes rp_pattern_compile: the first byte chooses flags, the rest up to the first newline is the
 * pattern, what follows the subject. A program that comes out must be valid, and a direct one must
 * match where the finder finds something, which takes neither automata nor programs.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "host.h"
#include "xsd/pattern.h"
#include "xsd/pattern_find.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    ARENA_LIMIT_BYTES = 64 << 20,
    FOUND_LIMIT_BYTES = 1000 /* the finder takes text times pattern */
};

static RpText
flags_of(uint8_t choice, char *flags)
{
    static const char letters[] = "smixq";
    uint32_t length = 0;

    for (uint32_t i = 0; letters[i] != '\0'; i++) {
        if (choice >> i & 1) {
            flags[length++] = letters[i];
        }
    }
    return (RpText){flags, length};
}

/* Whether the finder finds a match, where it can say; else what is expected. */
static bool
is_found(RpArena *arena, RpText pattern, RpText flags, RpText subject, bool expected)
{
    RpPatternFinder *finder;
    RpError error;
    bool found;
    uint32_t start;
    uint32_t end;

    return rp_pattern_finder_make(arena, pattern, flags, &finder, &error) == RP_OK &&
                   rp_pattern_find(finder, subject, 0, &found, &start, &end, &error) == RP_OK
               ? found
               : expected;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data + 1;
    char flags[8];
    RpArena arena;
    RpError error;
    RpText pattern;
    RpText program;
    RpText subject = {NULL, 0};
    const char *newline;

    if (size < 1) {
        return 0;
    }
    newline = memchr(text, '\n', size - 1);
    pattern = (RpText){text, (uint32_t)(newline != NULL ? (size_t)(newline - text) : size - 1)};
    if (newline != NULL) {
        subject = (RpText){newline + 1, (uint32_t)(size - 2 - pattern.length)};
    }
    rp_arena_init(&arena, &rp_test_host, ARENA_LIMIT_BYTES);
    if (rp_pattern_compile(&arena, pattern, flags_of(data[0], flags), &program, &error) == RP_OK) {
        bool matches;

        if (!rp_pattern_program_is_valid(program)) {
            abort();
        }
        if (program.data[0] != '/') {
            if (rp_pattern_matches(&rp_test_host, program, subject, &matches, &error) != RP_OK) {
                abort();
            }
            if (subject.length <= FOUND_LIMIT_BYTES &&
                rp_utf8_valid_prefix(subject) == subject.length &&
                is_found(&arena, pattern, flags_of(data[0], flags), subject, matches) != matches) {
                abort();
            }
        }
    }
    rp_arena_free(&arena);
    return 0;
}
