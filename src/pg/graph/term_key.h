/* What a column has of a term, so that a row can be found by it. */
#ifndef RP_PG_TERM_KEY_H
#define RP_PG_TERM_KEY_H

#include "pg/pg.h"
#include "lib/stringinfo.h"
#include "pg/graph/graph_source.h"

enum { RP_TERM_KEY_LIMIT = 2 };

/*
 * The values of a column of terms or text, one of which each row of the term has there: how many.
 * In the current memory context. A row that has one may be of another term.
 */
uint32 rp_term_keys(const RpTermPlace *place, const RpTerm *term, Datum *keys);

/* The type of such values. namespace: the extension's. */
Oid rp_term_key_type(const RpTermPlace *place, Oid namespace);

/* Append: column = ANY ($parameter), or column = $parameter, in SQL that any search_path reads
 * alike. */
void rp_key_append_condition(StringInfo query, const char *column, Oid type, int parameter,
                             bool is_any);

/* An array of values of a type, in the current memory context. */
Datum rp_key_array(Datum *keys, uint32 count, Oid type);

#endif
