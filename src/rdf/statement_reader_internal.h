/*
 * What the files that read statements of Turtle in place share. Not for others: they see
 * statement_reader.h.
 */
#ifndef RP_RDF_STATEMENT_READER_INTERNAL_H
#define RP_RDF_STATEMENT_READER_INTERNAL_H

#include "base/ascii.h"
#include "rdf/line_term.h"
#include "rdf/line_reader.h"

enum { RP_STATEMENT_NAME_PLACES = 32 /* a power of two */ };

/* A prefixed name that was met lately. */
typedef struct RpKnownName {
    RpText written; /* in the text; empty: none */
    RpTerm term;
    RpBuffer iri;
    uint32_t statement; /* the last one that had it: its triples point here until they are told */
} RpKnownName;

/* A triple of a statement that is not told of yet. */
typedef struct RpPendingTriple {
    RpTerm subject;
    RpTerm predicate;
    RpTerm object;
    const char *start; /* of the object */
    bool is_named;     /* its subject is the statement's */
} RpPendingTriple;

typedef struct RpStatementReader {
    RpLineScan scan;
    RpTurtleSource *source;
    RpTurtleNames *names;
    const struct RpStatementSink *sink;
    uint32_t *mark_count;
    RpError *error;
    RpStatus status;      /* of the sink, the host or memory */
    const char *text;     /* what is read: the document, or a copy of it with a newline */
    uint32_t text_offset; /* of the text in the document */

    RpKnownName names_met[RP_STATEMENT_NAME_PLACES];
    RpBuffer room;
    char *texts;
    uint32_t texts_used;
    uint32_t texts_size;
    RpPendingTriple *triples;
    uint32_t triple_count;
    uint32_t triple_capacity;
    uint32_t statement; /* number of the one that is read, from 1 */
    uint32_t depth;
    bool has_turtle; /* the statement has what N-Quads lacks */
} RpStatementReader;

static inline bool
rp_statement_is_name_byte(char byte)
{
    return rp_ascii_is_letter(byte) || rp_ascii_is_digit(byte) || byte == '_' || byte == '-';
}

/* Whether a token that ends in no bracket of its own ends before a byte. */
static inline bool
rp_statement_token_ends(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == ';' ||
           byte == ',' || byte == '.' || byte == ')' || byte == ']' || byte == '#';
}

/*
 * statement_term.c: read a term from next on. Each gives what is behind it, or NULL: it is another,
 * or is written otherwise than most are, and the general reader goes on. Texts last as long as the
 * statement.
 */
/* An IRI, a prefixed name or a blank node with a label. */
const char *rp_statement_resource(RpStatementReader *reader, const char *next, RpTerm *term);
const char *rp_statement_predicate(RpStatementReader *reader, const char *next, RpTerm *term);
/* A string, with its language or datatype. */
const char *rp_statement_literal(RpStatementReader *reader, const char *next, RpTerm *term);
/* An integer or a decimal. */
const char *rp_statement_number(RpStatementReader *reader, const char *next, RpTerm *term);
const char *rp_statement_boolean(RpStatementReader *reader, const char *next, RpTerm *term);
/* A node without a label. False: as NULL. */
bool rp_statement_blank(RpStatementReader *reader, RpTerm *term);

#endif
