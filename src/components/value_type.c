/* sh:class, sh:datatype and sh:nodeKind. SHACL Recommendation, section 4.1. */
#include "components/components.h"

#include "xsd/datatype.h"

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

/* The same datatype, and a lexical form of it where the engine knows the datatype. Of
 * rdf:langString is what has a language tag. */
static bool
has_datatype(const RpDictionary *dictionary, RpTermId value, RpTermId datatype)
{
    RpTerm term;

    if (rp_dictionary_datatype(dictionary, value) != datatype) {
        return false;
    }
    if (datatype >= RP_TERM_FIRST) {
        return true;
    }
    term = rp_dictionary_term(dictionary, value);
    return term.language.length > 0 || rp_datatype_accepts(datatype, term.lexical);
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
        if (!has_datatype(evaluation->dictionary, check->values.ids[i], datatype)) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], 0));
        }
    }
    return RP_OK;
}

/* The term kinds that one of the six node kinds allows, as bits 1 << RpTermKind; 0: no node kind.
 */
static uint32_t
allowed_kinds(RpTermId node_kind)
{
    switch (node_kind) {
    case RP_VOCABULARY_sh_IRI:
        return 1u << RP_IRI;
    case RP_VOCABULARY_sh_BlankNode:
        return 1u << RP_BLANK;
    case RP_VOCABULARY_sh_Literal:
        return 1u << RP_LITERAL;
    case RP_VOCABULARY_sh_BlankNodeOrIRI:
        return 1u << RP_BLANK | 1u << RP_IRI;
    case RP_VOCABULARY_sh_BlankNodeOrLiteral:
        return 1u << RP_BLANK | 1u << RP_LITERAL;
    case RP_VOCABULARY_sh_IRIOrLiteral:
        return 1u << RP_IRI | 1u << RP_LITERAL;
    default:
        return 0;
    }
}

/* 4.1.3. The six IRIs, and no other value. */
RpStatus
rp_read_node_kind(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    if (allowed_kinds(value) == 0) {
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
    uint32_t allowed = allowed_kinds((RpTermId)check->operands[0].value);

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if ((allowed >> rp_dictionary_kind(evaluation->dictionary, value) & 1) == 0) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}
