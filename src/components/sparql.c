/* SPARQL-based constraints and components: SHACL Recommendation, sections 5 and 6. */
#include "components/components.h"

RpStatus
rp_read_sparql(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    return rp_sparql_constraint_read(parameters, value, constraint, is_void);
}

RpStatus
rp_check_query(RpEvaluation *evaluation, const RpCheck *check)
{
    (void)check;
    return rp_error_set(evaluation->error, RP_UNSUPPORTED, "SPARQL is not implemented");
}
