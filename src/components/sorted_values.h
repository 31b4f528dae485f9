/*
 * Values of literals in their order, to be searched: what sh:lessThan and sh:lessThanOrEquals
 * compare each value node with. SHACL Recommendation, section 4.5.
 */
#ifndef RP_COMPONENTS_SORTED_VALUES_H
#define RP_COMPONENTS_SORTED_VALUES_H

#include "validate/evaluation.h"
#include "xsd/compare.h"

/* Values of one kind stand together, in their order; those that compare with nothing are left out.
 */
typedef struct RpSortedValues {
    const RpValue *values; /* in no order */
    const uint32_t *order; /* indexes of values, in theirs; NULL: few searches, not sorted */
    uint32_t ordered_count;
    uint32_t count; /* of all, those left out included */
} RpSortedValues;

/* The value of a term. */
void rp_check_value_read(const RpEvaluation *evaluation, RpTermId id, RpValue *value);

/*
 * Read the objects of triples, and sort them where there will be enough searches. In the scratch,
 * nothing else of which may be pushed as long as they are used.
 */
RpStatus rp_sorted_values_make(RpEvaluation *evaluation, RpTripleRange triples,
                               uint32_t search_count, RpSortedValues *sorted);

/* How many values a term's value is less than, or not greater than where may_be_equal. Logarithmic,
 * but for the number of kinds. */
RpStatus rp_sorted_values_count_above(RpEvaluation *evaluation, const RpSortedValues *sorted,
                                      RpTermId id, bool may_be_equal, uint64_t *count);

#endif
