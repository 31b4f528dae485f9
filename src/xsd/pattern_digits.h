/* Numbers in programs: digits of six bits, '@' and what follows it in ASCII, the highest first. */
#ifndef RP_XSD_PATTERN_DIGITS_H
#define RP_XSD_PATTERN_DIGITS_H

#include "base/buffer.h"

static inline void
rp_pattern_append_number(RpBuffer *buffer, uint32_t number, uint32_t digits)
{
    char text[5]; /* 30 bits */

    for (uint32_t i = digits; i-- > 0; number >>= 6) {
        text[i] = (char)('@' + (number & 63));
    }
    rp_buffer_append(buffer, text, digits);
}

/* What is no digit makes the number larger than any that up to four digits have. */
static inline uint32_t
rp_pattern_read_number(const char *text, uint32_t digits)
{
    uint32_t number = 0;

    for (uint32_t i = 0; i < digits; i++) {
        number = number << 6 | (uint32_t)(text[i] - '@');
    }
    return number;
}

#endif
