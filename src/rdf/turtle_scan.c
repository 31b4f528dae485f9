/* White space, words, numbers and numeric escapes (RDF 1.1 Turtle, sections 6.1 to 6.5). */
#include "rdf/turtle_scan.h"

#include "base/ascii.h"

uint32_t
rp_turtle_space_end(RpText text, uint32_t offset)
{
    while (true) {
        char byte = rp_text_byte(text, offset);

        if (byte == '#') {
            while (offset < text.length && text.data[offset] != '\n' && text.data[offset] != '\r') {
                offset++;
            }
        } else if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n') {
            offset++;
        } else {
            return offset;
        }
    }
}

bool
rp_turtle_is_keyword(RpText text, uint32_t offset, const char *word)
{
    char next;

    for (; *word != '\0'; word++, offset++) {
        if ((rp_text_byte(text, offset) | 0x20) != *word) {
            return false;
        }
    }
    next = rp_text_byte(text, offset);
    return !rp_turtle_is_label_byte(next) && next != '.' && next != ':';
}

bool
rp_turtle_is_word_iri(RpText text, uint32_t offset, const char *word)
{
    const char *problem;

    for (; *word != '\0'; word++) {
        uint32_t code_point = (unsigned char)rp_text_byte(text, offset);
        uint32_t length = 1;

        if (code_point == '\\') {
            length = rp_text_byte(text, offset + 1) == 'u' ? 6 : 10;
            code_point = rp_turtle_escape_read(text, offset, &problem);
        }
        if ((code_point | 0x20) != (unsigned char)*word) {
            return false;
        }
        offset += length;
    }
    return rp_text_byte(text, offset) == '>';
}

bool
rp_turtle_begins_like_boolean(RpText text)
{
    while (text.length > 0 && text.data[0] == 'x') {
        text = (RpText){text.data + 1, text.length - 1};
    }
    return rp_text_starts_with(text, RP_TEXT("true")) ||
           rp_text_starts_with(text, RP_TEXT("false"));
}

static uint32_t
after_digits(RpText text, uint32_t offset)
{
    while (rp_ascii_is_digit(rp_text_byte(text, offset))) {
        offset++;
    }
    return offset;
}

/* The offset after an exponent, or the given one where there is none. */
static uint32_t
after_exponent(RpText text, uint32_t offset)
{
    uint32_t digits = offset + 1;

    if (rp_text_byte(text, offset) != 'e' && rp_text_byte(text, offset) != 'E') {
        return offset;
    }
    digits += rp_text_byte(text, digits) == '+' || rp_text_byte(text, digits) == '-';
    return rp_ascii_is_digit(rp_text_byte(text, digits)) ? after_digits(text, digits) : offset;
}

uint32_t
rp_turtle_number_end(RpText text, uint32_t offset)
{
    char sign = rp_text_byte(text, offset);
    uint32_t start = offset + (sign == '+' || sign == '-');
    uint32_t end = after_digits(text, start);
    bool has_digits = end > start;

    if (rp_text_byte(text, end) == '.') {
        if (rp_ascii_is_digit(rp_text_byte(text, end + 1))) {
            end = after_digits(text, end + 1);
            has_digits = true;
        } else if (has_digits && after_exponent(text, end + 1) > end + 1) {
            end++;
        }
    }
    return has_digits ? after_exponent(text, end) : offset;
}

uint32_t
rp_turtle_escape_read(RpText text, uint32_t offset, const char **problem)
{
    uint32_t digits = rp_text_byte(text, offset + 1) == 'u' ? 4 : 8;
    uint64_t code_point = 0;

    for (uint32_t i = 0; i < digits; i++) {
        char byte = rp_text_byte(text, offset + 2 + i);
        char lower = (char)(byte | 0x20);

        if (rp_ascii_is_digit(byte)) {
            code_point = code_point << 4 | (uint64_t)(byte - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            code_point = code_point << 4 | (uint64_t)(lower - 'a' + 10);
        } else {
            *problem = "an escape needs 4 (\\u) or 8 (\\U) hexadecimal digits";
            return 0;
        }
    }
    if (code_point == 0 || code_point > 0x10FFFF ||
        (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        *problem = "an escape stands for a character that no text may have";
        return 0;
    }
    return (uint32_t)code_point;
}

uint32_t
rp_turtle_escape_append(RpText text, uint32_t offset, bool is_iri, RpBuffer *buffer,
                        const char **problem)
{
    static const char letters[] = "tbnrf\"'\\";
    static const char meanings[] = "\t\b\n\r\f\"'\\";
    const char *letter;
    char byte = rp_text_byte(text, offset + 1);

    if (byte == 'u' || byte == 'U') {
        uint32_t code_point = rp_turtle_escape_read(text, offset, problem);

        if (code_point == 0) {
            return 0;
        }
        rp_buffer_append_code_point(buffer, code_point);
        return byte == 'u' ? 6 : 10;
    }
    letter = byte == '\0' || is_iri ? NULL : strchr(letters, byte);
    if (!letter) {
        *problem = "there is no such escape";
        return 0;
    }
    rp_buffer_append_byte(buffer, meanings[letter - letters]);
    return 2;
}
