/*
 * A deterministic automaton as a text, which is part of a program (pattern_direct) and so of an
 * image, and is run where it stands. Numbers are pattern_digits.h's:
 *
 *   1 digit   kinds of character
 *   1         the first state
 *   2         ranges
 *   128       the kinds of ASCII's characters
 *   5         for each range the code point where it begins, and its kind: it ends where the next
 *             one begins, and the first one begins at U+0080
 *   2         for each transition the next state, a row for each state from RP_DFA_GOES_ON on: its
 *             number is RP_DFA_GOES_ON and the place of its row, so that a step does not multiply
 */
#include "xsd/pattern_dfa.h"

#include "base/utf8.h"
#include "xsd/pattern_digits.h"

enum {
    ASCII_COUNT = 128,
    LAST_CODE_POINT = 0x10FFFF,

    KINDS_AT = 0,
    FIRST_STATE_AT = 1,
    RANGE_COUNT_AT = 2,
    ASCII_AT = 4,
    RANGES_AT = ASCII_AT + ASCII_COUNT,
    RANGE_COUNT_DIGITS = 2,
    CODE_POINT_DIGITS = 4,
    RANGE_LENGTH = CODE_POINT_DIGITS + 1,
    STATE_DIGITS = 2
};

typedef struct Automaton {
    const char *ascii;
    const char *ranges;
    const char *transitions;
    uint32_t kind_count;
    uint32_t first_state;
    uint32_t range_count;
} Automaton;

/* The kinds of ASCII's characters, and the ranges of the others. */
static void
append_kinds(RpBuffer *buffer, const RpPatternKinds *kinds)
{
    uint32_t next = 0;
    uint32_t kind = 0;

    for (uint32_t character = 0; character <= ASCII_COUNT; character++) {
        while (next < kinds->stretch_count && kinds->stretches[next].first <= character) {
            kind = rp_pattern_kinds_number(kinds, &kinds->stretches[next++]);
        }
        if (character == ASCII_COUNT) {
            rp_pattern_append_number(buffer, character, CODE_POINT_DIGITS);
        }
        rp_pattern_append_number(buffer, kind, 1);
    }
    for (; next < kinds->stretch_count && kinds->stretches[next].first <= LAST_CODE_POINT; next++) {
        rp_pattern_append_number(buffer, kinds->stretches[next].first, CODE_POINT_DIGITS);
        rp_pattern_append_number(buffer, rp_pattern_kinds_number(kinds, &kinds->stretches[next]),
                                 1);
    }
}

static uint32_t
count_ranges(const RpPatternKinds *kinds)
{
    uint32_t count = 1;

    for (uint32_t i = 0; i < kinds->stretch_count; i++) {
        count +=
            kinds->stretches[i].first > ASCII_COUNT && kinds->stretches[i].first <= LAST_CODE_POINT;
    }
    return count;
}

void
rp_dfa_append(RpBuffer *buffer, const RpDfa *dfa)
{
    rp_pattern_append_number(buffer, dfa->kind_count, 1);
    rp_pattern_append_number(buffer, dfa->first_state, 1);
    rp_pattern_append_number(buffer, count_ranges(&dfa->kinds), RANGE_COUNT_DIGITS);
    append_kinds(buffer, &dfa->kinds);
    for (uint32_t i = 0; i < (dfa->state_count - RP_DFA_GOES_ON) * dfa->column_count; i++) {
        uint32_t state = dfa->transitions[i];

        rp_pattern_append_number(
            buffer,
            state < RP_DFA_GOES_ON ? state
                                   : RP_DFA_GOES_ON + (state - RP_DFA_GOES_ON) * dfa->column_count,
            STATE_DIGITS);
    }
}

/* The parts of a text that rp_dfa_append can have made. */
static Automaton
find_parts(RpText text)
{
    Automaton automaton = {
        .kind_count = rp_pattern_read_number(text.data + KINDS_AT, 1),
        .first_state = rp_pattern_read_number(text.data + FIRST_STATE_AT, 1),
        .range_count = rp_pattern_read_number(text.data + RANGE_COUNT_AT, RANGE_COUNT_DIGITS),
        .ascii = text.data + ASCII_AT,
        .ranges = text.data + RANGES_AT};

    automaton.transitions = automaton.ranges + (size_t)RANGE_LENGTH * automaton.range_count;
    return automaton;
}

static uint32_t
range_start(const Automaton *automaton, uint32_t index)
{
    const char *digits = automaton->ranges + (size_t)RANGE_LENGTH * index;

    return rp_pattern_read_number(digits, 2) << 12 | rp_pattern_read_number(digits + 2, 2);
}

static uint32_t
range_kind(const Automaton *automaton, uint32_t index)
{
    return rp_pattern_read_number(
        automaton->ranges + (size_t)RANGE_LENGTH * index + CODE_POINT_DIGITS, 1);
}

/* The state behind one from RP_DFA_GOES_ON on. */
static inline uint32_t
next_state(const Automaton *automaton, uint32_t state, uint32_t column)
{
    return rp_pattern_read_number(automaton->transitions +
                                      (size_t)STATE_DIGITS * (state - RP_DFA_GOES_ON + column),
                                  STATE_DIGITS);
}

static bool
has_valid_kinds(const Automaton *automaton)
{
    for (uint32_t i = 0; i < ASCII_COUNT; i++) {
        if (rp_pattern_read_number(automaton->ascii + i, 1) >= automaton->kind_count) {
            return false;
        }
    }
    for (uint32_t i = 0; i < automaton->range_count; i++) {
        if (range_kind(automaton, i) >= automaton->kind_count ||
            (i > 0 && range_start(automaton, i) <= range_start(automaton, i - 1))) {
            return false;
        }
    }
    return range_start(automaton, 0) == ASCII_COUNT;
}

/* Of so many transitions in all. */
static bool
has_valid_transitions(const Automaton *automaton, uint32_t count)
{
    uint32_t width = automaton->kind_count + 1;

    if (automaton->first_state > RP_DFA_GOES_ON ||
        (automaton->first_state == RP_DFA_GOES_ON && count == 0)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t state = next_state(automaton, RP_DFA_GOES_ON, i);
        bool is_end = i % width == automaton->kind_count;

        if (state >= RP_DFA_GOES_ON &&
            (is_end || state - RP_DFA_GOES_ON >= count || (state - RP_DFA_GOES_ON) % width != 0)) {
            return false;
        }
    }
    return true;
}

bool
rp_dfa_text_is_valid(RpText text)
{
    Automaton automaton;
    uint32_t length;
    uint32_t count;

    if (text.length < RANGES_AT) {
        return false;
    }
    automaton = find_parts(text);
    if (automaton.kind_count == 0 || automaton.kind_count > RP_DFA_KIND_LIMIT ||
        automaton.range_count == 0 || automaton.range_count > RP_DFA_RANGE_LIMIT) {
        return false;
    }
    length = RANGES_AT + RANGE_LENGTH * automaton.range_count;
    if (text.length < length || (text.length - length) % STATE_DIGITS != 0) {
        return false;
    }
    count = (text.length - length) / STATE_DIGITS;
    return count % (automaton.kind_count + 1) == 0 && count <= RP_DFA_TRANSITION_LIMIT &&
           has_valid_kinds(&automaton) && has_valid_transitions(&automaton, count);
}

/* Characters of one kind that are no ASCII, from first on and before end. */
typedef struct Range {
    uint32_t first;
    uint32_t end;
    uint32_t kind;
} Range;

/* The range of a character: the last one that does not begin behind it. Finds the parts again, so
 * that whoever calls it may keep its own in registers. */
static RP_NOINLINE Range
range_of(RpText text, uint32_t code_point)
{
    Automaton automaton = find_parts(text);
    uint32_t low = 0;
    uint32_t high = automaton.range_count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (range_start(&automaton, middle) <= code_point) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (Range){range_start(&automaton, low),
                   high < automaton.range_count ? range_start(&automaton, high) : UINT32_MAX,
                   range_kind(&automaton, low)};
}

bool
rp_dfa_text_matches(RpText text, RpText subject)
{
    const Automaton automaton = find_parts(text);
    uint32_t state = automaton.first_state;
    Range range = {0, 0, 0}; /* the last one: a text's characters are neighbours, most often */

    for (size_t position = 0; position < subject.length && state >= RP_DFA_GOES_ON;) {
        const char *character = subject.data + position;
        uint32_t kind;

        if ((unsigned char)*character < ASCII_COUNT) {
            kind = rp_pattern_read_number(automaton.ascii + (unsigned char)*character, 1);
            position++;
        } else {
            uint32_t length = rp_utf8_sequence_length(character, subject.length - position);
            uint32_t code_point;

            if (length == 0) {
                return false;
            }
            code_point = rp_utf8_decode(character, &length);
            if (code_point < range.first || code_point >= range.end) {
                range = range_of(text, code_point);
            }
            kind = range.kind;
            position += length;
        }
        state = next_state(&automaton, state, kind);
    }
    return (state < RP_DFA_GOES_ON ? state : next_state(&automaton, state, automaton.kind_count)) ==
           RP_DFA_MATCHES;
}
