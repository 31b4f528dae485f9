/* SPARQL-based constraints, the values of sh:sparql: SHACL Recommendation, section 5.2. */
#include "shacl/query_reader.h"
#include "shacl/shape_error.h"
#include "shacl/shape_findings.h"

/* Whether the constraint is switched off. */
static RpStatus
read_deactivated(RpParameters *parameters, RpTermId node, bool *is_deactivated)
{
    const RpDictionary *dictionary = &parameters->shapes->graph->dictionary;
    RpTripleRange values =
        rp_shape_reader_values(parameters->reader, node, RP_VOCABULARY_sh_deactivated);
    RpText lexical;

    *is_deactivated = false;
    if (rp_triple_range_count(values) == 0) {
        return RP_OK;
    }
    if (rp_triple_range_count(values) > 1) {
        return rp_query_fail(parameters, node, RP_VOCABULARY_sh_deactivated,
                             "SPARQLConstraint-deactivated-maxCount", RP_TERM_NONE,
                             "may have one value only, and has %u", rp_triple_range_count(values));
    }
    lexical = rp_dictionary_term(dictionary, values.first->object).lexical;
    *is_deactivated = rp_text_equals(lexical, RP_TEXT("true"));
    if (rp_dictionary_datatype(dictionary, values.first->object) != RP_VOCABULARY_xsd_boolean ||
        !(*is_deactivated || rp_text_equals(lexical, RP_TEXT("false")))) {
        return rp_query_fail(parameters, node, RP_VOCABULARY_sh_deactivated, NULL,
                             values.first->object, "must be true or false");
    }
    return RP_OK;
}

/* 5.2 gives a constraint messages of its own, and no severity. */
static RpStatus
warn_of_severity(RpParameters *parameters, RpTermId node)
{
    RpShapes *shapes = parameters->shapes;
    RpShown shown;

    if (rp_triple_range_count(
            rp_shape_reader_values(parameters->reader, node, RP_VOCABULARY_sh_severity)) == 0) {
        return RP_OK;
    }
    return rp_shape_findings_warning(
        shapes, shapes->shapes[parameters->shape].node, "without-effect", parameters->error,
        "sh:severity of the SPARQL constraint %s has no effect: the severity is the shape's",
        rp_shape_error_show(shapes->graph, node, &shown));
}

static RpStatus
add_operands(RpParameters *parameters, RpTermId node, uint32_t query, RpConstraint *constraint)
{
    RpOperand *operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_QUERY);

    if (operand != NULL) {
        operand->query = query;
        operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_TERM);
    }
    if (operand != NULL) {
        operand->term = node;
        operand = rp_parameters_operand(parameters, constraint, RP_OPERAND_TERMS);
    }
    return operand == NULL
               ? rp_arena_failure(parameters->shapes->arena, parameters->error)
               : rp_query_messages(parameters, node, "SPARQLConstraint-message-datatype",
                                   &operand->terms, &operand->term_count);
}

static RpStatus
read_query(RpParameters *parameters, RpTermId node, RpConstraint *constraint)
{
    RpQuerySource source = {parameters, node, RP_QUERY_OF_CONSTRAINT, rp_query_names,
                            RP_QUERY_PARAMETERS};
    uint32_t query = 0;

    if (node != parameters->shapes->shapes[parameters->shape].node) {
        RP_TRY(rp_shape_terms_check_part(parameters, node));
        RP_TRY(warn_of_severity(parameters, node));
    }
    RP_TRY(rp_query_read(&source, NULL, &query));
    return add_operands(parameters, node, query, constraint);
}

RpStatus
rp_sparql_constraint_read(RpParameters *parameters, RpTermId value, RpConstraint *constraint,
                          bool *is_void)
{
    RpStatus status;

    if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, value) == RP_LITERAL) {
        return rp_parameters_fail(parameters, "-nodeKind", value,
                                  "must be a node with sh:select, not a literal");
    }
    /* A shape that is its own constraint has said it of both. */
    if (value != parameters->shapes->shapes[parameters->shape].node) {
        RP_TRY(read_deactivated(parameters, value, is_void));
    }
    if (*is_void) {
        return RP_OK;
    }
    status = read_query(parameters, value, constraint);
    *is_void =
        status == RP_UNSUPPORTED && parameters->shapes->shapes[parameters->shape].is_deactivated;
    return *is_void ? RP_OK : status;
}
