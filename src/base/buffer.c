/* The growing byte string. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/ascii.h"
#include "base/utf8.h"

void
rp_buffer_init(RpBuffer *buffer, RpArena *arena)
{
    *buffer = (RpBuffer){.arena = arena};
}

void
rp_buffer_init_limited(RpBuffer *buffer, RpArena *arena, uint32_t limit)
{
    *buffer = (RpBuffer){.arena = arena, .limit = limit};
}

/* Make room for more bytes. False, and has_failed set, when there is none. */
static bool
reserve(RpBuffer *buffer, size_t length)
{
    char *data;

    if (buffer->has_failed) {
        return false;
    }
    if (length > UINT32_MAX - buffer->length) {
        buffer->arena->has_met_limit = true;
        buffer->has_failed = true;
        return false;
    }
    data = rp_arena_grow(buffer->arena, buffer->data, buffer->length,
                         buffer->length + (uint32_t)length, &buffer->capacity, 1);
    if (!data && buffer->length + length > 0) {
        buffer->has_failed = true;
        return false;
    }
    buffer->data = data;
    return true;
}

void
rp_buffer_append(RpBuffer *buffer, const void *data, size_t length)
{
    if (buffer->limit > 0 && length > buffer->limit - buffer->length) {
        length = buffer->limit - buffer->length;
    }
    if (length > 0 && reserve(buffer, length)) {
        memcpy(buffer->data + buffer->length, data, length);
        buffer->length += (uint32_t)length;
    }
}

void
rp_buffer_append_text(RpBuffer *buffer, RpText text)
{
    rp_buffer_append(buffer, text.data, text.length);
}

void
rp_buffer_append_string(RpBuffer *buffer, const char *string)
{
    rp_buffer_append(buffer, string, strlen(string));
}

void
rp_buffer_append_byte(RpBuffer *buffer, char byte)
{
    rp_buffer_append(buffer, &byte, 1);
}

void
rp_buffer_append_format(RpBuffer *buffer, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length <= 0 || !reserve(buffer, (size_t)length + 1)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (uint32_t)length;
    if (buffer->limit > 0 && buffer->length > buffer->limit) {
        buffer->length = buffer->limit;
    }
}

void
rp_buffer_append_count(RpBuffer *buffer, uint64_t count)
{
    char digits[RP_ASCII_COUNT_DIGITS];
    char *end = digits + sizeof(digits);
    char *first = rp_ascii_write_count(count, end);

    rp_buffer_append(buffer, first, (size_t)(end - first));
}

void
rp_buffer_append_code_point(RpBuffer *buffer, uint32_t code_point)
{
    char bytes[4];

    rp_buffer_append(buffer, bytes, rp_utf8_encode(code_point, bytes));
}

RpText
rp_buffer_text(const RpBuffer *buffer)
{
    return (RpText){buffer->data ? buffer->data : "", buffer->length};
}

RpStatus
rp_buffer_status(const RpBuffer *buffer, RpError *error)
{
    return buffer->has_failed ? rp_arena_failure(buffer->arena, error) : RP_OK;
}
