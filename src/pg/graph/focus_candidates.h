/* Nodes that may be focus nodes of some shapes, found in a graph in tables through its indexes. */
#ifndef RP_PG_FOCUS_CANDIDATES_H
#define RP_PG_FOCUS_CANDIDATES_H

#include "pg/pg.h"
#include "incremental/store.h"
#include "validate/data_graph.h"

typedef struct RpFocusCandidates {
    RpDataGraph *data;
    const RpStore *store;
    uint32 limit; /* of nodes */
    RpTermId *nodes;
    uint32 count;
    /* Private. */
    uint32 capacity;
    bool *is_node; /* by id */
    uint32 is_node_count;
    RpTermId *classes;
    uint32 class_count;
    uint32 class_capacity;
    bool *is_class;
    uint32 is_class_count;
} RpFocusCandidates;

/*
 * Find nodes that the targets of shapes name, shape by shape, up to the limit; terms go into the
 * data graph's dictionary. In the current memory context. There may be some that are no focus
 * nodes.
 */
RpStatus rp_focus_candidates_find(RpFocusCandidates *candidates, const uint32 *shapes,
                                  uint32 shape_count, RpError *error);

#endif
