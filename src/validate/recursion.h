/*
 * Shapes that refer to themselves, over other shapes or not: those whose RpImageShape.cycle is not
 * 0. What a node is to such a shape is kept in a table, so that neither cycles nor long chains in
 * the data make the validator recurse. README.md, "Recursive shapes", says what is reported.
 */
#ifndef RP_VALIDATE_RECURSION_H
#define RP_VALIDATE_RECURSION_H

#include "validate/evaluation.h"

/* Whether a node conforms to a recursive shape: as rp_evaluation_conforms. */
RpStatus rp_recursion_conforms(RpEvaluation *evaluation, uint32_t shape, RpTermId node,
                               bool *conforms);

/* Evaluate a node by a recursive shape: as rp_evaluation_evaluate, outside of conformance
 * checks. */
RpStatus rp_recursion_evaluate(RpEvaluation *evaluation, uint32_t shape, RpTermId node);

/*
 * Evaluate a node by any shape, the results going to the report of the moment as details: of
 * recursive shapes only those of the nodes next to it. Sets *is_cut where others are left out.
 */
RpStatus rp_recursion_details(RpEvaluation *evaluation, uint32_t shape, RpTermId node,
                              bool *is_cut);

#endif
