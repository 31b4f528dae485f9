/* Every named graph of a graph in tables judged by itself, of one reading. */
#ifndef RP_PG_EACH_H
#define RP_PG_EACH_H

#include "pg/judge/data_source.h"
#include "pg/graph/graph_reader.h"

typedef struct RpEach RpEach;

/*
 * Read the named graphs (of those asked for) as the image of a policy sees them, in the current
 * memory context. Raises what goes wrong.
 */
RpEach *rp_each_read(const RpStoredData *data, const RpImage *image);

/* A source for each named graph, in order of arrival; the default graph is one of them. They are
 * judged by any image; where it is another than that of the one before, all are read once more. */
const RpDataSource *rp_each_sources(RpEach *each, uint32 *count);

/* What the reading holds of rdfpolicy.work_mem. */
size_t rp_each_memory(const RpEach *each);

#endif
