/* sh:and, sh:or, sh:not and sh:xone. SHACL Recommendation, section 4.6. */
#include "components/components.h"

/* How many of the operands' shapes a value node conforms to. */
static RpStatus
count_conforming(RpEvaluation *evaluation, const RpCheck *check, RpTermId value, uint32_t *count)
{
    *count = 0;
    for (uint32_t i = 0; i < check->operand_count; i++) {
        bool conforms = false;

        RP_TRY(rp_evaluation_conforms(evaluation, (uint32_t)check->operands[i].value, value,
                                      &conforms));
        *count += conforms;
    }
    return RP_OK;
}

/* Stops at the first shape that settles the matter: is_all wants every shape, else one is enough.
 */
static RpStatus
check_members(RpEvaluation *evaluation, const RpCheck *check, bool is_all)
{
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];
        bool conforms = is_all;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        for (uint32_t j = 0; j < check->operand_count && conforms == is_all; j++) {
            RP_TRY(rp_evaluation_conforms(evaluation, (uint32_t)check->operands[j].value, value,
                                          &conforms));
        }
        if (!conforms) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}

/* 4.6.2. An empty list is conformed to: nothing is asked for. */
RpStatus
rp_check_and(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_members(evaluation, check, true);
}

/* 4.6.3. No value node conforms to an empty list: none of its members is conformed to. */
RpStatus
rp_check_or(RpEvaluation *evaluation, const RpCheck *check)
{
    return check_members(evaluation, check, false);
}

/*
 * 4.6.1. The value may be a node that nothing describes: a shape without constraints, to which
 * every node conforms, so the negation lets none pass. The reader warns of it.
 */
RpStatus
rp_read_not(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    return rp_read_add_shape(parameters, constraint, value, false);
}

/*
 * 4.6.1. A result where the value node conforms. A failure to find out is no verdict, and so no
 * pass.
 */
RpStatus
rp_check_not(RpEvaluation *evaluation, const RpCheck *check)
{
    uint32_t shape = (uint32_t)check->operands[0].value;

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        bool conforms = false;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(rp_evaluation_conforms(evaluation, shape, check->values.ids[i], &conforms));
        if (conforms) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], 0));
        }
    }
    return RP_OK;
}

/* Exactly one; a shape that is listed twice counts twice. */
RpStatus
rp_check_xone(RpEvaluation *evaluation, const RpCheck *check)
{
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        uint32_t count;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(count_conforming(evaluation, check, check->values.ids[i], &count));
        if (count != 1) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], count));
        }
    }
    return RP_OK;
}
