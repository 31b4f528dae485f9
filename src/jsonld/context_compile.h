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
 * Errors as rp_jsonld_read has them. RP_SYNTAX: it is no context (invalid remote context, invalid
 * term definition, …), or includes itself (context overflow). RP_UNDEFINED: it includes a context
 * that the set lacks (loading remote context failed). RP_TOO_LARGE: it includes too many others
 * (context overflow), or the arena's ceiling. RP_TOO_DEEP: nesting.
 */
RpStatus rp_jsonld_context_compile(RpArena *arena, RpText iri, const RpJsonDocument *body,
                                   const RpJsonldContextSet *contexts, RpText *bytes,
                                   RpError *error);

/* What a registration says of it. */
typedef struct RpJsonldContextSummary {
    uint32_t term_count;   /* of the context itself */
    uint32_t scoped_count; /* contexts of its terms, of theirs, and so on */
    bool is_partial; /* it needs a @vocab or base of the context before it, or of who imports it:
                        used by itself it is an error, and its terms are read in each document */
} RpJsonldContextSummary;

void rp_jsonld_context_summary(const void *bytes, RpJsonldContextSummary *summary);

#endif
