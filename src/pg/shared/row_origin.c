/* See row_origin.h. */
#include "pg/shared/row_origin.h"

RpRowOrigin
rp_row_origin(const RpCatalogScan *scan, HeapTuple tuple)
{
    const ItemPointerData *place = &tuple->t_self;

    if (RP_IS_FILE_OWN(scan->relation)) {
        return (RpRowOrigin){{0}};
    }
    return (RpRowOrigin){{RP_FILE_NUMBER(scan->relation), ItemPointerGetBlockNumber(place),
                          ItemPointerGetOffsetNumber(place),
                          HeapTupleHeaderGetRawXmin(tuple->t_data)}};
}
