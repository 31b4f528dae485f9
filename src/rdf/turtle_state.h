/* A Turtle document on its way to libserd: how far it has come, and the place of an error. */
#ifndef RP_RDF_TURTLE_STATE_H
#define RP_RDF_TURTLE_STATE_H

#include "rdf/turtle.h"

typedef enum RpTurtleState {
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
    RP_TURTLE_GRAPH_WORD,  /* GRAPH, which libserd does not get */
    RP_TURTLE_GRAPH_BRACKET,
    RP_TURTLE_GRAPH_NAME, /* GRAPH and a name: { must follow */
    RP_TURTLE_MORE
} RpTurtleStatement;

typedef struct RpTurtleSource {
    RpArena *arena; /* for polls */
    RpText document;
    uint32_t offset;          /* next byte of the document */
    uint32_t checked_end;     /* of what is known to be UTF-8 without NUL */
    uint32_t span_end;        /* bytes up to here go out as they are */
    uint32_t term_start;      /* where the last term, [ or ( begins */
    uint32_t term_before;     /* the same of the term, [ or ( before it */
    uint32_t statement_start; /* where the last statement begins */
    uint32_t depth;
    uint32_t depth_limit;
    RpTurtleState state;
    RpTurtleStatement statement;
    char quote;            /* of the string that is being read */
    const char *inserted;  /* bytes to hand out before the document's next; static */
    bool is_datatype_next; /* ^^ has just been read */
    bool has_ended;        /* the closing newline has been handed out */
    bool reads_graphs;     /* TriG and N-Quads are read */
    bool may_have_quads;   /* and no token has come that N-Quads lacks */
    bool has_quads;        /* a graph was named as N-Quads has it */
    bool has_braces;       /* and as TriG has it */
    bool is_in_graph;      /* between { and } */
    uint32_t graph_start;  /* of the last { */
    RpStatus status;       /* not RP_OK: nothing more is handed out; set by the reader too */
    RpError *error;        /* filled with status; the first error holds */
    /* Where RpPosition was asked for last, since counting lines from the start each time would be
     * quadratic. */
    uint32_t counted_offset;
    RpPosition counted;
} RpTurtleSource;

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

/* The same for a byte that begins no token that may stand there. */
bool rp_turtle_source_refuse_byte(RpTurtleSource *source, uint32_t offset);

/* Between tokens: leave the bytes before an offset out, and let others, static, go out instead. */
void rp_turtle_source_replace(RpTurtleSource *source, uint32_t end, const char *inserted);

#endif
