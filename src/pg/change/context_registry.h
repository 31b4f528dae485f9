/* The registered JSON-LD contexts: put under an IRI, replaced, taken away. See README.md. */
#ifndef RP_PG_CONTEXT_REGISTRY_H
#define RP_PG_CONTEXT_REGISTRY_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "pg/catalog/catalog_writer.h"

/*
 * Register a context under an IRI, with all that includes it compiled anew, as a new generation.
 * False: it is registered so already, and nothing is changed. ERROR 42710 where the IRI has another
 * text, unless replaces; 42704 for an IRI that it includes and that is not registered; what
 * compiling it says (22P02, 54001, 53400); 22P02 for what is no IRI.
 */
bool rp_context_register(const RpCatalog *catalog, RpText iri, Jsonb *body, bool replaces);

/* Take a context away. ERROR 42704: there is none; 2BP01: policies read documents by it, or another
 * context includes it. */
void rp_context_drop(const RpCatalog *catalog, RpText iri);

/* The signature of the text that an IRI has, in the current memory context. ERROR 42704. */
RpText rp_context_require(const RpCatalogWriter *writer, RpText iri);

/* Delete the former texts that no version is kept of. */
void rp_contexts_prune(const RpCatalogWriter *writer);

#endif
