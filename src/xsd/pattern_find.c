/* See pattern_find.h. A program of instructions is run by all threads at once (Thompson; Pike),
 * which stand in the order in which the pattern prefers them. */
#include "xsd/pattern_find.h"

#include "base/utf8.h"
#include "xsd/pattern_tree.h"

enum { PROGRAM_LIMIT = 20000 /* instructions */ };

typedef enum Operation {
    MATCH_CLASS,
    SPLIT, /* go on at first, and at second where that fails */
    JUMP,  /* to first */
    AT_START,
    AT_END,
    ACCEPT
} Operation;

typedef struct Instruction {
    Operation operation;
    uint32_t first;
    uint32_t second;
    const RpPatternNode *class;
} Instruction;

typedef struct Thread {
    uint32_t instruction;
    uint32_t start; /* where its match begins */
} Thread;

typedef struct Threads {
    Thread *threads;
    uint32_t count;
} Threads;

struct RpPatternFinder {
    RpArena *arena;
    RpPatternFlags flags;
    Instruction *program;
    uint32_t count;
    uint32_t capacity;
    Threads now;
    Threads next;
    uint64_t *added; /* by instruction: the step at which it was added last */
    uint64_t step;
    uint32_t *stack; /* instructions that are to be added */
};

static RpStatus emit_node(RpPatternFinder *finder, const RpPatternNode *node, RpError *error);

static RpStatus
emit(RpPatternFinder *finder, Instruction instruction, RpError *error)
{
    Instruction *program;

    if (finder->count >= PROGRAM_LIMIT) {
        return rp_error_set(error, RP_TOO_LARGE,
                            "not a usable regular expression: its counts make it too large");
    }
    program = rp_arena_grow(finder->arena, finder->program, finder->count, finder->count + 1,
                            &finder->capacity, sizeof(Instruction));
    if (!program) {
        return rp_arena_failure(finder->arena, error);
    }
    finder->program = program;
    program[finder->count++] = instruction;
    return RP_OK;
}

/* A split whose preferred way is the next instruction, or the other one. The other way is set by
 * set_other. */
static RpStatus
emit_split(RpPatternFinder *finder, bool prefers_other, RpError *error)
{
    uint32_t next = finder->count + 1;

    return emit(finder,
                (Instruction){.operation = SPLIT,
                              .first = prefers_other ? UINT32_MAX : next,
                              .second = prefers_other ? next : UINT32_MAX},
                error);
}

static void
set_other(RpPatternFinder *finder, uint32_t split, uint32_t target)
{
    Instruction *instruction = &finder->program[split];

    if (instruction->first == UINT32_MAX) {
        instruction->first = target;
    } else {
        instruction->second = target;
    }
}

static RpStatus
emit_choice(RpPatternFinder *finder, const RpPatternNode *node, RpError *error)
{
    uint32_t last_jump = UINT32_MAX; /* a chain of jumps to the end, by their first */

    for (const RpPatternNode *child = node->child; child; child = child->next) {
        uint32_t split = finder->count;

        if (child->next) {
            RP_TRY(emit_split(finder, false, error));
        }
        RP_TRY(emit_node(finder, child, error));
        if (child->next) {
            RP_TRY(emit(finder, (Instruction){.operation = JUMP, .first = last_jump}, error));
            last_jump = finder->count - 1;
            set_other(finder, split, finder->count);
        }
    }
    while (last_jump != UINT32_MAX) {
        uint32_t before = finder->program[last_jump].first;

        finder->program[last_jump].first = finder->count;
        last_jump = before;
    }
    return RP_OK;
}

static RpStatus
emit_repeat(RpPatternFinder *finder, const RpPatternNode *node, RpError *error)
{
    uint32_t splits = UINT32_MAX; /* a chain of those that lead to the end */
    uint32_t optional_count =
        node->maximum == RP_PATTERN_UNBOUNDED ? 1 : node->maximum - node->minimum;

    for (uint32_t i = 0; i < node->minimum; i++) {
        RP_TRY(emit_node(finder, node->child, error));
    }
    for (uint32_t i = 0; i < optional_count; i++) {
        uint32_t split = finder->count;

        RP_TRY(emit_split(finder, node->is_reluctant, error));
        RP_TRY(emit_node(finder, node->child, error));
        if (node->maximum == RP_PATTERN_UNBOUNDED) {
            RP_TRY(emit(finder, (Instruction){.operation = JUMP, .first = split}, error));
        }
        set_other(finder, split, splits); /* for now: the one before */
        splits = split;
    }
    while (splits != UINT32_MAX) {
        Instruction *split = &finder->program[splits];
        uint32_t *other = node->is_reluctant ? &split->first : &split->second;
        uint32_t before = *other;

        *other = finder->count;
        splits = before;
    }
    return RP_OK;
}

/* Recursion is bounded by the pattern's depth. */
static RpStatus
emit_node(RpPatternFinder *finder, const RpPatternNode *node, RpError *error)
{
    switch (node->kind) {
    case RP_PATTERN_CLASS:
        return emit(finder, (Instruction){.operation = MATCH_CLASS, .class = node}, error);
    case RP_PATTERN_START:
        return emit(finder, (Instruction){.operation = AT_START}, error);
    case RP_PATTERN_END:
        return emit(finder, (Instruction){.operation = AT_END}, error);
    case RP_PATTERN_SEQUENCE:
        for (const RpPatternNode *child = node->child; child; child = child->next) {
            RP_TRY(emit_node(finder, child, error));
        }
        return RP_OK;
    case RP_PATTERN_CHOICE:
        return emit_choice(finder, node, error);
    case RP_PATTERN_REPEAT:
        return emit_repeat(finder, node, error);
    }
    return RP_OK;
}

RpStatus
rp_pattern_finder_make(RpArena *arena, RpText pattern, RpText flags, RpPatternFinder **finder,
                       RpError *error)
{
    RpPatternFinder *made = rp_arena_allocate_zero(arena, sizeof(RpPatternFinder));
    RpPatternNode *tree;
    size_t size;

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
    RP_TRY(emit_node(made, tree, error));
    RP_TRY(emit(made, (Instruction){.operation = ACCEPT}, error));
    size = sizeof(Thread) * made->count;
    made->now.threads = rp_arena_allocate(arena, size);
    made->next.threads = rp_arena_allocate(arena, size);
    made->added = rp_arena_allocate_zero(arena, sizeof(uint64_t) * made->count);
    made->stack = rp_arena_allocate(arena, sizeof(uint32_t) * (2 * (size_t)made->count + 2));
    if (!made->now.threads || !made->next.threads || !made->added || !made->stack) {
        return rp_arena_failure(arena, error);
    }
    *finder = made;
    return RP_OK;
}

static bool
is_at(const RpPatternFinder *finder, Operation operation, RpText subject, uint32_t offset)
{
    bool many = finder->flags.is_multi_line;

    if (operation == AT_START) {
        return offset == 0 || (many && subject.data[offset - 1] == '\n' && offset < subject.length);
    }
    return offset == subject.length || (many && subject.data[offset] == '\n');
}

/* Add a thread, and those that it becomes without a character, in order; each instruction once at
 * an offset. */
static void
add_thread(RpPatternFinder *finder, Threads *threads, Thread thread, RpText subject,
           uint32_t offset)
{
    uint32_t depth = 0;

    finder->stack[depth++] = thread.instruction;
    while (depth > 0) {
        uint32_t at = finder->stack[--depth];
        const Instruction *instruction = &finder->program[at];

        if (finder->added[at] == finder->step) {
            continue;
        }
        finder->added[at] = finder->step;
        switch (instruction->operation) {
        case JUMP:
            finder->stack[depth++] = instruction->first;
            break;
        case SPLIT:
            finder->stack[depth++] = instruction->second;
            finder->stack[depth++] = instruction->first;
            break;
        case AT_START:
        case AT_END:
            if (is_at(finder, instruction->operation, subject, offset)) {
                finder->stack[depth++] = at + 1;
            }
            break;
        default:
            threads->threads[threads->count++] = (Thread){at, thread.start};
            break;
        }
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
    finder->step++;
    for (uint32_t offset = from;;) {
        uint32_t length = 0;
        uint32_t code_point =
            offset < subject.length ? rp_utf8_decode(subject.data + offset, &length) : 0;
        Threads read;

        RP_TRY(rp_arena_poll_bytes(finder->arena, finder->now.count, error));
        if (!*is_found) {
            add_thread(finder, &finder->now, (Thread){0, offset}, subject, offset);
        }
        finder->next.count = 0;
        finder->step++;
        for (uint32_t i = 0; i < finder->now.count; i++) {
            Thread thread = finder->now.threads[i];
            const Instruction *instruction = &finder->program[thread.instruction];

            if (instruction->operation == ACCEPT) {
                *is_found = true;
                *start = thread.start;
                *end = offset;
                break; /* those behind it are not preferred */
            }
            if (length > 0 && class_has(instruction->class, code_point)) {
                add_thread(finder, &finder->next, (Thread){thread.instruction + 1, thread.start},
                           subject, offset + length);
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
