/* The triggers of enforced graphs, and what is judged before a transaction commits. */
#ifndef RP_PG_GRAPH_TRIGGER_H
#define RP_PG_GRAPH_TRIGGER_H

#include "pg/pg.h"

/* The function of every trigger of rows. */
PGDLLEXPORT Datum rdf_graph_judge(PG_FUNCTION_ARGS);

/* Once, when the library is loaded. */
void rp_graph_trigger_init(void);

#endif
