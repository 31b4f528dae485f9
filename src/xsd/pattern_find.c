/* See pattern_find.h. The automaton of pattern_nfa is run by all threads at once (Pike); they stand
 * in the order in which the pattern prefers them. */
#include "xsd/pattern_find.h"

#include "base/utf8.h"
#include "xsd/pattern_nfa.h"

enum { INSTRUCTION_LIMIT = 20000 };

/* Threads, by the instructions at which they are. */
typedef struct Threads {
    uint32_t *instructions;
    uint32_t *starts; /* where their matches begin */
    uint32_t count;
} Threads;

struct RpPatternFinder {
    RpArena *arena;
    RpPatternFlags flags;
    RpNfa nfa;
    Threads now;
    Threads next;
};

static RpStatus
make_threads(RpPatternFinder *finder, Threads *threads, RpError *error)
{
    size_t size = sizeof(uint32_t) * finder->nfa.count;

    threads->instructions = rp_arena_allocate(finder->arena, size);
    threads->starts = rp_arena_allocate(finder->arena, size);
    return threads->instructions && threads->starts ? RP_OK
                                                    : rp_arena_failure(finder->arena, error);
}

RpStatus
rp_pattern_finder_make(RpArena *arena, RpText pattern, RpText flags, RpPatternFinder **finder,
                       RpError *error)
{
    RpPatternFinder *made = rp_arena_allocate_zero(arena, sizeof(RpPatternFinder));
    RpPatternNode *tree;
    RpStatus status;

    if (!made) {
        return rp_arena_failure(arena, error);
    }
    made->arena = arena;
    if (pattern.length > RP_PATTERN_LENGTH_LIMIT_BYTES) {
        return rp_error_set(error, RP_TOO_LARGE,
                            "not a usable regular expression: it is longer than %d bytes",
                            RP_PATTERN_LENGTH_LIMIT_BYTES);
    }
    RP_TRY(rp_pattern_read_flags(flags, &made->flags, error));
    RP_TRY(rp_pattern_parse(arena, pattern, made->flags, &tree, error));
    status = rp_nfa_make(arena, tree, INSTRUCTION_LIMIT, &made->nfa, error);
    if (status == RP_TOO_LARGE) {
        return rp_error_prefix(error, "not a usable regular expression: ");
    }
    RP_TRY(status);
    RP_TRY(make_threads(made, &made->now, error));
    RP_TRY(make_threads(made, &made->next, error));
    *finder = made;
    return RP_OK;
}

/* Add a thread, and those that it becomes without a character. */
static void
add_thread(RpPatternFinder *finder, Threads *threads, uint32_t instruction, uint32_t start,
           RpText subject, uint32_t offset)
{
    bool many = finder->flags.is_multi_line;
    bool is_start =
        offset == 0 || (many && subject.data[offset - 1] == '\n' && offset < subject.length);
    bool is_end = offset == subject.length || (many && subject.data[offset] == '\n');
    uint32_t first = threads->count;

    rp_nfa_reach(&finder->nfa, instruction, is_start, is_end, threads->instructions,
                 &threads->count);
    for (uint32_t i = first; i < threads->count; i++) {
        threads->starts[i] = start;
    }
}

static bool
class_has(const RpPatternNode *class, uint32_t code_point)
{
    uint32_t low = 0;
    uint32_t high = class->range_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (class->ranges[middle].last < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < class->range_count && class->ranges[low].first <= code_point;
}

RpStatus
rp_pattern_find(RpPatternFinder *finder, RpText subject, uint32_t from, bool *is_found,
                uint32_t *start, uint32_t *end, RpError *error)
{
    *is_found = false;
    finder->now.count = 0;
    rp_nfa_begin(&finder->nfa);
    for (uint32_t offset = from;;) {
        uint32_t length = 0;
        uint32_t code_point =
            offset < subject.length ? rp_utf8_decode(subject.data + offset, &length) : 0;
        Threads read;

        RP_TRY(rp_arena_poll_bytes(finder->arena, finder->now.count, error));
        if (!*is_found) {
            add_thread(finder, &finder->now, 0, offset, subject, offset);
        }
        finder->next.count = 0;
        rp_nfa_begin(&finder->nfa);
        for (uint32_t i = 0; i < finder->now.count; i++) {
            uint32_t at = finder->now.instructions[i];
            const RpNfaInstruction *instruction = &finder->nfa.instructions[at];

            if (instruction->operation == RP_NFA_ACCEPT) {
                *is_found = true;
                *start = finder->now.starts[i];
                *end = offset;
                break; /* those behind it are not preferred */
            }
            if (length > 0 && class_has(instruction->class, code_point)) {
                add_thread(finder, &finder->next, at + 1, finder->now.starts[i], subject,
                           offset + length);
            }
        }
        read = finder->now;
        finder->now = finder->next;
        finder->next = read;
        if (offset >= subject.length || (finder->now.count == 0 && *is_found)) {
            return RP_OK;
        }
        offset += length;
    }
}
