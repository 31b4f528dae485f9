/* What becomes of enforcing when a graph itself is changed. */
#ifndef RP_PG_GRAPH_CHANGE_H
#define RP_PG_GRAPH_CHANGE_H

#include "pg/catalog/catalog.h"

/* A source has been added: where policies are enforced on the graph it gets its triggers, and what
 * was proven of the graph is so no more. Errors as rp_capture_triggers_make. */
void rp_graph_source_added(const RpCatalog *catalog, RpText graph);

/* ERROR 2BP01 where a policy is enforced on the graph. */
void rp_graph_require_unenforced(const RpCatalog *catalog, RpText graph);

#endif
