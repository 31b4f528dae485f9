/* Which stored row something was made from. */
#ifndef RP_PG_ROW_ORIGIN_H
#define RP_PG_ROW_ORIGIN_H

#include "image/directory.h"
#include "pg/catalog/catalog.h"

/*
 * What tells the row that a scan stands on from every other that its key has had: the file, the
 * place in it, and the transaction that wrote it there. A row is never changed in place, and its
 * place is used again by later transactions only, so what was made from a row of the same origin is
 * what this one would make. Not known in the transaction that made the file: if that truncates the
 * table twice, it fills the same file from its start again. (The command would not tell: a deletion
 * that is undone leaves its own in the row's header.)
 */
RpRowOrigin rp_row_origin(const RpCatalogScan *scan, HeapTuple tuple);

#endif
