/* Rows of a source, given as the values of its columns, read as triples. */
#ifndef RP_PG_ROW_READER_H
#define RP_PG_ROW_READER_H

#include "base/arena.h"
#include "pg/graph/named_graphs.h"
#include "pg/graph/graph_source.h"

/* A row: the values of source->rows.columns, in their order. */
typedef struct RpSourceRow {
    const Datum *values;
    const bool *nulls;
} RpSourceRow;

/* Where triples go. graph: NULL is the default graph. Texts are valid during the call only. Must
 * not longjmp. */
typedef struct RpRowSink {
    void *state;
    /* Whether triples of a predicate are wanted: of a row that has another one, no more is read.
     * NULL: all are. */
    RpStatus (*wants)(void *state, uint32 row, const RpTerm *predicate, bool *is_wanted,
                      RpError *error);
    RpStatus (*triple)(void *state, uint32 row, const RpTerm *subject, const RpTerm *predicate,
                       const RpTerm *object, const RpTerm *graph, RpError *error);
} RpRowSink;

/*
 * What ids of a source's rows mean, kept from one call to the next: only for as long as the rows of
 * its dictionary stay as they are. More than some thousands are let go. NULL where the source has
 * no ids. Memory is of the current context.
 */
typedef struct RpRowIds RpRowIds;
RpRowIds *rp_row_ids_make(const RpGraphSource *source);

/*
 * Read rows as triples, in their order: those that the row filter passes, of the named graphs that
 * are asked for. Ids are looked up in the dictionary under the active snapshot, all of a call
 * together, unless ids (NULL: nothing is kept) has them. Scratch memory is of the current memory
 * context.
 *
 * A row that is no triple is ERROR 22P02 that names the relation, the row and the column. Where
 * removed is not NULL the rows are of triples that are removed: what an id meant that the
 * dictionary lacks by now cannot be told, so rows that have one, or are no triples, are passed over
 * and counted there. A status of the sink ends the reading and is returned, as are lack of memory
 * and a cancel.
 */
RpStatus rp_rows_read(const RpGraphSource *source, const RpSourceRow *rows, uint32 count,
                      const RpNamedGraphs *graphs, RpRowIds *ids, const RpRowSink *sink,
                      uint64 *removed, RpError *error);

#endif
