/* UTF-8 by RFC 3629, section 4 (the table of well-formed byte sequences), and XML's name
 * characters. */
#include "base/utf8.h"

static bool
is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

uint32_t
rp_utf8_sequence_length(const char *data, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)data;

    if (length == 0) {
        return 0;
    }
    if (bytes[0] < 0x80) {
        return 1;
    }
    if (bytes[0] < 0xC2 || length < 2 || !is_continuation(bytes[1])) {
        return 0;
    }
    if (bytes[0] < 0xE0) {
        return 2;
    }
    if (length < 3 || !is_continuation(bytes[2])) {
        return 0;
    }
    if (bytes[0] < 0xF0) {
        bool is_overlong = bytes[0] == 0xE0 && bytes[1] < 0xA0;
        bool is_surrogate = bytes[0] == 0xED && bytes[1] >= 0xA0;

        return is_overlong || is_surrogate ? 0 : 3;
    }
    if (length < 4 || !is_continuation(bytes[3]) || bytes[0] > 0xF4 ||
        (bytes[0] == 0xF0 && bytes[1] < 0x90) || (bytes[0] == 0xF4 && bytes[1] >= 0x90)) {
        return 0;
    }
    return 4;
}

uint32_t
rp_utf8_decode(const char *data, uint32_t *length)
{
    const unsigned char *bytes = (const unsigned char *)data;

    if (bytes[0] < 0x80) {
        *length = 1;
        return bytes[0];
    }
    if (bytes[0] < 0xE0) {
        *length = 2;
        return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    }
    if (bytes[0] < 0xF0) {
        *length = 3;
        return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    }
    *length = 4;
    return (bytes[0] & 0x07u) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 |
           (bytes[3] & 0x3Fu);
}

uint32_t
rp_utf8_encode(uint32_t code_point, char *out)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

/* Bytes of ASCII at the start of data, counted 32 at a time, then eight at a time. */
static uint32_t
ascii_prefix(const char *data, uint32_t length)
{
    uint32_t offset = 0;

    for (; length - offset >= 32; offset += 32) {
        uint64_t words[4];

        memcpy(words, data + offset, sizeof(words));
        if ((words[0] | words[1] | words[2] | words[3]) & UINT64_C(0x8080808080808080)) {
            break;
        }
    }
    for (; length - offset >= 8; offset += 8) {
        uint64_t word;

        memcpy(&word, data + offset, sizeof(word));
        if (word & UINT64_C(0x8080808080808080)) {
            break;
        }
    }
    while (offset < length && (unsigned char)data[offset] < 0x80) {
        offset++;
    }
    return offset;
}

uint32_t
rp_utf8_valid_prefix(RpText text)
{
    uint32_t offset = 0;

    while (offset < text.length) {
        uint32_t length;

        offset += ascii_prefix(text.data + offset, text.length - offset);
        if (offset == text.length) {
            break;
        }
        length = rp_utf8_sequence_length(text.data + offset, text.length - offset);
        if (length == 0) {
            break;
        }
        offset += length;
    }
    return offset;
}

uint64_t
rp_utf8_count(RpText text)
{
    uint64_t count = text.length;
    uint32_t offset = 0;

    while (true) {
        offset += text.length > offset ? ascii_prefix(text.data + offset, text.length - offset) : 0;
        if (offset == text.length) {
            return count;
        }
        count -= is_continuation((unsigned char)text.data[offset]);
        offset++;
    }
}

typedef struct CodePointRange {
    uint32_t first;
    uint32_t last;
} CodePointRange;

static bool
is_in_ranges(uint32_t code_point, const CodePointRange *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code_point <= ranges[i].last) {
            return code_point >= ranges[i].first;
        }
    }
    return false;
}

bool
rp_utf8_is_name_start(uint32_t code_point)
{
    static const CodePointRange ranges[] = {
        {':', ':'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
        {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
        {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
        {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
    };

    return is_in_ranges(code_point, ranges, sizeof(ranges) / sizeof(ranges[0]));
}

bool
rp_utf8_is_name_char(uint32_t code_point)
{
    static const CodePointRange ranges[] = {
        {'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040},
    };

    return rp_utf8_is_name_start(code_point) ||
           is_in_ranges(code_point, ranges, sizeof(ranges) / sizeof(ranges[0]));
}
