/* Rows that are no triples, or no terms: how they are told. */
#ifndef RP_PG_ROW_ERROR_H
#define RP_PG_ROW_ERROR_H

#include "pg/graph/graph_source.h"

/* A row by all that was read of it, as the server's own messages name rows: (s, p)=(1, 2) of
 * relation public.t; in the current memory context. */
char *rp_row_describe(const RpRowRelation *rows, const Datum *values, const bool *nulls);

/* ERROR 22P02, with the table and the column. what: what the column is to be; row: which one it is;
 * error: what is wrong with it. */
RP_NORETURN void rp_row_error_raise(const RpRowRelation *rows, int column, const char *what,
                                    const char *row, const RpError *error);

/* One value as a row's description shows it. */
void rp_row_append_value(StringInfo out, Datum value, bool is_null, Oid type);

#endif
