/* Tables and columns that come to be a graph's by their name. */
#ifndef RP_PG_TABLE_CHANGE_H
#define RP_PG_TABLE_CHANGE_H

#include "pg/pg.h"
#include "nodes/nodes.h"

/*
 * In an event trigger at the end of a command. A table that is renamed, or moved to another schema,
 * may take the place of one of a graph, and a column that of another: the table gets the triggers
 * that it lacks there, and the graph is judged as a whole. A table that is made is only warned of:
 * it may be about to be restored, its triggers with it. function: one of the extension's. ERROR as
 * rdf_graph_enforce's.
 */
void rp_table_change_note(Oid function, Node *command);

#endif
