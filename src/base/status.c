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
    error->rule[0] = '\0';
    va_start(arguments, format);
    print_field(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
    return status;
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

/* Write one character of user data in a form that is safe to print; returns the bytes written. */
static size_t
show_character(const char *data, uint32_t length, char *out)
{
    unsigned char byte = (unsigned char)data[0];

    if (length == 0) {
        return (size_t)snprintf(out, 7, "\\x%02X", byte);
    }
    if (length == 1 && (byte < 0x20 || byte == 0x7F)) {
        return (size_t)snprintf(out, 7, "\\u%04X", byte);
    }
    memcpy(out, data, length);
    return length;
}

const char *
rp_text_show(RpText text, RpShown *shown)
{
    uint32_t offset = 0;
    size_t used = 0;

    for (int characters = 0; offset < text.length && characters < RP_ERROR_VALUE_LENGTH;
         characters++) {
        uint32_t length =
            rp_utf8_sequence_length(text.data + offset, (size_t)(text.length - offset));

        used += show_character(text.data + offset, length, shown->text + used);
        offset += length ? length : 1;
    }
    if (offset < text.length) {
        memcpy(shown->text + used, "…", sizeof("…") - 1);
        used += sizeof("…") - 1;
    }
    shown->text[used] = '\0';
    return shown->text;
}
