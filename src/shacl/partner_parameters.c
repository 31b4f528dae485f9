/*
 * Parameters that only mean something beside another one: sh:flags, sh:ignoredProperties and those
 * of sh:qualifiedValueShape. Where the other one is there, its component reads them. Where it is
 * not, they make no constraint, and still have to keep the syntax rules. SHACL Recommendation,
 * sections 4.4.3, 4.7.3 and 4.8.1.
 */
#include "shacl/shape_reading.h"

static bool
has_value(const RpReading *reading, RpVocabulary parameter)
{
    return rp_triple_range_count(rp_reading_values(reading, parameter)) > 0;
}

static RpStatus
check_flags(RpReading *reading, RpTermId value)
{
    RpTermId datatype = rp_dictionary_datatype(&reading->shapes->graph->dictionary, value);

    return datatype == RP_VOCABULARY_xsd_string
               ? RP_OK
               : rp_reading_fail(reading, "-datatype", value, "must be an xsd:string literal");
}

static RpStatus
check_ignored_properties(RpReading *reading, RpTermId value)
{
    RpTermId *members = NULL;
    uint32_t count = 0;

    RP_TRY(rp_reading_list(reading, value, &members, &count));
    for (uint32_t i = 0; i < count; i++) {
        if (rp_dictionary_kind(&reading->shapes->graph->dictionary, members[i]) != RP_IRI) {
            return rp_reading_fail(reading, "-members-nodeKind", members[i],
                                   "must have IRIs only as members");
        }
    }
    return RP_OK;
}

/* Its values are shapes, and are read as such. */
static RpStatus
check_qualified_value_shape(RpReading *reading, RpTermId value)
{
    uint32_t shape;

    if (!has_value(reading, RP_VOCABULARY_sh_path)) {
        return rp_reading_fail(reading, "-scope", RP_TERM_NONE,
                               "is allowed on property shapes only: this shape has no sh:path");
    }
    return rp_reading_shape(reading, value, false, &shape);
}

static RpStatus
check_disjoint_switch(RpReading *reading, RpTermId value)
{
    bool is_disjoint;

    return rp_reading_boolean(reading, value, &is_disjoint);
}

/* A parameter, the ones that make it mean something, and what its only value must be. */
typedef struct RpPartnerParameter {
    RpVocabulary parameter;
    RpVocabulary mains[2];
    RpStatus (*check)(RpReading *reading, RpTermId value);
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

static RpStatus
check_partner(RpReading *reading, const RpPartnerParameter *partner)
{
    RpTripleRange values = rp_reading_values(reading, partner->parameter);

    reading->parameter = partner->parameter;
    if (rp_triple_range_count(values) == 0 || has_value(reading, partner->mains[0]) ||
        has_value(reading, partner->mains[1])) {
        return RP_OK;
    }
    if (rp_triple_range_count(values) > 1) {
        return rp_reading_fail(reading, "multiple-parameters", RP_TERM_NONE,
                               "may have one value only, and has %u",
                               rp_triple_range_count(values));
    }
    return partner->check(reading, values.first->object);
}

RpStatus
rp_partner_parameters_check(RpReading *reading)
{
    RpTermId node = reading->shapes->shapes[reading->shape].node;

    for (size_t i = 0; i < sizeof partners / sizeof *partners; i++) {
        RP_TRY(rp_shape_reader_note(reading->reader, node, check_partner(reading, &partners[i]),
                                    RP_LOSS_NONE));
    }
    return RP_OK;
}
