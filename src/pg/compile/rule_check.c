/*
 * Rules that no value could meet. SHACL takes them, and they refuse all data; in a rule they are
 * mistakes, mostly two numbers that changed places.
 */
#include "pg/compile/rule_form_internal.h"

#include "utils/numeric.h"

#include "xsd/compare.h"

/* As the rule's author wrote it. */
static const char *
name_of(RpRuleKey key)
{
    return rp_rule_entries[key].name;
}

/* One contradiction; where all errors are received, those behind it are found too. */
static RpStatus
refuse_pair(RpRuleReader *reader, RpOpenRule *open, RpRuleKey minimum, RpRuleKey maximum)
{
    RpStatus status =
        rp_rule_refuse(&open->rule, reader->error, "nothing can meet both \"%s\" and \"%s\"",
                       name_of(minimum), name_of(maximum));

    open->rule.is_broken = true;
    return rp_rule_note(reader->receiver, status, reader->error);
}

/* Counts and lengths, which are JSON numbers. */
static RpStatus
check_numbers(RpRuleReader *reader, RpOpenRule *open, RpRuleKey minimum, RpRuleKey maximum)
{
    const JsonbValue *values = open->rule.values;

    if (rp_rule_has(&open->rule, minimum) && rp_rule_has(&open->rule, maximum) &&
        DatumGetBool(DirectFunctionCall2(numeric_gt, NumericGetDatum(values[minimum].val.numeric),
                                         NumericGetDatum(values[maximum].val.numeric)))) {
        return refuse_pair(reader, open, minimum, maximum);
    }
    return RP_OK;
}

/* "required" is a count of 1, and a value that must be there is one at least. */
static RpStatus
check_none(RpRuleReader *reader, RpOpenRule *open)
{
    const JsonbValue *required = &open->rule.values[RP_RULE_REQUIRED];

    if (!rp_rule_has(&open->rule, RP_RULE_MAX_COUNT) ||
        !rp_text_equals(open->terms[RP_RULE_MAX_COUNT].lexical, RP_TEXT("0"))) {
        return RP_OK;
    }
    if (required->type == jbvBool && required->val.boolean) {
        RP_TRY(refuse_pair(reader, open, RP_RULE_REQUIRED, RP_RULE_MAX_COUNT));
    }
    return rp_rule_has(&open->rule, RP_RULE_HAS_VALUE)
               ? refuse_pair(reader, open, RP_RULE_HAS_VALUE, RP_RULE_MAX_COUNT)
               : RP_OK;
}

/* Bounds, which are literals. What cannot be compared is no contradiction. */
static RpStatus
check_bounds(RpRuleReader *reader, RpOpenRule *open)
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
                RP_TRY(refuse_pair(reader, open, minima[i], maxima[k]));
            }
        }
    }
    return RP_OK;
}

/* A literal is no instance of a class and no IRI. */
static RpStatus
check_kinds(RpRuleReader *reader, RpOpenRule *open)
{
    static const RpRuleKey of_literals[] = {
        RP_RULE_DATATYPE,  RP_RULE_LANGUAGE_IN,   RP_RULE_MIN_VALUE,
        RP_RULE_MAX_VALUE, RP_RULE_MIN_EXCLUSIVE, RP_RULE_MAX_EXCLUSIVE,
    };
    RpVocabulary kind = rp_rule_has(&open->rule, RP_RULE_NODE_KIND)
                            ? rp_vocabulary_find(open->terms[RP_RULE_NODE_KIND].lexical)
                            : RP_VOCABULARY_NONE;
    bool has_no_literals = kind == RP_VOCABULARY_sh_IRI || kind == RP_VOCABULARY_sh_BlankNode ||
                           kind == RP_VOCABULARY_sh_BlankNodeOrIRI;
    bool has_class = rp_rule_has(&open->rule, RP_RULE_CLASS);

    for (size_t i = 0; i < lengthof(of_literals); i++) {
        if (rp_rule_has(&open->rule, of_literals[i]) && has_class) {
            RP_TRY(refuse_pair(reader, open, of_literals[i], RP_RULE_CLASS));
        }
        if (rp_rule_has(&open->rule, of_literals[i]) && has_no_literals) {
            RP_TRY(refuse_pair(reader, open, of_literals[i], RP_RULE_NODE_KIND));
        }
    }
    return has_class && kind == RP_VOCABULARY_sh_Literal
               ? refuse_pair(reader, open, RP_RULE_CLASS, RP_RULE_NODE_KIND)
               : RP_OK;
}

/* A blank node has no text. */
static RpStatus
check_texts(RpRuleReader *reader, RpOpenRule *open)
{
    static const RpRuleKey of_texts[] = {RP_RULE_MIN_LENGTH, RP_RULE_MAX_LENGTH, RP_RULE_PATTERN};

    if (!rp_rule_has(&open->rule, RP_RULE_NODE_KIND) ||
        rp_vocabulary_find(open->terms[RP_RULE_NODE_KIND].lexical) != RP_VOCABULARY_sh_BlankNode) {
        return RP_OK;
    }
    for (size_t i = 0; i < lengthof(of_texts); i++) {
        if (rp_rule_has(&open->rule, of_texts[i])) {
            RP_TRY(refuse_pair(reader, open, of_texts[i], RP_RULE_NODE_KIND));
        }
    }
    return RP_OK;
}

/* A literal has a language in one datatype only. */
static RpStatus
check_language(RpRuleReader *reader, RpOpenRule *open)
{
    return open->datatype.length > 0 && rp_rule_has(&open->rule, RP_RULE_LANGUAGE_IN) &&
                   !rp_text_equals(open->datatype, rp_vocabulary_iri(RP_VOCABULARY_rdf_langString))
               ? refuse_pair(reader, open, RP_RULE_DATATYPE, RP_RULE_LANGUAGE_IN)
               : RP_OK;
}

/* Every pair is looked at, also behind one that contradicts, where errors are received. */
RpStatus
rp_rule_check(RpRuleReader *reader, RpOpenRule *open)
{
    RP_TRY(check_numbers(reader, open, RP_RULE_MIN_COUNT, RP_RULE_MAX_COUNT));
    RP_TRY(check_numbers(reader, open, RP_RULE_MIN_LENGTH, RP_RULE_MAX_LENGTH));
    RP_TRY(check_none(reader, open));
    RP_TRY(check_bounds(reader, open));
    RP_TRY(check_kinds(reader, open));
    RP_TRY(check_texts(reader, open));
    return check_language(reader, open);
}
