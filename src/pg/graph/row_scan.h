/* All rows of a relation, one after the other: those of a table from its pages, those of a view,
 * of a foreign table or of tables that inherit by a query. */
#ifndef RP_PG_ROW_SCAN_H
#define RP_PG_ROW_SCAN_H

#include "pg/graph/graph_source.h"
#include "pg/graph/owner_scope.h"

typedef struct RpRowScan RpRowScan;

/*
 * Begin with the rows that the active snapshot shows and the filter (NULL: none) passes, in the
 * current memory context, in the name of the relation's owner: what runs until the end of the scan
 * has his rights.
 */
RpRowScan *rp_row_scan_begin(const RpRowRelation *rows, Expr *filter, const char *filter_text);

/* The next row's values, in the order of the relation's columns, valid until the next call. False:
 * there is none. */
bool rp_row_scan_next(RpRowScan *scan, const Datum **values, const bool **nulls);

/* How the current row is named in a message: its relation, its primary key or place; in the current
 * memory context. */
char *rp_row_scan_describe(const RpRowScan *scan);

/* Where the current row is: no table where it came by a query. */
RpRowPlace rp_row_scan_place(const RpRowScan *scan);

/* Whether the table of the current row was made by the transaction, with all that is in it. */
bool rp_row_scan_is_of_new_table(const RpRowScan *scan);

void rp_row_scan_end(RpRowScan *scan);

/* Whether a row of the relation is at a place, as the active snapshot shows it. */
bool rp_row_relation_has_row(const RpRowRelation *rows, const RpRowPlace *place);

/* How many rows there are, about; at least 1. */
double rp_row_relation_estimate(const RpRowRelation *rows);

#endif
