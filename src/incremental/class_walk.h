/*
 * Classes above and below, in the graph and the image together. Edges that the changes removed
 * count as well while it is asked what the changes may matter to: an instance of a class that lost
 * its rdf:type in the same transaction as the class its superclass was an instance before.
 */
#ifndef RP_INCREMENTAL_CLASS_WALK_H
#define RP_INCREMENTAL_CLASS_WALK_H

#include "incremental/judging.h"

/* Note an edge that the changes removed; all of them before the first class is added. */
RpStatus rp_class_walk_note_removed(RpJudging *judging, RpTermId subclass, RpTermId superclass);
RpStatus rp_class_walk_end_removed(RpJudging *judging);

/* Have all classes above a class read, or below it: they are there when rp_layers_run returns. */
RpStatus rp_class_walk_add(RpJudging *judging, RpTermId class_id, bool is_below);

/* Go on as far as what was read allows, and ask for more. */
RpStatus rp_class_walk_on(RpJudging *judging);

/* The closure of a class that has been read: the pairs of the set of its kind from first to end. */
RpStatus rp_class_walk_closure(RpJudging *judging, RpClosureKind kind, RpTermId class_id,
                               uint32_t *first, uint32_t *end);

/* Whether a class is another, or is below it now. All above it has been read. */
RpStatus rp_class_walk_is_below(RpJudging *judging, RpTermId class_id, RpTermId other,
                                bool *is_below);

#endif
