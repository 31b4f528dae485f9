/*
 * The focus nodes of a small graph, found by going from its triples to the targets that they meet
 * (image/target_index.h), where asking the targets of every shape would cost more than all else.
 * SHACL Recommendation, section 2.1.3.
 */
#ifndef RP_VALIDATE_FOCUS_LIST_H
#define RP_VALIDATE_FOCUS_LIST_H

#include "validate/evaluation.h"

/* A shape, by its index, and a focus node of it. */
typedef struct RpFocus {
    uint32_t shape;
    RpTermId node;
} RpFocus;

typedef struct RpFocusList {
    RpFocus *pairs; /* in order of the shape, then the node, without duplicates */
    uint32_t count;
    uint32_t capacity;
    bool is_known; /* else targets are to be asked: the graph is large, is validated in slices, or
                      has more pairs than are worth a list */
} RpFocusList;

/* The pairs of a shape that is not deactivated and a focus node of its targets. */
RpStatus rp_focus_list_make(RpEvaluation *evaluation, RpFocusList *list);

#endif
