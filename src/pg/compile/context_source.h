/* A registered JSON-LD context: its text → its compiled form. */
#ifndef RP_PG_CONTEXT_SOURCE_H
#define RP_PG_CONTEXT_SOURCE_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "base/hash.h"
#include "jsonld/json.h"

/* What a context's row keeps, or is to keep. */
typedef struct RpContextSource {
    RpText iri;
    Jsonb *body;
    Jsonb *included; /* by IRI, the texts that the body includes, and those that these do */
} RpContextSource;

/* IRIs that a context includes, and that were not there. There may be more. */
enum { RP_MISSING_CONTEXT_LIMIT = 16 };

typedef struct RpMissingContexts {
    RpText iris[RP_MISSING_CONTEXT_LIMIT]; /* the arena's */
    uint32 count;
} RpMissingContexts;

/*
 * Compile into the arena, hashed by the key of the generation that it is for. RP_UNDEFINED: it
 * includes what included lacks; what scoped contexts include may be missing, until it is used.
 * RP_SYNTAX: it is no context. RP_TOO_DEEP, RP_TOO_LARGE. Raises only for lack of memory, or a
 * cancel.
 */
RpStatus rp_context_source_compile(RpArena *arena, const RpContextSource *source,
                                   const RpHashKey *hash_key, RpText *compiled,
                                   RpMissingContexts *missing, RpError *error);

#endif
