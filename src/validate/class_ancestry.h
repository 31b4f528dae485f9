/*
 * Classes upwards: from the classes that nodes of the data have to their superclasses. Where many
 * shapes have target classes with many subclasses, and the data knows few classes, this is the
 * shorter way: walking down from each target class again and again would be the product.
 */
#ifndef RP_VALIDATE_CLASS_ANCESTRY_H
#define RP_VALIDATE_CLASS_ANCESTRY_H

#include "validate/evaluation.h"

typedef struct RpClassAncestry RpClassAncestry;

/* All edges of the data and the image. */
RpStatus rp_class_ancestry_make(RpEvaluation *evaluation, RpClassAncestry **ancestry);

/* Push a class and all its superclasses, sorted. Cycles end: each class is walked from once. */
RpStatus rp_class_ancestry_push(RpEvaluation *evaluation, RpClassAncestry *ancestry,
                                RpTermId class_id);

/* Classes that some node of the data has by rdf:type. */
RpStatus rp_class_ancestry_type_count(RpEvaluation *evaluation, uint32_t *count);

/*
 * The classes of the data's nodes that are a target class of a shape or below one. All shapes'
 * are found at the first call.
 */
RpStatus rp_class_ancestry_types_of_shape(RpEvaluation *evaluation, RpClassAncestry *ancestry,
                                          uint32_t shape, RpTripleRange *types);

#endif
