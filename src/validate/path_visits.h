/*
 * Which nodes a part of a path has been walked from, while a p* or p+ that it is part of is walked.
 * All that such a part gives goes to the nodes that the repetition has reached; so a node that
 * comes to the part again can give nothing new. With each node at each part once, repetitions
 * within repetitions and hubs in the data cost no more than the path's parts times the graph.
 */
#ifndef RP_VALIDATE_PATH_VISITS_H
#define RP_VALIDATE_PATH_VISITS_H

#include "image/image.h"
#include "validate/scratch.h"

typedef struct RpPathVisits RpPathVisits;

/* The visits of the outermost repetition that is being walked. Private to path_visits.c. */
typedef struct RpPathClosure {
    bool is_active;
    uint32_t first_path;  /* the repetition's parts are the image's paths from here to it */
    RpPathVisits **parts; /* by path - first_path; NULL: none yet */
    uint32_t part_count;
    uint32_t capacity;
    RpPathVisits *used;
    RpPathVisits *unused; /* kept for the next repetition */
} RpPathClosure;

/* Begin with the outermost repetition, a path of the image. After a failure nothing is ended. */
void rp_path_closure_begin(RpPathClosure *closure, const RpImage *image, uint32_t path);
void rp_path_closure_end(RpPathClosure *closure);

/* Push those of count ids of the scratch, from first on, that the part sees for the first time. */
RpStatus rp_path_closure_push_new(RpPathClosure *closure, RpScratch *scratch, uint32_t path,
                                  uint32_t first, uint32_t count, RpError *error);

#endif
