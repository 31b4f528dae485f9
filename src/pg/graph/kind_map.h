/* Codes of kinds: what the option kinds says (doc/sql.md, "Graphs in tables"). */
#ifndef RP_PG_KIND_MAP_H
#define RP_PG_KIND_MAP_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "pg/graph/row_relation.h"

/*
 * The map of a column of codes, in the current memory context. kinds NULL: the words iri, uri,
 * blank, bnode and literal, of a column of text. option: what names the column. ERROR 22023 where
 * there is no map for a column of another type, or it is no map; 22P02 for a code that is no value
 * of the column; 42804 for a column that has no codes.
 */
void rp_kind_map_read(const RpRowRelation *rows, int column, RpColumnClass class, Jsonb *kinds,
                      const char *option, RpKindMap *map);

/* WARNING where a column is of an enum with values that the map does not say what they are: a row
 * with one will be an error. */
void rp_kind_map_warn(const RpRowRelation *rows, int column, const RpKindMap *map);

/* The kind of a code at a position; 0: the map does not say. */
RpTermKind rp_kind_map_number(const RpKindMap *map, int64 number, RpTermPosition position);
RpTermKind rp_kind_map_text(const RpKindMap *map, RpText code, RpTermPosition position);

#endif
