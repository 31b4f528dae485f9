/*
 * What the shapes of an image read, as an automaton: from a focus node over the steps of paths to
 * value nodes, and from there into the shapes that these are evaluated by. Walked forwards it gives
 * what evaluation may read; backwards, from a changed triple, the focus nodes that it may matter
 * to. Made once for an image, in time and memory linear in it, then immutable: one map serves any
 * number of judgements. It holds no pointer into the image.
 */
#ifndef RP_INCREMENTAL_READ_MAP_H
#define RP_INCREMENTAL_READ_MAP_H

#include "image/image.h"

typedef struct RpReadMap RpReadMap;

/* The map of an image that has been checked, in the arena. RP_INTERRUPTED, RP_OUT_OF_MEMORY,
 * RP_TOO_LARGE. */
RpStatus rp_read_map_make(const RpImage *image, RpArena *arena, RpReadMap **map, RpError *error);

/*
 * Whether a triple of a predicate can violate anything by being added, or by being removed. id: the
 * image's, or 0 for a predicate that the image lacks.
 */
bool rp_read_map_reads(const RpReadMap *map, RpTermId predicate, bool is_removal);

/* Whether a shape may have focus nodes whatever is stored: by sh:targetNode (SHACL Recommendation,
 * section 2.1.3.1), or by a query, which may find nodes without a triple. */
bool rp_read_map_names_nodes(const RpReadMap *map);

/* Whether evaluation goes from objects of a predicate to its subjects; RP_TERM_NONE: of all. */
bool rp_read_map_reads_inversely(const RpReadMap *map, RpTermId predicate);

/* A query that cannot be answered from a part of the graph: its index in the image + 1; 0: there is
 * none. */
uint32_t rp_read_map_whole_query(const RpReadMap *map);

/* Say which query that is, as the error's DETAIL. Returns the error's status. */
RpStatus rp_read_map_tell_query(const RpImage *image, uint32_t whole_query, RpError *error);

#endif
