/* Parameters → operands: what the read functions of several components share. */
#include "components/components.h"

/* Put a term (0: an absent optional parameter) behind a constraint's operands. */
RpStatus
rp_read_add_term(RpParameters *parameters, RpConstraint *constraint, RpTermId term)
{
    RpOperand *operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_TERM);

    if (!operand) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    operand->term = term;
    return RP_OK;
}

/*
 * What does not fit into 64 bits was held at the end of their range, which is as far as any count
 * goes.
 */
static RpStatus
add_integer(RpParameters *parameters, RpConstraint *constraint, int64_t integer)
{
    RpOperand *operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_INTEGER);

    if (!operand) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    operand->integer = integer;
    return RP_OK;
}

/* The terms are of the shapes' arena already. */
RpStatus
rp_read_add_terms(RpParameters *parameters, RpConstraint *constraint, RpTermId *terms,
                  uint32_t count)
{
    RpOperand *operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_TERMS);

    if (!operand) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    operand->terms = terms;
    operand->term_count = count;
    return RP_OK;
}

/*
 * The node becomes a shape by being referred to here, whether it was one before or not; it is read
 * when its turn comes, so the operand is an index that may be of a shape without contents so far.
 */
RpStatus
rp_read_add_shape(RpParameters *parameters, RpConstraint *constraint, RpTermId node,
                  bool must_be_property)
{
    uint32_t shape = 0;
    RpOperand *operand;

    RP_TRY(rp_parameters_shape(parameters, node, must_be_property, &shape));
    operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_SHAPE);
    if (!operand) {
        return rp_arena_failure(parameters->shapes->arena, parameters->error);
    }
    operand->shape = shape;
    return RP_OK;
}

bool
rp_read_is_literal_of(const RpParameters *parameters, RpTermId value, RpVocabulary datatype)
{
    const RpDictionary *dictionary = &parameters->shapes->graph->dictionary;

    return rp_dictionary_kind(dictionary, value) == RP_LITERAL &&
           rp_dictionary_datatype(dictionary, value) == (RpTermId)datatype;
}

/*
 * A boolean that activates something: only the term "true"^^xsd:boolean does, not the equal value
 * "1"^^xsd:boolean (the suite's uniqueLang-002).
 */
RpStatus
rp_read_switch(RpParameters *parameters, RpTermId value, bool *is_on)
{
    RpTerm term;

    RP_TRY(rp_parameters_boolean(parameters, value, is_on));
    term = rp_dictionary_term(&parameters->shapes->graph->dictionary, value);
    *is_on = rp_text_equals(term.lexical, RP_TEXT("true"));
    return RP_OK;
}

/* Any term (sh:hasValue). */
RpStatus
rp_read_term(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    return rp_read_add_term(parameters, constraint, value);
}

RpStatus
rp_read_iri(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    RP_TRY(rp_parameters_iri(parameters, value));
    return rp_read_add_term(parameters, constraint, value);
}

RpStatus
rp_read_literal(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    (void)is_void;
    if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, value) != RP_LITERAL) {
        return rp_parameters_fail(parameters, "-nodeKind", value, "must be a literal");
    }
    return rp_read_add_term(parameters, constraint, value);
}

/* A count or length. It may be below 0: then a minimum is always met, and a maximum never. */
RpStatus
rp_read_count(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    int64_t integer = 0;

    (void)is_void;
    RP_TRY(rp_parameters_integer(parameters, value, &integer));
    return add_integer(parameters, constraint, integer);
}

/* A list of any terms, one operand. */
RpStatus
rp_read_term_list(RpParameters *parameters, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    RpTermId *members = NULL;
    uint32_t count = 0;

    (void)is_void;
    RP_TRY(rp_parameters_list(parameters, value, &members, &count));
    return rp_read_add_terms(parameters, constraint, members, count);
}

/* A list of shapes, one operand each: a shape listed twice counts twice. */
RpStatus
rp_read_shape_list(RpParameters *parameters, RpTermId value, RpConstraint *constraint,
                   bool *is_void)
{
    RpTermId *members = NULL;
    uint32_t count = 0;

    (void)is_void;
    RP_TRY(rp_parameters_list(parameters, value, &members, &count));
    for (uint32_t i = 0; i < count; i++) {
        RP_TRY(rp_read_add_shape(parameters, constraint, members[i], false));
    }
    return RP_OK;
}
