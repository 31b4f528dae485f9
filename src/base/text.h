/*
 * A view of bytes: a pointer and a length, never owned, not NUL-terminated. Text is UTF-8 wherever
 * a comment does not say otherwise.
 */
#ifndef RP_BASE_TEXT_H
#define RP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct RpText {
    const char *data; /* may be NULL when length is 0 */
    uint32_t length;  /* bytes */
} RpText;

/* A view of a string literal. */
#define RP_TEXT(literal) ((RpText){(literal), (uint32_t)(sizeof(literal) - 1)})

/* A view of a NUL-terminated string. */
static inline RpText
rp_text_from(const char *string)
{
    return (RpText){string, (uint32_t)strlen(string)};
}

static inline bool
rp_text_equals(RpText a, RpText b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Byte order, which for UTF-8 is code point order: negative, zero or positive. */
static inline int
rp_text_compare(RpText a, RpText b)
{
    uint32_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.data, b.data, common) : 0;

    return order ? order : (a.length > b.length) - (a.length < b.length);
}

static inline bool
rp_text_starts_with(RpText text, RpText prefix)
{
    return text.length >= prefix.length &&
           (prefix.length == 0 || memcmp(text.data, prefix.data, prefix.length) == 0);
}

#endif
