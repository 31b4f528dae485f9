/* Compiled forms in the version table that are of another format than this extension's. */
#ifndef RP_PG_STORED_IMAGE_H
#define RP_PG_STORED_IMAGE_H

#include "pg/catalog/catalog.h"
#include "pg/shared/mapping.h"

/*
 * Write back the images that were compiled anew for a mapping, since those of their rows were of
 * another format: then no build does so again. Only images are written, which makes no generation.
 * The caller holds the lock of the generation row, and the mapping is of that row's generation.
 */
void rp_stored_images_renew(const RpCatalog *catalog, const RpMapping *mapping);

#endif
