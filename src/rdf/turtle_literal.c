/* Literals as they are written (Turtle 6.4, 6.5: STRING_LITERAL_…, ECHAR, UCHAR). */
#include "rdf/turtle_literal.h"

#include "base/ascii.h"
#include "base/excerpt.h"
#include "base/utf8.h"
#include "rdf/turtle_scan.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* The bytes of a string's opening quotes at an offset; 0: no string starts there. */
static uint32_t
quotes_length(RpText document, uint32_t at)
{
    char quote = rp_text_byte(document, at);

    if (quote != '"' && quote != '\'') {
        return 0;
    }
    return rp_text_byte(document, at + 1) == quote && rp_text_byte(document, at + 2) == quote ? 3
                                                                                              : 1;
}

/* The bytes of an escape at an offset; *value_length: of what it stands for. */
static uint32_t
escape_length(RpText document, uint32_t at, uint32_t *value_length)
{
    char letter = rp_text_byte(document, at + 1);
    uint32_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    uint32_t value = 0;
    char utf8[4];

    for (uint32_t i = 0; i < digits; i++) {
        char digit = rp_ascii_lower(rp_text_byte(document, at + 2 + i));

        value = value * 16 + (uint32_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    *value_length = digits == 0 ? 1 : rp_utf8_encode(value, utf8);
    return digits + 2;
}

/* The place of an offset that lies behind a known place. */
static RpPosition
place_behind(RpText document, uint32_t from, RpPosition start, uint32_t offset)
{
    RpPosition place = start;

    for (uint32_t i = from; i < offset && i < document.length; i++) {
        if (document.data[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)document.data[i] & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

RpPosition
rp_turtle_literal_place(RpText document, RpPosition start, uint32_t offset)
{
    uint32_t first, at;

    if (rp_text_starts_with(document, RP_TEXT(BYTE_ORDER_MARK))) {
        document = (RpText){document.data + 3, document.length - 3};
    }
    first = rp_text_offset(document, start.line, start.column);
    at = first + quotes_length(document, first);
    if (at == first) {
        return start;
    }
    for (uint32_t passed = 0; passed < offset && at < document.length;) {
        uint32_t value_length = 1;

        at += document.data[at] == '\\' ? escape_length(document, at, &value_length) : 1;
        passed += value_length;
    }
    return place_behind(document, first, start, at);
}
