/* A relation whose rows are read, and its columns. */
#ifndef RP_PG_ROW_RELATION_H
#define RP_PG_ROW_RELATION_H

#include "pg/pg.h"
#include "lib/stringinfo.h"
#include "pg/graph/graph_source.h"

/* What a column can hold, as far as reading is concerned. */
typedef enum RpColumnClass {
    RP_COLUMN_TERM, /* rdf_term */
    RP_COLUMN_TEXT, /* text, what is text in its bytes, and character */
    RP_COLUMN_CODE, /* an enum or "char": a code of kinds, and nothing else */
    RP_COLUMN_INTEGER,
    RP_COLUMN_BOOLEAN,
    RP_COLUMN_NUMERIC,
    RP_COLUMN_UUID,
    RP_COLUMN_BYTEA,
    RP_COLUMN_OTHER
} RpColumnClass;

/*
 * Find a relation by its name, lock it (ACCESS SHARE, to the end of the transaction), and begin
 * with no column. ERROR 42P01, 42809 for what has no rows.
 */
void rp_row_relation_find(const char *name, RpRowRelation *rows);

/* The subscript of a column, which is added where it is new. option: what names it, for the ERROR
 * 42703. */
int rp_row_relation_column(RpRowRelation *rows, const char *column, const char *option);

/* The same by its number, of which it is known that there is one. */
int rp_row_relation_attribute(RpRowRelation *rows, AttrNumber number);

/* Append SELECT … FROM the relation, with its columns in their order. */
void rp_row_append_select(StringInfo query, const RpRowRelation *rows);

/* namespace: the extension's. */
RpColumnClass rp_row_column_class(const RpRowRelation *rows, int column, Oid namespace);

/* ERROR 42804: the column is of a type that the option has no use for; wanted: the types it has. */
RP_NORETURN void rp_row_column_refuse(const RpRowRelation *rows, int column, const char *option,
                                      const char *wanted);

#endif
