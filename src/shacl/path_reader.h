/* A node of the shapes graph that is a SHACL property path → RpPath. SHACL Recommendation,
 * section 2.3.1. */
#ifndef RP_SHACL_PATH_READER_H
#define RP_SHACL_PATH_READER_H

#include "shacl/shape.h"

/*
 * Read a path from the frozen graph into its arena; *part_count is how many paths it is made of,
 * itself included. RP_ILL_FORMED for what is no path, RP_TOO_DEEP
 * over depth_limit, RP_TOO_LARGE for a path of too many parts. Messages start with "sh:path"; the
 * caller adds the shape's name.
 */
RpStatus rp_path_read(const RpShapesGraph *graph, RpTermId node, uint32_t depth_limit,
                      RpPath **path, uint32_t *part_count, RpError *error);

#endif
