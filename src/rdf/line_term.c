/* See line_term.h. */
#include "rdf/line_term.h"

#include "rdf/turtle_scan.h"

/* What a byte may be part of; those beyond ASCII are looked at apart, but for strings. */
enum { IN_IRI = 1, IN_STRING = 2, IN_LABEL = 4, IN_LANGUAGE = 8 };

#define IS_ALPHANUMERIC(byte)                                                \
    (((byte) >= 'a' && (byte) <= 'z') || ((byte) >= 'A' && (byte) <= 'Z') || \
     ((byte) >= '0' && (byte) <= '9'))
#define IS_IRI(byte)                                                                      \
    ((byte) > ' ' && (byte) < 0x7F && (byte) != '<' && (byte) != '>' && (byte) != '"' &&  \
     (byte) != '{' && (byte) != '}' && (byte) != '|' && (byte) != '^' && (byte) != '`' && \
     (byte) != '\\' && (byte) != '%')
#define IS_STRING(byte) ((byte) != '"' && (byte) != '\\' && (byte) != '\n' && (byte) != '\r')
#define IS_LANGUAGE(byte) (IS_ALPHANUMERIC(byte) || (byte) == '-')
#define IS_LABEL(byte) (IS_LANGUAGE(byte) || (byte) == '_' || (byte) == '.')

#define CLASSES(byte)                                                                  \
    (IS_IRI(byte) * IN_IRI | IS_STRING(byte) * IN_STRING | IS_LABEL(byte) * IN_LABEL | \
     IS_LANGUAGE(byte) * IN_LANGUAGE)
#define CLASSES_4(byte) CLASSES(byte), CLASSES(byte + 1), CLASSES(byte + 2), CLASSES(byte + 3)
#define CLASSES_16(byte) \
    CLASSES_4(byte), CLASSES_4(byte + 4), CLASSES_4(byte + 8), CLASSES_4(byte + 12)
#define CLASSES_64(byte) \
    CLASSES_16(byte), CLASSES_16(byte + 16), CLASSES_16(byte + 32), CLASSES_16(byte + 48)

static const uint8_t classes[256] = {CLASSES_64(0), CLASSES_64(64), CLASSES_64(128),
                                     CLASSES_64(192)};

/* The place of the first byte that is of no such class. */
static inline const char *
pass(const char *next, uint8_t class)
{
    while (classes[(unsigned char)*next] & class) {
        next++;
    }
    return next;
}

static inline RpText
text_between(const char *start, const char *end)
{
    return (RpText){start, (uint32_t)(end - start)};
}

/* The rest of a token from its first escape on, whose beginning is copied: up to a closing byte. */
static const char *
unescape(const RpLineScan *scan, const char *start, const char *next, bool is_iri, RpBuffer *buffer)
{
    char close = is_iri ? '>' : '"';

    buffer->length = 0;
    rp_buffer_append(buffer, start, (size_t)(next - start));
    while (*next != close) {
        const char *piece = next;
        const char *problem;
        RpError error;

        if (rp_arena_poll(buffer->arena, &error) != RP_OK) {
            return NULL; /* the general reader asks again */
        }
        if (*next == '\\') {
            uint32_t length =
                rp_turtle_escape_append(text_between(next, scan->end), 0, is_iri, buffer, &problem);

            if (length == 0) {
                return NULL;
            }
            next += length;
            continue;
        }
        while (is_iri ? rp_turtle_is_iri_byte(*next) : rp_turtle_is_string_byte(*next, close)) {
            next++;
        }
        if (*next != close && *next != '\\') {
            return NULL;
        }
        rp_buffer_append(buffer, piece, (size_t)(next - piece));
    }
    return buffer->has_failed ? NULL : next;
}

/* An IRI that has a byte which is no plain one. */
static RP_NOINLINE const char *
odd_iri(RpLineScan *scan, const char *start, const char *next, RpBuffer *buffer, RpText *iri)
{
    RpError error;

    scan->is_wide = true;
    while (rp_turtle_is_iri_byte(*next)) {
        next++;
    }
    *iri = text_between(start, next);
    if (*next == '\\') {
        next = unescape(scan, start, next, true, buffer);
        *iri = rp_buffer_text(buffer);
    }
    return next && *next == '>' && rp_iri_check(*iri, &error) == RP_OK ? next + 1 : NULL;
}

const char *
rp_line_iri(RpLineScan *scan, const char *next, RpBuffer *buffer, RpText *iri)
{
    const char *start = next;

    next = pass(next, IN_IRI);
    if (*next != '>') {
        return odd_iri(scan, start, next, buffer, iri);
    }
    *iri = text_between(start, next);
    return rp_iri_is_absolute(*iri) ? next + 1 : NULL;
}

/* The end of a label: dots behind it are none of it. */
static const char *
before_dots(const char *start, const char *next)
{
    while (next > start && next[-1] == '.') {
        next--;
    }
    return next;
}

/* A label that has a character beyond ASCII. */
static RP_NOINLINE const char *
wide_label(RpLineScan *scan, const char *start, const char *next, RpText *label)
{
    RpError error;
    RpTerm term;

    scan->is_wide = true;
    while (rp_turtle_is_label_byte(*next) || *next == '.') {
        next++;
    }
    next = before_dots(start, next);
    *label = text_between(start, next);
    term = rp_term_blank(*label);
    return rp_term_check(&term, &error) == RP_OK ? next : NULL;
}

const char *
rp_line_label(RpLineScan *scan, const char *next, RpText *label)
{
    const char *start = next + 2;

    if (next[0] != '_' || next[1] != ':') {
        return NULL;
    }
    next = pass(start, IN_LABEL);
    if ((unsigned char)*next >= 0x80) {
        return wide_label(scan, start, next, label);
    }
    next = before_dots(start, next);
    *label = text_between(start, next);
    return label->length > 0 && *start != '-' && *start != '.' ? next : NULL;
}

const char *
rp_line_string(RpLineScan *scan, const char *next, RpBuffer *buffer, RpText *string)
{
    const char *start = next;

    next = pass(next, IN_STRING);
    *string = text_between(start, next);
    if (*next == '\\') {
        next = unescape(scan, start, next, false, buffer);
        *string = rp_buffer_text(buffer);
    }
    return next && *next == '"' ? next + 1 : NULL;
}

const char *
rp_line_language(const char *next, RpText *tag)
{
    const char *start = next;
    RpTerm term;
    RpError error;

    next = pass(next, IN_LANGUAGE);
    *tag = text_between(start, next);
    term = rp_term_lang_literal(RP_TEXT(""), *tag);
    return tag->length > 0 && rp_term_check(&term, &error) == RP_OK ? next : NULL;
}
