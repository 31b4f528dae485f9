/*
 * Active contexts (JSON-LD 1.1 API, 4): what terms mean at a place of a document.
 *
 * An active context is a layer of terms over another one, which it refers to and never copies. A
 * layer is either made of a context that stands in the document, in the arena, or it is a part of
 * the bytes of a registered context (context_compile.h), used where they are. Both hold the same
 * records, which have offsets and no pointers. Layers are never changed once they are made.
 *
 *     document's @context {…}            terms of the document, in the arena
 *           │ parent
 *     registered context                 terms in shared memory: nothing is done but to point there
 *           │ parent
 *     initial context                    no terms
 */
#ifndef RP_JSONLD_CONTEXT_H
#define RP_JSONLD_CONTEXT_H

#include "jsonld/json.h"
#include "jsonld/keyword.h"

/* A text in the strings of a layer. */
typedef struct RpContextText {
    uint32_t offset;
    uint32_t length;
} RpContextText;

enum {
    /* RpContextTerm.flags */
    RP_TERM_IS_ABSENT = 1,      /* hides the term of the layers below */
    RP_TERM_IS_NULL = 2,        /* has no IRI mapping: what it stands for is dropped */
    RP_TERM_IS_REVERSE = 4,     /* a reverse property */
    RP_TERM_IS_PREFIX = 8,      /* the prefix flag */
    RP_TERM_IS_PROTECTED = 16,  /* may not be defined otherwise */
    RP_TERM_HAS_LANGUAGE = 32,  /* has a language mapping, which is null where empty */
    RP_TERM_HAS_DIRECTION = 64, /* has a direction mapping */
    RP_TERM_HAS_NEST = 128,     /* has a nest value */
    RP_TERM_IS_PENDING = 256,   /* while a layer is made: not defined yet, layers below are asked */

    /* RpContextTerm.containers */
    RP_CONTAINER_GRAPH = 1,
    RP_CONTAINER_ID = 2,
    RP_CONTAINER_INDEX = 4,
    RP_CONTAINER_LANGUAGE = 8,
    RP_CONTAINER_LIST = 16,
    RP_CONTAINER_SET = 32,
    RP_CONTAINER_TYPE = 64
};

typedef enum RpDirection { RP_DIRECTION_NULL, RP_DIRECTION_LTR, RP_DIRECTION_RTL } RpDirection;

/* What an IRI is as a term of RDF, found out once. */
typedef enum RpIriForm {
    RP_IRI_VALID,    /* absolute, and rp_iri_check accepts it */
    RP_IRI_BLANK,    /* begins with _: */
    RP_IRI_RELATIVE, /* has no scheme */
    RP_IRI_MALFORMED
} RpIriForm;

/* A term definition (4.2). */
typedef struct RpContextTerm {
    RpContextText name;
    RpContextText iri;         /* IRI mapping, where keyword says none */
    RpContextText type;        /* type mapping, where type_keyword says none; empty: none */
    RpContextText language;    /* language mapping */
    RpContextText index;       /* index mapping; empty: none */
    RpContextText nest;        /* nest value */
    RpContextText scoped_base; /* base URL of the scoped context */
    uint32_t hash;             /* of the name, the lower half */
    uint32_t scoped_source;    /* 1 + the place of the scoped context's source; 0: none */
    uint32_t scoped_part;      /* 1 + the part of the bytes that it was compiled to; 0: none */
    uint16_t flags;            /* RP_TERM_… */
    uint8_t keyword;           /* RpKeyword that the term is an alias of */
    uint8_t type_keyword;      /* RpKeyword of the type mapping: @id, @vocab, @json or @none */
    uint8_t containers;        /* RP_CONTAINER_… */
    uint8_t direction;         /* RpDirection */
    uint8_t iri_form;          /* RpIriForm of the IRI mapping */
    uint8_t type_form;         /* RpIriForm of the type mapping */
} RpContextTerm;

/* A place of the hash table of a layer. */
typedef struct RpContextSlot {
    uint32_t hash;
    uint32_t term; /* 1 + its index; 0: empty */
} RpContextSlot;

/* The terms of a layer. */
typedef struct RpContextTable {
    const RpContextTerm *terms;
    const RpContextSlot *slots; /* linear probing from the hash */
    uint32_t term_count;
    uint32_t slot_mask; /* number of the slots, a power of two, less 1; at least half are empty */
    const char *strings;
    const char *sources;         /* bytes of scoped contexts (json_bytes.h); NULL: in values */
    const RpJson *const *values; /* scoped contexts that stand in the document */
    const void *bytes;           /* the compiled context that this is a part of; NULL: none */
} RpContextTable;

typedef struct RpActiveContext RpActiveContext;

struct RpActiveContext {
    const RpActiveContext *parent;   /* the layer below; NULL: this is the lowest */
    const RpActiveContext *previous; /* what is in force in nodes within; NULL: this one */
    RpContextTable table;
    RpText base_iri;     /* empty: none */
    RpText vocab;        /* vocabulary mapping, where has_vocab */
    RpText language;     /* default language; empty: none */
    uint32_t layers;     /* this one and those below */
    uint32_t first_mark; /* of RpTerm: that of terms[0] */
    bool has_vocab;
    bool has_protected; /* a term of this layer or below is protected */
    bool has_scoped;    /* a term of this layer or below has a scoped context */
    bool has_colon;     /* a term of this layer or below has a colon in its name */
    uint8_t direction;  /* RpDirection, the default base direction */
    RpIriForm vocab_form;
};

/* A term as it was found. */
typedef struct RpFoundTerm {
    const RpContextTerm *term;    /* NULL: none */
    const RpActiveContext *layer; /* the one that it is of */
} RpFoundTerm;

static inline RpText
rp_context_text(const RpActiveContext *layer, RpContextText text)
{
    return (RpText){layer->table.strings + text.offset, text.length};
}

/* The hash by which names are looked up. */
static inline uint32_t
rp_context_hash(const RpHashKey *key, RpText name)
{
    return (uint32_t)rp_hash_bytes(key, name.data, name.length);
}

/* The term of a table that has a name, hidden or not; NULL: none. */
const RpContextTerm *rp_context_table_find(const RpContextTable *table, RpText name, uint32_t hash);

/* The definition of a term in an active context (NULL: the initial one). */
RpFoundTerm rp_context_find(const RpActiveContext *context, RpText name, uint32_t hash);

/* Put a term's index into the slots of a table. */
void rp_context_slots_put(RpContextSlot *slots, uint32_t slot_mask, uint32_t hash, uint32_t index);

/* Slots for so many terms, less 1. */
uint32_t rp_context_slot_mask(uint32_t term_count);

/* Whether two definitions are the same but for being protected (4.2.2, step 26). */
bool rp_context_terms_equal(RpArena *arena, RpFoundTerm a, RpFoundTerm b);

/* The source of a term's scoped context, read from bytes where it is in them; NULL: no memory. */
const RpJson *rp_context_scoped_source(RpArena *arena, RpFoundTerm found, RpError *error);

/*
 * Whether an absolute IRI is valid where what begins it is known to be (0 bytes: nothing is): its
 * characters, and one # at most (RFC 3987, 2.2).
 */
bool rp_jsonld_iri_is_valid(RpText iri, uint32_t checked_length);

/* What an IRI is. */
RpIriForm rp_jsonld_iri_form(RpText iri, uint32_t checked_length);

#endif
