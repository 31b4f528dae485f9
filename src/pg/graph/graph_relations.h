/* The relations that a graph's sources name, whether or not it can be read. */
#ifndef RP_PG_GRAPH_RELATIONS_H
#define RP_PG_GRAPH_RELATIONS_H

#include "pg/catalog/catalog.h"

/* The OIDs of those that are there, dictionaries and partitions among them. Locks nothing. */
List *rp_graph_relations(const RpCatalog *catalog, RpText graph);

#endif
