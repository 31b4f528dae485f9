/*
 * Contexts that are registered under an IRI, compiled: bytes without pointers that lie in shared
 * memory and are used where they are. See context.h for what is in them.
 *
 * Bytes are made of a body whenever a generation is made, and kept nowhere else: so they need no
 * check when they are used, as what a process made itself.
 */
#ifndef RP_JSONLD_CONTEXT_COMPILE_H
#define RP_JSONLD_CONTEXT_COMPILE_H

#include "jsonld/jsonld.h"

/*
 * Compile the context of a document whose @context is meant, that is or will be registered under an
 * absolute IRI. The contexts that it refers to are taken from the set (body), and hashed by the
 * set's key; what it refers to in scoped contexts may be missing, until it is used. The bytes are
 * the arena's, of any length up to 2^32, and may be copied to another address that 8 divides.
 *
 * Errors as rp_jsonld_read has them: RP_SYNTAX: it is no context (invalid remote context, invalid
 * term definition, …). RP_UNDEFINED: it includes a context that the set lacks (loading remote
 * context failed). RP_TOO_LARGE: it includes itself, or too many others (context overflow), or the
 * arena's ceiling. RP_TOO_DEEP: nesting.
 */
RpStatus rp_jsonld_context_compile(RpArena *arena, RpText iri, const RpJsonDocument *body,
                                   const RpJsonldContextSet *contexts, RpText *bytes,
                                   RpError *error);

/* What a view shows of it. */
typedef struct RpJsonldContextSummary {
    uint32_t term_count;      /* of the context itself */
    uint32_t scoped_count;    /* contexts of terms */
    uint32_t reference_count; /* other contexts that went into the bytes */
    bool is_partial; /* it needs a @vocab or base of the context before it, or of who imports it:
                        used by itself it is an error, and its terms are read in each document */
} RpJsonldContextSummary;

void rp_jsonld_context_summary(const void *bytes, RpJsonldContextSummary *summary);

/*
 * The IRI of another context that went into the bytes, from 0 up to the summary's reference_count,
 * each once: when that one is registered anew, this one must be compiled anew. What scoped contexts
 * refer to and is missing is not among them; it is looked for when it is used. A view of the bytes.
 */
RpText rp_jsonld_context_reference(const void *bytes, uint32_t index);

#endif
