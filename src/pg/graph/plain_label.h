/*
 * Labels of blank nodes as other stores have them in columns of plain text, where any text may
 * stand: one that Turtle's BLANK_NODE_LABEL has not (Jena's -7f3a:15c:-8000) is read as its bytes,
 * bytes-_2D7f3a_3A15c_3A_2D8000, by which it can be written and asked for.
 */
#ifndef RP_PG_PLAIN_LABEL_H
#define RP_PG_PLAIN_LABEL_H

#include "base/arena.h"
#include "base/status.h"

/* The label of a column's text. Different texts have different labels; most are their own. In the
 * arena where it is another. RP_SYNTAX for an empty one; RP_OUT_OF_MEMORY. */
RpStatus rp_plain_label_read(RpText text, RpArena *arena, RpText *label, RpError *error);

/* The column's text of a label; in the current memory context where it is another. */
RpText rp_plain_label_text(RpText label);

#endif
