/* Showing the place of an error: two lines, which a monospaced font puts below one another. */
#include "base/excerpt.h"

#include <stdio.h>

#include "base/utf8.h"

enum {
    BEFORE_CHARACTERS = 40,
    AFTER_CHARACTERS = 32,
    EXCERPT_CHARACTERS = BEFORE_CHARACTERS + AFTER_CHARACTERS,
    EXCERPT_BYTES = EXCERPT_CHARACTERS * RP_SHOWN_CHARACTER_SIZE + 8
};

/* Code points that stand over the one before them, or are two columns wide, on most terminals. */
typedef struct WidthRange {
    uint32_t first;
    uint32_t last;
    uint32_t width;
} WidthRange;

static const WidthRange width_ranges[] = {
    {0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x064B, 0x065F, 0},
    {0x0E31, 0x0E31, 0},   {0x0E34, 0x0E3A, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},
    {0x1DC0, 0x1DFF, 0},   {0x200B, 0x200D, 0},   {0x20D0, 0x20FF, 0},   {0x2E80, 0x303E, 2},
    {0x3041, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},
    {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
    {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}};

/* What the excerpt is written into. */
typedef struct Excerpt {
    char text[EXCERPT_BYTES];
    uint32_t length;
    uint32_t columns;
} Excerpt;

static uint32_t
character_length(RpText text, uint32_t offset)
{
    uint32_t length = rp_utf8_sequence_length(text.data + offset, text.length - offset);

    return length > 0 ? length : 1;
}

/* The offset of the first byte behind the line that an offset is in. */
static uint32_t
line_end(RpText text, uint32_t offset)
{
    const char *end =
        offset < text.length ? memchr(text.data + offset, '\n', text.length - offset) : NULL;

    return end != NULL ? (uint32_t)(end - text.data) : text.length;
}

uint32_t
rp_text_offset(RpText text, uint32_t line, uint32_t column)
{
    uint32_t offset = 0;
    uint32_t end;

    for (; line > 1 && line_end(text, offset) < text.length; line--) {
        offset = line_end(text, offset) + 1;
    }
    end = line_end(text, offset);
    for (; column > 1 && offset < end; column--) {
        offset += character_length(text, offset);
    }
    return offset;
}

static uint32_t
width_of(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof width_ranges / sizeof *width_ranges; i++) {
        if (code_point >= width_ranges[i].first && code_point <= width_ranges[i].last) {
            return width_ranges[i].width;
        }
    }
    return 1;
}

/* Write one character as it can be shown; a tab is a space. Returns its bytes in the text. */
static uint32_t
append_character(Excerpt *excerpt, RpText text, uint32_t offset)
{
    uint32_t sequence_length = rp_utf8_sequence_length(text.data + offset, text.length - offset);
    bool is_tab = text.data[offset] == '\t';
    const char *character = is_tab ? " " : text.data + offset;
    uint32_t shown =
        (uint32_t)rp_character_show(character, sequence_length, excerpt->text + excerpt->length);
    uint32_t ignored;

    excerpt->length += shown;
    excerpt->columns += sequence_length > 0 && shown == sequence_length
                            ? width_of(rp_utf8_decode(character, &ignored))
                            : shown;
    return sequence_length > 0 ? sequence_length : 1;
}

static void
append_ellipsis(Excerpt *excerpt)
{
    memcpy(excerpt->text + excerpt->length, "…", sizeof("…") - 1);
    excerpt->length += sizeof("…") - 1;
    excerpt->columns++;
}

/* The offset of the character before one; a byte that belongs to none is a character by itself. */
static uint32_t
character_before(RpText text, uint32_t offset)
{
    uint32_t start = offset - 1;

    while (start > 0 && offset - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80) {
        start--;
    }
    return rp_utf8_sequence_length(text.data + start, offset - start) == offset - start
               ? start
               : offset - 1;
}

/* Where what is shown before a place begins: some characters before it, but on its line. */
static uint32_t
shown_start(RpText text, uint32_t place)
{
    uint32_t start = place;

    for (int characters = 0; start > 0 && text.data[start - 1] != '\n'; characters++) {
        if (characters == BEFORE_CHARACTERS) {
            break;
        }
        start = character_before(text, start);
    }
    return start;
}

/* The byte order mark is no character of the first line. */
static RpText
without_mark(RpText text)
{
    return rp_text_starts_with(text, RP_TEXT("\xEF\xBB\xBF"))
               ? (RpText){text.data + 3, text.length - 3}
               : text;
}

RpStatus
rp_error_excerpt(RpError *error, RpText text)
{
    Excerpt excerpt = {.length = 0};
    uint32_t place, end, offset, caret;

    if (error->line == 0 || error->column == 0) {
        return error->status;
    }
    text = without_mark(text);
    place = rp_text_offset(text, error->line, error->column);
    end = line_end(text, place);
    end -= end > place && text.data[end - 1] == '\r';
    offset = shown_start(text, place);
    if (offset > 0 && text.data[offset - 1] != '\n') {
        append_ellipsis(&excerpt);
    }
    while (offset < place) {
        offset += append_character(&excerpt, text, offset);
    }
    caret = excerpt.columns;
    for (int characters = 0; offset < end && characters < AFTER_CHARACTERS; characters++) {
        offset += append_character(&excerpt, text, offset);
    }
    if (offset < end) {
        append_ellipsis(&excerpt);
    }
    (void)snprintf(error->excerpt, sizeof error->excerpt, "Line %u:\n%.*s\n%*s^", error->line,
                   (int)excerpt.length, excerpt.text, (int)caret, "");
    return error->status;
}
