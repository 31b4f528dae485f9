/* See case_mapping.h. */
#include "xsd/case_mapping.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "xsd/character_class.h"

enum { CAPITAL_SIGMA = 0x3A3, FINAL_SIGMA = 0x3C2 };

/* Every step-th character from first to last is mapped to the one that is distance away. */
typedef struct CaseRun {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t distance;
} CaseRun;

/* A character that is mapped to several. */
typedef struct CaseLong {
    uint32_t character;
    const char *text;
} CaseLong;

#define RP_CASE_IS_upper 1
#define RP_CASE_IS_lower 2

typedef struct MappedRun {
    int table;
    CaseRun run;
} MappedRun;

typedef struct MappedLong {
    int table;
    CaseLong entry;
} MappedLong;

static const MappedRun runs[] = {
#define RP_CASE_RUN(table, first, last, step, distance) \
    {RP_CASE_IS_##table, {first, last, step, distance}},
#define RP_CASE_LONG(table, character, text)
#include "xsd/unicode_mapping.def"
#undef RP_CASE_RUN
#undef RP_CASE_LONG
};

static const MappedLong longs[] = {
#define RP_CASE_RUN(table, first, last, step, distance)
#define RP_CASE_LONG(table, character, text) {RP_CASE_IS_##table, {character, text}},
#include "xsd/unicode_mapping.def"
#undef RP_CASE_RUN
#undef RP_CASE_LONG
};

/* What one character becomes in a table: another one, or a text. False: it stays. */
static bool
map_character(int table, uint32_t character, uint32_t *mapped, const char **text)
{
    *text = NULL;
    for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
        const CaseRun *run = &runs[i].run;

        if (runs[i].table == table && character >= run->first && character <= run->last &&
            (character - run->first) % run->step == 0) {
            *mapped = (uint32_t)((int32_t)character + run->distance);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof(longs) / sizeof(longs[0]); i++) {
        if (longs[i].table == table && longs[i].entry.character == character) {
            *text = longs[i].entry.text;
            return true;
        }
    }
    return false;
}

/* Unicode's Cased (3.13, D135): letters of a case, and what else has another. */
static bool
is_cased(uint32_t character)
{
    uint32_t mapped;
    const char *text;

    return strstr("Lu Ll Lt", rp_code_point_category(character)) != NULL ||
           map_character(RP_CASE_IS_upper, character, &mapped, &text) ||
           map_character(RP_CASE_IS_lower, character, &mapped, &text);
}

/* Unicode's Case_Ignorable (3.13, D136): marks, formats, modifiers, what stands within words. */
static bool
is_case_ignorable(uint32_t character)
{
    static const uint32_t within_words[] = {0x27,   0x2E,   0x3A,   0xB7,   0x387,  0x55F,
                                            0x5F4,  0x2018, 0x2019, 0x2024, 0x2027, 0xFE13,
                                            0xFE52, 0xFE55, 0xFF07, 0xFF0E, 0xFF1A};

    for (size_t i = 0; i < sizeof(within_words) / sizeof(within_words[0]); i++) {
        if (character == within_words[i]) {
            return true;
        }
    }
    return strstr("Mn Me Cf Lm Sk", rp_code_point_category(character)) != NULL;
}

static void
append_mapped(RpBuffer *buffer, int table, uint32_t character)
{
    uint32_t mapped = character;
    const char *text = NULL;

    if (!map_character(table, character, &mapped, &text)) {
        rp_buffer_append_code_point(buffer, character);
    } else if (text) {
        rp_buffer_append_string(buffer, text);
    } else {
        rp_buffer_append_code_point(buffer, mapped);
    }
}

/* Append what a text begins with of ASCII: most texts are nothing else. *length: of that. */
static RpStatus
append_ascii(RpBuffer *buffer, int table, RpText text, uint32_t *length, RpError *error)
{
    uint32_t start = buffer->length;

    *length = 0;
    while (*length < text.length && (unsigned char)text.data[*length] < 0x80) {
        ++*length;
    }
    rp_buffer_append(buffer, text.data, *length);
    for (uint32_t i = start; i < buffer->length; i++) {
        buffer->data[i] = table == RP_CASE_IS_upper ? rp_ascii_upper(buffer->data[i])
                                                    : rp_ascii_lower(buffer->data[i]);
    }
    return rp_arena_poll_bytes(buffer->arena, *length, error);
}

static RpText
text_from(RpText text, uint32_t offset)
{
    return (RpText){text.data + offset, text.length - offset};
}

RpStatus
rp_case_append_upper(RpBuffer *buffer, RpText text, RpError *error)
{
    uint32_t length;

    for (uint32_t at = 0; at < text.length; at += length) {
        RP_TRY(append_ascii(buffer, RP_CASE_IS_upper, text_from(text, at), &length, error));
        at += length;
        if (at == text.length) {
            break;
        }
        append_mapped(buffer, RP_CASE_IS_upper, rp_utf8_decode(text.data + at, &length));
    }
    return RP_OK;
}

/* Whether a text begins, or ends, with a cased letter, but for what is ignored there. As only what
 * stands between two sigmas is looked at, a whole text is so twice at most. */
static RpStatus
find_cased(RpArena *arena, RpText text, bool is_at_end, bool *is_found, RpError *error)
{
    uint32_t at = is_at_end ? text.length : 0;
    uint32_t length;

    *is_found = false;
    while (is_at_end ? at > 0 : at < text.length) {
        uint32_t character;

        RP_TRY(rp_arena_poll(arena, error));
        if (is_at_end) {
            do {
                at--;
            } while (((unsigned char)text.data[at] & 0xC0) == 0x80);
        }
        character = rp_utf8_decode(text.data + at, &length);
        if (!is_case_ignorable(character)) {
            *is_found = is_cased(character);
            return RP_OK;
        }
        at += is_at_end ? 0 : length;
    }
    return RP_OK;
}

/* Unicode's Final_Sigma (3.13): behind a cased letter, and not before one. */
static RpStatus
is_final(RpArena *arena, RpText before, RpText behind, bool *is_last, RpError *error)
{
    bool is_within;

    RP_TRY(find_cased(arena, before, true, is_last, error));
    if (*is_last) {
        RP_TRY(find_cased(arena, behind, false, &is_within, error));
        *is_last = !is_within;
    }
    return RP_OK;
}

RpStatus
rp_case_append_lower(RpBuffer *buffer, RpText text, RpError *error)
{
    uint32_t length;

    for (uint32_t at = 0; at < text.length; at += length) {
        uint32_t character;
        bool is_last = false;

        RP_TRY(append_ascii(buffer, RP_CASE_IS_lower, text_from(text, at), &length, error));
        at += length;
        if (at == text.length) {
            break;
        }
        character = rp_utf8_decode(text.data + at, &length);
        if (character == CAPITAL_SIGMA) {
            RP_TRY(is_final(buffer->arena, (RpText){text.data, at}, text_from(text, at + length),
                            &is_last, error));
        }
        if (is_last) {
            rp_buffer_append_code_point(buffer, FINAL_SIGMA);
        } else {
            append_mapped(buffer, RP_CASE_IS_lower, character);
        }
    }
    return RP_OK;
}
