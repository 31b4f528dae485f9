/* Classes and their subclasses, in the data and in the shapes text. SHACL Recommendation,
 * section 1.1 ("SHACL instance"). */
#ifndef RP_VALIDATE_CLASS_INDEX_H
#define RP_VALIDATE_CLASS_INDEX_H

#include "validate/evaluation.h"

/* The index of one evaluation; computes nothing yet. */
RpStatus rp_class_index_make(RpEvaluation *evaluation, RpClassIndex **index);

/* A class and all its subclasses, sorted by id; made at the first call for a class, and kept.
 * *class_id is the caller's and serves as the set where there are no subclasses. */
RpStatus rp_class_index_subclasses(RpEvaluation *evaluation, const RpTermId *class_id,
                                   RpValues *classes);

/* The instances of a class and of its subclasses, sorted, without duplicates, on top of the
 * evaluation's scratch. */
RpStatus rp_class_index_instances(RpEvaluation *evaluation, RpTermId class_id, RpValues *nodes);

#endif
