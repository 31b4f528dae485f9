/* The contexts that an exported version brings with it. */
#ifndef RP_PG_CONTEXT_IMPORT_H
#define RP_PG_CONTEXT_IMPORT_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "pg/catalog/catalog.h"

/*
 * Register what an exported version's documents are read by, in the current memory context: its
 * context, and by IRI the texts of that and of what it includes. Nothing is changed where that text
 * is registered, or was and is kept for a version. Returns its signature; empty where there is no
 * context. ERROR 55000 where one of the IRIs has another text here, and as rp_context_register.
 */
RpText rp_contexts_import(const RpCatalog *catalog, RpText context, Jsonb *contexts);

#endif
