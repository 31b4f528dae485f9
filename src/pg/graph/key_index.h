/*
 * Rows of a table that a btree finds by the value of one column, or of two, or a hash index by that
 * of one. It asks the access method itself, which costs a tenth of what a query costs that finds
 * one row: a transaction is judged by a dozen of such look-ups.
 */
#ifndef RP_PG_KEY_INDEX_H
#define RP_PG_KEY_INDEX_H

#include "pg/pg.h"
#include "access/skey.h"
#include "pg/graph/graph_source.h"

enum { RP_KEY_LIMIT = 2 };

/* A column that is compared with values of a type. */
typedef struct RpKeyColumn {
    AttrNumber number;
    Oid type;
} RpKeyColumn;

/* Where the row of a key was last. */
typedef struct RpKeyPlace {
    Datum key;
    ItemPointerData place; /* invalid: an empty one */
} RpKeyPlace;

/* Which index, and how its leading columns are compared: kept with the source. */
typedef struct RpKeyIndex {
    Oid index; /* InvalidOid: there is none, and a query finds the rows */
    int key_count;
    int sources[RP_KEY_LIMIT]; /* by key: the subscript of the value that it is given */
    ScanKeyData keys[RP_KEY_LIMIT];
    /* Where a key has one row at most: looked at before the index is, which costs four times as
     * much. Each key may be in two of them. NULL: none are kept. */
    RpKeyPlace *places;
} RpKeyIndex;

/* A scan, as long as one layer of reads. */
typedef struct RpKeyScan RpKeyScan;

/*
 * Prepare an index for look-ups by one or two columns; those that it does not lead with are not
 * compared: rows with other values are found too. In the current memory context. Where it has no
 * operator for a type, or is InvalidOid, the answer's index is InvalidOid.
 */
RpKeyIndex *rp_key_index_make(Oid index, const RpKeyColumn *columns, int column_count);

/* Begin to look under the active snapshot in a relation that this transaction has locked
 * (rp_stored_graph_get). NULL: the index is not there any more, or cannot be used under this
 * snapshot. */
RpKeyScan *rp_key_scan_begin(const RpRowRelation *rows, const RpKeyIndex *index);

/* Look for rows with values, one for each column that the index was made for. */
void rp_key_scan_find(RpKeyScan *scan, const Datum *values);

/* The next row: the values of rows->columns, which are valid until the next call. */
bool rp_key_scan_next(RpKeyScan *scan, Datum *values, bool *nulls);

void rp_key_scan_end(RpKeyScan *scan);

#endif
