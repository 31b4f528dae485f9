/* What reading JSON-LD is given, and what it gives. */
#ifndef RP_JSONLD_JSONLD_H
#define RP_JSONLD_JSONLD_H

#include "jsonld/json.h"
#include "rdf/turtle.h"

/*
 * Remote contexts are never fetched: they are those of this set, which whoever keeps them gives.
 * When a document is read it is asked for compiled ones, when a context is compiled for bodies.
 */
typedef struct RpJsonldContextSet {
    void *state;

    /* By what the compiled contexts are hashed, and all that is looked up in them. */
    RpHashKey hash_key;

    /*
     * The bytes that rp_jsonld_context_compile made of the context of an IRI, with the set's hash
     * key, at an address that 8 divides; they stay as they are until the reading ends. NULL: there
     * is none. May be NULL where contexts are compiled.
     */
    const void *(*compiled)(void *state, RpText iri);

    /* The document of the context of an IRI, whose @context is meant; it stays until the compiling
     * ends. NULL: there is none. May be NULL where documents are read. */
    const RpJsonDocument *(*body)(void *state, RpText iri);
} RpJsonldContextSet;

/* What the recommendation lets vanish without a word. */
typedef enum RpJsonldDropKind {
    RP_JSONLD_DROPPED_KEY,             /* a key that is neither a term nor an absolute IRI */
    RP_JSONLD_DROPPED_TYPE,            /* a type likewise, which no base makes absolute */
    RP_JSONLD_DROPPED_RELATIVE_IRI,    /* a reference that no base makes absolute */
    RP_JSONLD_DROPPED_MALFORMED_IRI,   /* an IRI with characters that none has */
    RP_JSONLD_DROPPED_LANGUAGE,        /* a string whose language tag is none */
    RP_JSONLD_DROPPED_BLANK_PREDICATE, /* a property that is a blank node */
    RP_JSONLD_DROPPED_FREE_VALUE,      /* a value that is no property's */
    RP_JSONLD_DROPPED_DIRECTION,       /* the base direction of a string, which itself stays */
    RP_JSONLD_DROP_KIND_COUNT
} RpJsonldDropKind;

enum {
    RP_JSONLD_DROP_NAME_SIZE = 128,
    RP_JSONLD_DROP_POINTER_SIZE = 256,
    RP_JSONLD_DROPS_KEPT = 3 /* of each kind */
};

/* One of them, cut where it is long; both NUL-terminated, as a message may show them. */
typedef struct RpJsonldDrop {
    char name[RP_JSONLD_DROP_NAME_SIZE];       /* the key, reference or tag */
    char pointer[RP_JSONLD_DROP_POINTER_SIZE]; /* JSON pointer of its place in its document */
} RpJsonldDrop;

/* All of them, of any number of documents: begins as all 0, and belongs to no arena. */
typedef struct RpJsonldDrops {
    uint64_t counts[RP_JSONLD_DROP_KIND_COUNT];
    RpJsonldDrop first[RP_JSONLD_DROP_KIND_COUNT][RP_JSONLD_DROPS_KEPT]; /* as many as counts say */
} RpJsonldDrops;

/* Whether there are any, and what a NOTICE says of them: one sentence each kind, which names the
 * first ones with their places. */
bool rp_jsonld_drops_are_any(const RpJsonldDrops *drops);
void rp_jsonld_drops_describe(const RpJsonldDrops *drops, RpBuffer *buffer);

typedef struct RpJsonldOptions {
    RpText base_iri; /* absolute; empty: relative references vanish unless the document has @base */
    RpText default_context; /* the IRI of a context that is in force where the document begins,
                               before its own; empty: none (expandContext) */
    const RpJsonldContextSet *contexts; /* NULL: there are no remote ones */
    RpText blank_prefix;                /* put before every blank node label; empty: none */
    uint32_t depth_limit;               /* of arrays and objects in each other */
    RpGraphChoice graphs;               /* RP_GRAPHS_REFUSED is RP_GRAPHS_DEFAULT here */
    RpText graph_iri;                   /* of RP_GRAPHS_ONE */
    RpGraphsRead *graphs_read;          /* set when all has been read; NULL: not wanted */
    RpJsonldDrops *drops;               /* is added to; NULL: not wanted */
    bool refuses_drops;   /* what would be dropped is RP_SYNTAX, but for base directions */
    bool rounds_decimals; /* a number that is coerced to xsd:decimal gets the recommendation's form,
                             1.05E1; else its own, 10.5 */
} RpJsonldOptions;

enum { RP_JSONLD_DEPTH_LIMIT = 128 };

#endif
