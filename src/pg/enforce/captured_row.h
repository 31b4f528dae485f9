/*
 * One row that a transaction has changed, copied into a block of memory:
 *
 *     header | nulls, a byte each | values, a Datum each | what values by reference point to
 */
#ifndef RP_PG_CAPTURED_ROW_H
#define RP_PG_CAPTURED_ROW_H

#include "pg/graph/row_reader.h"

/* A row that came or went. The values are in the block. */
typedef struct RpCapturedRow {
    int32 source; /* its id */
    bool is_removal;
    RpSourceRow row;
} RpCapturedRow;

/* A row that is to be copied. */
typedef struct RpRowToCapture {
    int32 source;
    bool is_removal;
    const RpRowColumn *columns;
    int column_count;
    const NullableDatum *arguments;
    Datum *values; /* room for as many; private to captured_row.c */
} RpRowToCapture;

/* The size that the copy has. Values that are stored elsewhere, or compressed, are fetched now: the
 * row may be gone later. */
Size rp_captured_row_size(RpRowToCapture *row);

/* Copy the row, whose size has been asked for, into that many MAXALIGNed bytes. */
void rp_captured_row_write(RpRowToCapture *row, Size size, char *bytes);

/* Read the row at bytes. Returns its size there. */
Size rp_captured_row_read(const char *bytes, RpCapturedRow *row);

#endif
