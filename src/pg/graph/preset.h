/* Sources of schemas that are known: what rdf_graph_register_preset registers. */
#ifndef RP_PG_PRESET_H
#define RP_PG_PRESET_H

#include "pg/graph/registration.h"

/*
 * Register a graph with all sources of a preset, and return their number. schema, prefix: of the
 * tables; NULL: as the preset has them. ERROR 42704 for an unknown preset, 42P01 where a table is
 * missing; as rp_registration_add_source.
 */
int32 rp_preset_register(const RpCatalog *catalog, RpText graph, const char *preset,
                         const char *schema, const char *prefix);

#endif
