/* Whether data has a focus node. SHACL Recommendation, section 2.1.3. */
#ifndef RP_VALIDATE_FOCUS_SEARCH_H
#define RP_VALIDATE_FOCUS_SEARCH_H

#include "validate/evaluation.h"

/* Whether a shape's targets count: it has any, and is not deactivated. */
static inline bool
rp_shape_has_focus_nodes(const RpImageShape *shape)
{
    return shape->target_count > 0 && !(shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED);
}

/*
 * The search for a focus node that the data has: "was anything judged?". SHACL makes a focus node
 * of what sh:targetNode names, wherever that is; here it counts only where it is the subject or
 * object of a triple.
 */
typedef struct RpFocusSearch {
    const RpImage *image;
    uint8_t *is_named; /* by id of the image: sh:targetNode names it; NULL: it names nothing */
    bool is_found;
} RpFocusSearch;

RpStatus rp_focus_search_begin(RpFocusSearch *search, const RpImage *image, RpArena *arena,
                               RpError *error);

/* Search the graph of an evaluation, and nothing where a node is found already. */
RpStatus rp_focus_search_graph(RpFocusSearch *search, RpEvaluation *evaluation, RpError *error);

/*
 * Whether triples that the graph lacks, as no shape reads them, can have what is searched; and one
 * of them.
 */
static inline bool
rp_focus_search_wants_triples(const RpFocusSearch *search)
{
    return !search->is_found && search->is_named != NULL;
}

void rp_focus_search_triple(RpFocusSearch *search, const RpTerm *subject, const RpTerm *object);

#endif
