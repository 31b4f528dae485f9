/*
 * The triggers that watch the extension's tables, and make whatever else writes there a new
 * generation. pg_restore --disable-triggers leaves them such that they miss apply workers, and
 * what was restored meanwhile has passed them by.
 */
#ifndef RP_PG_WATCH_H
#define RP_PG_WATCH_H

#include "pg/catalog/catalog_writer.h"

/* Whether all of them are ALWAYS, as they were made. */
bool rp_catalog_is_watched(const RpCatalog *catalog);

/* Make them so. Locks the tables against others' writing to the end of the transaction. */
void rp_catalog_watch(const RpCatalogWriter *writer);

#endif
