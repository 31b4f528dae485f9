/*
 * Programs that need no regular expressions of the host. The first character says which:
 *
 *   =text   the subject is the text               ^text   it begins with the text
 *   *text   it contains the text                  $text   it ends with the text
 *   ~…      an automaton (pattern_dfa_text.c) matches
 *   #mn…    the subject has m to n characters, five digits each (pattern_digits.h), and an
 *           automaton matches
 */
#include "xsd/pattern_tree.h"

#include "base/utf8.h"
#include "xsd/pattern_dfa.h"
#include "xsd/pattern_digits.h"

enum {
    /* The search is a plain one, whose worst case is text times subject. */
    CONTAINED_TEXT_LIMIT_BYTES = 64,

    /* A larger count of all of a subject's characters is compared with its length; a smaller one
     * takes states. */
    COUNT_LIMIT = 16,
    COUNT_DIGITS = 5,
    UNBOUNDED_DIGITS = (1 << 30) - 1,
    AUTOMATON_AT = 1 + 2 * COUNT_DIGITS
};

/* A tree as a sequence between anchors: nodes from first, before end. */
typedef struct Middle {
    const RpPatternNode *first;
    const RpPatternNode *end; /* NULL, or the final anchor */
    bool has_start;
    bool has_end;
} Middle;

static Middle
find_middle(const RpPatternNode *tree)
{
    Middle middle = {tree->kind == RP_PATTERN_SEQUENCE ? tree->child : tree, NULL, false, false};

    if (middle.first != NULL && middle.first->kind == RP_PATTERN_START) {
        middle.has_start = true;
        middle.first = middle.first->next;
    }
    for (const RpPatternNode *node = middle.first; node != NULL; node = node->next) {
        if (node->next == NULL && node->kind == RP_PATTERN_END) {
            middle.has_end = true;
            middle.end = node;
        }
    }
    return middle;
}

static bool
is_literal(const Middle *middle)
{
    for (const RpPatternNode *node = middle->first; node != middle->end; node = node->next) {
        if (node->kind != RP_PATTERN_CLASS || node->range_count != 1 ||
            node->ranges[0].first != node->ranges[0].last) {
            return false;
        }
    }
    return true;
}

/* False: too long to be contained. */
static bool
emit_literal(RpBuffer *buffer, const Middle *middle)
{
    uint32_t start = buffer->length;

    rp_buffer_append_byte(buffer, middle->has_start ? (middle->has_end ? '=' : '^')
                                                    : (middle->has_end ? '$' : '*'));
    for (const RpPatternNode *node = middle->first; node != middle->end; node = node->next) {
        rp_buffer_append_code_point(buffer, node->ranges[0].first);
    }
    if (!middle->has_start && !middle->has_end &&
        buffer->length - start - 1 > CONTAINED_TEXT_LIMIT_BYTES) {
        buffer->length = start;
        return false;
    }
    return true;
}

/* ^[class]{m,n}$ with a large count. */
static bool
is_counted_class(const Middle *middle)
{
    const RpPatternNode *node = middle->first;

    return middle->has_start && middle->has_end && node->next == middle->end &&
           node->kind == RP_PATTERN_REPEAT && node->child->kind == RP_PATTERN_CLASS &&
           (node->minimum > COUNT_LIMIT ||
            (node->maximum > COUNT_LIMIT && node->maximum != RP_PATTERN_UNBOUNDED));
}

/* Append the automaton of a tree, made in memory that goes at once. */
static RpStatus
emit_automaton(RpBuffer *buffer, const RpPatternNode *tree, RpPatternFlags flags, bool *is_emitted,
               RpError *error)
{
    RpArena *arena = buffer->arena;
    RpArena scratch;
    RpDfa dfa;
    RpStatus status;

    rp_arena_init(&scratch, arena->host, arena->limit_bytes - arena->used_bytes);
    status = rp_dfa_make(&scratch, tree, flags.is_multi_line, &dfa, is_emitted, error);
    if (status == RP_OK && *is_emitted) {
        rp_dfa_append(buffer, &dfa);
    }
    rp_arena_free(&scratch);
    RP_TRY(status);
    return rp_arena_poll_bytes(arena, dfa.work, error);
}

/* ^[class]{m,n}$ as the length, and ^[class]*$. */
static RpStatus
emit_counted_class(RpBuffer *buffer, const RpPatternNode *tree, RpPatternFlags flags,
                   bool *is_emitted, RpError *error)
{
    RpPatternNode sequence = *tree;
    RpPatternNode start = *tree->child;
    RpPatternNode repeat = *start.next;

    rp_buffer_append_byte(buffer, '#');
    rp_pattern_append_number(buffer, repeat.minimum, COUNT_DIGITS);
    rp_pattern_append_number(
        buffer, repeat.maximum == RP_PATTERN_UNBOUNDED ? UNBOUNDED_DIGITS : repeat.maximum,
        COUNT_DIGITS);
    sequence.child = &start;
    start.next = &repeat;
    repeat.minimum = 0;
    repeat.maximum = RP_PATTERN_UNBOUNDED;
    return emit_automaton(buffer, &sequence, flags, is_emitted, error);
}

RpStatus
rp_pattern_emit_direct(RpBuffer *buffer, const RpPatternNode *tree, RpPatternFlags flags,
                       bool *is_emitted, RpError *error)
{
    Middle middle = find_middle(tree);
    uint32_t start = buffer->length;
    RpStatus status;

    *is_emitted = is_literal(&middle) &&
                  !(flags.is_multi_line && (middle.has_start || middle.has_end)) &&
                  emit_literal(buffer, &middle);
    if (*is_emitted) {
        return RP_OK;
    }
    if (is_counted_class(&middle)) {
        status = emit_counted_class(buffer, tree, flags, is_emitted, error);
    } else {
        rp_buffer_append_byte(buffer, '~');
        status = emit_automaton(buffer, tree, flags, is_emitted, error);
    }
    buffer->length = *is_emitted ? buffer->length : start;
    return status;
}

/* Most often bytes tell enough of the length. */
static bool
has_counted_length(RpText program, RpText subject)
{
    uint64_t minimum = rp_pattern_read_number(program.data + 1, COUNT_DIGITS);
    uint64_t maximum = rp_pattern_read_number(program.data + 1 + COUNT_DIGITS, COUNT_DIGITS);
    uint64_t length;

    if (subject.length / RP_UTF8_LONGEST >= minimum && subject.length <= maximum) {
        return true;
    }
    length = rp_utf8_count(subject);
    return length >= minimum && (length <= maximum || maximum == UNBOUNDED_DIGITS);
}

static bool
ends_with(RpText subject, RpText suffix)
{
    if (suffix.length == 0 || subject.length < suffix.length) {
        return suffix.length == 0;
    }
    return memcmp(subject.data + (subject.length - suffix.length), suffix.data, suffix.length) == 0;
}

static bool
contains(RpText subject, RpText part)
{
    const char *next = subject.data;
    const char *last;

    if (part.length == 0 || subject.length < part.length) {
        return part.length == 0;
    }
    last = subject.data + (subject.length - part.length);
    while (next <= last && (next = memchr(next, part.data[0], (size_t)(last - next) + 1)) != NULL) {
        if (memcmp(next, part.data, part.length) == 0) {
            return true;
        }
        next++;
    }
    return false;
}

static RpText
part_from(RpText text, uint32_t offset)
{
    return (RpText){text.data + offset, text.length - offset};
}

bool
rp_pattern_direct_is_valid(RpText program)
{
    switch (program.data[0]) {
    case '=':
    case '^':
    case '$':
        return true;
    case '*':
        return program.length - 1 <= CONTAINED_TEXT_LIMIT_BYTES;
    case '~':
        return rp_dfa_text_is_valid(part_from(program, 1));
    case '#':
        return program.length > AUTOMATON_AT &&
               rp_pattern_read_number(program.data + 1, COUNT_DIGITS) <=
                   rp_pattern_read_number(program.data + 1 + COUNT_DIGITS, COUNT_DIGITS) &&
               rp_dfa_text_is_valid(part_from(program, AUTOMATON_AT));
    default:
        return false;
    }
}

bool
rp_pattern_direct_matches(RpText program, RpText subject)
{
    RpText text = part_from(program, 1);

    switch (program.data[0]) {
    case '=':
        return rp_text_equals(subject, text);
    case '^':
        return rp_text_starts_with(subject, text);
    case '$':
        return ends_with(subject, text);
    case '*':
        return contains(subject, text);
    case '~':
        return rp_dfa_text_matches(text, subject);
    default:
        return has_counted_length(program, subject) &&
               rp_dfa_text_matches(part_from(program, AUTOMATON_AT), subject);
    }
}
