/* The line of a text that an error is about, with a caret below the place. */
#ifndef RP_BASE_EXCERPT_H
#define RP_BASE_EXCERPT_H

#include "base/status.h"

/*
 * The offset of a line and column, as RpError has them: lines end in a line feed, columns count
 * characters, a byte that begins none being one. Beyond the line's end: its end.
 */
uint32_t rp_text_offset(RpText text, uint32_t line, uint32_t column);

/*
 * Show the line in an error that has a line and a column (error->excerpt). Of a long
 * line what is near; characters that would change how the rest is shown are written as \uXXXX, and
 * the caret stands below the right one also behind characters that are two columns wide or none.
 * Returns the error's status.
 */
RpStatus rp_error_excerpt(RpError *error, RpText text);

#endif
