/* How much of a report a result takes. */
#ifndef RP_VALIDATE_RESULT_SIZE_H
#define RP_VALIDATE_RESULT_SIZE_H

#include "validate/evaluation.h"

/*
 * The bytes that a result takes in a report, in whatever form it is written: not less than it does,
 * and not much more. Includes what its message adds to those of the results that it is a detail of.
 * Sets the result's default message. Polls the host; RP_INTERRUPTED, and what an allocation gives.
 */
RpStatus rp_result_size(RpEvaluation *evaluation, RpResult *result, uint64_t *size);

#endif
