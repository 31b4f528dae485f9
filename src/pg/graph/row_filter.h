/* The row filter of a source: which rows of its relation are triples. */
#ifndef RP_PG_ROW_FILTER_H
#define RP_PG_ROW_FILTER_H

#include "pg/graph/graph_source.h"

/*
 * Parse a source's filter; its columns are added to the relation's. Names that are not qualified
 * are pg_catalog's; of a filter that is new, of the relation's schema too. ERROR what the parser
 * raises; 0A000 for what the expression of an index may not have either (subqueries, functions that
 * are not immutable, system columns).
 */
void rp_row_filter_parse(const char *filter, bool is_new, RpGraphSource *source);

/* A condition over a relation's rows in which every name is qualified, as the planner compares
 * conditions: a list of clauses, all of which must hold. */
List *rp_row_condition_parse(const char *condition, const RpRowRelation *rows);

#endif
