/* Classes and their subclasses, in the data and in the shapes text. SHACL Recommendation,
 * section 1.1 ("SHACL instance"). */
#ifndef RP_VALIDATE_CLASS_INDEX_H
#define RP_VALIDATE_CLASS_INDEX_H

#include "validate/evaluation.h"

/* The index of one evaluation; computes nothing yet. */
RpStatus rp_class_index_make(RpEvaluation *evaluation, RpClassIndex **index);

/* Whether data or shapes know any rdfs:subClassOf. */
RpStatus rp_class_index_has_edges(RpEvaluation *evaluation, bool *has_edges);

/*
 * Push the nodes that are instances of a target class of a shape, or of a subclass of one: not
 * sorted, and a node may come several times. Nothing for a shape without such a target.
 */
RpStatus rp_class_index_push_focus_nodes(RpEvaluation *evaluation, uint32_t shape);

#endif
