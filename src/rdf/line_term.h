/*
 * Terms of N-Triples and N-Quads (RDF 1.1 N-Triples, section 7), scanned in place. A newline stands
 * somewhere behind each place that is scanned, and no token goes over it: so no loop looks for the
 * end of the text. The text is valid UTF-8.
 *
 * Each function returns the place behind its token, or NULL where none is that passes
 * rp_term_check: what is wrong, or whether it is Turtle, the general reader finds out.
 */
#ifndef RP_RDF_LINE_TERM_H
#define RP_RDF_LINE_TERM_H

#include "rdf/term.h"

typedef struct RpLineScan {
    const char *end; /* of the text; a newline is before it */
    bool is_wide;    /* set where a token outside a string has bytes beyond ASCII */
} RpLineScan;

/* The text of an absolute IRI, what follows its < being next. With escapes it is in the buffer. */
const char *rp_line_iri(RpLineScan *scan, const char *next, RpBuffer *buffer, RpText *iri);

/* A blank node's label, its _: being next. */
const char *rp_line_label(RpLineScan *scan, const char *next, RpText *label);

/* A string, what follows its " being next. With escapes it is in the buffer. */
const char *rp_line_string(RpLineScan *scan, const char *next, RpBuffer *buffer, RpText *string);

/* A language tag, what follows its @ being next. */
const char *rp_line_language(const char *next, RpText *tag);

#endif
