/* What of a document is not judged, told in a NOTICE: once for each statement of the client. */
#ifndef RP_PG_SOURCE_NOTICE_H
#define RP_PG_SOURCE_NOTICE_H

#include "jsonld/jsonld.h"
#include "pg/judge/data_view.h"

/* Named graphs that are left aside, and a chosen one that is not there. */
void rp_tell_graphs(const RpDataSource *source, const RpGraphsRead *read);

/* What of a document in JSON-LD is no triple, and was dropped. Writes into the arena. */
RpStatus rp_tell_drops(const RpDataSource *source, const RpJsonldDrops *drops, RpArena *arena,
                       RpError *error);

#endif
