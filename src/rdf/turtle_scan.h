/* Pieces of Turtle's grammar that a text is searched for in place: numbers and numeric escapes. */
#ifndef RP_RDF_TURTLE_SCAN_H
#define RP_RDF_TURTLE_SCAN_H

#include "base/text.h"

/* The byte at an offset, NUL at the end and beyond. */
static inline char
rp_text_byte(RpText text, uint32_t offset)
{
    return offset < text.length ? text.data[offset] : '\0';
}

/* The offset after the INTEGER, DECIMAL or DOUBLE that starts at an offset; the offset itself:
 * there is none. */
uint32_t rp_turtle_number_end(RpText text, uint32_t offset);

/*
 * The code point that the numeric escape (\uXXXX or \UXXXXXXXX) at an offset stands for. 0, and a
 * message in *problem: it is not well formed, or stands for NUL, a surrogate or nothing.
 */
uint32_t rp_turtle_escape_read(RpText text, uint32_t offset, const char **problem);

#endif
