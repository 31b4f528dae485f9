/* See case_mapping.h. */
#include "xsd/case_mapping.h"

#include "base/ascii.h"
#include "base/utf8.h"

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
    if (character < 0x80) { /* most are */
        *mapped = character ^ 0x20;
        return rp_ascii_is_letter((char)character) &&
               (table == RP_CASE_IS_upper) == (character >= 'a');
    }
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

static bool
is_cased(uint32_t character)
{
    uint32_t mapped;
    const char *text;

    return map_character(RP_CASE_IS_upper, character, &mapped, &text) ||
           map_character(RP_CASE_IS_lower, character, &mapped, &text);
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

RpStatus
rp_case_append_upper(RpBuffer *buffer, RpText text, RpError *error)
{
    uint32_t length;

    for (uint32_t at = 0; at < text.length; at += length) {
        RP_TRY(rp_arena_poll(buffer->arena, error));
        append_mapped(buffer, RP_CASE_IS_upper, rp_utf8_decode(text.data + at, &length));
    }
    return RP_OK;
}

/* A sigma at the end of a word has a form of its own. */
RpStatus
rp_case_append_lower(RpBuffer *buffer, RpText text, RpError *error)
{
    uint32_t length;
    uint32_t before = 0;

    for (uint32_t at = 0; at < text.length; at += length) {
        uint32_t character = rp_utf8_decode(text.data + at, &length);
        uint32_t next = at + length;
        uint32_t next_length;

        RP_TRY(rp_arena_poll(buffer->arena, error));
        if (character == CAPITAL_SIGMA && before != 0 && is_cased(before) &&
            !(next < text.length && is_cased(rp_utf8_decode(text.data + next, &next_length)))) {
            rp_buffer_append_code_point(buffer, FINAL_SIGMA);
        } else {
            append_mapped(buffer, RP_CASE_IS_lower, character);
        }
        before = character;
    }
    return RP_OK;
}
