/* The indexes that a source's look-ups need. */
#ifndef RP_PG_SOURCE_INDEX_H
#define RP_PG_SOURCE_INDEX_H

#include "pg/graph/graph_source.h"

/* An index that is missing: of which relation, what for, and the statement that makes one. */
typedef struct RpMissingIndex {
    const char *relation;
    const char *purpose;
    const char *statement;
    struct RpMissingIndex *next;
} RpMissingIndex;

/* The indexes that a source lacks, in the current memory context; NULL: none. Relations without
 * indexes of their own (views, foreign tables) lack none. */
RpMissingIndex *rp_source_index_missing(const RpGraphSource *source);

/* ERROR 42830 unless no two rows of the dictionary can have one id. A view is taken at its word. */
void rp_source_index_require_unique(const RpGraphDictionary *dictionary);

#endif
