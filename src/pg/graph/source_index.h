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

/*
 * A btree by which a query for rows with a subject, or with an object, would find them: of an
 * object that is a literal, or of one that is none; with a predicate or without. InvalidOid: there
 * is none, or the relation is more than one table.
 */
Oid rp_source_index_find(const RpGraphSource *source, bool is_of_object, bool is_literal,
                         bool by_predicate);

/* The same of a dictionary: for rows of an id, by a unique btree; or of a term, by a btree or hash
 * index. */
Oid rp_dictionary_index_find(const RpGraphDictionary *dictionary, bool is_of_term);

/* ERROR 42830 unless no two rows of the dictionary can have one id. A view is taken at its word. */
void rp_source_index_require_unique(const RpGraphDictionary *dictionary);

#endif
