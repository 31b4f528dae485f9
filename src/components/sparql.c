/* SPARQL-based constraints and components: SHACL Recommendation, sections 5 and 6. */
#include "components/components.h"

RpStatus
rp_read_sparql(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)constraint;
    (void)is_void;
    return rp_parameters_refuse(parameters, RP_UNSUPPORTED, NULL, value, "is not implemented");
}

RpStatus
rp_check_query(RpEvaluation *evaluation, const RpCheck *check)
{
    (void)check;
    return rp_error_set(evaluation->error, RP_UNSUPPORTED, "SPARQL is not implemented");
}
