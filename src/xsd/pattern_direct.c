/*
 * Programs that need no regular expressions. The first character says which:
 *
 *   =text       the subject is the text               ^text   it begins with the text
 *   *text       it contains the text                  $text   it ends with the text
 *   #m,n x-yz-z it has m to n characters (#m, no end), each of the ranges x-y, z-z
 */
#include "xsd/pattern_tree.h"

#include "base/utf8.h"

enum {
    CLASS_RANGES_LIMIT = 32,
    /* The search is a plain one, whose worst case is text times subject. */
    CONTAINED_TEXT_LIMIT_BYTES = 64,
    ASCII_WORDS = 2,
    WORD_BITS = 64,
    COUNT_DIGITS_LIMIT = 9
};

/* A class-and-length program, read. */
typedef struct CountedClass {
    uint32_t minimum;
    uint32_t maximum;
    RpCodeRange ranges[CLASS_RANGES_LIMIT];
    uint32_t range_count;
    uint64_t ascii[ASCII_WORDS]; /* a bit for each character below 128 that belongs to the class */
} CountedClass;

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

static bool
emit_counted_class(RpBuffer *buffer, const Middle *middle)
{
    const RpPatternNode *node = middle->first;
    const RpPatternNode *class_node = node;
    uint32_t minimum = 1;
    uint32_t maximum = 1;

    if (!middle->has_start || !middle->has_end || node->next != middle->end) {
        return false;
    }
    if (node->kind == RP_PATTERN_REPEAT) {
        class_node = node->child;
        minimum = node->minimum;
        maximum = node->maximum;
    }
    if (class_node->kind != RP_PATTERN_CLASS || class_node->range_count > CLASS_RANGES_LIMIT) {
        return false;
    }
    rp_buffer_append_format(buffer, "#%u,", (unsigned)minimum);
    if (maximum != RP_PATTERN_UNBOUNDED) {
        rp_buffer_append_format(buffer, "%u", (unsigned)maximum);
    }
    rp_buffer_append_byte(buffer, ' ');
    for (uint32_t i = 0; i < class_node->range_count; i++) {
        rp_buffer_append_code_point(buffer, class_node->ranges[i].first);
        rp_buffer_append_byte(buffer, '-');
        rp_buffer_append_code_point(buffer, class_node->ranges[i].last);
    }
    return true;
}

bool
rp_pattern_emit_direct(RpBuffer *buffer, const RpPatternNode *tree, RpPatternFlags flags)
{
    Middle middle = find_middle(tree);

    if (flags.is_multi_line && (middle.has_start || middle.has_end)) {
        return false;
    }
    return is_literal(&middle) ? emit_literal(buffer, &middle)
                               : emit_counted_class(buffer, &middle);
}

/* A count's digits at *position, which moves past them. False: none, or too many. */
static bool
read_count(RpText program, uint32_t *position, uint32_t *count)
{
    uint32_t start = *position;

    *count = 0;
    while (*position < program.length && program.data[*position] >= '0' &&
           program.data[*position] <= '9' && *position - start < COUNT_DIGITS_LIMIT) {
        *count = *count * 10 + (uint32_t)(program.data[(*position)++] - '0');
    }
    return *position > start;
}

static bool
read_byte(RpText program, uint32_t *position, char byte)
{
    if (*position == program.length || program.data[*position] != byte) {
        return false;
    }
    (*position)++;
    return true;
}

static bool
read_code_point(RpText program, uint32_t *position, uint32_t *code_point)
{
    uint32_t length;

    if (*position < program.length && (unsigned char)program.data[*position] < 128) {
        *code_point = (unsigned char)program.data[(*position)++];
        return true;
    }
    if (rp_utf8_sequence_length(program.data + *position, program.length - *position) == 0) {
        return false;
    }
    *code_point = rp_utf8_decode(program.data + *position, &length);
    *position += length;
    return true;
}

static void
mark_ascii(CountedClass *counted, RpCodeRange range)
{
    for (uint32_t word = 0; word < ASCII_WORDS; word++) {
        uint32_t word_first = word * WORD_BITS;
        uint32_t word_last = word_first + WORD_BITS - 1;
        uint32_t first = range.first > word_first ? range.first : word_first;
        uint32_t last = range.last < word_last ? range.last : word_last;

        if (first <= last) {
            counted->ascii[word] |= (UINT64_MAX >> (WORD_BITS - 1 - (last - first)))
                                    << (first % WORD_BITS);
        }
    }
}

/* False: not a program that emit_counted_class makes. */
static bool
read_counted_class(RpText program, CountedClass *counted)
{
    uint32_t position = 1;

    counted->range_count = 0;
    memset(counted->ascii, 0, sizeof(counted->ascii));
    if (!read_count(program, &position, &counted->minimum) || !read_byte(program, &position, ',')) {
        return false;
    }
    if (!read_count(program, &position, &counted->maximum)) {
        counted->maximum = RP_PATTERN_UNBOUNDED;
    }
    if (counted->minimum > counted->maximum || !read_byte(program, &position, ' ')) {
        return false;
    }
    while (position < program.length) {
        RpCodeRange range;

        if (counted->range_count == CLASS_RANGES_LIMIT ||
            !read_code_point(program, &position, &range.first) ||
            !read_byte(program, &position, '-') ||
            !read_code_point(program, &position, &range.last) || range.last < range.first) {
            return false;
        }
        counted->ranges[counted->range_count++] = range;
        mark_ascii(counted, range);
    }
    return true;
}

static bool
class_has(const CountedClass *counted, uint32_t code_point)
{
    for (uint32_t i = 0; i < counted->range_count; i++) {
        if (code_point <= counted->ranges[i].last) {
            return code_point >= counted->ranges[i].first;
        }
    }
    return false;
}

static bool
counted_class_matches(RpText program, RpText subject)
{
    CountedClass counted;
    uint32_t position = 0;
    uint32_t count = 0;

    if (!read_counted_class(program, &counted)) {
        return false;
    }
    while (position < subject.length) {
        uint32_t byte = (unsigned char)subject.data[position];

        if (count++ == counted.maximum) {
            return false;
        }
        if (byte < 128) {
            position++;
            if ((counted.ascii[byte / WORD_BITS] >> (byte % WORD_BITS) & 1) == 0) {
                return false;
            }
        } else {
            uint32_t code_point;

            if (!read_code_point(subject, &position, &code_point) ||
                !class_has(&counted, code_point)) {
                return false;
            }
        }
    }
    return count >= counted.minimum;
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

bool
rp_pattern_direct_is_valid(RpText program)
{
    CountedClass counted;

    switch (program.data[0]) {
    case '=':
    case '^':
    case '$':
        return true;
    case '*':
        return program.length - 1 <= CONTAINED_TEXT_LIMIT_BYTES;
    case '#':
        return read_counted_class(program, &counted);
    default:
        return false;
    }
}

bool
rp_pattern_direct_matches(RpText program, RpText subject)
{
    RpText text = {program.data + 1, program.length - 1};

    switch (program.data[0]) {
    case '=':
        return rp_text_equals(subject, text);
    case '^':
        return rp_text_starts_with(subject, text);
    case '$':
        return ends_with(subject, text);
    case '*':
        return contains(subject, text);
    default:
        return counted_class_matches(program, subject);
    }
}
