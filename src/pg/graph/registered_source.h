/* The sources of graphs as the catalog has them: what is registered, whatever has become of the
 * relations since. */
#ifndef RP_PG_REGISTERED_SOURCE_H
#define RP_PG_REGISTERED_SOURCE_H

#include "pg/catalog/catalog.h"
#include "pg/graph/source_options.h"

typedef struct RpRegisteredSource {
    int32 id;
    char *graph;
    char *relation; /* a name, qualified and quoted */
    RpSourceOptions options;
} RpRegisteredSource;

/* Those that a snapshot shows of a graph (NULL: of all), in order of id, in the current memory
 * context. */
List *rp_registered_sources(const RpCatalog *catalog, Snapshot snapshot, const RpText *graph);

/* The one of an id; NULL: the snapshot shows none. */
const RpRegisteredSource *rp_registered_source(const RpCatalog *catalog, Snapshot snapshot,
                                               int32 id);

/* The relation that such a name means by now; InvalidOid: there is none. Locks nothing: the caller
 * only compares OIDs. */
Oid rp_registered_relation(const char *name);

#endif
