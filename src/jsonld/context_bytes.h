/*
 * A compiled context: what the context of an IRI makes of the initial context, and what each scoped
 * context of its terms makes of that, as bytes without pointers.
 *
 *     +--------------------------+ 0
 *     | RpContextHeader          |
 *     +--------------------------+
 *     | RpContextPart[]          |  the context itself, if it can be a part, then scoped contexts
 *     +--------------------------+
 *     | RpContextTerm[]          |  of all parts, those of one side by side
 *     +--------------------------+
 *     | RpContextSlot[]          |  hash tables
 *     +--------------------------+
 *     | RpPartDependency[]       |  what parts depend on
 *     +--------------------------+
 *     | strings, sources         |  bytes; sources are JSON (json_bytes.h)
 *     +--------------------------+ size
 *
 * A part may be laid over an active context that is another one than what it was compiled over, if
 * what it depends on is the same there: the terms that were looked for below it and the vocabulary
 * mapping. Whatever depends on more than that is no part; its source is processed where it is used.
 */
#ifndef RP_JSONLD_CONTEXT_BYTES_H
#define RP_JSONLD_CONTEXT_BYTES_H

#include "jsonld/context_internal.h"

enum {
    /* RpContextPart.flags */
    RP_PART_USES_VOCAB = 1,      /* depends on the vocabulary mapping below */
    RP_PART_EXPECTS_VOCAB = 2,   /* there was one */
    RP_PART_SETS_VOCAB = 4,      /* has a vocabulary mapping of its own, or none */
    RP_PART_HAS_VOCAB = 8,       /* has one */
    RP_PART_SETS_LANGUAGE = 16,  /* has a default language of its own, or none */
    RP_PART_SETS_DIRECTION = 32, /* has a default base direction of its own, or none */
    RP_PART_HAS_PROTECTED = 64,
    RP_PART_HAS_SCOPED = 128,
    RP_PART_SAYS_PROPAGATE = 256, /* has @propagate */
    RP_PART_PROPAGATES = 512,     /* which is true */
    RP_PART_NEEDS_TERMS = 1024,   /* some of what it depends on are terms that it found */
    RP_PART_HAS_COLON = 2048      /* a term's name has one */
};

typedef struct RpContextHeader {
    uint32_t size;
    uint32_t part_count;
    uint32_t term_count;
    uint32_t slot_count;
    uint32_t dependency_count;
    uint32_t own_term_count; /* of the context itself */
    uint32_t scoped_count;   /* scoped contexts */
    uint32_t has_root;       /* the first part is the context itself */
    uint32_t is_partial;     /* 1: it is right only over a vocabulary mapping or base */
    uint32_t strings;        /* offset */
    uint32_t sources; /* offset; the context's own is the first, in an object with @context */
} RpContextHeader;

typedef struct RpContextPart {
    uint32_t first_term;
    uint32_t term_count;
    uint32_t first_slot;
    uint32_t slot_mask;
    uint32_t first_dependency;
    uint32_t dependency_count; /* the last ones are compact IRIs that are no terms */
    uint32_t missed_count;     /* so many */
    uint32_t strings;          /* where its texts begin in the strings */
    uint32_t flags;            /* RP_PART_… */
    RpContextText vocab;
    RpContextText expected_vocab;
    RpContextText language;
    uint16_t direction;  /* RpDirection */
    uint16_t vocab_form; /* RpIriForm */
} RpContextPart;

/* A name that was looked for below a part. */
typedef struct RpPartDependency {
    RpContextText name; /* in the part's strings */
    uint32_t hash;
    uint32_t term; /* 1 + the term of these bytes that it was; 0: none */
} RpPartDependency;

/* Views of the sections. */
static inline const RpContextPart *
rp_context_bytes_parts(const RpContextHeader *header)
{
    return (const RpContextPart *)(header + 1);
}

static inline const RpContextTerm *
rp_context_bytes_terms(const RpContextHeader *header)
{
    return (const RpContextTerm *)(rp_context_bytes_parts(header) + header->part_count);
}

static inline const RpContextSlot *
rp_context_bytes_slots(const RpContextHeader *header)
{
    return (const RpContextSlot *)(rp_context_bytes_terms(header) + header->term_count);
}

static inline const RpPartDependency *
rp_context_bytes_dependencies(const RpContextHeader *header)
{
    return (const RpPartDependency *)(rp_context_bytes_slots(header) + header->slot_count);
}

#endif
