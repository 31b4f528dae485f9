/* The contexts that a document names, found as a reading says. */
#ifndef RP_PG_CONTEXT_LOOKUP_H
#define RP_PG_CONTEXT_LOOKUP_H

#include "jsonld/jsonld.h"
#include "pg/shared/reading.h"

/* A look-up of the contexts that one document names. */
typedef struct RpContextLookup {
    const RpReading *reading;
    RpJsonldContextSet set;           /* to read the document by */
    const RpDirectoryContext *broken; /* one that was asked for; NULL: none */
    RpText missing;                   /* IRI that was asked for last, and is not registered */
} RpContextLookup;

/* The lookup may not be moved, nor the reading, until the document is read. */
void rp_context_lookup_begin(RpContextLookup *lookup, const RpReading *reading);

/*
 * What reading gave by a lookup, completed: of a context that is not registered with how it would
 * be, of one that does not compile with why (RP_CORRUPT).
 */
RpStatus rp_context_lookup_end(const RpContextLookup *lookup, RpStatus status, RpError *error);

#endif
