/* Filling an RpError, and showing user data in messages. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

/* Print into a field of an error; what does not fit is cut at the end of a character. */
static void
print_field(char *field, size_t size, const char *format, va_list arguments)
{
    int length = vsnprintf(field, size, format, arguments);

    if (length >= 0 && (size_t)length >= size) {
        size_t end = size - 1;
        size_t start = end;

        while (start > 0 && end - start < 3 && ((unsigned char)field[start - 1] & 0xC0) == 0x80) {
            start--;
        }
        if (start > 0 && ((unsigned char)field[start - 1] & 0xC0) == 0xC0) {
            start--;
            if (rp_utf8_sequence_length(field + start, end - start) == 0) {
                field[start] = '\0';
            }
        }
    }
}

RpStatus
rp_error_set(RpError *error, RpStatus status, const char *format, ...)
{
    va_list arguments;

    error->status = status;
    error->line = 0;
    error->column = 0;
    error->detail[0] = '\0';
    error->hint[0] = '\0';
    error->excerpt[0] = '\0';
    error->rule[0] = '\0';
    va_start(arguments, format);
    print_field(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
    return status;
}

/* Print a message anew, and leave the rest of the error. */
static void RP_PRINTF(2, 3) print_message(RpError *error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_field(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
}

RpStatus
rp_error_prefix(RpError *error, const char *prefix)
{
    char message[RP_ERROR_MESSAGE_SIZE];

    memcpy(message, error->message, sizeof message);
    print_message(error, "%s%s", prefix, message);
    return error->status;
}

RpStatus
rp_error_detail(RpError *error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_field(error->detail, sizeof(error->detail), format, arguments);
    va_end(arguments);
    return error->status;
}

RpStatus
rp_error_hint(RpError *error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_field(error->hint, sizeof(error->hint), format, arguments);
    va_end(arguments);
    return error->status;
}

/* C0 and C1 controls, line separators, and what sets the direction of writing. */
static bool
is_hidden(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) ||
           code_point == 0x061C || (code_point >= 0x200E && code_point <= 0x200F) ||
           (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0xFEFF;
}

size_t
rp_character_show(const char *data, uint32_t length, char *out)
{
    char escape[RP_SHOWN_CHARACTER_SIZE + 1];
    uint32_t ignored;

    if (length == 0) {
        (void)snprintf(escape, sizeof escape, "\\x%02X", (unsigned char)data[0]);
    } else if (is_hidden(rp_utf8_decode(data, &ignored))) {
        (void)snprintf(escape, sizeof escape, "\\u%04X",
                       (unsigned)(rp_utf8_decode(data, &ignored) & 0xFFFF));
    } else {
        memcpy(out, data, length);
        return length;
    }
    memcpy(out, escape, strlen(escape));
    return strlen(escape);
}

const char *
rp_text_show(RpText text, RpShown *shown)
{
    uint32_t offset = 0;
    size_t used = 0;

    for (int characters = 0; offset < text.length && characters < RP_ERROR_VALUE_LENGTH;
         characters++) {
        uint32_t length = 1;

        if (text.data[offset] >= ' ' && text.data[offset] <= '~') { /* nearly all of nearly all */
            shown->text[used++] = text.data[offset];
        } else {
            length = rp_utf8_sequence_length(text.data + offset, (size_t)(text.length - offset));
            used += rp_character_show(text.data + offset, length, shown->text + used);
        }
        offset += length ? length : 1;
    }
    if (offset < text.length) {
        memcpy(shown->text + used, "…", sizeof("…") - 1);
        used += sizeof("…") - 1;
    }
    shown->text[used] = '\0';
    return shown->text;
}
