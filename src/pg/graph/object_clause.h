/*
 * What look-ups by an object ask of a row besides. A literal may be too long for a btree, so an
 * index on objects is one of those that are none, and a query has to say so to use it.
 */
#ifndef RP_PG_OBJECT_CLAUSE_H
#define RP_PG_OBJECT_CLAUSE_H

#include "pg/graph/graph_source.h"

/* The column by which objects that are no literals are found; RP_NO_COLUMN: there is none, as the
 * object is a constant or always a literal. */
int rp_object_column(const RpGraphSource *source);

/* The condition that the object is no literal, in SQL that any search_path reads alike, in the
 * current memory context. NULL: the column has no literals, or ids. */
char *rp_object_clause(const RpGraphSource *source);

#endif
