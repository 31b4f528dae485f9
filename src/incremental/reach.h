/*
 * What the focus nodes of a slice may read, of a graph that is too large to be in memory. What is
 * kept of the graph is its links: triples from whose ends evaluation goes on, as numbers of nodes,
 * without a text. Nodes are known by their keys (validate/slice.h). Two nodes of one key make more
 * be read than is needed, and nothing less: validation does not look at keys.
 *
 * A node that any shape may target is taken for a focus node of all; the state sets of a read map
 * then say, link by link, what is evaluated at which node.
 */
#ifndef RP_INCREMENTAL_REACH_H
#define RP_INCREMENTAL_REACH_H

#include "image/image.h"
#include "validate/slice.h"

typedef struct RpReach RpReach;

/* Of an image that has been checked, and no triple yet; all in the arena. RP_TOO_LARGE, with the
 * query's name, where one cannot be answered from a part of the graph. RP_INTERRUPTED,
 * RP_OUT_OF_MEMORY, RP_TOO_LARGE here and below. */
RpStatus rp_reach_make(const RpImage *image, RpArena *arena, RpReach **reach, RpError *error);

/* Whether the object's key matters for triples of a predicate; else it may be 0. The subject's
 * always does. Ids are the image's; others stand for predicates that it does not name. */
bool rp_reach_asks_for_object(const RpReach *reach, RpTermId predicate);

/*
 * All triples are taken twice, in any order: first their links are counted, so that there is room
 * for them and no more, then they are kept.
 */
RpStatus rp_reach_count(RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object,
                        RpError *error);
RpStatus rp_reach_counted(RpReach *reach, RpError *error);
RpStatus rp_reach_add(RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object,
                      RpError *error);

/* Find what a slice reads: as often as one likes. */
RpStatus rp_reach_find(RpReach *reach, RpSlice slice, RpError *error);

/* Whether a triple is of what the slice reads. */
bool rp_reach_has(const RpReach *reach, RpNodeKey subject, RpTermId predicate, RpNodeKey object);

#endif
