/* Reading one context. No lock of ours; ACCESS SHARE on the table while the row is open. */
#include "pg/shared/context_row.h"

#include "pg/compile/context_source.h"
#include "pg/server/bridge.h"

bool
rp_context_row_open(RpContextRow *row, const RpCatalog *catalog, Snapshot snapshot, RpText iri,
                    RpText signature)
{
    rp_catalog_find_context(&row->scan, catalog, snapshot, iri, signature);
    row->tuple = rp_catalog_scan_next(&row->scan);
    return row->tuple != NULL;
}

void
rp_context_row_close(RpContextRow *row)
{
    rp_catalog_scan_end(&row->scan);
}

/* The columns are NOT NULL. */
static Jsonb *
jsonb_column(const RpContextRow *row, int column)
{
    bool is_null;

    return DatumGetJsonbP(heap_getattr(row->tuple, column, row->scan.columns, &is_null));
}

RpStatus
rp_context_row_compile(const RpContextRow *row, const RpHashKey *hash_key, RpText *compiled,
                       RpError *error)
{
    RpContextSource source = {.body = jsonb_column(row, RP_CONTEXT_BODY),
                              .included = jsonb_column(row, RP_CONTEXT_INCLUDED)};
    RpMissingContexts missing;

    rp_catalog_text(&row->scan, row->tuple, RP_CONTEXT_IRI, &source.iri);
    /* It compiled within the limit when it was registered: a session that has less memory must not
     * make a generation, which is everybody's, in which it is broken. */
    return rp_context_source_compile(rp_bridge_arena(CurrentMemoryContext, 0), &source, hash_key,
                                     compiled, &missing, error);
}
