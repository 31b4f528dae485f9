/* Every named graph of a graph in tables judged by itself, of one reading. */
#ifndef RP_PG_EACH_H
#define RP_PG_EACH_H

#include "pg/judge/data_source.h"
#include "pg/graph/graph_reader.h"
#include "pg/shared/policy_cache.h"

typedef struct RpEach RpEach;

/*
 * Read the named graphs (of those asked for) as the image of a policy sees them, in the current
 * memory context: into memory or, where they do not fit, into a temporary file, of which some
 * graphs are in memory at a time. Raises what goes wrong.
 */
RpEach *rp_each_read(const RpStoredData *data, const RpPolicyUse *use);

/* A source for each named graph, in order of arrival; the default graph is one of them. They are
 * judged by any image; where it is another than that of the one before, all are read once more. */
const RpDataSource *rp_each_sources(RpEach *each, uint32 *count);

/* What the reading holds of rdfpolicy.work_mem, or may come to hold. */
size_t rp_each_memory(const RpEach *each);

/* All are judged: close the file. An error that is raised does so by itself. */
void rp_each_end(RpEach *each);

#endif
