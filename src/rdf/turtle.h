/* What reading Turtle, TriG and N-Quads is given, and what it gives. */
#ifndef RP_RDF_TURTLE_H
#define RP_RDF_TURTLE_H

#include "rdf/term.h"

/* Where a triple stands in its document: of Turtle, where its object does. */
typedef struct RpPosition {
    uint32_t line;         /* from 1; 0: unknown. Of triples as JSON: the triple's number, from 1 */
    uint32_t column;       /* in characters, from 1; 0: unknown */
    uint32_t subject_line; /* of its subject, where a statement starts with it; else 0, and the
                              subject has been an object before */
} RpPosition;

/*
 * Receives a document piece by piece. Texts of the terms are valid only during the call. A status
 * other than RP_OK stops the reading and is what rp_turtle_read returns; it may fill the error.
 * Must not longjmp.
 */
typedef struct RpTripleSink {
    void *state;
    RpStatus (*triple)(void *state, const RpTerm *subject, const RpTerm *predicate,
                       const RpTerm *object, RpPosition position, RpError *error);
    /* A prefix that the document declares; NULL: not wanted. */
    RpStatus (*prefix)(void *state, RpText prefix, RpText namespace_iri, RpError *error);
    /* The base IRI from here on, that of @base; NULL: not wanted. */
    RpStatus (*base)(void *state, RpText base_iri, RpError *error);
    /* The graph of the triples that follow, NULL: the default graph, in which a document begins;
     * NULL: not wanted. */
    RpStatus (*graph)(void *state, const RpTerm *graph, RpError *error);
} RpTripleSink;

/* Which graphs of a document the sink gets. */
typedef enum RpGraphChoice {
    RP_GRAPHS_REFUSED, /* there must be none: the text is Turtle or N-Triples, else RP_SYNTAX */
    RP_GRAPHS_DEFAULT, /* the default graph */
    RP_GRAPHS_ONE,     /* a named one */
    RP_GRAPHS_ALL      /* every one */
} RpGraphChoice;

/* What was met of them. */
typedef struct RpGraphsRead {
    uint64_t left_aside; /* triples of graphs that were not chosen */
    bool has_chosen;     /* of RP_GRAPHS_ONE: it was there */
} RpGraphsRead;

typedef struct RpTurtleOptions {
    RpText base_iri; /* absolute; empty: relative IRIs are errors until the document has @base */
    RpText blank_prefix;   /* put before every blank node label; empty: none */
    uint32_t depth_limit;  /* nested [ and ( */
    uint32_t prefix_limit; /* declared prefixes */
    RpGraphChoice graphs;
    RpText graph_iri;          /* of RP_GRAPHS_ONE */
    RpGraphsRead *graphs_read; /* set when all has been read; NULL: not wanted */
} RpTurtleOptions;

enum { RP_TURTLE_DEPTH_LIMIT = 128, RP_TURTLE_PREFIX_LIMIT = 1000 };

#endif
