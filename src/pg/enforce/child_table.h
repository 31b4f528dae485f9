/* Tables that inherit from a graph's. */
#ifndef RP_PG_CHILD_TABLE_H
#define RP_PG_CHILD_TABLE_H

#include "pg/catalog/catalog.h"

struct Node;

/*
 * At the end of a DDL command, in an event trigger: rows of a child are read as its parent's, and
 * written without the parent's triggers. ERROR 42809 where the command has made a child of a table,
 * or of a dictionary's, of a graph that a policy is enforced on; partitions are none.
 */
void rp_child_tables_refuse(const RpCatalog *catalog, struct Node *command);

#endif
