/*
 * Rules that no value could meet. SHACL takes them, and they refuse all data; in a rule they are
 * mistakes, mostly two numbers that changed places.
 */
#include "pg/compile/rule_form_internal.h"

#include "utils/numeric.h"

#include "xsd/compare.h"

static const char *
name_of(RpRuleKey key)
{
    return rp_rule_entries[key].name;
}

static RpStatus
refuse_pair(RpRuleReader *reader, const RpOpenRule *open, RpRuleKey minimum, RpRuleKey maximum)
{
    return rp_rule_refuse(&open->rule, reader->error, "nothing can meet both \"%s\" and \"%s\"",
                          name_of(minimum), name_of(maximum));
}

/* Counts and lengths, which are JSON numbers. */
static RpStatus
check_numbers(RpRuleReader *reader, const RpOpenRule *open, RpRuleKey minimum, RpRuleKey maximum)
{
    const JsonbValue *values = open->rule.values;

    if (rp_rule_has(&open->rule, minimum) && rp_rule_has(&open->rule, maximum) &&
        DatumGetBool(DirectFunctionCall2(numeric_gt, NumericGetDatum(values[minimum].val.numeric),
                                         NumericGetDatum(values[maximum].val.numeric)))) {
        return refuse_pair(reader, open, minimum, maximum);
    }
    return RP_OK;
}

/* "required" is a count of 1. */
static RpStatus
check_required(RpRuleReader *reader, const RpOpenRule *open)
{
    const JsonbValue *required = &open->rule.values[RP_RULE_REQUIRED];

    if (required->type == jbvBool && required->val.boolean &&
        rp_rule_has(&open->rule, RP_RULE_MAX_COUNT) &&
        rp_text_equals(open->terms[RP_RULE_MAX_COUNT].lexical, RP_TEXT("0"))) {
        return refuse_pair(reader, open, RP_RULE_REQUIRED, RP_RULE_MAX_COUNT);
    }
    return RP_OK;
}

/* Bounds, which are literals. What cannot be compared is no contradiction. */
static RpStatus
check_bounds(RpRuleReader *reader, const RpOpenRule *open)
{
    static const RpRuleKey minima[] = {RP_RULE_MIN_VALUE, RP_RULE_MIN_EXCLUSIVE};
    static const RpRuleKey maxima[] = {RP_RULE_MAX_VALUE, RP_RULE_MAX_EXCLUSIVE};

    for (size_t i = 0; i < lengthof(minima); i++) {
        for (size_t k = 0; k < lengthof(maxima); k++) {
            const RpTerm *minimum = &open->terms[minima[i]];
            const RpTerm *maximum = &open->terms[maxima[k]];
            bool is_open = minima[i] == RP_RULE_MIN_EXCLUSIVE || maxima[k] == RP_RULE_MAX_EXCLUSIVE;
            RpOrder order;

            if (!rp_rule_has(&open->rule, minima[i]) || !rp_rule_has(&open->rule, maxima[k])) {
                continue;
            }
            order = rp_value_compare(minimum, rp_vocabulary_find(minimum->datatype), maximum,
                                     rp_vocabulary_find(maximum->datatype));
            if (order == RP_ORDER_GREATER || (order == RP_ORDER_EQUAL && is_open)) {
                return refuse_pair(reader, open, minima[i], maxima[k]);
            }
        }
    }
    return RP_OK;
}

/* A literal is no instance of a class and no IRI, and has a language in one datatype only. */
static RpStatus
check_datatype(RpRuleReader *reader, const RpOpenRule *open)
{
    RpVocabulary kind = rp_vocabulary_find(open->terms[RP_RULE_NODE_KIND].lexical);

    if (open->datatype.length == 0) {
        return RP_OK;
    }
    if (rp_rule_has(&open->rule, RP_RULE_CLASS)) {
        return refuse_pair(reader, open, RP_RULE_DATATYPE, RP_RULE_CLASS);
    }
    if (rp_rule_has(&open->rule, RP_RULE_NODE_KIND) &&
        (kind == RP_VOCABULARY_sh_IRI || kind == RP_VOCABULARY_sh_BlankNode ||
         kind == RP_VOCABULARY_sh_BlankNodeOrIRI)) {
        return refuse_pair(reader, open, RP_RULE_DATATYPE, RP_RULE_NODE_KIND);
    }
    if (rp_rule_has(&open->rule, RP_RULE_LANGUAGE_IN) &&
        !rp_text_equals(open->datatype, rp_vocabulary_iri(RP_VOCABULARY_rdf_langString))) {
        return refuse_pair(reader, open, RP_RULE_DATATYPE, RP_RULE_LANGUAGE_IN);
    }
    return RP_OK;
}

RpStatus
rp_rule_check(RpRuleReader *reader, const RpOpenRule *open)
{
    RP_TRY(check_numbers(reader, open, RP_RULE_MIN_COUNT, RP_RULE_MAX_COUNT));
    RP_TRY(check_numbers(reader, open, RP_RULE_MIN_LENGTH, RP_RULE_MAX_LENGTH));
    RP_TRY(check_required(reader, open));
    RP_TRY(check_bounds(reader, open));
    return check_datatype(reader, open);
}
