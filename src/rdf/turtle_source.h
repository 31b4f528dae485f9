/*
 * What runs ahead of libserd: it cuts a Turtle text into tokens, far enough to know strings, IRIs,
 * names and comments, and hands it on byte by byte.
 *
 *  - It mends what libserd 0.30 misreads: a space goes before a dot that follows a number or name
 *    and is no part of it, a raw quote inside a long string becomes \", white space and comments
 *    before a language tag and around ^^ stay back, an x goes before a prefix that begins with true
 *    or false (or with x's and that, so that none becomes another's), ./ goes before an IRI that is
 *    base, prefix or graph, and a newline follows the last byte.
 *  - It puts a u before every written blank node label, so that none is like the labels that
 * libserd makes up (a b and a number) and libserd renames none. The reader takes the u away.
 *  - It refuses what libserd lets through: invalid UTF-8, NUL, escapes for NUL and for surrogates,
 *    a statement that is [] alone, @ before other words than prefix and base, and characters that
 *    start no Turtle token, which libserd may take for TriG or N3.
 *  - It bounds what libserd does not: nesting of [ and (, since libserd recurses.
 *  - It knows the place in the original text. libserd is given one byte at a time, so the byte that
 * was handed out last is the one that libserd looks at; positions that libserd itself reports are
 * those of the mended text.
 */
#ifndef RP_RDF_TURTLE_SOURCE_H
#define RP_RDF_TURTLE_SOURCE_H

#include "rdf/turtle_reader.h"

typedef enum RpTurtleState {
    RP_TURTLE_START,   /* the document has yet to be checked */
    RP_TURTLE_BETWEEN, /* between tokens */
    RP_TURTLE_COMMENT,
    RP_TURTLE_KEYWORD_IRI, /* after < of one that libserd takes for a keyword */
    RP_TURTLE_IRI,
    RP_TURTLE_NAME,        /* a prefixed name or a keyword */
    RP_TURTLE_START_LABEL, /* after _: of a blank node label */
    RP_TURTLE_LABEL,
    RP_TURTLE_AFTER_NUMBER,
    RP_TURTLE_STRING,
    RP_TURTLE_LONG_STRING,
    RP_TURTLE_AFTER_STRING, /* its language tag or ^^ may follow */
    RP_TURTLE_AFTER_CARETS
} RpTurtleState;

/* What the tokens since the last statement are. */
typedef enum RpTurtleStatement {
    RP_TURTLE_NO_TOKEN,
    RP_TURTLE_PREFIX_WORD, /* PREFIX without @: a name and an IRI end it */
    RP_TURTLE_BASE_WORD,   /* BASE, or PREFIX and a name: an IRI ends it */
    RP_TURTLE_BRACKET,     /* [ */
    RP_TURTLE_ANON,        /* [] */
    RP_TURTLE_MORE
} RpTurtleStatement;

typedef struct RpTurtleSource {
    RpArena *arena; /* for polls */
    RpText document;
    uint32_t offset;     /* next byte of the document */
    uint32_t span_end;   /* bytes up to here go out as they are */
    uint32_t term_start; /* where the last term, [ or ( begins */
    uint32_t depth;
    uint32_t depth_limit;
    RpTurtleState state;
    RpTurtleStatement statement;
    char quote;            /* of the string that is being read */
    const char *inserted;  /* bytes to hand out before the document's next; static */
    bool is_datatype_next; /* ^^ has just been read */
    bool has_ended;        /* the closing newline has been handed out */
    RpStatus status;       /* not RP_OK: nothing more is handed out; set by the reader too */
    RpError *error;        /* filled with status; the first error holds */
    /* Where RpPosition was asked for last, since counting lines from the start each time would be
     * quadratic. */
    uint32_t counted_offset;
    RpPosition counted;
} RpTurtleSource;

/* Set up. The document is checked for UTF-8 and NUL at the first read. */
void rp_turtle_source_init(RpTurtleSource *source, RpArena *arena, RpText document,
                           uint32_t depth_limit, RpError *error);

/*
 * Hand out the next byte: the form of serd's SerdSource, and of fread. source is an RpTurtleSource;
 * size and count are 1. Returns 0 at the end, and from an error on.
 */
size_t rp_turtle_source_read(void *byte, size_t size, size_t count, void *source);

/* A prefix, as libserd has it, as the document has it. */
RpText rp_turtle_source_prefix(RpText prefix);

/* serd's SerdStreamErrorFunc. */
int rp_turtle_source_has_failed(void *source);

/* The place of an offset in the document. */
RpPosition rp_turtle_source_position(RpTurtleSource *source, uint32_t offset);

/* The offset of the byte that was handed out last, which is the one that libserd looks at. */
uint32_t rp_turtle_source_head(const RpTurtleSource *source);

/*
 * Stop, with an error that has been filled, at an offset. The first stop holds: returns its status.
 * Gives the error a place when it is about the text.
 */
RpStatus rp_turtle_source_stop(RpTurtleSource *source, RpStatus status, uint32_t offset);

/* The same for a syntax error. Returns false. */
bool rp_turtle_source_refuse(RpTurtleSource *source, uint32_t offset, const char *what);

#endif
