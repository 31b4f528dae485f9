/* Rows of a dictionary that are found by the values of one of its columns: by an index of the
 * table, or where that cannot be asked, by a query. */
#ifndef RP_PG_DICTIONARY_ROWS_H
#define RP_PG_DICTIONARY_ROWS_H

#include "pg/graph/graph_source.h"

/* The column. */
typedef enum RpDictionaryKey {
    RP_DICTIONARY_BY_ID,  /* keys are of rp_id_type_oid */
    RP_DICTIONARY_BY_TERM /* that of the lexical form, text or term; keys are of rp_term_key_type */
} RpDictionaryKey;

typedef struct RpDictionaryRows RpDictionaryRows;

/* Find the rows that have one of the keys, under the active snapshot. The keys must stay until the
 * end; memory is of the current context. A query runs in the name of the dictionary's owner, as
 * does all that is done until the end then. */
RpDictionaryRows *rp_dictionary_rows_begin(const RpGraphDictionary *source, RpDictionaryKey by,
                                           Datum *keys, uint32 count);

/* The next row: the values of the dictionary's columns, valid until the next call. Rows come in any
 * order. False: there is none left. */
bool rp_dictionary_rows_next(RpDictionaryRows *rows, const Datum **values, const bool **nulls);

void rp_dictionary_rows_end(RpDictionaryRows *rows);

#endif
