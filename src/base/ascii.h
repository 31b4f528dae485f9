/* Classes of ASCII bytes, whatever the locale. Bytes of longer UTF-8 sequences are in none. */
#ifndef RP_BASE_ASCII_H
#define RP_BASE_ASCII_H

#include "base/text.h"

static inline bool
rp_ascii_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool
rp_ascii_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static inline bool
rp_ascii_is_hexadecimal(char byte)
{
    return rp_ascii_is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

static inline char
rp_ascii_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static inline char
rp_ascii_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - ('a' - 'A')) : byte;
}

enum { RP_ASCII_COUNT_DIGITS = 20 /* of a 64-bit number, at most */ };

/* Write a number in decimal digits, of which the last stands before end. Returns the first. */
static inline char *
rp_ascii_write_count(uint64_t count, char *end)
{
    do {
        *--end = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    return end;
}

/* Whether a text is a word, whatever the case of the letters of either. */
static inline bool
rp_ascii_is_word(RpText text, const char *word)
{
    for (uint32_t i = 0; i < text.length; i++) { /* a text may have a NUL */
        if (word[i] == '\0' || rp_ascii_lower(text.data[i]) != rp_ascii_lower(word[i])) {
            return false;
        }
    }
    return word[text.length] == '\0';
}

#endif
