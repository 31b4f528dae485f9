/* Pieces of Turtle's grammar that a text is searched for in place: bytes of tokens, numbers and
 * numeric escapes. */
#ifndef RP_RDF_TURTLE_SCAN_H
#define RP_RDF_TURTLE_SCAN_H

#include "base/ascii.h"
#include "base/buffer.h"

/* The byte at an offset, NUL at the end and beyond. */
static inline char
rp_text_byte(RpText text, uint32_t offset)
{
    return offset < text.length ? text.data[offset] : '\0';
}

/* White space, and the punctuation that never ends a name or number. */
static inline bool
rp_turtle_is_plain(char byte)
{
    return byte == ' ' || byte == '\n' || byte == ';' || byte == ',' || byte == '\t' ||
           byte == '\r';
}

/* Bytes of names and labels; beyond ASCII libserd decides about the character. */
static inline bool
rp_turtle_is_label_byte(char byte)
{
    return (unsigned char)byte >= 0x80 || rp_ascii_is_letter(byte) || rp_ascii_is_digit(byte) ||
           byte == '_' || byte == '-';
}

/* A byte that an IRI holds as it is (IRIREF of Turtle's grammar). */
static inline bool
rp_turtle_is_iri_byte(char byte)
{
    switch (byte) {
    case '<':
    case '>':
    case '"':
    case '{':
    case '}':
    case '|':
    case '^':
    case '`':
    case '\\':
        return false;
    default:
        return (unsigned char)byte > 0x20;
    }
}

/* A byte that a string of one line holds as it is. */
static inline bool
rp_turtle_is_string_byte(char byte, char quote)
{
    return byte != quote && byte != '\\' && byte != '\n' && byte != '\r';
}

/* The offset after the white space and comments that start at an offset. */
uint32_t rp_turtle_space_end(RpText text, uint32_t offset);

/* Whether a word of small letters, in whatever case, and no more of a name stands at an offset. */
bool rp_turtle_is_keyword(RpText text, uint32_t offset, const char *word);

/* Whether the IRIREF whose first byte after the < is at an offset is a word of small letters, in
 * whatever case, written with escapes or without. */
bool rp_turtle_is_word_iri(RpText text, uint32_t offset, const char *word);

/* Whether it is base, graph or prefix, which libserd takes for a keyword. */
static inline bool
rp_turtle_is_keyword_iri(RpText text, uint32_t offset)
{
    switch (rp_text_byte(text, offset)) {
    case 'b':
    case 'B':
    case 'g':
    case 'G':
    case 'p':
    case 'P':
    case '\\':
        return rp_turtle_is_word_iri(text, offset, "base") ||
               rp_turtle_is_word_iri(text, offset, "graph") ||
               rp_turtle_is_word_iri(text, offset, "prefix");
    default:
        return false;
    }
}

/* Whether a text begins with true or false, any number of x's being before it. */
bool rp_turtle_begins_like_boolean(RpText text);

/* The offset after the INTEGER, DECIMAL or DOUBLE that starts at an offset; the offset itself:
 * there is none. */
uint32_t rp_turtle_number_end(RpText text, uint32_t offset);

/*
 * The code point that the numeric escape (\uXXXX or \UXXXXXXXX) at an offset stands for. 0, and a
 * message in *problem: it is not well formed, or stands for NUL, a surrogate or nothing.
 */
uint32_t rp_turtle_escape_read(RpText text, uint32_t offset, const char **problem);

/* Append what the escape at an offset stands for; of an IRI's only the numeric ones are. Returns
 * its length. 0, and a message in *problem: it is none. */
uint32_t rp_turtle_escape_append(RpText text, uint32_t offset, bool is_iri, RpBuffer *buffer,
                                 const char **problem);

#endif
