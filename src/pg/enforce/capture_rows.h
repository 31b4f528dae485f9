/* A statement that changes rows of a source: where its rows are copied to. */
#ifndef RP_PG_CAPTURE_ROWS_H
#define RP_PG_CAPTURE_ROWS_H

#include "pg/enforce/capture.h"

typedef struct RpCaptureSite RpCaptureSite;

typedef enum RpRowEvent { RP_ROW_COMES, RP_ROW_GOES, RP_ROW_CHANGES } RpRowEvent;

/* In a memory context that lives as long as the statement. It is of one transaction: the capture
 * that it points to goes with that. */
RpCaptureSite *rp_capture_site_make(const RpGraphSource *source, RpTiming timing,
                                    MemoryContext context);

/* Copy a row, or pass it over. rows: the source's columns; of one that changes as they were, and
 * behind them as they are. True for the statement's first that is copied: its event is to be
 * queued. */
bool rp_capture_site_take(RpCaptureSite *site, RpRowEvent event, const NullableDatum *rows);

#endif
