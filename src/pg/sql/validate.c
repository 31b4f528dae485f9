/*
 * Validation from SQL that gives a verdict: rdf_validate and rdf_assert_valid (doc/sql.md,
 * "Validation"). One C function for each form of T. NULL data gives NULL, so a CHECK passes.
 */
#include "pg/pg.h"

#include "pg/judge/call_arguments.h"
#include "pg/judge/judge.h"
#include "pg/judge/violation_error.h"
#include "pg/server/bridge.h"

PG_FUNCTION_INFO_V1(rdf_validate_text);
PG_FUNCTION_INFO_V1(rdf_validate_jsonb);
PG_FUNCTION_INFO_V1(rdf_validate_json);
PG_FUNCTION_INFO_V1(rdf_validate_triples);
PG_FUNCTION_INFO_V1(rdf_assert_valid_text);
PG_FUNCTION_INFO_V1(rdf_assert_valid_jsonb);
PG_FUNCTION_INFO_V1(rdf_assert_valid_json);
PG_FUNCTION_INFO_V1(rdf_assert_valid_triples);

enum { ARGUMENT_POLICY = 1, ARGUMENT_OPTIONS = 2 };

/* NULL data is not judged. The policy is selected by the statement's snapshot, and kept with the
 * call site. */
static Datum
validate(FunctionCallInfo fcinfo, RpDataForm form)
{
    RpDataSource source;

    if (!rp_argument_judged(fcinfo, form, ARGUMENT_OPTIONS, &source)) {
        PG_RETURN_NULL();
    }
    PG_RETURN_BOOL(rp_judge_conforms(
        rp_policy_select(fcinfo, rp_argument_text(fcinfo, ARGUMENT_POLICY)), &source));
}

/* rdf_validate(document text, policy, base_iri, named_graph, require_focus) */
Datum
rdf_validate_text(PG_FUNCTION_ARGS)
{
    return validate(fcinfo, RP_DATA_TURTLE);
}

/* rdf_validate(document jsonb, policy, base_iri, context, named_graph, require_focus) */
Datum
rdf_validate_jsonb(PG_FUNCTION_ARGS)
{
    return validate(fcinfo, RP_DATA_JSONB);
}

/* rdf_validate(document json, …): the same */
Datum
rdf_validate_json(PG_FUNCTION_ARGS)
{
    return validate(fcinfo, RP_DATA_JSON);
}

/* rdf_validate(triples, policy, require_focus) */
Datum
rdf_validate_triples(PG_FUNCTION_ARGS)
{
    return validate(fcinfo, RP_DATA_ARRAY);
}

/* As validate, with ERROR 23514 in place of false: the message a CHECK cannot give. */
static Datum
assert_valid(FunctionCallInfo fcinfo, RpDataForm form)
{
    RpDataSource source;
    RpViolationText text = {.shows_values = true}; /* the caller has the data */

    if (!rp_argument_judged(fcinfo, form, ARGUMENT_OPTIONS, &source)) {
        PG_RETURN_NULL();
    }
    rp_violation_text_make(rp_policy_select(fcinfo, rp_argument_text(fcinfo, ARGUMENT_POLICY)),
                           &source, &text);
    /* Table and column are not known here; the policy is what stands for a constraint. */
    if (text.violation_count > 0) {
        ereport(ERROR,
                (errcode(ERRCODE_CHECK_VIOLATION), errmsg("data violates %s", text.policies.data),
                 errdetail("%s", text.detail.data),
                 errhint("Call rdf_validation_report for all results."),
                 err_generic_string(PG_DIAG_CONSTRAINT_NAME, text.policy)));
    }
    PG_RETURN_BOOL(true);
}

/* rdf_assert_valid(document text, policy, base_iri, named_graph, require_focus) */
Datum
rdf_assert_valid_text(PG_FUNCTION_ARGS)
{
    return assert_valid(fcinfo, RP_DATA_TURTLE);
}

/* rdf_assert_valid(document jsonb, policy, base_iri, context, named_graph, require_focus) */
Datum
rdf_assert_valid_jsonb(PG_FUNCTION_ARGS)
{
    return assert_valid(fcinfo, RP_DATA_JSONB);
}

/* rdf_assert_valid(document json, …): the same */
Datum
rdf_assert_valid_json(PG_FUNCTION_ARGS)
{
    return assert_valid(fcinfo, RP_DATA_JSON);
}

/* rdf_assert_valid(triples, policy, require_focus) */
Datum
rdf_assert_valid_triples(PG_FUNCTION_ARGS)
{
    return assert_valid(fcinfo, RP_DATA_ARRAY);
}
