/* Rows that look-ups find, gathered and then read as triples together. */
#ifndef RP_PG_FOUND_ROWS_H
#define RP_PG_FOUND_ROWS_H

#include "rdf/turtle.h"
#include "pg/graph/row_reader.h"

typedef struct RpFoundRows {
    const RpGraphSource *source;
    const RpNamedGraphs *graphs;
    RpRowIds *ids; /* as for rp_rows_read */
    const RpTripleSink *sink;
    Datum *values; /* of the source's columns: the row that is added next */
    bool *nulls;

    /* Private to found_rows.c. */
    MemoryContext context; /* of the values of rows */
    RpSourceRow *rows;
    uint32 count;
} RpFoundRows;

/* In the current memory context. */
RpFoundRows *rp_found_rows_begin(const RpGraphSource *source, const RpNamedGraphs *graphs,
                                 RpRowIds *ids, const RpTripleSink *sink);

/* Add values and nulls as a row; its values are copied. Many are offered at once, with the errors
 * of rp_rows_read: a node may have millions, and the sink may have enough. */
RpStatus rp_found_rows_add(RpFoundRows *found, RpError *error);

/* Offer those that have been added since. */
RpStatus rp_found_rows_offer(RpFoundRows *found, RpError *error);

#endif
