/* The triggers of enforced graphs, and what is judged before a transaction commits. */
#ifndef RP_PG_GRAPH_TRIGGER_H
#define RP_PG_GRAPH_TRIGGER_H

#include "pg/pg.h"

/* Once, when the library is loaded. */
void rp_graph_trigger_init(void);

#endif
