/*
 * Parameters that only mean something beside another one: sh:flags, sh:ignoredProperties and those
 * of sh:qualifiedValueShape. Where the other one is there, its component reads them. Where it is
 * not, they make no constraint, and still have to keep the syntax rules. SHACL Recommendation,
 * sections 4.4.3, 4.7.3 and 4.8.1.
 */
#include "shacl/shape_reader_internal.h"

static bool
has_value(const RpParameters *parameters, RpVocabulary parameter)
{
    return rp_triple_range_count(rp_parameters_values(parameters, parameter)) > 0;
}

/* 4.4.3: flags without sh:pattern must still be a string. */
static RpStatus
check_flags(RpParameters *parameters, RpTermId value)
{
    RpTermId datatype = rp_dictionary_datatype(&parameters->shapes->graph->dictionary, value);

    return datatype == RP_VOCABULARY_xsd_string
               ? RP_OK
               : rp_parameters_fail(parameters, "-datatype", value,
                                    "must be an xsd:string literal");
}

/* 4.8.1: each member is an IRI. */
static RpStatus
check_ignored_properties(RpParameters *parameters, RpTermId value)
{
    RpTermId *members = NULL;
    uint32_t count = 0;

    RP_TRY(rp_parameters_list(parameters, value, &members, &count));
    for (uint32_t i = 0; i < count; i++) {
        if (rp_dictionary_kind(&parameters->shapes->graph->dictionary, members[i]) != RP_IRI) {
            return rp_parameters_fail(parameters, "-members-nodeKind", members[i],
                                      "must have IRIs only as members");
        }
    }
    return RP_OK;
}

/* Its values are shapes, and are read as such. */
static RpStatus
check_qualified_value_shape(RpParameters *parameters, RpTermId value)
{
    uint32_t shape;

    if (!has_value(parameters, RP_VOCABULARY_sh_path)) {
        return rp_parameters_fail(parameters, "-scope", RP_TERM_NONE,
                                  "is allowed on property shapes only: this shape has no sh:path");
    }
    return rp_parameters_shape(parameters, value, false, &shape);
}

static RpStatus
check_disjoint_switch(RpParameters *parameters, RpTermId value)
{
    bool is_disjoint;

    return rp_parameters_boolean(parameters, value, &is_disjoint);
}

/* A parameter, the ones that make it mean something, and what its only value must be. */
typedef struct RpPartnerParameter {
    RpVocabulary parameter;
    RpVocabulary mains[2];
    RpStatus (*check)(RpParameters *parameters, RpTermId value);
} RpPartnerParameter;

static const RpPartnerParameter partners[] = {
    {RP_VOCABULARY_sh_flags, {RP_VOCABULARY_sh_pattern, RP_VOCABULARY_sh_pattern}, check_flags},
    {RP_VOCABULARY_sh_ignoredProperties,
     {RP_VOCABULARY_sh_closed, RP_VOCABULARY_sh_closed},
     check_ignored_properties},
    {RP_VOCABULARY_sh_qualifiedValueShape,
     {RP_VOCABULARY_sh_qualifiedMinCount, RP_VOCABULARY_sh_qualifiedMaxCount},
     check_qualified_value_shape},
    {RP_VOCABULARY_sh_qualifiedValueShapesDisjoint,
     {RP_VOCABULARY_sh_qualifiedMinCount, RP_VOCABULARY_sh_qualifiedMaxCount},
     check_disjoint_switch}};

/* Where a main parameter is there its component has read this one, and said what is wrong. */
static RpStatus
check_partner(RpParameters *parameters, const RpPartnerParameter *partner)
{
    RpTripleRange values = rp_parameters_values(parameters, partner->parameter);

    parameters->parameter = partner->parameter;
    if (rp_triple_range_count(values) == 0 || has_value(parameters, partner->mains[0]) ||
        has_value(parameters, partner->mains[1])) {
        return RP_OK;
    }
    if (rp_triple_range_count(values) > 1) {
        return rp_parameters_fail(parameters, "multiple-parameters", RP_TERM_NONE,
                                  "may have one value only, and has %u",
                                  rp_triple_range_count(values));
    }
    return partner->check(parameters, values.first->object);
}

/*
 * Without its main parameter a partner constrains nothing, so what is left out with it is nothing
 * that decides conformance.
 */
RpStatus
rp_partner_parameters_check(RpParameters *parameters)
{
    RpTermId node = parameters->shapes->shapes[parameters->shape].node;

    for (size_t i = 0; i < sizeof partners / sizeof *partners; i++) {
        RP_TRY(rp_shape_reader_note(parameters->reader, node,
                                    check_partner(parameters, &partners[i]), RP_LOSS_NONE));
    }
    return RP_OK;
}
