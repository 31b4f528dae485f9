/* Rows that look-ups find, gathered and then read as triples together. */
#ifndef RP_PG_FOUND_ROWS_H
#define RP_PG_FOUND_ROWS_H

#include "incremental/store.h"
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
    const RpDictionary *dictionary; /* NULL: rows with any predicate are read */
    RpTermId *predicates;           /* sorted: of the rows that are read */
    uint32 predicate_count;
    MemoryContext context; /* of the values of rows */
    RpSourceRow *rows;
    uint32 count;
} RpFoundRows;

/* In the current memory context. */
RpFoundRows *rp_found_rows_begin(const RpGraphSource *source, const RpNamedGraphs *graphs,
                                 RpRowIds *ids, const RpTripleSink *sink);

/* From now on, read only rows that have the predicate of one of some reads, which all have one.
 * NULL and none: all rows again. Nothing may wait to be offered. */
void rp_found_rows_want(RpFoundRows *found, const RpDictionary *dictionary,
                        const RpStoreRead *const *reads, uint32 count);

/* Add values and nulls as a row; its values are copied. Many are offered at once, with the errors
 * of rp_rows_read: a node may have millions, and the sink may have enough. */
RpStatus rp_found_rows_add(RpFoundRows *found, RpError *error);

/* Offer those that have been added since. */
RpStatus rp_found_rows_offer(RpFoundRows *found, RpError *error);

#endif
