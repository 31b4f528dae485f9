/* UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing beyond U+10FFFF. */
#ifndef RP_BASE_UTF8_H
#define RP_BASE_UTF8_H

#include "base/text.h"

enum { RP_UTF8_LONGEST = 4 /* bytes of a character, at most */ };

/* Bytes of the well-formed sequence at data (1 to 4), or 0 where there is none within length. */
uint32_t rp_utf8_sequence_length(const char *data, size_t length);

/* The code point of a well-formed sequence; sets *length to its bytes. */
uint32_t rp_utf8_decode(const char *data, uint32_t *length);

/* Writes 1 to 4 bytes; returns how many. The code point must be a scalar value. */
uint32_t rp_utf8_encode(uint32_t code_point, char *out);

/* Length of the longest well-formed prefix in bytes: text.length when all is well. */
uint32_t rp_utf8_valid_prefix(RpText text);

/* Characters in well-formed text. */
uint64_t rp_utf8_count(RpText text);

/* A character that XML 1.0 (5th edition) allows at the start of a Name, or later in one (\i and
 * \c). */
bool rp_utf8_is_name_start(uint32_t code_point);
bool rp_utf8_is_name_char(uint32_t code_point);

#endif
