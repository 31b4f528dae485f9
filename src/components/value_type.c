/* sh:class, sh:datatype and sh:nodeKind. SHACL Recommendation, section 4.1. */
#include "components/components.h"

#include "shacl/term_kind.h"

/* Literals are instances of nothing. */
RpStatus
rp_check_class(RpEvaluation *evaluation, const RpCheck *check)
{
    RpTermId class_id = (RpTermId)check->operands[0].value;

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];
        bool is_instance = false;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        RP_TRY(rp_evaluation_is_instance(evaluation, value, class_id, &is_instance));
        if (!is_instance) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}

/*
 * 4.1.2. A literal's datatype is the given one, and for a recognised datatype its lexical form must
 * be well-formed: "abc"^^xsd:integer violates sh:datatype xsd:integer. Derived types do not count
 * as their base.
 */
RpStatus
rp_check_datatype(RpEvaluation *evaluation, const RpCheck *check)
{
    RpTermId datatype = (RpTermId)check->operands[0].value;

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RP_TRY(rp_evaluation_poll_value(evaluation, check->values.ids[i]));
        if (!rp_term_has_datatype(evaluation->dictionary, check->values.ids[i], datatype)) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], 0));
        }
    }
    return RP_OK;
}

/* 4.1.3. The six IRIs, and no other value. */
RpStatus
rp_read_node_kind(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    if (rp_node_kind_bits(value) == 0) {
        return rp_parameters_fail(parameters, "-in", value,
                                  "must be one of sh:IRI, sh:BlankNode, sh:Literal, "
                                  "sh:BlankNodeOrIRI, sh:BlankNodeOrLiteral, sh:IRIOrLiteral");
    }
    return rp_read_add_term(parameters, constraint, value);
}

/* 4.1.3. By the kind of the term alone, as a bit of the set that the operand's IRI stands for. */
RpStatus
rp_check_node_kind(RpEvaluation *evaluation, const RpCheck *check)
{
    uint32_t allowed = rp_node_kind_bits((RpTermId)check->operands[0].value);

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if ((allowed >> rp_dictionary_kind(evaluation->dictionary, value) & 1) == 0) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}
