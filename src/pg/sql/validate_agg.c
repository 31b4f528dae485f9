/*
 * The aggregate rdf_validate_agg(subject, predicate, object [, policy]): judges the triples of a
 * group as one graph (doc/sql.md, "Validation"). The state keeps the terms' on-disk forms one after
 * the other, in the form that RP_DATA_PACKED reads, within rdfpolicy.max_document_size and
 * max_triples.
 */
#include "pg/pg.h"

#include "executor/executor.h"
#include "nodes/execnodes.h"
#include "nodes/primnodes.h"

#include "pg/judge/data_triple.h"
#include "pg/judge/judge.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "pg/term/term_type.h"

PG_FUNCTION_INFO_V1(rdf_validate_agg_transition);
PG_FUNCTION_INFO_V1(rdf_validate_agg_final);

enum { ARGUMENT_SUBJECT = 1, ARGUMENT_OBJECT = 3, ARGUMENT_POLICY = 4, TERM_COUNT = 3 };

/* One group; in the aggregate's memory context. */
typedef struct AggregateState {
    StringInfoData packed;
    uint32 row_count; /* rows seen, those that were skipped included */
    uint32 triple_count;
    text *policy; /* NULL: every active policy */
} AggregateState;

/* NULL where the aggregate is the one without a policy, or the policy is NULL: every active one. */
static text *
policy_argument(FunctionCallInfo fcinfo)
{
    return PG_NARGS() > ARGUMENT_POLICY && !PG_ARGISNULL(ARGUMENT_POLICY)
               ? PG_GETARG_TEXT_PP(ARGUMENT_POLICY)
               : NULL;
}

/* In the aggregate's context: the state outlives the row, and goes with the group. */
static AggregateState *
state_make(FunctionCallInfo fcinfo, MemoryContext context)
{
    MemoryContext caller = MemoryContextSwitchTo(context);
    AggregateState *state = palloc0(sizeof(AggregateState));
    text *policy = policy_argument(fcinfo);

    initStringInfo(&state->packed);
    if (policy != NULL) {
        state->policy = rp_text_datum(rp_text_of(policy));
    }
    MemoryContextSwitchTo(caller);
    return state;
}

/*
 * A group has one verdict, so it can have one policy: the argument is evaluated for each row and
 * may differ.
 */
static void
check_policy(FunctionCallInfo fcinfo, const AggregateState *state)
{
    const text *policy = policy_argument(fcinfo);
    bool is_same = policy == NULL || state->policy == NULL
                       ? policy == state->policy
                       : rp_text_equals(rp_text_of(policy), rp_text_of(state->policy));

    if (!is_same) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("rdf_validate_agg: the rows of a group name different policies"),
                        errhint("Group by the policy too.")));
    }
}

/* Append one term's form. ERROR 53400 over the limit. */
static void
append_term(AggregateState *state, struct varlena *value)
{
    uint32 length = (uint32)VARSIZE_ANY_EXHDR(value);
    Size limit = (Size)rp_guc_max_document_size_kb * 1024;

    if ((Size)state->packed.len + sizeof(length) + length > limit) {
        ereport(ERROR, (errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
                        errmsg("rdf_validate_agg: the triples of a group are larger than "
                               "rdfpolicy.max_document_size")));
    }
    appendBinaryStringInfo(&state->packed, (const char *)&length, sizeof(length));
    appendBinaryStringInfo(&state->packed, VARDATA_ANY(value), (int)length);
}

/*
 * Checked as it comes, so that an error names its row; kept packed, as it is on disk, since terms
 * of views would not outlive the row. The count is bounded here: the group may be larger than
 * memory.
 */
static void
append_triple(FunctionCallInfo fcinfo, AggregateState *state)
{
    struct varlena *values[TERM_COUNT];
    RpTerm terms[TERM_COUNT];
    RpError error;

    for (int i = 0; i < TERM_COUNT; i++) {
        if (PG_ARGISNULL(ARGUMENT_SUBJECT + i)) {
            ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                            errmsg("rdf_validate_agg: a term of row %u of the group is NULL",
                                   state->row_count),
                            errdetail("Only rows in which all three terms are NULL are skipped.")));
        }
        values[i] = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(ARGUMENT_SUBJECT + i));
        rp_term_unpack_to(VARDATA_ANY(values[i]), VARSIZE_ANY_EXHDR(values[i]), &terms[i]);
    }
    if (rp_data_triple_check(&terms[0], &terms[1], &error) != RP_OK) {
        rp_data_place_error(&error, "rdf_validate_agg: row", state->row_count);
        rp_bridge_raise(&error);
    }
    if (++state->triple_count > (uint32)rp_guc_max_triples) {
        ereport(ERROR, (errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
                        errmsg("rdf_validate_agg: a group has more triples than "
                               "rdfpolicy.max_triples")));
    }
    for (int i = 0; i < TERM_COUNT; i++) {
        append_term(state, values[i]);
    }
}

/*
 * Not strict: a row of three NULLs is an outer join's, and is skipped, but it names the policy all
 * the same.
 */
Datum
rdf_validate_agg_transition(PG_FUNCTION_ARGS)
{
    AggregateState *state = PG_ARGISNULL(0) ? NULL : (AggregateState *)PG_GETARG_POINTER(0);
    MemoryContext context;

    if (!AggCheckCallContext(fcinfo, &context)) {
        elog(ERROR, "rdf_validate_agg_transition called outside of an aggregate");
    }
    if (state == NULL) {
        rp_bridge_require_utf8();
        state = state_make(fcinfo, context);
    } else {
        check_policy(fcinfo, state);
    }
    state->row_count++;
    if (!PG_ARGISNULL(ARGUMENT_SUBJECT) || !PG_ARGISNULL(ARGUMENT_SUBJECT + 1) ||
        !PG_ARGISNULL(ARGUMENT_OBJECT)) {
        append_triple(fcinfo, state);
    }
    PG_RETURN_POINTER(state);
}

/*
 * The policy of a group without rows, which no row names: it is known where the call has no policy
 * argument, or one that does not depend on a row. ERROR 22023 elsewhere, as no policy is right.
 */
static text *
policy_without_rows(FunctionCallInfo fcinfo)
{
    Aggref *call = AggGetAggref(fcinfo);
    Expr *argument;

    if (call != NULL && list_length(call->aggargtypes) <= TERM_COUNT) {
        return NULL;
    }
    argument = call != NULL ? list_nth_node(TargetEntry, call->args, TERM_COUNT)->expr : NULL;
    if (argument != NULL &&
        (IsA(argument, Const) ||
         (IsA(argument, Param) && castNode(Param, argument)->paramkind == PARAM_EXTERN))) {
        ExprContext *context = castNode(AggState, fcinfo->context)->ss.ps.ps_ExprContext;
        ExprState *expression = ExecInitExprWithParams(argument, context->ecxt_param_list_info);
        bool is_null;
        Datum value = ExecEvalExprSwitchContext(expression, context, &is_null);

        return is_null ? NULL : DatumGetTextPP(value);
    }
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("rdf_validate_agg: there are no rows that say the policy"),
                    errhint("Give the policy as a constant or a parameter.")));
    return NULL;
}

/*
 * A group without rows is judged too, as the empty graph: sh:targetNode finds its focus nodes in
 * the policy. The state is read and not changed, as window functions call this more than once.
 */
Datum
rdf_validate_agg_final(PG_FUNCTION_ARGS)
{
    RpDataSource source = {.form = RP_DATA_PACKED};
    text *policy;

    if (!AggCheckCallContext(fcinfo, NULL)) {
        elog(ERROR, "rdf_validate_agg_final called outside of an aggregate");
    }
    if (PG_ARGISNULL(0)) {
        rp_bridge_require_utf8();
        policy = policy_without_rows(fcinfo);
    } else {
        AggregateState *state = (AggregateState *)PG_GETARG_POINTER(0);

        policy = state->policy;
        source.packed = (RpText){state->packed.data, (uint32_t)state->packed.len};
    }
    PG_RETURN_BOOL(rp_judge_conforms(rp_policy_select(fcinfo, policy), &source));
}
